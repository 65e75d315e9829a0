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
    static func nothing(_ element: CELType) -> CELValue {
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
        if name == "sum" || name == "avg" {
            let amounts = items.compactMap { $0.opaqueValue as? MoneyValue }
            // Tells the currencies in the order of the list.
            if amounts.count == items.count { _ = try currency(amounts) }
            var tally = TermTally()
            for item in items { tally.add(ShareValue(item), 1) }
            do throws(CELFailure) { return try name == "sum" ? tally.sum() : tally.mean() } catch {
                guard case .noSuchOverload = error.kind else { throw error }
                throw unlike(name, items)
            }
        }
        return try ends(name, items, context)
    }

    private static func unlike(_ name: String, _ items: [CELValue]) -> CELFailure {
        CELFailure(.noSuchOverload(function: name, arguments: items.prefix(2).map(\.typeName)))
    }

    private static func ends(_ name: String, _ items: [CELValue], _ context: CELContext) throws(CELFailure) -> CELValue
    {
        let isLeast = name == "min"
        let integers = items.compactMap(\.intValue)
        if integers.count == items.count { return .int((isLeast ? integers.min() : integers.max()) ?? 0) }
        let numbers = items.compactMap { $0.doubleValue ?? $0.intValue.map(Double.init) }
        if numbers.count == items.count { return .double((isLeast ? numbers.min() : numbers.max()) ?? 0) }
        let amounts = items.compactMap { $0.opaqueValue as? MoneyValue }
        if amounts.count == items.count { return try end(isLeast, amounts) }
        if let found = try extreme(name, items, context) { return found }
        let spans = items.compactMap { if case .duration(let span) = $0 { span.nanoseconds } else { nil } }
        guard spans.count == items.count else { throw unlike(name, items) }
        return .duration(CELDuration(nanoseconds: (isLeast ? spans.min() : spans.max()) ?? 0))
    }

    private static func end(_ isLeast: Bool, _ amounts: [MoneyValue]) throws(CELFailure) -> CELValue {
        let currency = try currency(amounts)
        let units = amounts.map(\.amount.units)
        return .opaque(MoneyValue(Amount(units: (isLeast ? units.min() : units.max()) ?? 0), currency))
    }

    private static func currency(_ amounts: [MoneyValue]) throws(CELFailure) -> String {
        var currency = ""
        for amount in amounts where !amount.currency.isEmpty {
            if !currency.isEmpty, amount.currency != currency {
                throw MoneyFunctions.differing(currency, amount.currency)
            }
            currency = amount.currency
        }
        return currency
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
