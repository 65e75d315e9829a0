import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What a date to come would lead to if nothing changed; the outlook and `why` say the same.
extension EngineCore {
    /// What the condition will be asked of, as of the instant at which it will be asked.
    func coming(_ rule: Rule, _ record: Record, _ due: DueMilestone, _ tick: Tick) -> (FiringFacts, RuleEvaluator) {
        let evaluator = RuleEvaluator(
            rule: rule, source: tick.source, now: due.at, presentation: settings.presentation)
        var facts = tick.facts(rule, record, due, late: false)
        facts.daysLeft = rule.timing.zone.date(due.at).daysUntil(due.anchor, in: rule.timing.zone)
        return (facts, evaluator)
    }

    /// A chain that has ended and what is silenced then does not ring.
    func expectation(
        _ rule: Rule, _ record: Record, _ due: DueMilestone, _ tick: Tick
    ) throws -> WhyForecast.Expectation {
        var (facts, evaluator) = coming(rule, record, due, tick)
        let key = tick.key(rule, record, due)
        let ended = try tick.chainEnd(rule, key, &facts, evaluator)
        let verdict = evaluator.condition(facts)
        if verdict != .holds { return .conditionFalse(verdict) }
        if let ended { return .skipped(ended) }
        let silences = try tick.view.silences(notOverAt: tick.now)
        let silence = try tick.silence(of: rule, key, facts, evaluator, at: [due.at], among: silences)
        return silence.map { .silenced($0) } ?? .rings
    }
}

extension CivilDate {
    fileprivate func daysUntil(_ anchor: FieldValue, in zone: Zone) -> Int? {
        switch anchor {
        case .date(let date): date.days(since: self)
        case .instant(let instant): zone.date(instant).days(since: self)
        default: nil
        }
    }
}
