import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Which triggers are new (promise 6): what lies before a trigger was first seen is past for it.
extension Tick {
    /// The signature under which a rule as a whole is armed.
    static let ruleSignature = "rule"

    mutating func arm() throws {
        var known: [String: [String: ArmedTrigger]] = [:]
        for entry in try view.armed() { known[entry.rule, default: [:]][entry.trigger] = entry }
        for (index, rule) in core.rules.rules.enumerated() {
            let signatures = core.rules.signatures(at: index)
            if known[rule.id] == nil, let was = rule.was, let old = known.removeValue(forKey: was) {
                commit.renames.append((old: was, new: rule.id))
                known[rule.id] = old
            }
            var old = known.removeValue(forKey: rule.id) ?? [:]
            for signature in signatures { arm(rule, signature, known: old.removeValue(forKey: signature)) }
            for trigger in old.keys.sorted() { commit.disarm.append((rule: rule.id, trigger: trigger)) }
        }
        for (rule, triggers) in known.sorted(by: { $0.key < $1.key }) {
            for trigger in triggers.keys.sorted() { commit.disarm.append((rule: rule, trigger: trigger)) }
        }
    }

    private mutating func arm(_ rule: Rule, _ signature: String, known: ArmedTrigger?) {
        if let known {
            armed[rule.id, default: [:]][signature] = known
            return
        }
        // Before a store's first tick every rule counts as older than every record.
        let entry = ArmedTrigger(
            rule: rule.id, trigger: signature, since: isFirst ? .earliest : now, sequence: isFirst ? 0 : head)
        armed[rule.id, default: [:]][signature] = entry
        commit.arm.append(entry)
        fresh.insert("\(rule.id) \(signature)")
    }

    func isFresh(_ rule: Rule, _ signature: String = Tick.ruleSignature) -> Bool {
        fresh.contains("\(rule.id) \(signature)")
    }

    func since(_ rule: Rule, _ signature: String) -> Instant { armed[rule.id]?[signature]?.since ?? now }
    func sequence(_ rule: Rule) -> Int64 { armed[rule.id]?[Tick.ruleSignature]?.sequence ?? head }
}

extension Rule {
    /// Everything of the rule that is armed by itself.
    var signatures: [String] {
        [Tick.ruleSignature] + milestones.map(\.signature) + scheduleTriggers.map { "schedule \($0.canonical)" }
            + (levelTrigger.map { ["level \($0.expression.source)"] } ?? [])
    }
}
