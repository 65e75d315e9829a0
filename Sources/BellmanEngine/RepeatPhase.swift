import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// `repeat`: the steps that do not wait run again at firing + n × `every`, until somebody acknowledged the firing, the
/// rule's `until` is true, its condition is false, or its record or date is gone.
extension Tick {
    /// Of a firing only the next repetition is planned.
    mutating func planRepetition(_ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, depth: Int) {
        guard let repetition = rule.repetition else { return }
        plan(rule, key, facts, step: Step.repetition + 1, wait: repetition.every, depth: depth)
    }

    /// A repetition that is due. After down time it runs once, in the place of all that were missed.
    mutating func runRepetition(_ pending: PendingStep, _ rule: Rule, _ facts: FiringFacts) {
        guard let repetition = rule.repetition else { return }
        let context = StepContext(text: pending.context)
        func due(_ number: Int) -> Instant {
            rule.shifted(context.firedAt, by: repetition.every.times(number))
        }
        var number = pending.step - Step.repetition
        var latest = pending.dueAt
        while number < repetition.times, due(number + 1) <= now {
            number += 1
            latest = due(number)
        }
        guard latest.adding(seconds: EngineLimits.expiry) >= now else {
            return finish(pending, .expired, Reason("expired"))
        }
        var facts = facts
        facts.repetition = pending.step - Step.repetition
        facts.late = isLate(latest)
        let evaluator = evaluator(rule)
        for step in rule.steps where step.wait == nil && step.action.repeats {
            run(rule, step, facts, evaluator, depth: context.depth)
        }
        finish(pending, .done, Reason("ran"))
        guard number < repetition.times else { return }
        enroll(
            PendingStep(
                firing: pending.firing, step: Step.repetition + number + 1, key: pending.key, dueAt: due(number + 1),
                context: pending.context))
    }

    // MARK: after … every

    /// Why the firing of a chain (`after … every`) should not ring: somebody acknowledged an earlier firing of the same
    /// date, or the rule's `until` is true. Nil for any other occurrence. Fills in `acknowledged`.
    func chainEnd(
        _ rule: Rule, _ key: OccurrenceKey, _ facts: inout FiringFacts, _ evaluator: RuleEvaluator
    ) throws -> Reason? {
        guard rule.isChain(facts), let end = key.occurrence.lastIndex(of: " ") else { return nil }
        let date = String(key.occurrence[...end])
        // A rule that is renamed in this very tick still has its rows under the former id.
        let acknowledgement = try [key.rule, formerID(rule)].compactMap { $0 }.lazy.compactMap {
            try view.acknowledgement(rule: $0, subject: key.subject, occurrencePrefix: date)
        }.first
        facts.acknowledged = acknowledgement != nil
        if let acknowledgement { return Reason("acknowledged", acknowledgement.by.id) }
        if let until = rule.until, evaluator.holds(until, facts) == .holds { return Reason("until") }
        return nil
    }
}

extension Step.Action {
    /// A question is asked once, and a meeting follows its record by itself.
    fileprivate var repeats: Bool {
        switch self {
        // Nor is a record made again that somebody deleted.
        case .approve, .invite, .create: false
        case .notify, .set, .call: true
        }
    }
}

extension Rule {
    fileprivate func isChain(_ facts: FiringFacts) -> Bool {
        guard let field = facts.field, let offset = facts.offset else { return false }
        return momentTriggers.contains { trigger in
            trigger.isChain && trigger.field == field
                && trigger.offsets.contains { if case .fixed(offset) = $0 { true } else { false } }
        }
    }

    /// How long after the firing a waiting step or a repetition runs; nil where the rule has no such one any more.
    func wait(ofStep number: Int) -> Period? {
        guard number > Step.repetition else { return step(number)?.wait }
        guard let repetition, number - Step.repetition <= repetition.times else { return nil }
        return repetition.every.times(number - Step.repetition)
    }
}
