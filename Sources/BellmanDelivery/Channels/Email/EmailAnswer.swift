import BellmanTransport

/// RFC 5321 §4.2.1: the first digit decides; what speaks of the login concerns the channel.
enum EmailAnswer {
    static func judge(_ answer: WireAnswer) -> Judgement {
        switch answer {
        case .mail(let reply):
            let words = Shortening.cut(Markup.oneLine("\(reply.code) \(reply.text)"), bytes: AnswerRules.wordsBytes)
            return Judgement(verdict(reply), words)
        case .failure(let failure) where failure.kind == .tls:
            return Judgement(.permanentTarget, AnswerRules.judge(failure).words)
        case .failure(let failure): return AnswerRules.judge(failure)
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
