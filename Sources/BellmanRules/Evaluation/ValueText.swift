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
        case .string(let text): return text
        case .bool(let value): return world.presentation.language == .zh ? (value ? "是" : "否") : (value ? "yes" : "no")
        case .int(let value): return "\(value)"
        case .uint(let value): return "\(value)"
        case .double: return value.plainDecimal ?? ""
        case .timestamp(let stamp): return ValueText.local(stamp.instant, world.timing.zone)
        case .list(let list): return list.elements.map(text).joined(separator: world.presentation.listSeparator)
        case .object(let object): return name(of: object)
        case .opaque(let opaque): return text(opaque)
        case .duration(let span): return text(span)
        case .map(let map):
            let colon = world.presentation.language == .zh ? "：" : ": "
            return zip(map.keys, map.values).map { text($0) + colon + text($1) }
                .joined(separator: world.presentation.listSeparator)
        case .optional(let optional): return text(optional.value ?? .null)
        case .bytes(let bytes): return String(decoding: bytes.bytes, as: UTF8.self)
        case .type(let name): return name
        }
    }

    /// What stands in a message for the value: its text, or a report with marks of its own.
    func parts(_ value: CELValue) -> [TextPart] {
        if let report = value.opaqueValue as? ReportValue { return [.report(report.report)] }
        return [.value(text(value))]
    }

    /// Exact spans in days, hours and less.
    private func text(_ span: CELDuration) -> String {
        let microseconds = (span.nanoseconds / 1_000).magnitude
        let day: UInt64 = 86_400 * 1_000_000
        let period = Period(days: Int(microseconds / day), microseconds: Int64(microseconds % day))
        return (span.nanoseconds < 0 ? "-" : "") + period.text(world.presentation.language)
    }

    /// `¥` and its kin say less than the code; amounts are grouped in thousands.
    func text(_ value: CELValue, currency: String) -> String {
        let number: String
        if let money = value.opaqueValue as? MoneyValue {
            number = ValueText.grouped(money.amount)
        } else {
            number = ValueText.grouped(value.doubleValue ?? value.intValue.map(Double.init) ?? 0)
        }
        return currency.isEmpty ? number : "\(number) \(currency)"
    }

    private func text(_ opaque: any CELOpaque) -> String {
        switch opaque {
        case let money as MoneyValue:
            text(.opaque(money), currency: money.currency.isEmpty ? world.presentation.currency : money.currency)
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

    /// One decimal at most.
    static func percent(_ share: Double) -> String {
        let tenths = (share * 1_000).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "\(share * 100)%" }
        let whole = Int64(abs(tenths))
        let rest = whole % 10 == 0 ? "" : ".\(whole % 10)"
        return "\(tenths < 0 ? "-" : "")\(whole / 10)\(rest)%"
    }

    /// 1234567.5 → 1,234,567.50; whole amounts without decimals.
    static func grouped(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        return grouped(cents: UInt64((abs(value) * 100).rounded()), isNegative: value < 0)
    }

    static func grouped(_ amount: Amount) -> String {
        grouped(cents: (amount.units.magnitude + 50) / 100, isNegative: amount.units < 0)
    }

    private static func grouped(cents: UInt64, isNegative: Bool) -> String {
        let digits = Array(String(cents / 100))
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        let rest = cents % 100
        let fraction = rest == 0 ? "" : (rest < 10 ? ".0\(rest)" : ".\(rest)")
        return (isNegative && cents > 0 ? "-" : "") + whole + fraction
    }
}
