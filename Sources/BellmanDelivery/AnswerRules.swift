import Almanac
import BellmanModel
import BellmanTransport

/// What a vendor's code means; each channel's table maps its codes to these.
enum Meaning: Sendable, Hashable {
    case delivered
    case transient
    case ambiguous
    /// This message can never succeed as it is.
    case message
    /// The robot or its address is out of use, or misconfigured.
    case target
    /// Too many: wait as long as the answer asks, else so many seconds.
    case tooMany(Int64)
}

/// Rules that channels share for reading answers.
enum AnswerRules {
    /// Beginning of an answer that is kept with the attempt.
    static let wordsBytes = 300
    /// Looked through for secrets before it is cut.
    static let readBytes = 4_096
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

    /// By status alone (Standard Webhooks): only for receivers without words of their own.
    static func meaning(status: Int, asksToWait: Bool) -> Meaning {
        switch status {
        case 200..<300: .delivered
        case 429: .tooMany(usualThrottle)
        case 503 where asksToWait: .tooMany(usualThrottle)
        case 410: .target
        case 408, 425, 500...: .transient
        default: .message
        }
    }

    /// An answer that is not in the vendor's form: a proxy, a captive portal, a page of the wrong host. Never a
    /// success, and no reason to give a message up.
    static func foreign(status: Int, asksToWait: Bool) -> Meaning {
        switch status {
        case 429: .tooMany(usualThrottle)
        case 503 where asksToWait: .tooMany(usualThrottle)
        case 301, 308, 401, 404, 410: .target
        case 413: .message
        default: .transient
        }
    }
}

/// How long an answer asks to wait.
enum RetryAfter {
    /// Headers that vendors name it in. The last two are Feishu's gateway and Discord.
    private static let names = ["retry-after", "x-ogw-ratelimit-reset", "x-ratelimit-reset-after"]

    /// Seconds from now, the longest of all that the headers and the body say; `nil` when none of them says it.
    static func seconds(_ response: HTTPResponse, body: Double?, now: Instant) -> Int64? {
        var found: [Int64] = []
        if let body, body >= 0, let seconds = whole(body) { found.append(seconds) }
        for header in response.headers where names.contains(header.name.lowercased()) {
            if let seconds = seconds(header.value, now: now) { found.append(seconds) }
        }
        return found.max()
    }

    /// RFC 9110 §10.2.3: seconds, or an HTTP date; also fractions of seconds, as some send. Negative for a past date,
    /// `nil` for what is none of these.
    static func seconds(_ text: String, now: Instant) -> Int64? {
        let text = text.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) {
            return Double(text).flatMap(whole)
        }
        guard let date = httpDate(text) else { return nil }
        return date.microseconds(since: now) / Instant.microsecondsPerSecond
    }

    /// Rounded up, and no more than a number can hold.
    private static func whole(_ seconds: Double) -> Int64? {
        seconds.isNaN ? nil : Int64(min(seconds.rounded(.up), 1e12))
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

/// One answer of a vendor, read once.
struct VendorAnswer {
    let response: HTTPResponse
    /// `nil` when the body is no JSON.
    let json: JSONValue?
    let now: Instant
    private let redaction: Redaction

    init(_ response: HTTPResponse, redaction: Redaction, now: Instant) {
        self.response = response
        self.redaction = redaction
        self.now = now
        json = response.body.isEmpty ? nil : try? BellmanModel.JSONText.parse(utf8: response.body)
    }

    var status: Int { response.status }

    /// The body as text, for vendors that answer in words.
    var text: String {
        let text = String(decoding: response.body.prefix(AnswerRules.readBytes), as: UTF8.self)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// `asked` is the wait in seconds that the body names.
    func judgement(_ meaning: Meaning, words: String? = nil, asked: Double? = nil) -> Judgement {
        Judgement(verdict(meaning, asked), kept(words ?? statusWords))
    }

    /// For an answer that is not in the vendor's form.
    var foreign: Judgement {
        judgement(AnswerRules.foreign(status: status, asksToWait: response.header("Retry-After") != nil))
    }

    private func verdict(_ meaning: Meaning, _ asked: Double?) -> Verdict {
        switch meaning {
        case .delivered: return .delivered
        case .transient: return .transient
        case .ambiguous: return .ambiguous
        case .message: return .permanentMessage
        case .target: return .permanentTarget
        case .tooMany(let usual):
            let seconds = RetryAfter.seconds(response, body: asked, now: now) ?? usual
            let bounded = min(max(seconds, AnswerRules.shortestThrottle), AnswerRules.longestThrottle)
            return .throttled(until: now.adding(seconds: bounded))
        }
    }

    private var statusWords: String {
        let location = response.header("Location") != nil ? " (redirect, not followed)" : ""
        return "HTTP \(status)\(location) \(text)"
    }

    /// One line, without secrets, shortened: in that order, so that no half of a secret is left.
    private func kept(_ words: String) -> String {
        Shortening.cut(redaction.clean(Markup.oneLine(words)), bytes: AnswerRules.wordsBytes)
    }
}
