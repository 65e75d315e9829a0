import Almanac
import BellmanModel

/// What a waiting step must know when it runs, as one line of text (`key=value`, `;` between).
struct StepContext {
    var anchor: FieldValue
    var offset: Period?
    var scheduledAt: Instant
    var firedAt: Instant
    var changedBy: String?
    var changedAt: Instant?
    var late: Bool
    var depth: Int
    /// In a branch: id of the record of the decision that led there.
    var approval: String?

    init(
        anchor: FieldValue, offset: Period?, scheduledAt: Instant, firedAt: Instant, changedBy: String?,
        changedAt: Instant?, late: Bool, depth: Int
    ) {
        self.anchor = anchor
        self.offset = offset
        self.scheduledAt = scheduledAt
        self.firedAt = firedAt
        self.changedBy = changedBy
        self.changedAt = changedAt
        self.late = late
        self.depth = depth
    }

    /// The actor comes last, because it may hold any character.
    var text: String {
        var parts = [
            "at=\(scheduledAt.microseconds)", "fired=\(firedAt.microseconds)", "late=\(late ? 1 : 0)", "depth=\(depth)",
        ]
        switch anchor {
        case .date(let date): parts.append("date=\(date.daysSinceEpoch)")
        case .instant(let instant): parts.append("instant=\(instant.microseconds)")
        default: break
        }
        if let offset { parts.append("offset=\(offset.canonical)") }
        if let changedAt { parts.append("changed=\(changedAt.microseconds)") }
        if let approval { parts.append("approval=\(approval)") }
        if let changedBy { parts.append("by=\(changedBy)") }
        return parts.joined(separator: ";")
    }

    init(text: String) {
        self.init(
            anchor: .null, offset: nil, scheduledAt: Instant(microseconds: 0), firedAt: Instant(microseconds: 0),
            changedBy: nil, changedAt: nil, late: false, depth: 0)
        var rest = text[...]
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return }
            let key = rest[..<equals]
            rest = rest[rest.index(after: equals)...]
            if key == "by" {
                changedBy = String(rest)
                return
            }
            let end = rest.firstIndex(of: ";") ?? rest.endIndex
            take(key, String(rest[..<end]))
            rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
        }
    }

    private mutating func take(_ key: Substring, _ value: String) {
        let number = Int64(value)
        switch key {
        case "at": scheduledAt = Instant(microseconds: number ?? 0)
        case "fired": firedAt = Instant(microseconds: number ?? 0)
        case "late": late = number == 1
        case "depth": depth = Int(number ?? 0)
        case "date": anchor = .date(CivilDate(clampingDays: Int(number ?? 0)))
        case "instant": anchor = .instant(Instant(microseconds: number ?? 0))
        case "changed": changedAt = number.map(Instant.init(microseconds:))
        case "approval": approval = value
        case "offset": offset = try? Period.parse(value)
        default: break
        }
    }
}
