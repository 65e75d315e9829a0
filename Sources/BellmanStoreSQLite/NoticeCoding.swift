import Almanac
import BellmanModel

/// A queued notice as JSON text. Made by hand: it is written once for every ringing and read once for every sending.
///
/// The form is that of Swift's own coders, which earlier versions used: keys ascending, absent where nil, text parts as
/// `{"value":{"_0":"…"}}`. Members that are not known are passed over, so a later version's rows can be read.
enum NoticeCoding {
    // MARK: Writing

    static func write(_ notice: Notice, into text: inout JSONText) {
        text.raw(0x7B)
        if !notice.acts.isEmpty {
            text.raw("\"acts\":")
            text.array(notice.acts, write)
            text.raw(0x2C)
        }
        text.raw("\"channel\":")
        text.string(notice.channel)
        text.raw(",\"firedAt\":")
        text.instant(notice.firedAt)
        text.raw(",\"firing\":")
        text.string(notice.firing)
        text.raw(",\"id\":")
        text.string(notice.id)
        text.raw(",\"language\":")
        text.string(notice.language)
        text.raw(",\"late\":")
        text.bool(notice.late)
        text.raw(",\"links\":")
        text.array(notice.links, write)
        if let payload = notice.payload {
            text.raw(",\"payload\":")
            text.string(payload.text)
        }
        text.raw(",\"priority\":")
        text.string(notice.priority.rawValue)
        text.raw(",\"recipientKey\":")
        text.string(notice.recipientKey)
        text.raw(",\"recipients\":")
        text.array(notice.recipients, write)
        text.raw(",\"record\":")
        text.string(notice.record)
        text.raw(",\"rule\":")
        text.string(notice.rule)
        text.raw(",\"ruleTitle\":")
        text.string(notice.ruleTitle)
        text.raw(",\"scheduledAt\":")
        text.instant(notice.scheduledAt)
        text.raw(",\"step\":")
        text.int(Int64(notice.step))
        text.raw(",\"text\":")
        text.array(notice.text, write)
        text.raw(",\"title\":")
        text.string(notice.title)
        text.raw(",\"urgent\":")
        text.bool(notice.urgent)
        text.raw(0x7D)
    }

    private static func write(_ act: NoticeAct, into text: inout JSONText) { text.string(act.words) }

    private static func write(_ link: Link, into text: inout JSONText) {
        text.raw("{\"label\":")
        text.string(link.label)
        text.raw(",\"url\":")
        text.string(link.url)
        text.raw(0x7D)
    }

    private static func write(_ recipient: Recipient, into text: inout JSONText) {
        text.raw(0x7B)
        if let email = recipient.email {
            text.raw("\"email\":")
            text.string(email)
            text.raw(0x2C)
        }
        text.raw("\"handles\":")
        text.object(recipient.handles.mapValues(FieldValue.string))
        text.raw(",\"id\":")
        text.string(recipient.id)
        text.raw(",\"name\":")
        text.string(recipient.name)
        if let phone = recipient.phone {
            text.raw(",\"phone\":")
            text.string(phone)
        }
        if let quietHours = recipient.quietHours {
            text.raw(",\"quietHours\":")
            text.string(quietHours)
        }
        if let timezone = recipient.timezone {
            text.raw(",\"timezone\":")
            text.string(timezone)
        }
        text.raw(0x7D)
    }

    private static func write(_ part: TextPart, into text: inout JSONText) {
        switch part {
        case .authored(let words):
            text.raw("{\"authored\":{\"_0\":")
            text.string(words)
        case .value(let words):
            text.raw("{\"value\":{\"_0\":")
            text.string(words)
        case .report(let report):
            text.raw("{\"report\":{\"_0\":")
            text.string(report.stored)
        }
        text.raw("}}")
    }

    // MARK: Reading

    /// A notice whose members are read one by one.
    private struct Draft {
        /// Members that every notice has.
        static let required = 18
        var found = 0

        var id = ""
        var firing = ""
        var rule = ""
        var ruleTitle = ""
        var record = ""
        var step = 0
        var channel = ""
        var recipientKey = ""
        var recipients: [Recipient] = []
        var title = ""
        var text: [TextPart] = []
        var links: [Link] = []
        var priority = Priority.normal
        var urgent = false
        var scheduledAt = Instant(microseconds: 0)
        var firedAt = Instant(microseconds: 0)
        var late = false
        var language = ""
        var acts: [NoticeAct] = []
        var payload: NoticePayload?

