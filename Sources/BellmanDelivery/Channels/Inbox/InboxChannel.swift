import Almanac

/// The built-in channel: a notice is delivered by being in the outbox, where the dashboard shows it.
struct InboxChannel: Channel {
    var isRoom: Bool { true }
    var hasPlainForm: Bool { false }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        .local(line: Markup.oneLine(message.title))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement { Judgement(.delivered, "inbox") }
}
