import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Something that time alone will bring, for the records as they are now.
public struct ComingRing: Sendable, Hashable {
    public let at: Instant
    public let rule: String
    public let ruleTitle: String
    /// Nil for a schedule without records.
    public let record: RecordRef?
    /// The record's title or name.
    public let subject: String
    /// Field, value and offset that lead to it; empty for a schedule.
    public let field: String
    public let anchor: FieldValue
    public let offset: Period?
}

/// Sizes of an outlook.
public enum OutlookLimits {
    /// Rings in all; the earliest are kept.
    public static let rings = 5_000
    /// Runs of one schedule.
    public static let runs = 200
}

extension EngineCore {
    /// What will ring in (now, through] if nothing changes: date triggers whose condition would hold then, and
    /// schedules. Ascending in time. What an edit or a span will bring cannot be foreseen.
    ///
    /// Cost follows what is found, not the store's size: the date index answers.
    public func outlook(from now: Instant, through end: Instant, view: any EngineView) throws -> [ComingRing] {
        let tick = try Tick(core: self, now: now, view: view)
        var found = schedules(after: now, through: end)
        // Growing windows: where much is near, what is far is not read.
        var (from, days) = (now, Int64(1))
        while from < end, found.count(where: { $0.at <= from }) < OutlookLimits.rings {
            let to = min(end, from.adding(seconds: days * 86_400))
            found += try dates(tick, after: from, through: to)
            (from, days) = (to, days * 2)
        }
        found.sort { ($0.at, $0.rule, $0.record?.description ?? "") < ($1.at, $1.rule, $1.record?.description ?? "") }
        return Array(found.prefix(OutlookLimits.rings))
    }

    private func dates(_ tick: Tick, after start: Instant, through end: Instant) throws -> [ComingRing] {
        var found: [ComingRing] = []
        var seen: Set<OccurrenceKey> = []
        for question in rules.questions {
            for id in try candidates(question, after: start, through: end, tick.view) {
                let ref = RecordRef(kind: question.kind, id: id)
                guard let record = tick.source.record(ref) else { continue }
                for asker in question.askers {
                    let rule = rules.rules[asker.rule]
                    let milestone = rules.milestones(at: asker.rule)[asker.milestone]
                    guard let due = tick.instant(of: milestone, rule, record), due.at > start, due.at <= end,
                        seen.insert(tick.key(rule, record, due)).inserted,
                        try tick.view.decision(tick.key(rule, record, due)) == nil,
                        try expectation(rule, record, due, tick) == .rings
                    else { continue }
                    found.append(
                        ComingRing(
                            at: due.at, rule: rule.id, ruleTitle: rule.title, record: ref, subject: title(record),
                            field: milestone.field, anchor: due.anchor, offset: due.period))
                }
            }
        }
        return found
    }

    private func candidates(
        _ question: DateQuestion, after now: Instant, through end: Instant, _ view: any EngineView
    ) throws -> [String] {
        let window = (after: now, through: end)
        var ids: [String] = []
        if let dates = question.offset.dateRange(firingIn: window) {
            ids += try view.moments(kind: question.kind, field: question.field, dates: dates).map(\.id)
        }
        if moments.mayHoldInstants(kind: question.kind, field: question.field),
            let instants = question.offset.instantRange(firingIn: window)
        {
            ids += try view.moments(kind: question.kind, field: question.field, instants: instants).map(\.id)
        }
        return ids
    }

    private func schedules(after now: Instant, through end: Instant) -> [ComingRing] {
        rules.scheduleRules.flatMap { index -> [ComingRing] in
            let rule = rules.rules[index]
            return rule.scheduleTriggers.flatMap { trigger in
                trigger.schedule.occurrences(in: (after: now, through: end), limit: OutlookLimits.runs).map {
                    ComingRing(
                        at: $0, rule: rule.id, ruleTitle: rule.title, record: nil, subject: "", field: "",
                        anchor: .null, offset: nil)
                }
            }
        }
    }

    func title(_ record: Record) -> String {
        for field in ["title", "name"] {
            if case .string(let text) = record[field], !text.isEmpty { return text }
        }
        return record.ref.id
    }
}

extension EngineService {
    /// `EngineCore.outlook` on the present state of the store.
    public nonisolated func outlook(from now: Instant, through end: Instant) throws -> [ComingRing] {
        try ask { core, view in try core.outlook(from: now, through: end, view: view) }
    }
}
