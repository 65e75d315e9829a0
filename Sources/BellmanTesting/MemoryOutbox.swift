import Almanac
import BellmanModel
import BellmanStore
import Synchronization

/// The outbox protocol in memory, for tests of what lies above it.
public final class MemoryOutbox: OutboxStore {
    private struct Row {
        var item: OutboxItem
        var claim: String?
        var lease: Instant?
    }

    private struct State {
        var rows: [String: Row] = [:]
        var order: [String] = []
        var attempts: [String: [Attempt]] = [:]
        var bundles = 0
        var marks: [SendMark] = []
        var stale = 0
        var commits = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// Completions that came with a claim that was no longer held.
    public var staleCompletions: Int { state.withLock { $0.stale } }
    public var commits: Int { state.withLock { $0.commits } }

    public func claim(_ request: ClaimRequest) throws -> [ClaimedMessage] {
        state.withLock { state in
            let due = state.order.filter { id in
                guard let row = state.rows[id] else { return false }
                return (row.item.state == .waiting || row.item.state == .held) && row.claim == nil
                    && row.item.notBefore <= request.now && !request.excluding.contains(row.item.notice.channel)
            }.sorted { a, b in
                (state.rows[a].map { MemoryOutbox.rank($0.item) } ?? 0)
                    < (state.rows[b].map { MemoryOutbox.rank($0.item) } ?? 0)
            }
            return MemoryOutbox.groups(due, state, request).prefix(request.limit).map { ids in
                MemoryOutbox.mark(ids, &state, lease: request.lease, claim: request.claim)
            }
        }
    }

    private static func rank(_ item: OutboxItem) -> Int {
        if item.notice.urgent { return 0 }
        return item.notice.priority == .high ? 1 : item.notice.priority == .normal ? 2 : 3
    }

    private static func groups(_ due: [String], _ state: State, _ request: ClaimRequest) -> [[String]] {
        var byKey: [[String]: [String]] = [:]
        var order: [[String]] = []
        for id in due {
            guard let item = state.rows[id]?.item else { continue }
            let urgent = item.notice.urgent ? "urgent" : ""
            // A notice that is more than words leaves alone.
            let alone = item.notice.payload == nil ? "" : id
            let key =
                item.bundle.map { ["bundle", $0] } ?? [item.notice.channel, item.notice.recipientKey, urgent, alone]
            if byKey[key] == nil { order.append(key) }
            byKey[key, default: []].append(id)
        }
        return order.flatMap { key -> [[String]] in
            let ids = byKey[key] ?? []
            if key[0] == "bundle" { return [ids] }
            let held = ids.contains { state.rows[$0]?.item.state == .held }
            let above = held || request.eager.contains(key[0]) ? 1 : request.bundleAbove
            if ids.count <= above { return ids.map { [$0] } }
            return stride(from: 0, to: ids.count, by: request.bundleSize).map {
                Array(ids[$0..<min($0 + request.bundleSize, ids.count)])
            }
        }
    }

    private static func mark(_ ids: [String], _ state: inout State, lease: Instant, claim: String) -> ClaimedMessage {
        var name = ids[0]
        if ids.count > 1 {
            state.bundles += 1
            name = state.rows[ids[0]]?.item.bundle ?? "bundle-\(state.bundles)"
            for id in ids { state.rows[id]?.item.bundle = name }
        }
        for id in ids {
            if state.rows[id]?.item.bundle == nil { state.rows[id]?.item.bundle = name }
            state.rows[id]?.claim = claim
            state.rows[id]?.lease = lease
        }
        return ClaimedMessage(id: name, items: ids.compactMap { state.rows[$0]?.item }, claim: claim)
    }

    public func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int {
        state.withLock { state in
            state.marks += marks
            state.commits += 1
            var stale = 0
            for completion in completions where !MemoryOutbox.apply(completion, &state, now) { stale += 1 }
            state.stale += stale
            return stale
        }
    }

    private static func apply(_ completion: Completion, _ state: inout State, _ now: Instant) -> Bool {
        let ids = state.order.filter { id in
            guard let row = state.rows[id], row.claim == completion.claim else { return false }
            return id == completion.message || row.item.bundle == completion.message
        }
        if ids.isEmpty { return false }
        for id in ids {
            guard var row = state.rows[id] else { continue }
            (row.claim, row.lease) = (nil, nil)
            if let attempt = completion.attempt {
                row.item.attempts += 1
                row.item.reason = Reason(attempt.verdict)
                state.attempts[id, default: []].append(attempt)
            }
            settle(completion.fate, &row.item, now)
            state.rows[id] = row
        }
        for item in completion.followUps { insert(item, &state) }
        return true
    }

