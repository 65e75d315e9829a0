import Almanac
import BellmanModel
import BellmanRules
import Digests

extension Rule {
    static let shapePrefix = "shape "

    /// Armed with the rule: since when it has been exactly so. The self-audit goes by it, for what an edited rule would
    /// have rung by its former text cannot be computed from the present one.
    var shapeSignature: String { Rule.shapePrefix + Digests.stableID(shape) }

    /// Everything that decides which occurrences there are and whether a firing makes a notice at once. Conditions are
    /// not in it: whatever they say, each occurrence has its row.
    private var shape: [String] {
        var parts = [kind ?? "-", gathering?.kind ?? "-"]
        for trigger in triggers {
            switch trigger {
            case .created: parts.append("created")
            case .deleted: parts.append("deleted")
            case .changes(let change):
                parts.append("changes \(change.field ?? "*")")
                for values in [change.from, change.to] {
                    parts.append("\(values.count)")
                    parts += values.map { FieldText.text($0, zone: .utc) }
                }
            case .moment, .schedule, .level: break
            }
        }
        parts += milestones.map(\.signature) + timingSignatures
        parts += scheduleTriggers.flatMap { trigger in
            [
                trigger.canonical, trigger.schedule.zone.name, "\(trigger.schedule.at)",
                countsWorkingDays ? trigger.schedule.calendar.fingerprint : "-",
            ]
        }
        if !scheduleTriggers.isEmpty { parts.append(Zone.databaseVersion() ?? "-") }
        return parts + ["notices"] + promptNotices.flatMap { ["\($0.step)"] + $0.via }
    }

    /// Steps that make a notice whenever the rule fires: at once and without a condition of their own.
    var promptNotices: [(step: Int, via: [String])] {
        steps.compactMap { step in
            guard step.wait == nil, step.condition == nil, step.exclusion == nil,
                case .notify(let action) = step.action
            else { return nil }
            return (step.number, action.via)
        }
    }
}
