import Almanac
import BellmanModel
import BellmanRules

/// What of the firing an invitation needs when it is asked again.
struct InvitationContext {
    var wasClosed = false
    /// A level rang: its expression is a condition of the meeting.
    var wasLevel = false
    private var field: String?
    private var step: StepContext

    init(_ facts: FiringFacts, wasClosed: Bool) {
        self.wasClosed = wasClosed
        field = facts.field
        step = StepContext(
            anchor: facts.anchor, offset: facts.offset, scheduledAt: facts.scheduledAt, firedAt: facts.scheduledAt,
            changedBy: facts.changedBy, changedAt: facts.changedAt, late: false, depth: 0)
    }

    /// `closed`, `level`, the field and the rest, a line each.
    var text: String { "\(wasClosed ? 1 : 0)\n\(wasLevel ? 1 : 0)\n\(field ?? "")\n\(step.text)" }

    init(text: String) {
        let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        wasClosed = lines.first == "1"
        wasLevel = lines.dropFirst().first == "1"
        field = lines.dropFirst(2).first.flatMap { $0.isEmpty ? nil : $0 }
        step = StepContext(text: lines.dropFirst(3).first ?? "")
    }

    /// The facts of the firing with the record, and the date in it, as they are now.
    func facts(_ record: Record, firing: String, daysLeft: (FieldValue) -> Int?) -> FiringFacts {
        var facts = FiringFacts(record: record, scheduledAt: step.scheduledAt)
        facts.firing = firing
        facts.field = field
        facts.offset = step.offset
        facts.changedBy = step.changedBy
        facts.changedAt = step.changedAt
        if let field {
            let present = record[field]
            facts.anchor = present.isNull ? step.anchor : present
            facts.daysLeft = daysLeft(facts.anchor)
        }
        return facts
    }
}
