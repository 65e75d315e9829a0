import Almanac
import BellmanModel

extension ActLinks {
    /// Questions of one bundle that get links; each needs its own, and a message of forty notices has no room for eighty.
    /// The others, and whatever can be done about plain notices, wait on the dashboard and for the command.
    static let mostInBundle = 3
    /// Characters of a question's title in the label of a bundle's link.
    private static let labelTitle = 30
    private static let daySeconds: Int64 = 86_400

    /// The message with a link for each thing that its reader can do, made at sending: what is stored holds none.
    func added(to message: OutgoingMessage, isRoom: Bool, now: Instant) -> OutgoingMessage {
        var links: [Link] = []
        if message.notices.count == 1, let notice = message.notices.first {
            links = notice.acts.compactMap { link($0, notice, isRoom, now, label: nil) }
        } else if !isRoom {
            let asking = message.notices.filter { $0.acts.contains { if case .decide = $0 { true } else { false } } }
            for notice in asking.prefix(ActLinks.mostInBundle) {
                links += notice.acts.compactMap { act in
                    guard case .decide = act else { return nil }
                    return link(act, notice, isRoom, now, label: String(notice.title.prefix(ActLinks.labelTitle)))
                }
            }
        }
        return links.isEmpty ? message : message.with(text: message.text, links: message.links + links)
    }

    /// A call to a program has no reader. In a room a link names nobody, and nobody decides there for somebody else.
    private func link(_ act: NoticeAct, _ notice: Notice, _ isRoom: Bool, _ now: Instant, label: String?) -> Link? {
        if case .call? = notice.payload { return nil }
        let wording = DeliveryWording(notice.language)
        let person = isRoom ? "" : notice.recipientKey
        let words: String
        let ticket: ActTicket
        switch act {
        case .acknowledge:
            words = wording.acknowledge
            ticket = ActTicket(
                act: .acknowledge, target: notice.firing, person: person, expiry: end(now, ActTicket.days))
        case .snooze:
            words = wording.snooze
            ticket = ActTicket(act: .snooze, target: notice.firing, person: person, expiry: end(now, ActTicket.days))
        case .decide(let approval, let choice):
            guard !person.isEmpty else { return nil }
            words = ApprovalChoice.label(choice, AlmanacLanguage(rawValue: notice.language) ?? .en)
            ticket = ActTicket(
                act: .decide(choice: choice), target: approval, person: person,
                expiry: end(now, ActTicket.decisionDays))
        }
        guard !ticket.target.isEmpty else { return nil }
        return Link(label: label.map { "\(words) · \($0)" } ?? words, url: url(ticket))
    }

    /// The end of a day, so that tries of one day send the same message. Never more than `days` days away.
    private func end(_ now: Instant, _ days: Int) -> Instant {
        let day = now.microseconds / (1_000_000 * ActLinks.daySeconds)
        return Instant(microseconds: (day + Int64(days)) * ActLinks.daySeconds * 1_000_000)
    }
}
