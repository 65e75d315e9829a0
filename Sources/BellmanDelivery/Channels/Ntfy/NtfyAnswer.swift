import Almanac
import BellmanModel

/// JSON with a five-digit `code` whose first three are the status.
enum NtfyAnswer {
    private static let codes: [Int64: Meaning] = [
        // Too many failed logins: the login is wrong.
        42_909: .target,
        40_009: .message, 40_018: .message, 41_301: .message, 41_303: .message,
        // No subscriber for UnifiedPush at present.
        50_701: .transient,
    ]
    /// The day's messages are used up.
    private static let dailyQuota: Int64 = 42_908

    static func judge(_ answer: VendorAnswer) -> Judgement {
        guard let json = answer.json, json.objectValue != nil else { return answer.foreign }
        if answer.status == 200 {
            return json["id"] != nil ? answer.judgement(.delivered, words: "HTTP 200") : answer.foreign
        }
        guard let code = json["code"]?.intValue else { return answer.foreign }
        let words = "code \(code) \(json["error"]?.stringValue ?? "")"
        if code == dailyQuota { return answer.judgement(.tooMany(untilMidnight(answer.now)), words: words) }
        return answer.judgement(codes[code] ?? meaning(code / 100), words: words)
    }

    private static func meaning(_ status: Int64) -> Meaning {
        switch status {
        case 401, 403, 404: .target
        case 400, 413: .message
        case 429: .tooMany(AnswerRules.usualThrottle)
        default: .transient
        }
    }

    /// The count begins anew at midnight UTC.
    private static func untilMidnight(_ now: Instant) -> Int64 {
        let day: Int64 = 86_400
        return day - (now.seconds % day + day) % day
    }
}
