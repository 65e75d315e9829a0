import Almanac
import BellmanModel
import CEL

/// Counting, adding and comparing the values of a list. Empty values in it do not count.
enum SumFunctions {
    static var table: [BellmanFunction] {
        [
            BellmanFunction(
                "count(list)", "How many; also `list.count()`.", "有多少个；也可以写 `list.count()`。",
                examples: [.init("count(task.project.tasks)", "3")], both { count(isMember: $0) }),
            BellmanFunction(
                "sum(list)", "The sum of numbers, amounts of one currency, or lengths of time; of nothing zero.",
                "数字、同一币种的金额或时长之和；空列表是零。",
                examples: [
                    .init("sum(task.assignee.contracts.map(c, c.amount))", "51,200.50 CNY"),
                    .init("task.project.tasks.map(t, t.priority).sum()", "4"), .init("sum([1, 2.5])", "3.5"),
                ], family("sum", numbers + spans)),
            BellmanFunction(
                "min(list)", "The least number, amount, length or date; of nothing empty.", "最小的数字、金额、时长或日期；空列表是空值。",
                examples: [.init("min(task.project.tasks.map(t, t.due))", "2026-11-30")],
                family("min", numbers + [.duration] + moments)),
            BellmanFunction(
                "max(list)", "The greatest.", "最大的。",
                examples: [
                    .init("max(task.project.tasks.map(t, t.due))", "2026-12-04"),
                    .init("max([])", "(not set)", "（未填写）"),
                ], family("max", numbers + [.duration] + moments)),
            BellmanFunction(
                "avg(list)", "The mean of numbers, amounts or exact lengths; of nothing empty.", "数字、金额或时长的平均值；空列表是空值。",
                examples: [
                    .init("percent(avg(task.project.tasks.map(t, t.progress)))", "55%"),
                    .init("avg(task.assignee.contracts.map(c, c.amount))", "25,600.25 CNY"),
                ], family("avg", numbers + [.duration])),
        ]
    }

    private static let numbers: [CELType] = [.int, .double, HostType.money]
    private static let spans: [CELType] = [.duration, HostType.period]
    private static let moments: [CELType] = [HostType.date, HostType.when, .timestamp]

    /// `f(list)` and `list.f()`.
    private static func both(_ make: (Bool) -> CELFunction) -> [CELFunction] { [make(false), make(true)] }

    private static func count(isMember: Bool) -> CELFunction {
        CELFunction(
            "count", overload: "\(isMember ? "." : "")count", isMember: isMember, parameters: [.list(.param("T"))],
            result: .int
        ) { values, _ in .int(Int64(values[0].listValue?.count ?? 0)) }
    }

    private static func family(_ name: String, _ elements: [CELType]) -> [CELFunction] {
        [false, true].flatMap { isMember in
            elements.map { element in
                let mean: CELType = name == "avg" && element == .int ? .double : element
                return CELFunction(
                    name, overload: "\(isMember ? "." : "")\(name)(\(element))", isMember: isMember,
                    parameters: [.list(element)], result: name == "sum" ? element : .nullable(mean), cost: 5
                ) { values, context throws(CELFailure) in
                    let items = (values[0].listValue ?? []).filter { !$0.isNull }
                    guard !items.isEmpty else { return name == "sum" ? nothing(element) : .null }
                    return try fold(name, items, context)
                }
            }
        }
    }

    /// The sum of no elements. Money without a currency takes that of whatever it meets.
    private static func nothing(_ element: CELType) -> CELValue {
        switch element {
        case .double: .double(0)
        case .duration: .duration(CELDuration(nanoseconds: 0))
        case HostType.money: .opaque(MoneyValue(Amount(units: 0), ""))
        case HostType.period: .opaque(PeriodValue(.zero))
        default: .int(0)
        }
    }

