import BellmanModel

/// The robot answers HTTP 200 to nearly everything; `errcode` decides, never `errmsg`, whose text changes.
enum WeComAnswer {
    private static let codes: [Int64: Meaning] = [
        0: .delivered,
        // Busy.
        -1: .transient,
        // No such key, or removed.
        93_000: .target,
        // Invalid parameter, too long included; no such message type; too long.
        40_058: .message, 40_008: .message, 45_002: .message,
        // Too often; too many at once.
        45_009: .tooMany(60), 45_033: .tooMany(60),
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        guard let code = answer.json?["errcode"]?.intValue else { return answer.foreign }
        let said = answer.json?["errmsg"]?.stringValue ?? ""
        return answer.judgement(codes[code] ?? .message, words: "errcode \(code) \(said)")
    }
}
