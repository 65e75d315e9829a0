import Almanac
import BellmanRules

/// One question to the date index: which records have a date in `field` that, moved by the offset, falls in a window.
///
/// A thousand rules share few of them ("7 days before contract.expires_on, at nine, in this zone"), so a tick asks by
/// question and not by milestone.
struct DateQuestion: Sendable {
    /// A milestone that the answer is for: positions in the rule set and in the rule.
    struct Asker: Sendable {
        let rule: Int
        let milestone: Int
    }

    let kind: String
    /// The field under which the date index holds the dates.
    let field: String
    let offset: OffsetRule
    private(set) var askers: [Asker] = []

    private init(_ key: Key) {
        kind = key.kind
        field = key.field
        offset = key.offset
    }

    /// In the order of the rules that ask first.
    static func all(rules: [Rule], milestones: [[Milestone]]) -> [DateQuestion] {
        var positions: [Key: Int] = [:]
        var questions: [DateQuestion] = []
        for (index, rule) in rules.enumerated() {
            guard let kind = rule.kind else { continue }
            for (number, milestone) in milestones[index].enumerated() {
                let key = Key(kind: kind, field: milestone.indexField, offset: rule.offsetRule(milestone))
                let position = positions[key] ?? questions.count
                if position == questions.count {
                    positions[key] = position
                    questions.append(DateQuestion(key))
                }
                questions[position].askers.append(Asker(rule: index, milestone: number))
            }
        }
        return questions
    }

    private struct Key: Hashable {
        let kind: String
        let field: String
        let offset: OffsetRule

        /// The calendar goes by its name: its days are many, and two calendars of one name are rare and only compared.
        func hash(into hasher: inout Hasher) {
            hasher.combine(kind)
            hasher.combine(field)
            hasher.combine(offset.period)
            hasher.combine(offset.at)
            hasher.combine(offset.zone)
            hasher.combine(offset.calendar.name)
        }
    }
}
