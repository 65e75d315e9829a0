import Almanac
import BellmanModel
import BellmanTransport

/// The JSON that a webhook's receiver gets.
enum WebhookBody {
    /// Standard Webhooks advises less than 20 kB.
    static let limit = 20_000
    static let eventType = "bellman.notice"
    static let bundleType = "bellman.notices"
    static let callType = "bellman.call"

    static func data(_ message: OutgoingMessage) -> JSONText {
        guard message.notices.count > 1 else {
            return message.notices.first.map { notice($0, message) } ?? words(message)
        }
        return .object([
            .init("id", .string(message.id)), .init("type", .string(bundleType)),
            .init("title", .string(message.title)),
            .init("text", .string(Markup.render(message.text, as: .plain))),
            .init("notices", .array(summaries(message))),
            .init("count", .int(Int64(message.notices.count))),
        ])
    }

    /// What is sent past the outbox: a test, or a word to the administrator.
    private static func words(_ message: OutgoingMessage) -> JSONText {
        .object([
            .init("id", .string(message.id)), .init("type", .string(eventType)), .init("title", .string(message.title)),
            .init("text", .string(Markup.render(message.text, as: .plain))),
        ])
    }

    private static func notice(_ notice: Notice, _ message: OutgoingMessage) -> JSONText {
        .object([
            .init("id", .string(notice.id)), .init("type", .string(type(message))),
            .init("rule", .string(notice.rule)), .init("rule_title", .string(notice.ruleTitle)),
            .init("record", .string(notice.record)), .init("title", .string(message.title)),
            .init("text", .string(Markup.render(message.text, as: .plain))),
            .init("links", .array(message.links.map(link))),
            .init("recipients", .array(message.recipients.map(recipient))),
            .init("priority", .string(notice.priority.rawValue)), .init("urgent", .bool(notice.urgent)),
            .init("late", .bool(notice.late)), .init("scheduled_at", .string(notice.scheduledAt.iso)),
            .init("fired_at", .string(notice.firedAt.iso)), .init("firing", .string(notice.firing)),
            .init("language", .string(notice.language)),
        ])
    }

    /// As many as fit half of the body; `count` says how many there are.
    private static func summaries(_ message: OutgoingMessage) -> [JSONText] {
        var room = message.limit(limit) / 2
        var result: [JSONText] = []
        for notice in message.notices.prefix(Bundle.listed) {
            let entry = summary(notice)
            room -= entry.bytes.count
            if room < 0 { break }
            result.append(entry)
        }
        return result
    }

    private static func summary(_ notice: Notice) -> JSONText {
        .object([
            .init("id", .string(notice.id)), .init("rule", .string(notice.rule)),
            .init("record", .string(notice.record)),
            .init("title", .string(Shortening.cut(notice.title, bytes: 200))),
            .init("priority", .string(notice.priority.rawValue)),
            .init("scheduled_at", .string(notice.scheduledAt.iso)),
        ])
    }

    private static func link(_ link: Link) -> JSONText {
        .object([.init("label", .string(link.label)), .init("url", .string(link.url))])
    }

    private static func recipient(_ person: Recipient) -> JSONText {
        var members: [JSONText.Member] = [.init("id", .string(person.id)), .init("name", .string(person.name))]
        if let email = person.email { members.append(.init("email", .string(email))) }
        return .object(members)
    }

    private static func type(_ message: OutgoingMessage) -> String {
        guard message.notices.count < 2 else { return bundleType }
        if case .call? = message.notices.first?.payload { return callType }
        return eventType
    }

    // CloudEvents 1.0

    private static func attributes(_ message: OutgoingMessage, source: String) -> [(String, String)] {
        var result = [
            ("specversion", "1.0"), ("id", message.id), ("source", source),
            ("type", type(message)),
        ]
        if let first = message.notices.first {
            result.append(("time", first.firedAt.iso))
            if message.notices.count == 1, !first.record.isEmpty { result.append(("subject", first.record)) }
        }
        return result
    }

    /// Binary mode: attributes as `ce-` headers.
    static func attributeHeaders(_ message: OutgoingMessage, source: String) -> [HTTPHeader] {
        attributes(message, source: source).map { HTTPHeader("ce-" + $0.0, percentEncoded($0.1)) }
    }

    /// Structured mode: the event around the data.
    static func event(_ message: OutgoingMessage, source: String) -> JSONText {
        let head = attributes(message, source: source).map { JSONText.Member($0.0, .string($0.1)) }
        return .object(
            head + [.init("datacontenttype", .string("application/json")), .init("data", data(message))])
    }

    /// CloudEvents HTTP binding §3.1.3.2: space, `"`, `%` and all outside U+0021–U+007E.
    static func percentEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "%") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" + digits : digits)
            }
        }
        return result
    }
}
