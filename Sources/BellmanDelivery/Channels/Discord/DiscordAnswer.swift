import BellmanModel

/// JSON with `code` beside the status; a throttled request names its wait in fractions of a second.
enum DiscordAnswer {
    private static let codes: [Int64: Meaning] = [
        // Unknown channel, guild, webhook; bad token; no access; no permission; thread wanted, archived.
        10_003: .target, 10_004: .target, 10_015: .target, 50_027: .target, 50_001: .target, 50_013: .target,
        220_001: .target, 50_083: .target, 160_005: .target,
        // Empty; over a bound; bad form; too large.
        50_006: .message, 50_035: .message, 50_109: .message, 40_005: .message,
        // Too often, by several counts.
        20_028: .tooMany(60), 20_016: .tooMany(60), 40_062: .tooMany(60),
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        if answer.status == 204 { return answer.judgement(.delivered) }
        guard let json = answer.json, json.objectValue != nil else { return answer.foreign }
        if answer.status == 200 {
            return json["id"] != nil ? answer.judgement(.delivered, words: "HTTP 200") : answer.foreign
        }
        let said = json["message"]?.stringValue ?? ""
        let code = json["code"]?.intValue ?? 0
        return answer.judgement(
            meaning(code, answer.status), words: "HTTP \(answer.status) code \(code) \(said)",
            asked: json["retry_after"]?.doubleValue)
    }

    private static func meaning(_ code: Int64, _ status: Int) -> Meaning {
        if status == 429 { return .tooMany(AnswerRules.usualThrottle) }
        if let known = codes[code] { return known }
        switch status {
        // Calling an unknown webhook again and again has the whole address shut out.
        case 401, 403, 404, 410: return .target
        case 400, 413: return .message
        default: return .transient
        }
    }
}
