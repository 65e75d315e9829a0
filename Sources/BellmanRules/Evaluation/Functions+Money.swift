import BellmanModel
import CEL

/// Money meets money of its own currency and bare numbers; with days or text it does not.
enum MoneyFunctions {
    static var all: [CELFunction] { orders + equalities + arithmetic + texts }

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
                    if values[0].isNull || values[1].isNull { return .bool(!wanted) }
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
                    return try make(name == "_+_" ? x.value + y.value : x.value - y.value, currency)
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

    private static var texts: [CELFunction] {
        let inputs = [HostType.money] + numbers
        return inputs.flatMap { input in
            [
                CELFunction("money", overload: "money(\(input))", parameters: [input], result: .string) {
                    values, context throws(CELFailure) in
                    let world = try DateFunctions.world(context)
                    return .string(ValueText(world).text(values[0], currency: currency(values[0], world)))
                },
                CELFunction(
                    "money", overload: "money(\(input), string)", parameters: [input, .string], result: .string
                ) {
                    values, context throws(CELFailure) in
                    let world = try DateFunctions.world(context)
                    return .string(ValueText(world).text(values[0], currency: values[1].stringValue ?? ""))
                },
            ]
        }
    }

    private static func currency(_ value: CELValue, _ world: RecordWorld) -> String {
        (value.opaqueValue as? MoneyValue)?.currency ?? world.presentation.currency
    }

    /// Both sides as amounts, a bare number taken in the other's currency.
    private static func amounts(_ values: [CELValue]) throws(CELFailure) -> (Amount, Amount, String) {
        let a = values[0].opaqueValue as? MoneyValue
        let b = values[1].opaqueValue as? MoneyValue
        if let a, let b, a.currency != b.currency {
            throw CELFailure(
                .host(
                    code: "currencies_differ", english: "\(a.currency) and \(b.currency) cannot be compared or added",
                    chinese: "\(a.currency) 和 \(b.currency) 不能比较或相加"))
        }
        return (try amount(values[0]), try amount(values[1]), a?.currency ?? b?.currency ?? "")
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
