import Almanac
import BellmanModel

/// The built-in channel: a notice is delivered by being in the outbox, where the dashboard shows it.
struct InboxChannel: Channel {
    var isRoom: Bool { true }
    var hasPlainForm: Bool { false }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        // On the terminal, as on the page, each notice stands for itself, also of many that leave together.
        let titles = message.notices.isEmpty ? [message.title] : message.notices.map(\.title)
        return .local(line: titles.map(Markup.oneLine).joined(separator: "\n"))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement { Judgement(.delivered, "inbox") }
}
