import BellmanModel

/// Refusals come mostly with HTTP 200, some with 4xx: `code` decides; older bots say `StatusCode`.
enum FeishuAnswer {
    private static let codes: [Int64: Meaning] = [
        0: .delivered,
        // Wrong signature or clock; address not allowed; bad token.
        19_021: .target, 19_022: .target, 19_001: .target,
        // Keyword missing; bad shape or too large; card refused.
        19_024: .message, 9_499: .message, 19_036: .message, 230_099: .message, 11_310: .message,
        // Too often: the platform's own (often at the full hour), and the gateway's.
        11_232: .tooMany(30), 99_991_400: .tooMany(60),
        2_200: .transient,
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        guard let code = (answer.json?["code"] ?? answer.json?["StatusCode"])?.intValue else { return answer.foreign }
        let said = (answer.json?["msg"] ?? answer.json?["StatusMessage"])?.stringValue ?? ""
        return answer.judgement(meaning(code, answer.status), words: "code \(code) \(said)")
    }

    private static func meaning(_ code: Int64, _ status: Int) -> Meaning {
        if let known = codes[code] { return known }
        switch status {
        case 429: return .tooMany(AnswerRules.usualThrottle)
        case 500...: return .transient
        default: return .message
        }
    }
}
