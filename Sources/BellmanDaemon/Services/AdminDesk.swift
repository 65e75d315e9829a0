import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import Digests

/// Bellman's own troubles, told to the admin channel: each once a day at most, never about itself.
public struct AdminDesk: Sendable {
    let outbox: any OutboxStore
    let documents: any AdministrationStore
    let channel: String
    let language: AlmanacLanguage

    private static let prefix = "told/"

    /// Queues a notice unless the same thing was told already (on the same day where `daily`).
    /// True when it was queued.
    @discardableResult
    public func tell(
        _ key: String, title: String, text: String, at now: Instant, daily: Bool = false, zone: Zone = .utc
    ) throws -> Bool {
        let mark = AdminDesk.prefix + key
        let stamp = daily ? zone.date(now).description : String(Digests.stableID(title, text))
        if try documents.document(mark) == stamp { return false }
        try documents.setDocument(mark, stamp)
        let id = "n-" + Digests.stableID("admin", key, stamp, "\(now.microseconds)")
        let notice = Notice(
            id: id, firing: "", rule: "", ruleTitle: language == .zh ? "更夫" : "Bellman", record: "", step: 0,
            channel: channel, recipientKey: "", recipients: [], title: title, text: [.value(text)], links: [],
            priority: .high, urgent: true, scheduledAt: now, firedAt: now, late: false, language: language.rawValue)
        try outbox.enqueue([OutboxItem(notice: notice, notBefore: now, createdAt: now)])
        return true
    }

    /// The trouble is over: should it come again, it is told again.
    public func settled(_ key: String) throws { try documents.setDocument(AdminDesk.prefix + key, nil) }
}
