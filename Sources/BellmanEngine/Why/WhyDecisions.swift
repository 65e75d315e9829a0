import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Decisions in full, and how things stood where there is none.
extension WhyInquiry {
    func decision(_ entry: LedgerEntry) throws -> WhyDecision {
        let recall = try WhyRecall(self, entry)
        let (sight, agrees) = try recall.look()
        var edge: Change?
        if case .change(let sequence) = AuditedOccurrence(entry.key.occurrence) { edge = try change(sequence) }
        let since = armed[rule.shapeSignature]?.since
        let agreement: WhyDecision.Agreement =
            agrees
            ? .agrees
            : sight.isUnknown ? .unknown : .ruleWasAnother(since: since.flatMap { $0 > entry.decidedAt ? $0 : nil })
        return WhyDecision(
            entry: entry, cause: WhyCause(entry: entry, rule), agreement: agreement, record: sight.record,
            lastWrite: try sight.record.flatMap { try lastWrite(of: $0, notAfter: entry.decidedAt) }, change: edge,
            conditions: sight.conditions, gathered: sight.gathered, instead: instead(of: entry),
            silence: try silence(of: entry), earlier: earlier(than: entry),
            acknowledgement: try view.acknowledgement(firing: entry.firing), steps: try view.steps(firing: entry.firing)
        )
    }

    /// nil where the journal has no such write.
    func change(_ sequence: Int64) throws -> Change? {
        guard sequence > 0 else { return nil }
        return try view.changes(after: sequence - 1, limit: 1).first { $0.sequence == sequence }
    }

    private func lastWrite(of record: Record, notAfter instant: Instant) throws -> Change? {
        try view.changes(of: record.ref, after: 0).last { $0.at <= instant && $0.sequence <= record.version }
    }

    private func instead(of entry: LedgerEntry) -> LedgerEntry? {
        guard entry.outcome == .superseded else { return nil }
        let together = rows.filter { $0.decidedAt == entry.decidedAt && $0.firing != entry.firing }
        switch entry.reason.code {
        case "edge": return together.first { $0.key.occurrence.hasPrefix("change=") && $0.outcome.rang }
        case "later_run": return rows.first { $0.key.occurrence == "at=\(entry.reason.detail)" }
        case "nearer_offset":
            return together.filter { $0.key.occurrence.hasSuffix(" \(entry.reason.detail)") }
                .max { $0.scheduledAt < $1.scheduledAt }
        default: return nil
        }
    }

    private func silence(of entry: LedgerEntry) throws -> Silence? {
        guard entry.outcome == .silenced else { return nil }
        return try view.silences(notOverAt: min(entry.decidedAt, entry.scheduledAt))
            .first { $0.id == entry.reason.detail }
    }

    /// What filled the limit.
    private func earlier(than entry: LedgerEntry) -> [LedgerEntry] {
        guard entry.reason.code == "limit", let limit = rule.limit else { return [] }
        let start = rule.shifted(entry.decidedAt, by: limit.window.negated)
        return rows.filter {
            $0.outcome.rang && $0.firing != entry.firing && $0.decidedAt > start && $0.decidedAt <= entry.decidedAt
        }
    }

    // MARK: a time without a decision

    func then(_ time: WhyTime) throws -> WhyThen {
        let asked = min(time.isDay ? time.day.upperBound.adding(microseconds: -1) : time.instant, .latest)
        let sequence = try WhyPlaces(view: view, head: tick.head).last(notAfter: asked)
        let past = PastSource(
            base: tick.source, history: History(view: view), sequence: sequence, links: nil)
        let record = question.record.flatMap(past.record)
        let then = try Tick(core: core, now: asked, view: view)
        var dates: [(cause: WhyCause, at: Instant)] = []
        var conditions: [ConditionTree] = []
        if let record, rule.kind == record.ref.kind {
            dates = then.due(rule, record).map { (WhyCause($0, rule), $0.at) }
                .sorted { time.distance($0.at) < time.distance($1.at) }
            conditions = then.evaluator(rule, past).conditionTrees(FiringFacts(record: record, scheduledAt: asked))
        }
        var obstacles: [WhyObstacle] = []
        if let since = armed[Tick.ruleSignature]?.since, since > asked { obstacles.append(.newerThan(since)) }
        if let last = progress?.lastTick, last < asked { obstacles.append(.notLookedSince(last)) }
        if question.record != nil, record == nil { obstacles.append(.recordGone(at: nil, by: "")) }
        let (before, after) = (
            rows.filter { $0.scheduledAt < time.day.lowerBound }, rows.filter { $0.scheduledAt >= time.day.upperBound }
        )
        return WhyThen(
            record: record, dates: dates, conditions: conditions, obstacles: obstacles,
            before: before.max { $0.scheduledAt < $1.scheduledAt },
            after: after.min { $0.scheduledAt < $1.scheduledAt })
    }
}