    private static func settle(_ fate: Completion.Fate, _ item: inout OutboxItem, _ now: Instant) {
        switch fate {
        case .sent: (item.state, item.reason, item.finishedAt) = (.sent, Reason("delivered"), now)
        case .retry(let at): (item.state, item.notBefore) = (.waiting, at)
        case .held(let until, let reason):
            (item.state, item.notBefore, item.reason) = (.held, until, reason)
            if item.attempts == 0 { item.bundle = nil }
        case .dropped(let reason): (item.state, item.reason, item.finishedAt) = (.dropped, reason, now)
        case .dead(let reason): (item.state, item.reason, item.finishedAt) = (.dead, reason, now)
        case .released: if item.attempts == 0 { item.bundle = nil }
        }
    }

    private static func insert(_ item: OutboxItem, _ state: inout State) {
        guard state.rows[item.notice.id] == nil else { return }
        state.rows[item.notice.id] = Row(item: item)
        state.order.append(item.notice.id)
    }

    public func releaseClaims(endedBy: Instant?) throws -> Int {
        state.withLock { state in
            var count = 0
            for id in state.order {
                guard let row = state.rows[id], row.claim != nil else { continue }
                if let endedBy, let lease = row.lease, lease > endedBy { continue }
                state.rows[id]?.claim = nil
                state.rows[id]?.lease = nil
                count += 1
            }
            return count
        }
    }

    public func nextDue(excluding: Set<String>) throws -> Instant? {
        state.withLock { state in
            state.rows.values.filter {
                ($0.item.state == .waiting || $0.item.state == .held) && $0.claim == nil
                    && !excluding.contains($0.item.notice.channel)
            }.map(\.item.notBefore).min()
        }
    }

    public func enqueue(_ items: [OutboxItem]) throws {
        state.withLock { state in
            for item in items { MemoryOutbox.insert(item, &state) }
        }
    }

    public func summary() throws -> OutboxSummary {
        let all = try items(state: nil, channel: nil, limit: .max)
        let waiting = all.filter { $0.state == .waiting }.map(\.notBefore).min()
        return OutboxSummary(counts: Dictionary(grouping: all, by: \.state).mapValues(\.count), oldestWaiting: waiting)
    }

    public func items(state wanted: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem] {
        let all = state.withLock { state in state.order.compactMap { state.rows[$0]?.item } }
        let matching = all.filter {
            (wanted == nil || $0.state == wanted) && (channel == nil || $0.notice.channel == channel)
        }
        return Array(matching.prefix(limit))
    }

    public func held(after place: Int64, limit: Int) throws -> HeldPage {
        let rows = state.withLock { state in state.order.map { state.rows[$0]?.item } }
        let held = rows.enumerated().dropFirst(Int(place)).filter { $0.element?.state == .held }.prefix(limit)
        return HeldPage(items: held.compactMap(\.element), end: held.last.map { Int64($0.offset) + 1 } ?? place)
    }

    public func item(id: String) throws -> OutboxItem? { state.withLock { $0.rows[id]?.item } }

    public func items(firing: String) throws -> [OutboxItem] {
        try items(state: nil, channel: nil, limit: .max).filter { $0.notice.firing == firing }
    }

    public func marks(after: Instant) throws -> [SendMark] { state.withLock { $0.marks.filter { $0.at > after } } }

    public func attempts(notice: String) throws -> [Attempt] { state.withLock { $0.attempts[notice] ?? [] } }

    public func reopen(_ ids: [String], now: Instant) throws {
        state.withLock { state in
            for id in ids {
                guard let row = state.rows[id], row.item.state == .held, row.claim == nil else { continue }
                state.rows[id]?.item.notBefore = now
            }
        }
    }

    public func resend(id: String, now: Instant) throws -> Bool {
        state.withLock { state in
            guard let item = state.rows[id]?.item, [.dead, .dropped, .sent].contains(item.state) else { return false }
            state.rows[id]?.item.state = .waiting
            state.rows[id]?.item.notBefore = now
            state.rows[id]?.item.finishedAt = nil
            return true
        }
    }
}
