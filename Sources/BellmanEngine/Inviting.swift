import BellmanModel
import BellmanRules
import BellmanStore

/// `invite`: calendar invitations that follow the record.
extension Tick {
    mutating func invite(
        _ rule: Rule, _ action: InviteAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        commit.troubles.append("\(rule.id): invite")
    }
}
