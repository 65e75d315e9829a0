import BellmanModel
import CEL

/// People, words for empty values, shares, and sums over lists.
enum PeopleFunctions {
    static var all: [CELFunction] { lookups + words + sums }

    private static var lookups: [CELFunction] {
        [
            CELFunction(
                "member", overload: "member(string)", parameters: [.string], result: .nullable(.object("member"))
            ) {
                values, context throws(CELFailure) in
                try DateFunctions.world(context).object(values[0].stringValue ?? "", kind: "member") ?? .null
            },
            CELFunction(
                "role", overload: "role(string)", parameters: [.string], result: .list(.object("member")), cost: 10
            ) {
                values, context throws(CELFailure) in
                let world = try DateFunctions.world(context)
                let found = world.source.members(role: values[0].stringValue ?? "")
                    .compactMap { world.source.record(RecordRef(kind: "member", id: $0)) }
                return .list(found.map { .object(RecordObject($0, world)) })
            },
        ]
    }

    private static var words: [CELFunction] {
        let any = CELType.param("T")
        return [
            CELFunction("default", overload: "default(T, T)", parameters: [.nullable(any), any], result: any) {
                values, _ in values[0].isNull ? values[1] : values[0]
            },
            // A word for a value of another type: `default(task.due, "…")`.
            CELFunction("default", overload: "default(T, string)", parameters: [.nullable(any), .string], result: .dyn)
            {
                values, _ in values[0].isNull ? values[1] : values[0]
            },
            CELFunction("percent", overload: "percent(double)", parameters: [.double], result: .string) { values, _ in
                .string(ValueText.percent(values[0].doubleValue ?? 0))
            },
            CELFunction("percent", overload: "percent(int)", parameters: [.int], result: .string) { values, _ in
                .string(ValueText.percent(Double(values[0].intValue ?? 0)))
            },
        ]
    }

    private static var sums: [CELFunction] {
        let numbers: [CELType] = [.int, .double, HostType.money]
        var list: [CELFunction] = []
        for isMember in [false, true] {
            let dot = isMember ? "." : ""
            list.append(
                CELFunction(
                    "count", overload: "\(dot)count", isMember: isMember, parameters: [.list(.param("T"))], result: .int
                ) {
                    values, _ in .int(Int64(values[0].listValue?.count ?? 0))
                })
            for number in numbers {
                for name in ["sum", "min", "max", "avg"] {
                    let result: CELType = name == "avg" && number == .int ? .double : number
                    list.append(
                        CELFunction(
                            name, overload: "\(dot)\(name)(\(number))", isMember: isMember, parameters: [.list(number)],
                            result: name == "sum" ? result : .nullable(result), cost: 5
                        ) { values, _ throws(CELFailure) in
                            try fold(
                                name, (values[0].listValue ?? []).filter { !$0.isNull },
                                isMoney: number == HostType.money)
                        })
                }
            }
        }
        return list
    }

    /// Empty lists sum to zero; they have no least, greatest or mean.
    private static func fold(_ name: String, _ values: [CELValue], isMoney: Bool) throws(CELFailure) -> CELValue {
        guard let first = values.first else { return name == "sum" && !isMoney ? .int(0) : .null }
        if let money = first.opaqueValue as? MoneyValue {
            let amounts = values.compactMap { ($0.opaqueValue as? MoneyValue)?.amount.value }
            guard let amount = Amount(reduce(name, amounts)) else { throw CELFailure(.overflow(type: "money")) }
            return .opaque(MoneyValue(amount, money.currency))
        }
        if case .int = first, name != "avg" {
            let numbers = values.compactMap(\.intValue)
            switch name {
            case "min": return .int(numbers.min() ?? 0)
            case "max": return .int(numbers.max() ?? 0)
            default: break
            }
            var sum: Int64 = 0
            for number in numbers {
                let (next, overflow) = sum.addingReportingOverflow(number)
                if overflow { throw CELFailure(.overflow(type: "int")) }
                sum = next
            }
            return .int(sum)
        }
        return .double(reduce(name, values.compactMap { $0.doubleValue ?? $0.intValue.map(Double.init) }))
    }

    private static func reduce(_ name: String, _ numbers: [Double]) -> Double {
        switch name {
        case "min": numbers.min() ?? 0
        case "max": numbers.max() ?? 0
        case "avg": numbers.reduce(0, +) / Double(max(1, numbers.count))
        default: numbers.reduce(0, +)
        }
    }
}
