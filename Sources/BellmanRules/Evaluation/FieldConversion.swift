import Almanac
import BellmanModel
import CEL

/// From an expression's value to a field of a given type.
struct FieldConversion {
    private let world: RecordWorld

    init(_ world: RecordWorld) { self.world = world }

    func value(_ value: CELValue, _ type: FieldType) throws(AssignmentFailure) -> FieldValue {
        switch (value, type) {
        case (.null, _): return .null
        case (.string(let text), _): return try parse(text, type)
        case (.bool(let flag), .bool): return .bool(flag)
        case (.int(let number), .int): return .int(number)
        case (.int(let number), .double), (.int(let number), .share): return .double(Double(number))
        case (.double(let number), .double), (.double(let number), .share): return .double(number)
        case (.int(let number), .money): return try money(Double(number))
        case (.double(let number), .money): return try money(number)
        case (.timestamp(let stamp), .instant), (.timestamp(let stamp), .when): return .instant(stamp.instant)
        case (.timestamp(let stamp), .date): return .date(world.timing.zone.date(stamp.instant))
        case (.object(let object), .reference):
            if let object = object as? RecordObject { return .reference(object.record.ref.id) }
        case (.list(let list), .list(let element)):
            var values: [FieldValue] = []
            for item in list.elements { values.append(try self.value(item, element)) }
            return .list(values)
        case (.opaque(let opaque), _): if let value = host(opaque, type) { return value }
        default: break
        }
        if case .string = type { return .string(ValueText(world).text(value)) }
        if case .text = type { return .string(ValueText(world).text(value)) }
        throw AssignmentFailure(text: "\(type) ← \(value.typeName)")
    }

    private func host(_ value: any CELOpaque, _ type: FieldType) -> FieldValue? {
        switch (value, type) {
        case (let date as DateValue, .date), (let date as DateValue, .when): .date(date.date)
        case (let date as DateValue, .instant): .instant(world.timing.zone.startOfDay(date.date))
        case (let money as MoneyValue, .money): .money(money.amount)
        case (let period as PeriodValue, .duration): .period(period.period)
        default: nil
        }
    }

    private func money(_ number: Double) throws(AssignmentFailure) -> FieldValue {
        guard let amount = Amount(number) else { throw AssignmentFailure(text: "\(number)") }
        return .money(amount)
    }

    private func parse(_ text: String, _ type: FieldType) throws(AssignmentFailure) -> FieldValue {
        do { return try FieldParser(zone: world.timing.zone).value(text, as: type) } catch {
            throw AssignmentFailure(text: error.words(world.presentation.language == .zh ? .zh : .en))
        }
    }
}
