import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Synchronization

/// Silences: what would ring and is not wanted for a time.
extension Tick {
    /// The silence, the first by id, that keeps the occurrence from ringing.
    mutating func silence(
        of rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) throws -> Silence? {
        let silences = try self.silences ?? view.silences(notOverAt: min(windowStart, now))
        self.silences = silences
        // What was meant for a silent time stays silent, also when Bellman was down then.
        let wasMissed = facts.scheduledAt > windowStart && facts.scheduledAt < now
        let moments = wasMissed ? [now, facts.scheduledAt] : [now]
        return try silence(of: rule, key, facts, evaluator, at: moments, among: silences)
    }

    func silence(
        of rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, _ evaluator: RuleEvaluator, at moments: [Instant],
        among silences: [Silence]
    ) throws -> Silence? {
        silences.first { silence in
            silence.scope.fits(rule, key)
                && moments.contains { silence.covers($0, calendar: rule.timing.calendar) }
                && meets(silence.scope, rule, facts, evaluator)
        }
    }

    /// An expression that cannot be decided, or that the present kinds do not understand, silences nothing.
    private func meets(
        _ scope: SilenceScope, _ rule: Rule, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) -> Bool {
        guard let source = scope.condition else { return true }
        guard let kind = scope.kind, facts.record?.ref.kind == kind,
            let condition = core.silenceMemory.condition(kind: kind, source: source, rule)
        else { return false }
        return evaluator.holds(condition.expression, facts) == .holds
    }
}

extension SilenceScope {
    fileprivate func fits(_ rule: Rule, _ key: OccurrenceKey) -> Bool {
        if let wanted = self.rule, wanted != rule.id, wanted != rule.was { return false }
        if let tag, !rule.tags.contains(tag) { return false }
        if let kind, kind != rule.kind ?? rule.gathering?.kind { return false }
        if let record, record != key.subject { return false }
        return true
    }
}

/// Conditions of silences, compiled once for a rule set's language.
final class SilenceMemory: Sendable {
    private let kept = Mutex<[String: RecordCondition?]>([:])

    func condition(kind: String, source: String, _ rule: Rule) -> RecordCondition? {
        kept.withLock { kept in
            let key = "\(kind)\n\(source)"
            if let known = kept[key] { return known }
            let made = try? rule.recordCondition(kind: kind, source: source)
            kept[key] = .some(made)
            return made
        }
    }
}
