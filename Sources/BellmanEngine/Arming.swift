import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Synchronization

/// When the triggers of a rule set were first seen, by position of rule and signature.
struct ArmedTimes: Sendable {
    var since: [[Instant]] = []
    /// Of the rule as a whole.
    var sequence: [Int64] = []
}

/// What was armed in the tick before, so that a tick need not read thousands of rows that never change.
///
/// Belongs to one rule set and holds for one mark of the store, which changes with whatever any process arms. What a
/// clock that ran ahead has armed is not remembered for an earlier instant: it is to be armed anew.
final class ArmedMemory: Sendable {
    private let kept = Mutex<(mark: String, times: ArmedTimes, latest: Instant)?>(nil)

    func times(mark: String?, at now: Instant) -> ArmedTimes? {
        kept.withLock { kept in
            guard let kept, kept.mark == mark, kept.latest <= now else { return nil }
            return kept.times
        }
    }

    func keep(_ times: ArmedTimes, mark: String) {
        let latest = times.since.joined().max() ?? .earliest
        kept.withLock { $0 = (mark, times, latest) }
    }
}

/// Which triggers are new (promise 6): what lies before a trigger was first seen is past for it.
extension Tick {
    /// The signature under which a rule as a whole is armed.
    static let ruleSignature = "rule"

    mutating func arm() throws {
        let mark = try view.armedMark()
        if !isAgain, let known = core.armedMemory.times(mark: mark, at: now) {
            armed = known
            return
        }
        try armAnew()
        guard !isAgain, commit.arm.isEmpty, commit.disarm.isEmpty, commit.renames.isEmpty else { return }
        if let mark { core.armedMemory.keep(armed, mark: mark) } else { commit.marksArmed = true }
    }

    private mutating func armAnew() throws {
        // In the order of rules, so the entries of one stand together.
        let entries = try view.armed()
        var known: [String: ArraySlice<ArmedTrigger>] = [:]
        var start = 0
        while start < entries.count {
            let end = entries[start...].firstIndex { $0.rule != entries[start].rule } ?? entries.count
            known[entries[start].rule] = entries[start..<end]
            start = end
        }
        armed.since.reserveCapacity(core.rules.rules.count)
        for (index, rule) in core.rules.rules.enumerated() {
            let signatures = core.rules.signatures(at: index)
            if known[rule.id] == nil, let was = rule.was, let old = known.removeValue(forKey: was) {
                commit.renames.append((old: was, new: rule.id))
                known[rule.id] = old
            }
            let old = known.removeValue(forKey: rule.id) ?? []
            let now = signatures.map { signature in
                old.first { $0.trigger == signature }.map { kept($0) } ?? arm(rule, signature)
            }
            armed.since.append(now.map(\.since))
            armed.sequence.append(now.first { $0.trigger == Tick.ruleSignature }?.sequence ?? head)
            for entry in old where !signatures.contains(entry.trigger) {
                commit.disarm.append((rule: rule.id, trigger: entry.trigger))
                if entry.trigger.hasPrefix(Rule.spanSignaturePrefix) { editedSpans.insert(rule.id) }
                if entry.trigger.hasPrefix(Rule.restPrefix) { editedRests.insert(rule.id) }
            }
            noteRetiming(index, signatures, old)
        }
        for (rule, gone) in known.sorted(by: { $0.key < $1.key }) {
            for entry in gone { commit.disarm.append((rule: rule, trigger: entry.trigger)) }
        }
    }

    /// A trigger that was armed by a clock that ran ahead is older than what is to come now.
    private mutating func kept(_ entry: ArmedTrigger) -> ArmedTrigger {
        guard entry.since > now else { return entry }
        let mended = ArmedTrigger(
            rule: entry.rule, trigger: entry.trigger, since: now, sequence: entry.sequence)
        commit.disarm.append((rule: entry.rule, trigger: entry.trigger))
        commit.arm.append(mended)
        return mended
    }

    private mutating func arm(_ rule: Rule, _ signature: String) -> ArmedTrigger {
        // Before a store's first tick every rule counts as older than every record.
        // What the self-audit goes by tells the time all the same: no schedule was run before.
        let isOld = isFirst && !signature.hasPrefix(Rule.shapePrefix)
        let entry = ArmedTrigger(
            rule: rule.id, trigger: signature, since: isOld ? .earliest : now, sequence: isFirst ? 0 : head)
        commit.arm.append(entry)
        fresh.insert("\(rule.id) \(signature)")
        return entry
    }

    func isFresh(_ rule: Rule, _ signature: String = Tick.ruleSignature) -> Bool {
        !fresh.isEmpty && fresh.contains("\(rule.id) \(signature)")
    }

    func since(_ rule: Rule, _ signature: String) -> Instant {
        guard let index = core.rules.position(of: rule),
            let place = core.rules.signatures(at: index).firstIndex(of: signature)
        else { return now }
        return armed.since[index][place]
    }

    /// Of a milestone: `signatures` lists those of the rule after the rule itself.
    func since(_ asker: DateQuestion.Asker) -> Instant { armed.since[asker.rule][1 + asker.milestone] }

    func sequence(_ rule: Rule) -> Int64 { core.rules.position(of: rule).map { armed.sequence[$0] } ?? head }
}

extension Rule {
    /// Everything of the rule that is armed by itself.
    var signatures: [String] {
        [Tick.ruleSignature] + milestones.map(\.signature) + scheduleTriggers.map { "schedule \($0.canonical)" }
            + (levelTrigger.map { ["level \($0.expression.source)", Rule.spanSignature($0)] } ?? [])
    }

    static let spanSignaturePrefix = "span "

    /// Armed beside the level, so that an edited `for` or `fresh` is noticed.
    private static func spanSignature(_ level: LevelTrigger) -> String {
        spanSignaturePrefix + (level.span?.description ?? "-") + " " + (level.fresh?.description ?? "-")
    }
}
