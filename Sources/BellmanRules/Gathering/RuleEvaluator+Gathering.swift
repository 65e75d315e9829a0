import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Where one record belongs among what a rule gathers.
public enum GatherVerdict: Sendable {
    /// `where` does not hold.
    case outside
    /// `where` or `group` failed, in words.
    case broken(String)
    /// It counts, but what it is grouped by is empty: the path.
    case ungrouped(String)
    case inside(GroupValue)
}

/// The order of gathered records: by date, then title, then id; without a date last.
public struct GatherOrder: Sendable, Hashable, Comparable {
    /// Microseconds since 1970; a date stands for the start of its day.
    private let moment: Int64
    private let title: String
    public let id: String

    init(moment: Instant?, title: String, id: String) {
        self.moment = moment?.microseconds ?? .max
        self.title = title
        self.id = id
    }

    public static func < (a: GatherOrder, b: GatherOrder) -> Bool {
        if a.moment != b.moment { return a.moment < b.moment }
        if a.title != b.title { return a.title.utf8.lexicographicallyPrecedes(b.title.utf8) }
        return a.id.utf8.lexicographicallyPrecedes(b.id.utf8)
    }
}

extension KindDefinition {
    /// The date by which gathered records are ordered: the deadline where the kind has one, else its first date.
    var orderField: String? {
        let deadlines = ["due", "expires_on", "ends_on", "close_on"]
        return deadlines.first { field($0)?.type.isMoment ?? false } ?? fields.first { $0.type.isMoment }?.name
    }
}

extension RuleEvaluator {
    /// `where` first: nothing else is asked of a record that does not count.
    /// `run` is the scheduled instant of a schedule's run (`firing.scheduled_at`).
    public func gathers(_ record: Record, _ gathering: Gathering, at run: Instant? = nil) -> GatherVerdict {
        let facts = FiringFacts(record: record, scheduledAt: run ?? world.now)
        if let filter = gathering.filter {
            switch holds(filter, facts) {
            case .holds: break
            case .fails, .empty: return .outside
            case .broken(let why): return .broken(why)
            }
        }
        guard let group = gathering.group else { return .inside(.none) }
        switch evaluate(group, facts) {
        case .success(let value): return GroupValue(value).map { .inside($0) } ?? .ungrouped(group.source)
        case .failure(let failure):
            if let path = failure.emptyPath { return .ungrouped(path) }
            return .broken(failure.message(world.presentation.language == .zh ? .zh : .en))
        }
    }

    public func order(_ record: Record) -> GatherOrder {
        let kind = world.schema.kind(record.ref.kind)
        let moment: Instant? =
            switch kind?.orderField.map({ record[$0] }) {
            case .date(let date): world.timing.zone.startOfDay(date)
            case .instant(let instant): instant
            default: nil
            }
        var title = ""
        if let field = kind?.titleField, case .string(let text) = record[field] { title = text }
        return GatherOrder(moment: moment, title: title, id: record.ref.id)
    }

    /// What the record adds to each question of the aggregation, as one line of text.
    public func share(_ record: Record, _ aggregation: Aggregation) -> String {
        let element = CELValue.object(RecordObject(record, world))
        return Netstring.join(
            aggregation.program.aggregates.map { aggregate in
                switch aggregate.share(of: element, context: world) {
                case .dropped: return "-"
                case .failure: return "!"
                case .value(let value):
                    switch aggregate.function {
                    case .count: return "+"
                    case .distinct: return ShareValue.distinctCode(value)
                    default: return ShareValue(value).code
                    }
                }
            })
    }

    /// `while`, asked of what the group comes to. A group without members is none.
    public func holds(
        _ level: LevelTrigger, _ aggregation: Aggregation, _ tally: GroupTally, _ counts: any ValueCounts,
        _ facts: FiringFacts
    ) throws -> ConditionVerdict {
        guard tally.members > 0 else { return .fails }
        var failure: (any Error)?
        let answers = aggregation.program.aggregates.enumerated().map { index, aggregate -> CELValue? in
            guard index < tally.terms.count else { return nil }
            return try? tally.terms[index].answer(aggregate.function, aggregate.resultType, world) { prefix, greatest in
                do {
                    return try counts.extreme(term: index, prefix: String(prefix), isGreatest: greatest)
                        .map { ShareValue(code: $0) }
                } catch let caught {
                    failure = failure ?? caught
                    return nil
                }
            }
        }
        if let failure { throw failure }
        var values = level.expression.program.activation
        for (slot, name) in level.expression.names { values.set(slot: slot, value(of: name, facts)) }
        return verdict(of: aggregation.program.evaluate(values, answers: answers, context: world))
    }
}

extension GroupValue {
    /// nil for an empty value.
    init?(_ value: CELValue) {
        switch value {
        case .null: return nil
        case .object(let object):
            guard let object = object as? RecordObject else { return nil }
            self = .record(object.record.ref)
        default:
            let text = GroupValue.text(value)
            if text.isEmpty { return nil }
            self = .value(value, text: text)
        }
    }

    /// The same in every language and zone: it names the group for ever.
    private static func text(_ value: CELValue) -> String {
        switch value {
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return "\(number)"
        case .uint(let number): return "\(number)"
        case .double: return value.plainDecimal ?? ""
        case .string(let text): return text
        case .timestamp(let stamp): return stamp.instant.description
        case .duration(let span): return "\(Double(span.nanoseconds) / 1_000_000_000)s"
        case .opaque(let opaque): return opaque.text
        default: return ShareValue.distinctCode(value)
        }
    }

    /// The record that the group is.
    public var record: RecordRef? { if case .record(let ref) = self { ref } else { nil } }
}
