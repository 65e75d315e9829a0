import Almanac
import BellmanModel
import CEL

/// The dates of a record that its writer did not store: derived dates, and dates shifted by the record's own
/// duration fields (`by: contract.notice_period`). The date index holds them, so that triggers on them are range
/// queries too.
public struct DerivedMoments: Sendable {
    private struct Shifted: Sendable {
        let date: String
        let period: String
        let before: Bool
        let name: String
    }

    private let language: RuleLanguage
    private let timing: RuleTiming
    private let presentation: Presentation
    private let derived: [String: [String]]
    private let shifted: [String: [Shifted]]
    private let instants: Set<FieldPath>

    public init(language: RuleLanguage, timing: RuleTiming, presentation: Presentation) {
        self.language = language
        self.timing = timing
        self.presentation = presentation
        var derived: [String: [String]] = [:]
        var shifted: [String: [Shifted]] = [:]
        var instants: Set<FieldPath> = []
        for name in language.schema.kindNames {
            guard let kind = language.schema.kind(name) else { continue }
            let dates = language.momentFields(of: kind)
            let own = dates.filter { if case .derived = kind.field($0)?.type { true } else { false } }
            derived[name] = own
            let periods = kind.fields.filter { $0.type == .duration }.map(\.name)
            shifted[name] = dates.flatMap { date in
                periods.flatMap { period in
                    [true, false].map {
                        Shifted(
                            date: date, period: period, before: $0,
                            name: KindDefinition.shiftedMoment(date, period, before: $0))
                    }
                }
            }
            for date in dates where language.mayHoldInstants(kind: name, field: date) {
                instants.insert(FieldPath(kind: name, field: date))
                for item in shifted[name] ?? [] where item.date == date {
                    instants.insert(FieldPath(kind: name, field: item.name))
                }
            }
        }
        self.derived = derived
        self.shifted = shifted
        self.instants = instants
    }

    /// What the moments depend on beside the record: zone, time of day and calendar.
    public var mark: String { DerivedMoments.mark(timing) }

    public static func mark(_ timing: RuleTiming) -> String {
        "\(timing.zone.name) \(timing.at) \(timing.calendar.fingerprint)"
    }

    /// Every moment that must be indexed beside the stored fields; empty ones are left out.
    public func moments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
        guard derived[kind]?.isEmpty == false || shifted[kind]?.isEmpty == false else { return [] }
        let epoch = Instant(microseconds: 0)
        let record = Record(
            ref: RecordRef(kind: kind, id: ""), fields: fields, createdAt: epoch, updatedAt: epoch, version: 0)
        let names = (derived[kind] ?? []) + (shifted[kind] ?? []).map(\.name)
        return names.compactMap { name in
            let value = self.value(of: name, in: record)
            return value == .null ? nil : (name, value)
        }
    }

    /// A stored, derived or shifted date of a record; `.null` when it has none.
    public func value(of field: String, in record: Record) -> FieldValue {
        if let stored = record.fields[field] { return stored.isMoment ? stored : .null }
        let kind = record.ref.kind
        if derived[kind]?.contains(field) == true { return derivedValue(field, record) }
        guard let shift = shifted[kind]?.first(where: { $0.name == field }),
            case .period(let period) = record[shift.period]
        else { return .null }
        let signed = shift.before ? period.negated : period
        switch value(of: shift.date, in: record) {
        case .date(let date):
            // A clock part of a date counts from the rule's `at`; here only the calendar part moves the date.
            return .date(signed.moved(date, calendar: timing.calendar))
        case .instant(let instant):
            let rule = OffsetRule(period: signed, at: timing.at, zone: timing.zone, calendar: timing.calendar)
            return .instant(rule.instant(for: instant))
        default: return .null
        }
    }

    /// Whether the date is computed by an expression.
    public func isDerived(kind: String, field: String) -> Bool { derived[kind]?.contains(field) ?? false }

    public func mayHoldInstants(kind: String, field: String) -> Bool {
        instants.contains(FieldPath(kind: kind, field: field))
    }

    private func derivedValue(_ field: String, _ record: Record) -> FieldValue {
        let world = RecordWorld(
            schema: language.schema, source: NoRecords(), timing: timing, presentation: presentation,
            now: record.updatedAt, derivations: language.derivations)
        let value = world.derived(field, of: RecordObject(record, world))
        if case .timestamp(let stamp) = value { return .instant(stamp.instant) }
        if let date = value.opaqueValue as? DateValue { return .date(date.date) }
        return .null
    }
}

/// A derived date that triggers may name reads its own record only.
private final class NoRecords: RecordSource {
    func record(_ ref: RecordRef) -> Record? { nil }
    func resolve(_ text: String, kind: String) -> String? { nil }
    func referrers(kind: String, field: String, target: RecordRef) -> [String] { [] }
    func members(role: String) -> [String] { [] }
    func identifiers(kind: String, limit: Int) -> [String] { [] }
}

extension FieldValue {
    var isMoment: Bool {
        switch self {
        case .date, .instant: true
        default: false
        }
    }
}

extension RuleLanguage {
    /// Fields of a kind that hold a date or an instant, derived ones included when they depend on the record alone.
    func momentFields(of kind: KindDefinition) -> [String] {
        kind.fields.filter { field in
            if case .derived = field.type { return isMomentType(kind.name, field.name) && isOwn(kind.name, field.name) }
            return field.type.isMoment
        }.map(\.name)
    }

    func isMomentType(_ kind: String, _ field: String) -> Bool {
        guard let type = derivations.types["\(kind).\(field)"]?.withoutNull else { return false }
        return type == HostType.date || type == HostType.when || type == .timestamp
    }

    /// A derived field that reads neither the clock nor another record.
    func isOwn(_ kind: String, _ field: String) -> Bool {
        let reads = derivations.reads(kind: kind, field: field)
        return !derivations.readsTime(kind: kind, field: field) && reads.allSatisfy { $0.kind == kind }
            && hops(reads).isEmpty
    }

    func mayHoldInstants(kind: String, field: String) -> Bool {
        guard let definition = schema.field(field, of: kind) else { return false }
        switch definition.type {
        case .when, .instant: return true
        case .derived: return derivations.types["\(kind).\(field)"]?.withoutNull != HostType.date
        default: return false
        }
    }
}
