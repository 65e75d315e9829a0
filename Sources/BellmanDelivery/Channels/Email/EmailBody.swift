import Almanac
import BellmanModel
import Digests

/// An RFC 5322 message: text and simple HTML, both base64, so that no line can end or smuggle a message.
struct EmailBody {
    let message: OutgoingMessage
    let from: Mailbox
    let to: Mailbox
    let now: Instant

    /// Mail has no bound of its own: only texts that no reader would read are cut.
    var bytes: [UInt8] {
        Shortening.fit(message) { Draft(bytes: whole($0), measures: []) }
    }

    private func whole(_ message: OutgoingMessage) -> [UInt8] {
        let content = content(message)
        return Array((headers + content.lines(label, depth: 0)).joined(separator: "\r\n").utf8) + [13, 10]
    }

    private func content(_ message: OutgoingMessage) -> MailPart {
        var forms: [MailPart] = [.text("plain", plainText(message))]
        if message.style == .rich { forms.append(EmailHTML(message).part) }
        guard let invitation else { return .several("alternative", forms) }
        let text = CalendarText(invitation, organizer: from, stamp: message.notices.first?.firedAt ?? now).text
        let method = invitation.method.rawValue
        // Inline for those that answer from the mail (RFC 6047 §2.4), attached for those that only open files.
        forms.append(.leaf("text/calendar; method=\(method); charset=utf-8; component=VEVENT", [], Array(text.utf8)))
        let file = MailPart.leaf(
            "application/ics; name=\"invite.ics\"", ["Content-Disposition: attachment; filename=\"invite.ics\""],
            Array(text.utf8))
        return .several("mixed", [.several("alternative", forms), file])
    }

    private var invitation: Invitation? {
        guard message.notices.count == 1, case .invitation(let invitation)? = message.notices[0].payload else {
            return nil
        }
        return invitation
    }

    private var headers: [String] {
        let rule = message.notices.count == 1 ? message.notices[0].rule : "bundle"
        return [
            "Date: " + MailDate.text(now), "From: " + from.header, "To: " + to.header,
            "Message-ID: <\(message.id)@\(from.domain)>", "Subject: " + EncodedWord.encode(message.title),
            "MIME-Version: 1.0",
            // RFC 3834: nobody's holiday message shall answer.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
            "List-Id: <\(EmailBody.label(rule)).bellman.\(from.domain)>",
        ]
    }

    private var label: String { EmailBody.label(message.id) }

    private static func label(_ text: String) -> String {
        let kept = text.unicodeScalars.filter {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        return kept.isEmpty ? "notice" : String(String.UnicodeScalarView(kept.prefix(60)))
    }

    private func plainText(_ message: OutgoingMessage) -> String {
        var blocks = [Markup.oneLine(message.title)]
        let body = Markup.render(message.text, as: .plain)
        if !body.isEmpty { blocks.append(body) }
        let links = message.links.map { Markup.link($0, as: .plain) }
        if !links.isEmpty { blocks.append(links.joined(separator: "\n")) }
        return blocks.joined(separator: "\n\n").replacing("\n", with: "\r\n") + "\r\n"
    }
}

/// RFC 5322 §3.3, in UTC.
enum MailDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ instant: Instant) -> String {
        let iso = instant.iso
        let date = CivilDate(iso: iso.prefix(10)) ?? .epoch
        let time = iso.dropFirst(11).prefix(8)
        return "\(days[date.weekday - 1]), \(date.day) \(months[date.month - 1]) \(date.year) \(time) +0000"
    }
}
