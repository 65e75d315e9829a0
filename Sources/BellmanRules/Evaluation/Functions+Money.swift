import BellmanModel
import CEL

/// Money meets money of its own currency and bare numbers; with days or text it does not.
enum MoneyFunctions {
    static var operators: [CELFunction] { orders + equalities + arithmetic }

    static var table: [BellmanFunction] {
        [
            BellmanFunction(
                "money(amount)", "An amount as text, grouped in thousands, with its own or the configured currency.",
                "金额的文字，千位分组，带自己的或配置的币种。",
                examples: [.init("money(1234567.5)", "1,234,567.50 CNY")], plainTexts),
            BellmanFunction(
                "money(amount, currency)", "The same with a currency, or whatever word stands for one.",
                "同上，写明币种，或任何代替币种的字。",
                examples: [.init("money(50000, \"元\")", "50,000 元"), .init("money(0.5, \"USD\")", "0.50 USD")],
                namedTexts),
            BellmanFunction(
                "percent(share)", "A share as text: 0.3 is 30%.", "比例的文字：0.3 是 30%。",
                examples: [.init("percent(task.progress)", "30%"), .init("percent(0.1234)", "12.3%")], percents),
        ]
    }

    private static let numbers: [CELType] = [.int, .double]

    private static var pairs: [(CELType, CELType)] {
        [(HostType.money, HostType.money)] + numbers.flatMap { [(HostType.money, $0), ($0, HostType.money)] }
    }

    private static var orders: [CELFunction] {
        let tests: [(String, @Sendable (Int) -> Bool)] = [
            ("_<_", { $0 < 0 }), ("_<=_", { $0 <= 0 }), ("_>_", { $0 > 0 }), ("_>=_", { $0 >= 0 }),
        ]
        return tests.flatMap { name, test in
            pairs.map { a, b in
                CELFunction(name, overload: "\(name) \(a) \(b)", parameters: [a, b], result: .bool) {
                    values, _ throws(CELFailure) in
                    let (x, y, _) = try amounts(values)
                    return .bool(test(x < y ? -1 : (x == y ? 0 : 1)))
                }
            }
        }
    }

    private static var equalities: [CELFunction] {
        [("_==_", true), ("_!=_", false)].flatMap { name, wanted in
            pairs.dropFirst().map { a, b in
                CELFunction(
                    name, overload: "\(name) \(a) \(b)", parameters: [.nullable(a), .nullable(b)], result: .bool
                ) { values, _ throws(CELFailure) in
                    if values[0].isNull || values[1].isNull {
                        return .bool((values[0].isNull && values[1].isNull) == wanted)
                    }
                    let (x, y, _) = try amounts(values)
                    return .bool((x == y) == wanted)
                }
            }
        }
    }

    private static var arithmetic: [CELFunction] {
        let money = HostType.money
        var list: [CELFunction] = []
        for name in ["_+_", "_-_"] {
            list.append(
                CELFunction(name, overload: "\(name) money money", parameters: [money, money], result: money) {
                    values, _ throws(CELFailure) in
                    let (x, y, currency) = try amounts(values)
                    let (units, overflow) =
                        name == "_+_"
                        ? x.units.addingReportingOverflow(y.units) : x.units.subtractingReportingOverflow(y.units)
                    if overflow { throw CELFailure(.overflow(type: "money")) }
                    return .opaque(MoneyValue(Amount(units: units), currency))
                })
        }
        for number in numbers {
            list.append(
                CELFunction("_*_", overload: "_*_ money \(number)", parameters: [money, number], result: money) {
                    values, _ throws(CELFailure) in
                    let (x, y, currency) = try amounts(values)
                    return try make(x.value * y.value, currency)
                })
            list.append(
                CELFunction("_*_", overload: "_*_ \(number) money", parameters: [number, money], result: money) {
                    values, _ throws(CELFailure) in
                    let (x, y, currency) = try amounts(values)
                    return try make(x.value * y.value, currency)
                })
            list.append(
                CELFunction("_/_", overload: "_/_ money \(number)", parameters: [money, number], result: money) {
                    values, _ throws(CELFailure) in
                    let (x, y, currency) = try amounts(values)
                    guard y.units != 0 else { throw CELFailure(.divisionByZero) }
                    return try make(x.value / y.value, currency)
                })
        }
        list.append(
            CELFunction("_/_", overload: "_/_ money money", parameters: [money, money], result: .double) {
                values, _ throws(CELFailure) in
                let (x, y, _) = try amounts(values)
                guard y.units != 0 else { throw CELFailure(.divisionByZero) }
                return .double(x.value / y.value)
            })
        return list
    }

