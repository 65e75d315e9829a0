import BellmanModel

/// The stored message, or JSON with `errorCode`.
enum GotifyAnswer {
    static func judge(_ answer: VendorAnswer) -> Judgement {
        guard let json = answer.json, json.objectValue != nil else { return answer.foreign }
        if answer.status == 200 {
            return json["id"] != nil ? answer.judgement(.delivered, words: "HTTP 200") : answer.foreign
        }
        guard let code = json["errorCode"]?.intValue else { return answer.foreign }
        let said = json["errorDescription"]?.stringValue ?? json["error"]?.stringValue ?? ""
        return answer.judgement(meaning(code), words: "errorCode \(code) \(said)")
    }

    private static func meaning(_ code: Int64) -> Meaning {
        switch code {
        case 401, 403, 404: .target
        case 400, 413: .message
        case 429: .tooMany(AnswerRules.usualThrottle)
        default: .transient
        }
    }
}
