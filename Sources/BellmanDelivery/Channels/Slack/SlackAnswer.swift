import BellmanModel

/// Webhooks answer in one word of plain text (`ok`, `no_service`), the API in JSON, both sometimes with HTTP 200.
enum SlackAnswer {
    private static let words: [String: Meaning] = [
        "ok": .delivered,
        "invalid_payload": .message, "no_text": .message, "invalid_blocks": .message, "user_not_found": .message,
        "too_many_attachments": .message, "msg_too_long": .message, "msg_blocks_too_long": .message,
        "invalid_blocks_format": .message, "invalid_attachments": .message,
        "action_prohibited": .target, "invalid_token": .target, "channel_not_found": .target, "no_service": .target,
        "no_active_hooks": .target, "no_team": .target, "channel_is_archived": .target, "is_archived": .target,
        "not_in_channel": .target, "invalid_auth": .target, "not_authed": .target, "account_inactive": .target,
        "token_revoked": .target, "token_expired": .target, "missing_scope": .target, "team_disabled": .target,
        "posting_to_general_channel_denied": .target, "restricted_action": .target,
        "ratelimited": .tooMany(60), "rate_limited": .tooMany(60), "message_limit_exceeded": .tooMany(3_600),
        "rollup_error": .transient, "internal_error": .transient, "service_unavailable": .transient,
        // "Some aspect of the operation succeeded."
        "fatal_error": .ambiguous,
    ]

    static func judge(_ answer: VendorAnswer) -> Judgement {
        if let isFine = answer.json?["ok"]?.boolValue {
            let said = answer.json?["error"]?.stringValue ?? ""
            let asked = answer.json?["retry_after"]?.doubleValue
            return answer.judgement(
                meaning(isFine ? "ok" : said, answer.status), words: "HTTP \(answer.status) \(isFine ? "ok" : said)",
                asked: asked)
        }
        guard let meaning = words[answer.text], answer.status == 200 || meaning != .delivered else {
            return answer.foreign
        }
        return answer.judgement(meaning)
    }

    private static func meaning(_ word: String, _ status: Int) -> Meaning {
        if let known = words[word] { return known }
        switch status {
        case 429: return .tooMany(AnswerRules.usualThrottle)
        case 500...: return .transient
        default: return .message
        }
    }
}