        /// False when the member is none of those that every notice has; the value is unread then.
        mutating func take(_ key: String, from reader: inout JSONReader) throws -> Bool {
            switch key {
            case "id": id = try reader.string()
            case "firing": firing = try reader.string()
            case "rule": rule = try reader.string()
            case "ruleTitle": ruleTitle = try reader.string()
            case "record": record = try reader.string()
            case "step": step = try reader.int()
            case "channel": channel = try reader.string()
            case "recipientKey": recipientKey = try reader.string()
            case "recipients": recipients = try reader.array(of: NoticeCoding.recipient)
            case "title": title = try reader.string()
            case "text": text = try reader.array(of: NoticeCoding.part)
            case "links": links = try reader.array(of: NoticeCoding.link)
            case "priority": priority = try NoticeCoding.priority(&reader)
            case "urgent": urgent = try reader.bool()
            case "scheduledAt": scheduledAt = try reader.instant()
            case "firedAt": firedAt = try reader.instant()
            case "late": late = try reader.bool()
            case "language": language = try reader.string()
            // Not every notice has these.
            case "acts":
                acts = try reader.array(of: NoticeCoding.act)
                return true
            case "payload":
                payload = try NoticeCoding.payload(&reader)
                return true
            default: return false
            }
            found += 1
            return true
        }
    }

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Notice {
        var draft = Draft()
        var reader = JSONReader(bytes)
        try reader.object { reader, key in
            if try draft.take(key, from: &reader) { return }
            try reader.skip()
        }
        guard draft.found == Draft.required else { throw MalformedJSON(offset: reader.offset) }
        return Notice(
            id: draft.id, firing: draft.firing, rule: draft.rule, ruleTitle: draft.ruleTitle, record: draft.record,
            step: draft.step, channel: draft.channel, recipientKey: draft.recipientKey, recipients: draft.recipients,
            title: draft.title, text: draft.text, links: draft.links, priority: draft.priority, urgent: draft.urgent,
            scheduledAt: draft.scheduledAt, firedAt: draft.firedAt, late: draft.late, language: draft.language,
            acts: draft.acts, payload: draft.payload)
    }

    private static func priority(_ reader: inout JSONReader) throws -> Priority {
        guard let priority = Priority(rawValue: try reader.string()) else {
            throw MalformedJSON(offset: reader.offset)
        }
        return priority
    }

    private static func act(_ reader: inout JSONReader) throws -> NoticeAct {
        guard let act = NoticeAct(words: try reader.string()) else { throw MalformedJSON(offset: reader.offset) }
        return act
    }

    private static func payload(_ reader: inout JSONReader) throws -> NoticePayload {
        guard let payload = NoticePayload(text: try reader.string()) else { throw MalformedJSON(offset: reader.offset) }
        return payload
    }

    private static func link(_ reader: inout JSONReader) throws -> Link {
        var (label, url) = ("", "")
        try reader.object { reader, key in
            switch key {
            case "label": label = try reader.string()
            case "url": url = try reader.string()
            default: try reader.skip()
            }
        }
        return Link(label: label, url: url)
    }

    private static func recipient(_ reader: inout JSONReader) throws -> Recipient {
        var (id, name) = ("", "")
        var (email, phone, timezone, quietHours): (String?, String?, String?, String?)
        var handles: [String: String] = [:]
        try reader.object { reader, key in
            switch key {
            case "id": id = try reader.string()
            case "name": name = try reader.string()
            case "email": email = try reader.optionalString()
            case "phone": phone = try reader.optionalString()
            case "timezone": timezone = try reader.optionalString()
            case "quietHours": quietHours = try reader.optionalString()
            case "handles": try reader.object { reader, tool in handles[tool] = try reader.string() }
            default: try reader.skip()
            }
        }
        return Recipient(
            id: id, name: name, email: email, phone: phone, handles: handles, timezone: timezone,
            quietHours: quietHours)
    }

    private static func part(_ reader: inout JSONReader) throws -> TextPart {
        var part: TextPart?
        try reader.object { reader, key in
            var words = ""
            try reader.object { reader, key in if key == "_0" { words = try reader.string() } else { try reader.skip() }
            }
            switch key {
            case "authored": part = .authored(words)
            case "value": part = .value(words)
            case "report": part = Report(stored: words).map(TextPart.report)
            default: throw MalformedJSON(offset: reader.offset)
            }
        }
        guard let part else { throw MalformedJSON(offset: reader.offset) }
        return part
    }
}

extension JSONText {
    mutating func bool(_ value: Bool) { if value { raw("true") } else { raw("false") } }

    mutating func array<T>(_ elements: [T], _ write: (T, inout JSONText) -> Void) {
        raw(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(0x2C) }
            write(element, &self)
        }
        raw(0x5D)
    }
}

extension JSONReader {
    mutating func bool() throws -> Bool {
        switch try peek() {
        case .yes:
            try literal("true")
            return true
        case .no:
            try literal("false")
            return false
        default: throw MalformedJSON(offset: offset)
        }
    }

    mutating func int() throws -> Int {
        guard let value = Int(String(decoding: try number(), as: UTF8.self)) else {
            throw MalformedJSON(offset: offset)
        }
        return value
    }

    mutating func optionalString() throws -> String? {
        guard try peek() == .null else { return try string() }
        try literal("null")
        return nil
    }

    mutating func instant() throws -> Instant {
        guard let instant = Instant(iso: try string()) else { throw MalformedJSON(offset: offset) }
        return instant
    }

    mutating func array<T>(of read: (inout JSONReader) throws -> T) throws -> [T] {
        var elements: [T] = []
        try array { reader in elements.append(try read(&reader)) }
        return elements
    }

    /// Passes over a value of any form.
    mutating func skip() throws { _ = try value(nil) }
}
