import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Changes in journal order: edges ring, levels turn, dates arrive.
extension Tick {
    mutating func runChanges() throws {
        var after = before?.sequence ?? 0
        while after < head {
            let page = try view.changes(after: after, limit: EngineLimits.changePage)
            guard let last = page.last else { break }
            for change in page where change.sequence <= head { try run(change) }
            after = last.sequence
        }
        try decideLevels()
        try runFreshLevels()
        try runGatheringLoads()
        try runMoved()
        try runExisting()
    }

    private mutating func run(_ change: Change) throws {
        touch(change)
        changedKinds.insert(change.ref.kind)
        for index in core.rules.edgeRules(of: change.ref.kind) { try runEdge(core.rules.rules[index], change) }
        for index in core.rules.levelRules(reading: change.ref.kind) { try runLevel(core.rules.rules[index], change) }
        for index in core.rules.gatheredRules(reading: change.ref.kind) { try runGathered(index, change) }
        try noteInvitations(change)
        guard !core.rules.momentRules(of: change.ref.kind).isEmpty else { return }
        switch change.operation {
        case .created:
            // A record that nothing touched since arrives here; one that was edited again waits for its last state.
            if let record = source.record(change.ref), record.version == change.sequence {
                try arrive(record, past: nil)
            } else {
                moved.insert(change.ref)
                remade.insert(change.ref)
            }
        case .updated: moved.insert(change.ref)
        case .deleted: moved.remove(change.ref)
        }
    }

    // MARK: edges

    private mutating func runEdge(_ rule: Rule, _ change: Change) throws {
        guard !change.quiet, change.sequence > sequence(rule), matches(rule, change) else { return }
        let states = try states(around: change)
        var facts = FiringFacts(record: states.after ?? states.before, scheduledAt: change.at)
        facts.old = states.before
        facts.changedBy = change.actor
        facts.changedAt = change.at
        let key = OccurrenceKey(
            rule: rule.id, subject: change.ref.description, occurrence: "change=\(change.sequence)")
        guard change.depth < EngineLimits.chainDepth else {
            return decide(rule, key, .failed, try chainReason(rule, change.sequence), at: change.at)
        }
        guard try !isDecided(key) else { return }
        let past = PastSource(base: source, history: History(view: view), sequence: change.sequence)
        let rang = try ring(rule, key, facts, late: false, source: past, depth: change.depth)
        if rang { rangByEdge[rule.id, default: []].insert(change.ref.description) }
    }

    private func matches(_ rule: Rule, _ change: Change) -> Bool {
        rule.triggers.contains { trigger in
            switch trigger {
            case .created: return change.operation == .created
            case .deleted: return change.operation == .deleted
            case .changes(let wanted): return change.operation == .updated && matches(wanted, change)
            case .moment, .schedule, .level: return false
            }
        }
    }

    private func matches(_ wanted: ChangeTrigger, _ change: Change) -> Bool {
        guard let name = wanted.field else { return !change.fields.isEmpty }
        guard let field = change.fields.first(where: { $0.name == name }) else { return false }
        return (wanted.from.isEmpty || wanted.from.contains(field.old))
            && (wanted.to.isEmpty || wanted.to.contains(field.new))
    }

    /// The record before and after one write, whatever was written later.
    private func states(around change: Change) throws -> (before: Record?, after: Record?) {
        let history = History(view: view)
        if change.operation == .deleted { return (History.undo(change, from: nil), nil) }
        let current = source.record(change.ref)
        let after: Record? =
            if let current, current.version == change.sequence { current } else {
                try history.record(change.ref, asOf: change.sequence)
            }
        return (History.undo(change, from: after), after)
    }
}
