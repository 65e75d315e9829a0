import BellmanModel

/// The robot answers HTTP 200 to nearly everything; `errcode` decides.
enum DingTalkAnswer {
    private static let codes: [Int64: Meaning] = [
        0: .delivered, -1: .transient,
        // No such token.
        300_001: .target, 300_005: .target,
        // More than 20 a minute: shut out for ten minutes.
        130_101: .tooMany(600), 660_026: .tooMany(600),
        // Quota of the organisation.
        90_030: .tooMany(3_600),
        // Too long; bad parameter.
        460_101: .message, 101_002: .message, 40_035: .message,
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        guard let code = answer.json?["errcode"]?.intValue else { return answer.foreign }
        let said = answer.json?["errmsg"]?.stringValue ?? ""
        let meaning = code == 310_000 ? refused(said) : codes[code] ?? .message
        return answer.judgement(meaning, words: "errcode \(code) \(said)")
    }

    /// 310000 stands for four troubles that only the words tell apart.
    private static func refused(_ words: String) -> Meaning {
        let text = words.lowercased()
        if text.contains("keyword") || text.contains("关键词") { return .message }
        if text.contains("timestamp") || text.contains("时间戳") { return .transient }
        return .target
    }
}
