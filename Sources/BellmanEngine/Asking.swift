import BellmanModel
import BellmanRules
import BellmanStore

/// `approve`: asks people for a decision.
extension Tick {
    mutating func ask(
        _ rule: Rule, _ action: ApproveAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator,
        depth: Int
    ) {
        commit.troubles.append("\(rule.id): approve")
    }
}