    private static var plainTexts: [CELFunction] {
        ([HostType.money] + numbers).map { input in
            CELFunction("money", overload: "money(\(input))", parameters: [input], result: .string) {
                values, context throws(CELFailure) in
                let world = try DateFunctions.world(context)
                return .string(ValueText(world).text(values[0], currency: currency(values[0], world)))
            }
        }
    }

    private static var namedTexts: [CELFunction] {
        ([HostType.money] + numbers).map { input in
            CELFunction(
                "money", overload: "money(\(input), string)", parameters: [input, .nullable(.string)], result: .string
            ) { values, context throws(CELFailure) in
                let world = try DateFunctions.world(context)
                let own = currency(values[0], world)
                guard let named = values[1].stringValue, !named.isEmpty else {
                    return .string(ValueText(world).text(values[0], currency: own))
                }
                // An amount in dollars does not become one in euros by being called so.
                if let money = values[0].opaqueValue as? MoneyValue, isCode(money.currency), isCode(named),
                    money.currency != named
                {
                    throw differing(money.currency, named)
                }
                return .string(ValueText(world).text(values[0], currency: named))
            }
        }
    }

    private static var percents: [CELFunction] {
        numbers.map { input in
            CELFunction("percent", overload: "percent(\(input))", parameters: [input], result: .string) { values, _ in
                .string(ValueText.percent(values[0].doubleValue ?? values[0].intValue.map(Double.init) ?? 0))
            }
        }
    }

    /// Three capital letters, as ISO 4217 has them.
    private static func isCode(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    static func differing(_ a: String, _ b: String) -> CELFailure {
        CELFailure(
            .host(
                code: "currencies_differ", english: "\(a) and \(b) cannot be compared or added",
                chinese: "\(a) 和 \(b) 不能比较或相加"))
    }

    private static func currency(_ value: CELValue, _ world: RecordWorld) -> String {
        if let own = (value.opaqueValue as? MoneyValue)?.currency, !own.isEmpty { return own }
        return world.presentation.currency
    }

    /// Both sides as amounts, a bare number taken in the other's currency.
    private static func amounts(_ values: [CELValue]) throws(CELFailure) -> (Amount, Amount, String) {
        let a = values[0].opaqueValue as? MoneyValue
        let b = values[1].opaqueValue as? MoneyValue
        let named = [a?.currency, b?.currency].compactMap { $0 }.filter { !$0.isEmpty }
        if named.count == 2, named[0] != named[1] { throw differing(named[0], named[1]) }
        return (try amount(values[0]), try amount(values[1]), named.first ?? "")
    }

    private static func amount(_ value: CELValue) throws(CELFailure) -> Amount {
        if let money = value.opaqueValue as? MoneyValue { return money.amount }
        let number = value.doubleValue ?? value.intValue.map(Double.init)
        guard let number, let amount = Amount(number) else { throw CELFailure(.overflow(type: "money")) }
        return amount
    }

    private static func make(_ value: Double, _ currency: String) throws(CELFailure) -> CELValue {
        guard let amount = Amount(value) else { throw CELFailure(.overflow(type: "money")) }
        return .opaque(MoneyValue(amount, currency))
    }
}
