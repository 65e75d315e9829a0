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

    /// How far back what went on after the beginning is looked for, in seconds.
    private static let longestLead: Int64 = 400 * 86_400

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
    ) throws -> Replayed {
        let scratch = try SQLiteStore(
            path: ":memory:", role: .scratch, schema: instance.workshop.language.schema,
            deriver: Instance.Deriver(moments: instance.deriver.moments))
        var rehearsal = try Rehearsal(scratch, instance: instance, rules: rules)
        defer { rehearsal.close() }
        var past = ReplayedPast(scratch, acts: try acts(through: end))
        let total = try instance.store.read { try Int($0.lastSequence()) }
        var pages = JournalPages(instance.store, through: end)
        // What rang before `start` and went on after it is lived through from its own beginning.
        let lead =
            try instance.store.earliestFiring(outlasting: start, since: start.adding(seconds: -Replayer.longestLead))
            .map { $0.adding(microseconds: -1) } ?? start
        try past.fill(until: lead, &pages) { progress($0, total) }
        try seed(scratch, rules, at: lead)
        var entries = ForecastEntries(store: rehearsal.store, channels: instance.workshop.channels)
        try rehearsal.tick(at: lead)
        try entries.add(rehearsal.store.take(), at: lead, isAtOnce: true)
        var now = lead
        while let moment = try past.next(&pages), !rehearsal.isCut {
            try rehearsal.live(after: now, through: moment) { try entries.add($1, at: $0, isAtOnce: false) }
            try past.write(moment, &pages)
            try rehearsal.tick(at: moment)
            try entries.add(rehearsal.store.take(), at: moment, isAtOnce: false)
            now = moment
            progress(past.count, total)
        }
        try rehearsal.live(after: now, through: end) { try entries.add($1, at: $0, isAtOnce: false) }
        return try outcome(
            start, end, only.isEmpty ? Set(rules.map(\.id)) : Set(only), entries, past, rehearsal)
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

    /// The store has lived until `start`, with the triggers that were armed then and what was decided till then. Levels
    /// are read from the journal.
    private func seed(_ scratch: SQLiteStore, _ rules: [Rule], at start: Instant) throws {
        let levels = Set(rules.filter(\.hasLevel).map(\.id))
        let armed = try instance.store.read { try $0.armed() }.filter { $0.since <= start && !levels.contains($0.rule) }
        let head = try scratch.read { try $0.lastSequence() }
        let decided =
            try instance.store.ledger(rule: nil, subject: nil, outcomes: [], limit: Int.max)
            .filter { $0.decidedAt <= start }.reversed() as [LedgerEntry]
        _ = try scratch.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: start, sequence: head))
            commit.ledger = decided
            commit.arm = armed.map {
                ArmedTrigger(rule: $0.rule, trigger: $0.trigger, since: $0.since, sequence: min($0.sequence, head))
            }
            return commit
        }
    }

    private func outcome(
        _ start: Instant, _ end: Instant, _ wanted: Set<String>, _ all: ForecastEntries, _ past: ReplayedPast,
        _ rehearsal: Rehearsal
    ) throws -> Replayed {
        let entries = all.entries.filter { wanted.contains($0.key.rule) && $0.at >= start }
        let then = try instance.store.ledger(rule: nil, subject: nil, outcomes: [.fired, .firedLate], limit: Int.max)
            .filter { $0.decidedAt <= end && wanted.contains($0.key.rule) }
        let known = Set(then.map(\.key))
        return Replayed(
            from: start, through: end, entries: entries.sorted(by: Forecaster.stand),
            rangThen: Set(entries.filter { known.contains($0.key) }.map(\.notice.firing)),
            missed: then.filter { $0.decidedAt > start && all.rang[$0.key] == nil }.reversed(), changes: past.lived,
            journalBegins: past.begins.flatMap { $0 > start ? $0 : nil }, troubles: rehearsal.troubles,
            isCut: rehearsal.isCut)
    }
}