    /// By what the elements are, not by what the list was declared to hold: a list may be of mixed numbers.
    private static func fold(_ name: String, _ items: [CELValue], _ context: CELContext) throws(CELFailure) -> CELValue
    {
        let integers = items.compactMap(\.intValue)
        if integers.count == items.count { return try whole(name, integers) }
        let numbers = items.compactMap { $0.doubleValue ?? $0.intValue.map(Double.init) }
        if numbers.count == items.count { return .double(number(name, numbers)) }
        let amounts = items.compactMap { $0.opaqueValue as? MoneyValue }
        if amounts.count == items.count { return try money(name, amounts) }
        let periods = items.compactMap { ($0.opaqueValue as? PeriodValue)?.period }
        if periods.count == items.count, name == "sum" { return .opaque(PeriodValue(try added(periods))) }
        if name == "min" || name == "max", let found = try extreme(name, items, context) { return found }
        let spans = items.compactMap { if case .duration(let span) = $0 { span.nanoseconds } else { nil } }
        guard spans.count == items.count else {
            throw CELFailure(.noSuchOverload(function: name, arguments: items.prefix(2).map(\.typeName)))
        }
        return .duration(CELDuration(nanoseconds: try whole64(name, spans, "duration")))
    }

    private static func whole(_ name: String, _ numbers: [Int64]) throws(CELFailure) -> CELValue {
        if name == "avg" { return .double(number(name, numbers.map(Double.init))) }
        return .int(try whole64(name, numbers, "int"))
    }

    private static func whole64(_ name: String, _ numbers: [Int64], _ type: String) throws(CELFailure) -> Int64 {
        if name == "min" { return numbers.min() ?? 0 }
        if name == "max" { return numbers.max() ?? 0 }
        var sum: Int64 = 0
        for number in numbers {
            let (next, overflow) = sum.addingReportingOverflow(number)
            if overflow { throw CELFailure(.overflow(type: type)) }
            sum = next
        }
        return name == "avg" ? sum / Int64(max(1, numbers.count)) : sum
    }

    private static func number(_ name: String, _ numbers: [Double]) -> Double {
        switch name {
        case "min": numbers.min() ?? 0
        case "max": numbers.max() ?? 0
        case "avg": numbers.reduce(0, +) / Double(max(1, numbers.count))
        default: numbers.reduce(0, +)
        }
    }

    private static func money(_ name: String, _ amounts: [MoneyValue]) throws(CELFailure) -> CELValue {
        var currency = ""
        for amount in amounts where !amount.currency.isEmpty {
            if !currency.isEmpty, amount.currency != currency {
                throw MoneyFunctions.differing(currency, amount.currency)
            }
            currency = amount.currency
        }
        let units = try whole64(name, amounts.map(\.amount.units), "money")
        return .opaque(MoneyValue(Amount(units: units), currency))
    }

    /// Part by part; lengths in opposite directions have no sum of their own.
    private static func added(_ periods: [Period]) throws(CELFailure) -> Period {
        guard let first = periods.first(where: { !$0.isZero }) else { return .zero }
        guard periods.allSatisfy({ $0.isZero || $0.isNegative == first.isNegative }) else {
            throw CELFailure(
                .host(
                    code: "period_signs", english: "lengths of time in opposite directions have no sum",
                    chinese: "方向相反的时长不能相加"))
        }
        func total(_ part: (Period) -> Int64) throws(CELFailure) -> Int64 {
            try whole64("sum", periods.map(part), "duration")
        }
        let limit = Int64(Period.largestNumber)
        return Period(
            months: Int(min(try total { Int64($0.months) }, limit)),
            days: Int(min(try total { Int64($0.days) }, limit)),
            workingDays: Int(min(try total { Int64($0.workingDays) }, limit)),
            microseconds: try total { $0.microseconds }, isNegative: first.isNegative)
    }

    /// Dates and instants, also mixed: a date stands for the start of its day.
    private static func extreme(
        _ name: String, _ items: [CELValue], _ context: CELContext
    ) throws(CELFailure) -> CELValue? {
        for item in items {
            if case .timestamp = item { continue }
            guard item.opaqueValue is DateValue else { return nil }
        }
        var found = items[0]
        for item in items.dropFirst() {
            let order = try DateFunctions.compare(item, found, context)
            if name == "min" ? order < 0 : order > 0 { found = item }
        }
        return found
    }
}
