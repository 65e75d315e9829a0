import Almanac
import BellmanModel
import CEL

/// How a value reads in a message: dates and times local, amounts grouped, references by name.
struct ValueText {
    private let world: RecordWorld

    init(_ world: RecordWorld) { self.world = world }

    func text(_ value: CELValue) -> String {
        switch value {
        case .null: return world.presentation.emptyWord
        case .string(let text): return text.isEmpty ? world.presentation.emptyWord : text
        case .bool(let value): return world.presentation.language == .zh ? (value ? "是" : "否") : (value ? "yes" : "no")
        case .int(let value): return "\(value)"
        case .uint(let value): return "\(value)"
        case .double: return value.plainDecimal ?? ""
        case .timestamp(let stamp): return ValueText.local(stamp.instant, world.timing.zone)
        case .list(let list): return list.elements.map(text).joined(separator: world.presentation.listSeparator)
        case .object(let object): return name(of: object)
        case .opaque(let opaque): return text(opaque)
        default: return "\(value)"
        }
    }

    /// `¥` and its kin say less than the code; amounts are grouped in thousands.
    func text(_ value: CELValue, currency: String) -> String {
        let number: Double
        if let money = value.opaqueValue as? MoneyValue {
            number = money.amount.value
        } else {
            number = value.doubleValue ?? value.intValue.map(Double.init) ?? 0
        }
        return currency.isEmpty ? ValueText.grouped(number) : "\(ValueText.grouped(number)) \(currency)"
    }

    private func text(_ opaque: any CELOpaque) -> String {
        switch opaque {
        case let money as MoneyValue: "\(ValueText.grouped(money.amount.value)) \(money.currency)"
        case let period as PeriodValue: period.period.text(world.presentation.language)
        default: opaque.text
        }
    }

    /// A record's title or name, else its id.
    private func name(of object: any CELObject) -> String {
        guard let object = object as? RecordObject else { return object.typeName }
        let field = world.schema.kind(object.typeName)?.titleField ?? "name"
        if case .string(let name) = object.record[field], !name.isEmpty { return name }
        return object.record.ref.id
    }

    static func local(_ instant: Instant, _ zone: Zone) -> String {
        let local = zone.local(instant)
        return "\(local.date) \(local.time)"
    }

    static func percent(_ share: Double) -> String {
        let value = (share * 1_000).rounded() / 10
        guard abs(value) < 1e15 else { return "\(value)%" }
        return "\(value == value.rounded() ? "\(Int(value))" : "\(value)")%"
    }

    /// 1234567.5 → 1,234,567.50; whole amounts without decimals.
    static func grouped(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let cents = Int64((abs(value) * 100).rounded())
        let digits = Array(String(cents / 100))
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        let rest = cents % 100
        let fraction = rest == 0 ? "" : (rest < 10 ? ".0\(rest)" : ".\(rest)")
        return (value < 0 && cents > 0 ? "-" : "") + whole + fraction
    }
}
