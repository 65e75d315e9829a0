import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// What rules would have rung on the journal's history.
public struct Replayed: Sendable {
    public let from: Instant
    public let through: Instant
    /// Ascending in time.
    public var entries: [Forecast.Entry]
    /// Firings of the replay that the ledger has as well, by their ids here.
    public let rangThen: Set<String>
    /// What the ledger says rang in that time and the replay does not bring; of the rules that are replayed.
    public var missed: [LedgerEntry]
    /// Changes that were lived through.
    public let changes: Int
    /// The journal begins after `from`: what was before is not known.
    public let journalBegins: Instant?
    public let troubles: [String]
    public let isCut: Bool
}

/// Lives a stretch of the past again: records are written as the journal has it, people acknowledge and silence as they
/// did, and the real engine decides. All of it happens in a store in memory; what holds it is no outbox, so nothing can
/// be sent.
public struct Replayer: Sendable {
    private let instance: Instance

    public init(_ instance: Instance) { self.instance = instance }

    /// By the given rules, as if they had been in force from `start` on; those that were armed before that are.
    ///
    /// What rules wrote at the time is left out, because the rules write it again. Throws `StoreProblem`.
    /// - Parameters:
    ///   - only: the rules whose notices are wanted, none meaning all; the others live too, for they may change records.
    ///   - progress: told the changes that are done, of how many.
    public func replay(
        rules: [Rule], only: [String] = [], from start: Instant, through end: Instant,
        progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> Replayed {
        let scratch = try SQLiteStore(
            path: ":memory:", role: .scratch, schema: instance.workshop.language.schema,
            deriver: Instance.Deriver(moments: instance.deriver.moments))
        var rehearsal = try Rehearsal(scratch, instance: instance, rules: rules)
        defer { rehearsal.close() }
        var past = ReplayedPast(scratch, acts: try acts(through: end))
        let total = try instance.store.read { try Int($0.lastSequence()) }
        var pages = JournalPages(instance.store, through: end)
        try past.fill(until: start, &pages) { progress($0, total) }
        try seed(scratch, rules, at: start)
        var entries = ForecastEntries(store: rehearsal.store, channels: instance.workshop.channels)
        try await rehearsal.tick(at: start)
        try entries.add(rehearsal.store.take(), at: start, isAtOnce: true)
        var now = start
        while let moment = try past.next(&pages), !rehearsal.isCut {
            try await rehearsal.live(after: now, through: moment) { try entries.add($1, at: $0, isAtOnce: false) }
            try past.write(moment, &pages)
            try await rehearsal.tick(at: moment)
            try entries.add(rehearsal.store.take(), at: moment, isAtOnce: false)
            now = moment
            progress(past.count, total)
        }
        try await rehearsal.live(after: now, through: end) { try entries.add($1, at: $0, isAtOnce: false) }
        return try outcome(
            start, end, only.isEmpty ? Set(rules.map(\.id)) : Set(only), entries.entries, past, rehearsal)
    }

    private func acts(through end: Instant) throws -> ReplayedActs {
        let silences = try instance.store.silences(limit: Int.max).filter { $0.at <= end }
        let acknowledgements = try instance.store.acts(target: nil, limit: Int.max)
            .filter { $0.verb == "ack" && $0.at <= end }
            .compactMap { act in try key(act.target).map { ReplayedActs.Known(key: $0, act: act) } }
        return ReplayedActs(silences: silences, acknowledgements: acknowledgements)
    }

    private func key(_ firing: String) throws -> OccurrenceKey? {
        try instance.store.read { try $0.decision(firing: firing)?.key }
    }

    /// The store has lived until `start`, with the triggers that were armed then. Levels are read from the journal.
    private func seed(_ scratch: SQLiteStore, _ rules: [Rule], at start: Instant) throws {
        let levels = Set(rules.filter(\.hasLevel).map(\.id))
        let armed = try instance.store.read { try $0.armed() }.filter { $0.since <= start && !levels.contains($0.rule) }
        let head = try scratch.read { try $0.lastSequence() }
        _ = try scratch.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: start, sequence: head))
            commit.arm = armed.map {
                ArmedTrigger(rule: $0.rule, trigger: $0.trigger, since: $0.since, sequence: min($0.sequence, head))
            }
            return commit
        }
    }

    private func outcome(
        _ start: Instant, _ end: Instant, _ wanted: Set<String>, _ all: [Forecast.Entry], _ past: ReplayedPast,
        _ rehearsal: Rehearsal
    ) throws -> Replayed {
        let entries = all.filter { wanted.contains($0.key.rule) }
        let then = try instance.store.ledger(rule: nil, subject: nil, outcomes: [.fired, .firedLate], limit: Int.max)
            .filter { $0.decidedAt > start && $0.decidedAt <= end && wanted.contains($0.key.rule) }
        let known = Set(then.map(\.key))
        let rang = Set(entries.map(\.key))
        return Replayed(
            from: start, through: end, entries: entries.sorted(by: Forecaster.stand),
            rangThen: Set(entries.filter { known.contains($0.key) }.map(\.notice.firing)),
            missed: then.filter { !rang.contains($0.key) }.reversed(), changes: past.count,
            journalBegins: past.begins.flatMap { $0 > start ? $0 : nil }, troubles: rehearsal.troubles,
            isCut: rehearsal.isCut)
    }
}
