import BellmanModel

/// JSON with `ok`; what went wrong is said in `description` and sometimes in `parameters`.
enum TelegramAnswer {
    /// Phrases of descriptions with 400, the first that is found. Those of the chat are judged by `isRoom`.
    private static let aboutChat = [
        "chat not found", "user not found", "group chat was deactivated", "not enough rights", "chat_write_forbidden",
        "topic_closed", "message thread not found", "peer_id_invalid", "have no rights",
    ]

    /// In a direct channel a chat that is gone concerns its one recipient, not the channel.
    static func judge(_ answer: VendorAnswer, isRoom: Bool) -> Judgement {
        guard let json = answer.json, let isFine = json["ok"]?.boolValue else { return answer.foreign }
        if isFine { return answer.judgement(.delivered, words: "HTTP \(answer.status) ok") }
        let said = json["description"]?.stringValue ?? ""
        let code = json["error_code"]?.intValue ?? Int64(answer.status)
        let chat: Meaning = isRoom ? .target : .message
        if let moved = json["parameters"]?["migrate_to_chat_id"]?.intValue {
            return answer.judgement(chat, words: "\(code) \(said); chat_id: \(moved)")
        }
        return answer.judgement(
            meaning(code, said.lowercased(), chat), words: "\(code) \(said)",
            asked: json["parameters"]?["retry_after"]?.doubleValue)
    }

    private static func meaning(_ code: Int64, _ said: String, _ chat: Meaning) -> Meaning {
        switch code {
        case 429: .tooMany(AnswerRules.usualThrottle)
        case 401, 404: .target
        case 403: chat
        case 400: aboutChat.contains(where: said.contains) ? chat : .message
        case 413: .message
        case 409, 500...: .transient
        default: .message
        }
    }
}
