import Almanac
import BellmanModel
import CEL

/// The host types of the expression language: civil dates, calendar periods and money.
enum HostType {
    static let date = CELType.opaque("date", [])
    /// A field that holds a date or an instant.
    static let when = CELType.opaque("when", [])
    static let period = CELType.opaque("period", [])
    static let money = CELType.opaque("money", [])
    /// A part of a message with marks of its own, such as a list of records.
    static let report = CELType.opaque("report", [])
}

final class DateValue: CELOpaque {
    let date: CivilDate
    init(_ date: CivilDate) { self.date = date }
    var typeName: String { "date" }
    var text: String { date.description }
    func isEqual(_ other: any CELOpaque) -> Bool { (other as? DateValue)?.date == date }
    func compare(_ other: any CELOpaque) -> Int? {
        guard let other = other as? DateValue else { return nil }
        return date < other.date ? -1 : (date == other.date ? 0 : 1)
    }
}

final class PeriodValue: CELOpaque {
    let period: Period
    init(_ period: Period) { self.period = period }
    var typeName: String { "period" }
    var text: String { period.canonical }
    func isEqual(_ other: any CELOpaque) -> Bool { (other as? PeriodValue)?.period == period }
}

final class MoneyValue: CELOpaque {
    let amount: Amount
    let currency: String
    init(_ amount: Amount, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }
    var typeName: String { "money" }
    var text: String { "\(amount.value) \(currency)" }
    func isEqual(_ other: any CELOpaque) -> Bool {
        guard let other = other as? MoneyValue else { return false }
        return other.amount == amount && other.currency == currency
    }
    /// Amounts in different currencies have no order.
    func compare(_ other: any CELOpaque) -> Int? {
        guard let other = other as? MoneyValue, other.currency == currency else { return nil }
        return amount < other.amount ? -1 : (amount == other.amount ? 0 : 1)
    }
}

/// A table or bars: it keeps its cells until a channel shows it.
final class ReportValue: CELOpaque {
    let report: Report
    init(_ report: Report) { self.report = report }
    var typeName: String { "report" }
    var text: String { TextPart.report(report).words }
    func isEqual(_ other: any CELOpaque) -> Bool { (other as? ReportValue)?.report == report }
}

extension Instant {
    /// `nil` outside the years 1–9999.
    var celTimestamp: CELTimestamp? {
        CELTimestamp(seconds: seconds, nanos: Int32(microsecondOfSecond) * 1_000)
    }
}

extension CELTimestamp {
    var instant: Instant { Instant(microseconds: seconds * 1_000_000 + Int64(nanos) / 1_000) }
}

extension FieldType {
    /// The type that expressions see.
    var celType: CELType {
        switch self {
        case .string, .text, .enumeration: .nullable(.string)
        case .int: .nullable(.int)
        case .double, .share: .nullable(.double)
        // A bool without a value is false, so it is never empty.
        case .bool: .bool
        case .date: .nullable(HostType.date)
        case .when: .nullable(HostType.when)
        case .instant: .nullable(.timestamp)
        case .duration: .nullable(HostType.period)
        case .money: .nullable(HostType.money)
        case .list(let element): .list(element.celType.withoutNull)
        case .reference(let kind): .nullable(.object(kind))
        case .derived: .dyn
        case .custom: .map(.string, .dyn)
        }
    }
}
