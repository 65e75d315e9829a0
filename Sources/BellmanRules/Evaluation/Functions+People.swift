import BellmanModel
import CEL

/// People, and words for empty values.
enum PeopleFunctions {
    static var table: [BellmanFunction] {
        [
            BellmanFunction(
                "member(text)", "The member with this id, e-mail address or unique name; empty when there is none.",
                "id、邮箱或姓名（不重复时）是它的成员；没有就是空值。",
                examples: [
                    .init("member(\"wang@example.com\").name", "Wang Fang"),
                    .init("member(\"nobody\") == null", "yes", "是"),
                ], [lookups[0]]),
            BellmanFunction(
                "role(text)", "The active members with this role, by id.", "担任这个角色的在职成员，按 id 排列。",
                examples: [.init("role(\"finance-director\").map(m, m.name)", "Li Na, Wang Fang", "Li Na、Wang Fang")],
                [lookups[1]]),
            BellmanFunction(
                "reserve(department, period)",
                "The budget reserve of a department (empty: of no department) for a period such as 2026-Q4; empty when "
                    + "there is no such budget.",
                "部门（空值：没有写部门的预算）在一个期间（例如 2026-Q4）的预算储备；没有这样的预算就是空值。",
                examples: [.init("reserve(\"R&D\", \"2026-Q4\")", "65,000 CNY")], [reserve]),
            BellmanFunction(
                "default(value, other)", "The value, or the other where it is empty.", "值本身；为空时用另一个。",
                examples: [
                    .init("default(task.waiting_for, \"nobody\")", "nobody"),
                    .init("default(task.parent.assignee.name, \"nobody\")", "nobody"),
                    .init("default(task.priority, 3)", "1"),
                    .init("default(task.assignee, task.parent.assignee).name", "Wang Fang"),
                ], words),
        ]
    }

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

    /// Budgets that are looked through.
    static let budgetsLimit = 10_000

    private static var reserve: CELFunction {
        CELFunction(
            "reserve", overload: "reserve(string, string)", parameters: [.nullable(.string), .string],
            result: .nullable(HostType.money), cost: 100
        ) { values, context throws(CELFailure) in
            let world = try DateFunctions.world(context)
            func isMeant(_ budget: Record, _ field: String, _ value: CELValue) -> Bool {
                if case .string(let text) = budget[field] { return text == value.stringValue }
                return value.isNull
            }
            var total: MoneyValue?
            for id in world.source.identifiers(kind: "budget", limit: budgetsLimit) {
                guard let budget = world.source.record(RecordRef(kind: "budget", id: id)),
                    isMeant(budget, "department", values[0]), isMeant(budget, "period", values[1]),
                    case .money(let amount) = budget["reserve"]
                else { continue }
                let (units, overflow) = amount.units.addingReportingOverflow(total?.amount.units ?? 0)
                if overflow { throw CELFailure(.overflow(type: "money")) }
                total = MoneyValue(Amount(units: units), world.presentation.currency)
            }
            return total.map { .opaque($0) } ?? .null
        }
    }

    private static var words: [CELFunction] {
        let any = CELType.param("T")
        return [
            CELFunction("default", overload: "default(T, T)", parameters: [.nullable(any), any], result: any) {
                values, _ in values[0].isNull ? values[1] : values[0]
            }.takingFirstFilled(),
            // A word for a value of another type: `default(task.due, "…")`.
            CELFunction("default", overload: "default(T, string)", parameters: [.nullable(any), .string], result: .dyn)
            {
                values, _ in values[0].isNull ? values[1] : values[0]
            }.takingFirstFilled(),
        ]
    }
}
