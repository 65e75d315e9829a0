import Almanac
import BellmanTransport

/// Rules that channels share for reading answers.
enum AnswerRules {
    /// Beginning of an answer that is kept with the attempt.
    static let wordsBytes = 300
    static let shortestThrottle: Int64 = 1
    static let longestThrottle: Int64 = 86_400
    static let usualThrottle: Int64 = 60

    static func judge(_ failure: TransportFailure) -> Judgement {
        let words = failure.detail.isEmpty ? failure.kind.rawValue : "\(failure.kind.rawValue): \(failure.detail)"
        switch failure.kind {
        case .invalidRequest: return Judgement(.permanentMessage, words)
        case .addressRefused, .authentication: return Judgement(.permanentTarget, words)
        default: return Judgement(failure.mayHaveArrived ? .ambiguous : .transient, words)
        }
    }

    /// Status and the beginning of the body on one line.
    static func words(_ response: HTTPResponse) -> String {
        let body = Markup.oneLine(String(decoding: response.body.prefix(wordsBytes * 2), as: UTF8.self))
        let location = response.header("Location") != nil ? " (redirect, not followed)" : ""
        return Shortening.cut("HTTP \(response.status)\(location) \(body)", bytes: wordsBytes)
    }

    /// By status alone (Standard Webhooks); channels whose vendors answer 200 to everything look further.
    static func judge(status response: HTTPResponse, now: Instant) -> Judgement {
        let words = words(response)
        switch response.status {
        case 200..<300: return Judgement(.delivered, words)
        case 429: return Judgement(.throttled(until: throttle(response, now: now)), words)
        case 503 where response.header("Retry-After") != nil:
            return Judgement(.throttled(until: throttle(response, now: now)), words)
        case 410: return Judgement(.permanentTarget, words)
        case 408, 425, 500...: return Judgement(.transient, words)
        default: return Judgement(.permanentMessage, words)
        }
    }

    static func throttle(_ response: HTTPResponse, now: Instant) -> Instant {
        let asked = response.header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) } ?? usualThrottle
        return now.adding(seconds: min(max(asked, shortestThrottle), longestThrottle))
    }
}

/// RFC 9110 §10.2.3: seconds, or an HTTP date.
enum RetryAfter {
    /// Seconds from now, negative for a past date; `nil` for what is neither.
    static func seconds(_ text: String, now: Instant) -> Int64? {
        let text = text.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) { return Int64(text) ?? .max }
        guard let date = httpDate(text) else { return nil }
        return date.microseconds(since: now) / Instant.microsecondsPerSecond
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not sent any more.
    private static func httpDate(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, parts[3].count == 4,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return Instant(iso: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
