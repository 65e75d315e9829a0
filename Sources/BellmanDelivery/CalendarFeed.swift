import Almanac
import BellmanModel

/// Coming notices as iCalendar text (RFC 5545) that a calendar program subscribes to or imports. Nobody is invited:
/// each is a moment of no length that blocks nothing.
public struct CalendarFeed: Sendable {
    public struct Event: Sendable {
        /// Stays the same from one feed to the next, so that a calendar moves an entry instead of doubling it.
        public let uid: String
        public let at: Instant
        public let title: String
        public let text: String

        public init(uid: String, at: Instant, title: String, text: String) {
            self.uid = uid
            self.at = at
            self.title = title
            self.text = text
        }
    }

    private let name: String
    private let stamp: Instant
    private let events: [Event]

    /// - Parameter stamp: when it was made.
    public init(name: String, stamp: Instant, events: [Event]) {
        self.name = name
        self.stamp = stamp
        self.events = events
    }

    public var text: String {
        let head = [
            "BEGIN:VCALENDAR", "PRODID:-//Bellman//Bellman//EN", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "X-WR-CALNAME:\(CalendarText.escaped(name))",
        ]
        let lines = head + events.flatMap(lines) + ["END:VCALENDAR"]
        return lines.map(CalendarText.folded).joined(separator: "\r\n") + "\r\n"
    }

    private func lines(_ event: Event) -> [String] {
        [
            "BEGIN:VEVENT", "UID:\(CalendarText.escaped(event.uid))", "DTSTAMP:\(CalendarText.utc(stamp))",
            "DTSTART:\(CalendarText.utc(event.at))", "SUMMARY:\(CalendarText.escaped(event.title))",
            "DESCRIPTION:\(CalendarText.escaped(event.text))", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]
    }
}
