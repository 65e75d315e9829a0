import Almanac
import BellmanModel
import BellmanStore
import Failpoints
import GRDB

/// Chooses what leaves next and marks it as claimed, within one transaction.
///
/// Each channel gives its most urgent and then oldest messages; the channels share the claim, so that one with a long
/// queue does not hold back the others. What costs time grows with what is claimed, not with what waits.
struct OutboxClaims {
    /// From this `bundleAbove` on nothing is bundled: counting so many rows for each message would cost too much.
    static let neverBundled = 1_000

    private let db: Database
    private let request: ClaimRequest
    /// Rows that went into a bundle of this claim, so that they lead no message of their own.
    private var taken: Set<Int64> = []
    /// Recipients of whom this claim knows that they have too little waiting for a bundle.
    private var sparse: Set<Pair> = []
    private let heads: Query
    private let marking: Query

    init(db: Database, request: ClaimRequest) throws {
        self.db = db
        self.request = request
        heads = try db.query(
            """
            SELECT \(OutboxRow.columns), sequence, id, recipient FROM \(OutboxRow.table)
            WHERE finished_at IS NULL AND claim IS NULL AND channel = ? AND rank = ? AND not_before <= ?
            ORDER BY not_before, sequence LIMIT ?
            """)
        marking = try db.query(
            "UPDATE outbox SET claim = ?, lease = ?, bundle = coalesce(bundle, ?) WHERE sequence = ?")
    }

    private struct Pair: Hashable {
        let channel: String
        let recipient: String
        let urgent: Bool
    }

    /// The row that a message begins with.
    private struct Head {
        let sequence: Int64
        let id: String
        let recipient: String
        let urgent: Bool
        var item: OutboxItem
    }

    mutating func take() throws -> [ClaimedMessage] {
        var messages: [ClaimedMessage] = []
        var open = try OutboxChannels(db: db).open().filter { !request.excluding.contains($0) }
        while !open.isEmpty, messages.count < request.limit {
            let share = max(1, (request.limit - messages.count) / open.count)
            var stillOpen: [String] = []
            for channel in open where messages.count < request.limit {
                let found = try heads(channel, limit: min(share, request.limit - messages.count))
                for head in found where !taken.contains(head.sequence) { messages.append(try message(head, channel)) }
                if found.count >= share { stillOpen.append(channel) }
            }
            open = stillOpen
        }
        return messages
    }

    private func heads(_ channel: String, limit: Int) throws -> [Head] {
        var found: [Head] = []
        for rank in OutboxRow.ranks where found.count < limit {
            heads.bind(channel).bind(rank).bind(request.now.microseconds)
            found += try heads.bind(limit - found.count).all {
                Head(
                    sequence: $0.int(9), id: $0.text(10), recipient: $0.text(11), urgent: rank == OutboxRow.urgent,
                    item: try OutboxRow.read($0))
            }
        }
        return found
    }

    private mutating func message(_ head: Head, _ channel: String) throws -> ClaimedMessage {
        if let bundle = head.item.bundle {
            // A notice that was once claimed alone stays alone: it may have arrived under its own id already.
            return bundle == head.id ? try alone(head) : try together(bundle, existing(bundle))
        }
        let rows = try crowd(head, channel)
        guard rows.count > 1 else { return try alone(head) }
        return try Failpoint.step(.bundle) { try together(newBundleID(first: head.id), rows) }
    }

    private mutating func alone(_ head: Head) throws -> ClaimedMessage {
        try mark(head.sequence, bundle: head.id)
        var item = head.item
        item.bundle = head.id
        return ClaimedMessage(id: head.id, items: [item], claim: request.claim)
    }

    private mutating func together(_ bundle: String, _ rows: [Int64]) throws -> ClaimedMessage {
        let select = try db.query("SELECT \(OutboxRow.columns) FROM \(OutboxRow.table) WHERE sequence = ?")
        var items: [OutboxItem] = []
        for row in rows {
            taken.insert(row)
            try mark(row, bundle: bundle)
            if let item = try select.bind(row).first(OutboxRow.read) { items.append(item) }
        }
        return ClaimedMessage(id: bundle, items: items, claim: request.claim)
    }

    private func mark(_ row: Int64, bundle: String) throws {
        try Failpoint.step(.claimMark) {
            try marking.bind(request.claim).bind(request.lease.microseconds).bind(bundle).bind(row).run()
        }
    }

    /// A bundle that was made earlier leaves again as it was, so that its id keeps its meaning.
    private func existing(_ bundle: String) throws -> [Int64] {
        try db.query(
            """
            SELECT sequence FROM outbox WHERE bundle = ? AND bundle <> id AND finished_at IS NULL AND claim IS NULL
            ORDER BY rank, created_at, sequence
            """
        ).bind(bundle).all { $0.int(0) }
    }

    /// Rows of the head's recipient that leave with it; empty where it leaves alone.
    private mutating func crowd(_ head: Head, _ channel: String) throws -> [Int64] {
        let pair = Pair(channel: channel, recipient: head.recipient, urgent: head.urgent)
        let gathered = head.item.state == .held || request.eager.contains(channel)
        guard request.bundleSize > 1, request.bundleAbove < OutboxClaims.neverBundled,
            gathered || !sparse.contains(pair)
        else { return [] }
        let rows = try duePair(pair)
        if rows.count > (gathered ? 1 : max(request.bundleAbove, 1)) { return Array(rows.prefix(request.bundleSize)) }
        if !gathered { sparse.insert(pair) }
        return []
    }

    /// Due rows of one channel and recipient that are in no bundle, at most one more than is ever needed.
    private func duePair(_ pair: Pair) throws -> [Int64] {
        let query = try db.query(
            """
            SELECT sequence FROM outbox
            WHERE finished_at IS NULL AND claim IS NULL AND channel = ? AND recipient = ? AND not_before <= ?
                AND bundle IS NULL AND rank BETWEEN ? AND ?
            ORDER BY rank, not_before, sequence LIMIT ?
            """)
        query.bind(pair.channel).bind(pair.recipient).bind(request.now.microseconds)
        query.bind(pair.urgent ? OutboxRow.urgent : OutboxRow.urgent + 1)
        query.bind(pair.urgent ? OutboxRow.urgent : OutboxRow.ranks.upperBound)
        return try query.bind(max(request.bundleAbove + 1, request.bundleSize)).all { $0.int(0) }
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
}
