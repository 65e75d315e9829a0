import Almanac
import BellmanModel
import BellmanStore

extension VirtualStore {
    public func claim(_ request: ClaimRequest) throws -> [ClaimedMessage] {
        request.limit > 0 ? state.outbox.claim(request) : []
    }

    public func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int {
        state.outbox.marks += marks
        state.outbox.marks.removeAll { $0.at < now.adding(seconds: -86_400) }
        return completions.reduce(0) { state.outbox.apply($1, now: now) ? $0 : $0 + 1 }
    }

    public func marks(after: Instant) throws -> [SendMark] {
        state.outbox.marks.filter { $0.at > after }.sorted { $0.at < $1.at }
    }

    public func releaseClaims(endedBy: Instant?) throws -> Int {
        var count = 0
        for place in state.outbox.open {
            let row = state.outbox.rows[place]
            guard row.claim != nil, endedBy.map({ end in row.lease.map { $0 <= end } ?? false }) ?? true else {
                continue
            }
            (state.outbox.rows[place].claim, state.outbox.rows[place].lease) = (nil, nil)
            state.outbox.rows[place].item.reason = Reason(OutboxShelf.interrupted)
            count += 1
        }
        return count
    }

    public func nextDue(excluding: Set<String>) throws -> Instant? {
        state.outbox.open.lazy.map { self.state.outbox.rows[$0] }
            .filter { $0.claim == nil && !excluding.contains($0.item.notice.channel) }
            .map(\.item.notBefore).min()
    }

    public func enqueue(_ items: [OutboxItem]) throws {
        for item in items { _ = state.outbox.insert(item) }
    }

    public func summary() throws -> OutboxSummary {
        let rows = state.outbox.rows.map(\.item)
        let open = state.outbox.open.map { state.outbox.rows[$0].item.createdAt }
        return OutboxSummary(
            counts: Dictionary(grouping: rows, by: \.state).mapValues(\.count), oldestWaiting: open.min())
    }

    /// Newest first.
    public func items(state wanted: DeliveryState?, channel: String?, limit: Int) throws -> [OutboxItem] {
        let found = state.outbox.rows.reversed().lazy.map(\.item).filter {
            (wanted == nil || $0.state == wanted) && (channel == nil || $0.notice.channel == channel)
        }
        return Array(found.prefix(limit))
    }

    public func held(after place: Int64, limit: Int) throws -> HeldPage {
        let held = state.outbox.open.filter { Int64($0) >= place && state.outbox.rows[$0].item.state == .held }
            .prefix(limit)
        return HeldPage(
            items: held.map { state.outbox.rows[$0].item }, end: held.last.map { Int64($0) + 1 } ?? place)
    }

    public func item(id: String) throws -> OutboxItem? {
        state.outbox.places[id].map { state.outbox.rows[$0].item }
    }

    public func items(firing: String) throws -> [OutboxItem] {
        state.outbox.rows.lazy.map(\.item).filter { $0.notice.firing == firing }
    }

    public func attempts(notice: String) throws -> [Attempt] {
        (state.outbox.attempts[notice] ?? []).map {
            Attempt(notice: notice, number: $0.number, at: $0.at, verdict: $0.verdict, answer: $0.answer)
        }
    }

    public func reopen(_ ids: [String], now: Instant) throws {
        for id in ids {
            guard let place = state.outbox.places[id], state.outbox.rows[place].item.state == .held,
                state.outbox.rows[place].claim == nil
            else { continue }
            state.outbox.rows[place].item.notBefore = now
        }
    }

    /// It leaves alone: a bundle it went in is over.
    public func resend(id: String, now: Instant) throws -> Bool {
        guard let place = state.outbox.places[id], !state.outbox.rows[place].isOpen else { return false }
        var row = state.outbox.rows[place]
        (row.item.state, row.item.notBefore, row.item.finishedAt) = (.waiting, now, nil)
        (row.item.bundle, row.item.reason) = (id, Reason("resend"))
        (row.claim, row.lease) = (nil, nil)
        state.outbox.rows[place] = row
        state.outbox.reopen(place)
        return true
    }
}

/// What commands and the daemon do to a store beside the contract.
extension VirtualStore {
    /// After an older state was put back: what waited in it and what fell due since counts as settled.
    func settleGap(now: Instant) {
        for place in state.outbox.open { state.outbox.finish(place, .dropped, Reason("restored"), at: now) }
        for firing in state.waiting {
            state.steps[firing] = state.steps[firing]?.map { step in
                guard step.state == .waiting, step.dueAt <= now else { return step }
                var step = step
                (step.state, step.reason) = (.cancelled, Reason("restored"))
                return step
            }
        }
        // A span that was full by now perhaps rang.
        for (slot, level) in state.levels where !level.rung && level.since != .latest {
            guard let check = level.checkAt, check <= now else { continue }
            state.levels[slot]?.rung = true
            state.levels[slot]?.checkAt = nil
        }
        state.waiting = state.waiting.filter { state.steps[$0]?.contains { $0.state == .waiting } ?? false }
        guard let progress = state.progress else { return }
        state.progress = EngineProgress(
            watermark: max(progress.watermark, now), sequence: max(progress.sequence, state.records.lastSequence))
    }

    /// Waiting for a try is waiting for time to pass: when the clock is set, these times move with it.
    func moveWaiting(byMicroseconds shift: Int64) {
        for place in state.outbox.open {
            if state.outbox.rows[place].item.state == .waiting {
                let at = state.outbox.rows[place].item.notBefore
                state.outbox.rows[place].item.notBefore = at.adding(microseconds: shift)
            }
            if state.outbox.rows[place].claim != nil {
                state.outbox.rows[place].lease = state.outbox.rows[place].lease?.adding(microseconds: shift)
            }
        }
        state.outbox.marks = state.outbox.marks.map {
            SendMark(robot: $0.robot, at: $0.at.adding(microseconds: shift))
        }
    }

    /// By the administrator's word the store has lived no further than that instant. Decisions stay.
    func turnBack(to instant: Instant) {
        guard let progress = state.progress else { return }
        state.progress = EngineProgress(watermark: min(progress.watermark, instant), sequence: progress.sequence)
    }
}
