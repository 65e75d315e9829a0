import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import Digests
import Failpoints

/// Bellman's own troubles, told to the admin channel.
///
/// Each is told once, and again only when its words change or after it was over in between; those that are `daily` also
/// each day while they last. What comes together leaves as one message. A trouble of the admin channel itself goes to
/// the inbox alone, so that nothing feeds itself.
public struct AdminDesk: Sendable {
    let outbox: any OutboxStore
    let documents: any AdministrationStore
    let channel: String
    /// Whom a channel without a receiver of its own writes to.
    let person: Recipient?
    let language: AlmanacLanguage

    /// What was told, by key.
    private static let prefix = "told/"
    /// What is to be told with the next message.
    private static let waiting = "untold/"
    private static let lastDocument = "told-last"
    /// Between two messages to the same channel, seconds: what comes in between is gathered.
    static let spacing: Int64 = 60
    /// Troubles that one message tells in full.
    private static let shown = 20

    /// Notes a trouble unless the same thing was told already (on the same day where `daily`); it leaves with the next
    /// `flush`. True when it was noted.
    /// - Parameter about: the channel that is in trouble.
    @discardableResult
    public func tell(
        _ key: String, title: String, text: String, at now: Instant, daily: Bool = false, zone: Zone = .utc,
        about: String? = nil
    ) throws -> Bool {
        let mark = AdminDesk.prefix + key
        let stamp = daily ? zone.date(now).description : String(Digests.stableID(title, text))
        if try documents.document(mark) == stamp { return false }
        let way = about == channel ? "inbox" : channel
        let entry = JSONValue.fields([
            ("title", .string(title)), ("text", .string(text)), ("channel", .string(way)),
            ("at", .int(now.microseconds)),
        ])
        try Failpoint.step(.adminNote) {
            try documents.setDocuments([(mark, stamp), (AdminDesk.waiting + key, JSONText.write(entry))])
        }
        return true
    }

    /// The trouble is over: should it come again, it is told again.
    public func settled(_ key: String) throws {
        guard try documents.document(AdminDesk.prefix + key) != nil else { return }
        try documents.setDocuments([(AdminDesk.prefix + key, nil), (AdminDesk.waiting + key, nil)])
    }

    private struct Trouble {
        let document: String
        let title: String
        let text: String
        let channel: String
        let at: Int64

        init?(_ name: String, _ text: String) {
            guard let value = try? JSONText.parse(text), let title = value["title"]?.stringValue,
                let words = value["text"]?.stringValue, let channel = value["channel"]?.stringValue,
                let at = value["at"]?.intValue
            else { return nil }
            document = name
            self.title = title
            self.text = words
            self.channel = channel
            self.at = at
        }
    }

    /// Queues what was noted as one message for each channel. True when something was queued.
    /// - Parameter spaced: not sooner after the last message than `spacing`.
    @discardableResult
    public func flush(at now: Instant, spaced: Bool = false) throws -> Bool {
        let entries = try documents.documents(prefix: AdminDesk.waiting)
        guard !entries.isEmpty else { return false }
        if spaced, let last = try documents.document(AdminDesk.lastDocument).flatMap({ Int64($0) }) {
            let since = now.microseconds - last
            if since >= 0, since < AdminDesk.spacing * Instant.microsecondsPerSecond { return false }
        }
        let troubles = entries.compactMap { Trouble($0.name, $0.text) }.sorted {
            ($0.at, $0.document) < ($1.at, $1.document)
        }
        for way in Set(troubles.map(\.channel)).sorted() {
            let notice = notice(troubles.filter { $0.channel == way }, way, now)
            let item = OutboxItem(notice: notice, notBefore: now, reason: Reason("admin"), createdAt: now)
            try Failpoint.step(.adminQueue) { try outbox.enqueue([item]) }
        }
        // The message has an id of its contents: a crash before this line queues it once all the same.
        try Failpoint.step(.adminSettle) {
            try documents.setDocuments(
                entries.map { ($0.name, nil) } + [(AdminDesk.lastDocument, String(now.microseconds))])
        }
        return !troubles.isEmpty
    }

    private func notice(_ troubles: [Trouble], _ way: String, _ now: Instant) -> Notice {
        let isChinese = language == .zh
        let id =
            "n-"
            + Digests.stableID(["admin", way] + troubles.flatMap { [$0.document, "\($0.at)", $0.title, $0.text] })
        var title = troubles.first?.title ?? ""
        var text: [TextPart] = [.value(troubles.first?.text ?? "")]
        if troubles.count > 1 {
            title = isChinese ? "更夫自己有 \(troubles.count) 个问题" : "Bellman has \(troubles.count) troubles of its own"
            text = []
            for (index, trouble) in troubles.prefix(AdminDesk.shown).enumerated() {
                text += [.authored(index == 0 ? "**" : "\n\n**"), .value(trouble.title), .authored("**\n")]
                text.append(.value(trouble.text))
            }
            let rest = troubles.count - AdminDesk.shown
            if rest > 0 {
                text.append(
                    .authored(isChinese ? "\n\n……还有 \(rest) 个，见 bellman status" : "\n\n… \(rest) more: bellman status"))
            }
        }
        let people = way == channel ? person.map { [$0] } ?? [] : []
        return Notice(
            id: id, firing: "", rule: "", ruleTitle: isChinese ? "更夫" : "Bellman", record: "", step: 0, channel: way,
            recipientKey: people.first?.id ?? "", recipients: people, title: title, text: text, links: [],
            priority: .high, urgent: true,
            scheduledAt: now, firedAt: now, late: false, language: language.rawValue)
    }
}
