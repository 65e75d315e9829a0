import Almanac
import BellmanModel
import BellmanTransport

/// One invitation as iCalendar text (RFC 5545, RFC 5546).
///
/// Times are in UTC, which needs no description of a zone and is read alike by every client; whole days are dates. What
/// came from records is escaped and loses its control characters before it is folded, so it can begin no line.
struct CalendarText {
    private let invitation: Invitation
    private let organizer: Mailbox
    private let stamp: Instant

    /// - Parameter stamp: when this state was made; the same for every try.
    init(_ invitation: Invitation, organizer: Mailbox, stamp: Instant) {
        self.invitation = invitation
        self.organizer = organizer
        self.stamp = stamp
    }

    var text: String { lines.map(CalendarText.folded).joined(separator: "\r\n") + "\r\n" }

    private var lines: [String] {
        var lines = [
            "BEGIN:VCALENDAR", "PRODID:-//Bellman//Bellman//EN", "VERSION:2.0", "CALSCALE:GREGORIAN",
            "METHOD:\(invitation.method.rawValue)", "BEGIN:VEVENT", "UID:\(CalendarText.escaped(invitation.uid))",
            "DTSTAMP:\(CalendarText.utc(stamp))", "SEQUENCE:\(invitation.sequence)",
        ]
        lines += times
        lines.append("SUMMARY:\(CalendarText.escaped(invitation.title))")
        if !invitation.location.isEmpty { lines.append("LOCATION:\(CalendarText.escaped(invitation.location))") }
        lines.append(
            "ORGANIZER\(CalendarText.name(organizer.name)):mailto:\(CalendarText.address(organizer.address))")
        lines += invitation.attendees.compactMap(attendee)
        // Left out where only some are taken out of it (RFC 5546 §3.2.5).
        switch invitation.method {
        case .request: lines.append("STATUS:CONFIRMED")
        case .cancel: if !invitation.uninvites { lines.append("STATUS:CANCELLED") }
        }
        return lines + ["END:VEVENT", "END:VCALENDAR"]
    }

    private var times: [String] {
        switch invitation.start {
        case .instant(let start):
            [
                "DTSTART:\(CalendarText.utc(start))",
                "DTEND:\(CalendarText.utc(start.adding(seconds: invitation.seconds)))", "TRANSP:OPAQUE",
            ]
        case .date(let date):
            // The end is the first day that is free again (§3.6.1).
            [
                "DTSTART;VALUE=DATE:\(CalendarText.day(date))",
                "DTEND;VALUE=DATE:\(CalendarText.day(date.adding(days: max(1, Int(invitation.seconds / 86_400)))))",
                "TRANSP:TRANSPARENT",
            ]
        }
    }

    /// nil where the address could not stand in a calendar.
    private func attendee(_ person: Invitation.Attendee) -> String? {
        guard WireSafety.isCleanMailbox(person.email) else { return nil }
        let answer = invitation.method == .request ? ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE" : ""
        return
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT\(answer)\(CalendarText.name(person.name)):mailto:\(CalendarText.address(person.email))"
    }

    // MARK: values

    /// `20261130T013000Z`
    static func utc(_ instant: Instant) -> String {
        let digits = instant.iso.utf8.filter { (48...57).contains($0) }.prefix(14)
        let text = String(decoding: digits, as: UTF8.self)
        return "\(text.prefix(8))T\(text.dropFirst(8))Z"
    }

    private static func day(_ date: CivilDate) -> String { date.description.replacing("-", with: "") }

    /// TEXT (§3.3.11).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in Markup.showInvisible(text).unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result += "\\\(scalar)"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `;CN="…"`: a quoted parameter cannot hold a quotation mark (§3.2), so it becomes an apostrophe.
    static func name(_ text: String) -> String {
        let line = Markup.oneLine(text).replacing("\"", with: "'")
        return line.isEmpty ? "" : ";CN=\"\(line)\""
    }

    /// In a URI: what an address may hold and a URI may not is percent-encoded.
    private static func address(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte & 0xDF) && byte < 0x80
                || "@.-_+~!$'*=/".utf8.contains(byte)
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" + digits : digits)
            }
        }
        return result
    }

    // MARK: folding

    /// Bytes of a line (§3.1).
    private static let lineBytes = 75

    /// Between code points: a fold within one is legal, but many readers decode line by line.
    static func folded(_ line: String) -> String {
        var result = ""
        var size = 0
        for scalar in line.unicodeScalars {
            let bytes = UTF8.width(scalar)
            if size + bytes > lineBytes {
                result += "\r\n "
                size = 1
            }
            result.unicodeScalars.append(scalar)
            size += bytes
        }
        return result
    }
}
