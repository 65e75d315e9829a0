import BellmanModel
import BellmanRules
import BellmanStore

/// Which rules set each other off.
extension Tick {
    /// Changes before the last one that are looked at: a chain is made within a few ticks.
    private static let chainWindow: Int64 = 2_000

    /// The limit, then the rules in the order in which they acted: `10 a → b → a`.
    func chainReason(_ rule: Rule, _ sequence: Int64) throws -> Reason {
        let names = Tick.loop(try chain(through: sequence) + [rule.id])
        return Reason("chain_too_long", "\(EngineLimits.chainDepth) \(names.joined(separator: " → "))")
    }

    /// The rules whose writes led to that write, the first of them first: the journal's actors, walked back.
    private func chain(through sequence: Int64) throws -> [String] {
        let start = max(0, sequence - 1 - Tick.chainWindow)
        var window = try view.changes(after: start, limit: Int(sequence - start)).filter { $0.sequence <= sequence }
        var names: [String] = []
        while let change = window.popLast(), let id = Tick.rule(of: change), names.count < EngineLimits.chainDepth {
            names.append(id)
            let kind = core.rules[id]?.kind
            // What that rule looked at: one step less deep, and of its kind.
            while let last = window.last, last.depth != change.depth - 1 || (kind != nil && last.ref.kind != kind) {
                window.removeLast()
            }
        }
        return names.reversed()
    }

    private static func rule(of change: Change) -> String? {
        change.actor.hasPrefix("rule ") ? String(change.actor.dropFirst("rule ".count)) : nil
    }

    /// From the last time that the last rule acted, where it did before; else all.
    static func loop(_ names: [String]) -> [String] {
        guard let last = names.last, let before = names.dropLast().lastIndex(of: last) else { return names }
        return Array(names[before...])
    }
}
