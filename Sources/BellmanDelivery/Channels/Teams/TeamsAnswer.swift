import BellmanModel

/// Workflows: 202 and no body, which means queued; refusals are JSON with `error.code`. The old connectors: HTTP 200
/// to everything, `1` for success, else a sentence with the real number in it.
enum TeamsAnswer {
    /// What concerns the message; any other refusal concerns the flow.
    private static let codes: [String: Meaning] = [
        "TriggerInputSchemaMismatch": .message, "InvalidRequestContent": .message, "InvalidJson": .message,
        "RequestEntityTooLarge": .message, "ContentLengthLimitExceeded": .message,
        "WorkflowTriggerThrottled": .tooMany(60), "TooManyRequests": .tooMany(60),
        "ServerTimeout": .transient, "InternalServerError": .transient, "ServiceUnavailable": .transient,
    ]
    private static let phrase = "HTTP error "

    static func judge(_ answer: VendorAnswer) -> Judgement {
        if (200..<300).contains(answer.status) { return answer.judgement(accepted(answer)) }
        guard let error = answer.json?["error"], let code = error["code"]?.stringValue else { return answer.foreign }
        let said = error["message"]?.stringValue ?? ""
        return answer.judgement(
            meaning(code, answer.status), words: "HTTP \(answer.status) \(code) \(said)")
    }

    private static func accepted(_ answer: VendorAnswer) -> Meaning {
        let text = answer.text
        if text.isEmpty || text == "1" { return .delivered }
        if let number = text.firstRange(of: phrase).map({ text[$0.upperBound...].prefix(3) }), let status = Int(number)
        {
            return meaning("", status)
        }
        if text.contains("delivery failed") { return .transient }
        // A flow with a response step of its own may answer any JSON; a page is a proxy's.
        return answer.json != nil || answer.status == 202 ? .delivered : .transient
    }

    private static func meaning(_ code: String, _ status: Int) -> Meaning {
        if let known = codes[code] { return known }
        switch status {
        case 429: return .tooMany(AnswerRules.usualThrottle)
        case 408, 500...: return .transient
        case 413: return .message
        // Without a code this is the old connector's own number.
        case 400 where code.isEmpty: return .message
        default: return .target
        }
    }
}
