import BellmanTransport

/// RFC 5321 §4.2.1: the first digit decides; what speaks of the login concerns the channel.
enum EmailAnswer {
    static func judge(_ answer: WireAnswer, _ redaction: Redaction) -> Judgement {
        switch answer {
        case .mail(let reply):
            let words = redaction.clean(Markup.oneLine("\(reply.code) \(reply.text)"))
            return Judgement(verdict(reply), Shortening.cut(words, bytes: AnswerRules.wordsBytes))
        case .failure(let failure) where failure.kind == .tls:
            return Judgement(.permanentTarget, redaction.clean(AnswerRules.judge(failure).words))
        case .failure(let failure):
            let judgement = AnswerRules.judge(failure)
            return Judgement(judgement.verdict, redaction.clean(judgement.words))
        case .http, .local: return Judgement(.delivered, "")
        }
    }

    private static func verdict(_ reply: MailReply) -> Verdict {
        switch reply.code {
        case 200..<300: .delivered
        case 530, 534, 535, 538: .permanentTarget
        case 500..<600: .permanentMessage
        default: .transient
        }
    }
}
