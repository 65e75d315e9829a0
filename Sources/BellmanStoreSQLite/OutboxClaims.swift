import Almanac
import BellmanModel
import BellmanStore
import GRDB

/// Chooses what leaves next and marks it as claimed, within one transaction.
///
/// Each channel gives its most urgent and then oldest message; the channels take turns, so that a channel with a long
/// queue does not hold back the others. What costs time grows with what is claimed, not with what waits.
struct OutboxClaims {
    /// From this `bundleAbove` on nothing is bundled: counting so many rows for each message would cost too much.
    static let neverBundled = 1_000

    let db: Database
    let now: Instant
    let limit: Int
    let bundleAbove: Int
    let bundleSize: Int
    let lease: Instant
    let claim: String

    /// A message in the making: row sequences, most urgent first.
    private struct Draft {
        let id: String
        let rows: [Int64]
    }

    func take(excluding: Set<String>) throws -> [ClaimedMessage] {
        guard limit > 0 else { return [] }
        var messages: [ClaimedMessage] = []
        var open = try OutboxChannels(db: db).open().filter { !excluding.contains($0) }
        while !open.isEmpty, messages.count < limit {
            var stillOpen: [String] = []
            for channel in open where messages.count < limit {
                guard let draft = try nextDraft(channel) else { continue }
                messages.append(try mark(draft))
                stillOpen.append(channel)
            }
            open = stillOpen
        }
        return messages
    }

    private func nextDraft(_ channel: String) throws -> Draft? {
        guard let head = try head(channel) else { return nil }
        if let bundle = head.bundle { return try existing(bundle, head: head) }
        let alone = Draft(id: head.id, rows: [head.sequence])
        guard bundleSize > 1, bundleAbove < OutboxClaims.neverBundled else { return alone }
        let pair = try duePair(channel, head.recipient)
        guard pair.count > max(bundleAbove, 1) else { return alone }
        return Draft(id: try newBundleID(first: head.id), rows: Array(pair.prefix(bundleSize)))
    }

    private struct Head {
        let sequence: Int64
        let id: String
        let recipient: String
        let bundle: String?
    }

    private func head(_ channel: String) throws -> Head? {
        let query = try db.query(
            """
            SELECT sequence, id, recipient, bundle FROM outbox
            WHERE finished_at IS NULL AND claim IS NULL AND channel = ? AND rank = ? AND not_before <= ?
            ORDER BY not_before, sequence LIMIT 1
            """)
        for rank in OutboxRow.ranks {
            let found = try query.bind(channel).bind(rank).bind(now.microseconds).first {
                Head(sequence: $0.int(0), id: $0.text(1), recipient: $0.text(2), bundle: $0.optionalText(3))
            }
            if let found { return found }
        }
        return nil
    }

    /// A bundle that was made earlier leaves again as it was, so that its id keeps its meaning.
    private func existing(_ bundle: String, head: Head) throws -> Draft {
        let rows = try db.query(
            """
            SELECT sequence FROM outbox WHERE bundle = ? AND finished_at IS NULL AND claim IS NULL
            ORDER BY rank, created_at, sequence
            """
        ).bind(bundle).all { $0.int(0) }
        return Draft(id: bundle, rows: rows)
    }

    /// Due rows of one channel and recipient that are in no bundle, at most one more than is ever needed.
    private func duePair(_ channel: String, _ recipient: String) throws -> [Int64] {
        try db.query(
            """
            SELECT sequence FROM outbox
            WHERE finished_at IS NULL AND claim IS NULL AND channel = ? AND recipient = ? AND not_before <= ?
                AND bundle IS NULL
            ORDER BY rank, not_before, sequence LIMIT ?
            """
        ).bind(channel).bind(recipient).bind(now.microseconds).bind(
            max(bundleAbove + 1, min(bundleSize, OutboxClaims.neverBundled))
        ).all { $0.int(0) }
    }

    /// Never the same twice, also when a notice that was first in one bundle is sent again and leads another.
    private func newBundleID(first: String) throws -> String {
        let number = try db.query(
            """
            INSERT INTO bundles (id, made) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET made = made + 1 RETURNING made
            """
        ).first { $0.int(0) }
        return "\(first)-bundle-\(number ?? 0)"
    }

    private func mark(_ draft: Draft) throws -> ClaimedMessage {
        // A notice that was once claimed alone stays alone: it may have arrived under its own id already.
        let update = try db.query(
            "UPDATE outbox SET claim = ?, lease = ?, bundle = coalesce(bundle, ?) WHERE sequence = ?")
        let select = try db.query("SELECT \(OutboxRow.columns) FROM outbox WHERE sequence = ?")
        var items: [OutboxItem] = []
        for row in draft.rows {
            try update.bind(claim).bind(lease.microseconds).bind(draft.id).bind(row).run()
            if let item = try select.bind(row).first(OutboxRow.read) { items.append(item) }
        }
        return ClaimedMessage(id: draft.id, items: items, claim: claim)
    }
}
