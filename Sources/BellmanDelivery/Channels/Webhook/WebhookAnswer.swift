import BellmanTransport

/// Standard Webhooks: the status alone decides, as receivers have no words in common.
enum WebhookAnswer {
    static func judge(_ answer: VendorAnswer) -> Judgement {
        answer.judgement(
            AnswerRules.meaning(status: answer.status, asksToWait: answer.response.header("Retry-After") != nil))
    }
}
