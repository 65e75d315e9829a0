import BellmanModel
import BellmanRules
import BellmanStore

/// `call`: a POST to an endpoint, through the outbox like any notice.
extension Tick {
    mutating func call(
        _ rule: Rule, _ action: CallAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        commit.troubles.append("\(rule.id): call")
    }
}
