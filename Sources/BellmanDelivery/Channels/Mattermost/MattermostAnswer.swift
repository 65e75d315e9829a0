import BellmanModel

/// `ok` as plain text; refusals are JSON with an `id` that names what is wrong.
enum MattermostAnswer {
    /// Beginnings of ids that concern the message; the other refusals concern the webhook or its channel.
    private static let aboutMessage = [
        "web.incoming_webhook.text", "web.incoming_webhook.parse", "web.incoming_webhook.split",
        "web.incoming_webhook.attachment", "model.post", "api.post", "api.context.invalid_body",
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        if answer.status == 200 { return answer.text == "ok" ? answer.judgement(.delivered) : answer.foreign }
        guard let id = answer.json?["id"]?.stringValue else { return answer.foreign }
        let said = answer.json?["message"]?.stringValue ?? ""
        return answer.judgement(meaning(id, answer.status), words: "HTTP \(answer.status) \(id) \(said)")
    }

    private static func meaning(_ id: String, _ status: Int) -> Meaning {
        switch status {
        case 429: .tooMany(AnswerRules.usualThrottle)
        case 500...: .transient
        case 413: .message
        default: aboutMessage.contains(where: id.hasPrefix) ? .message : .target
        }
    }
}
