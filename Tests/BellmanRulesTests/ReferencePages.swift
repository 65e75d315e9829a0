import Almanac
import BellmanModel
import CEL
import Foundation
import SourceDiagnostics

@testable import BellmanRules

/// The pages of `docs/reference`, made from the code: what they say holds because the code says it.
struct ReferencePages {
    let isChinese: Bool

    private func pick(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    private var notice: String {
        pick(
            "<!-- Made from the code. Change the tables there, then: BELLMAN_RECORD=1 swift test --filter ReferenceTests -->",
            "<!-- 由代码生成。请改代码里的表，再运行：BELLMAN_RECORD=1 swift test --filter ReferenceTests -->")
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined() + "\n"
    }

    private func cell(_ text: String) -> String {
        text.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "\n", with: "<br>")
    }

    private func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }

    // MARK: rules

    func rules(wrong: [WrongExample]) -> String {
        var page = pick("# Keys of a rule", "# 规则的键") + "\n\n\(notice)\n\n"
        page += pick(
            "The readable guide is [rules.md](../rules.md). Functions: [functions.md](functions.md). Records: [kinds.md](kinds.md).\n\n",
            "入门说明见 [rules.zh-CN.md](../rules.zh-CN.md)。函数：[functions.zh-CN.md](functions.zh-CN.md)。记录：[kinds.zh-CN.md](kinds.zh-CN.md)。\n\n"
        )
        page += section(pick("A rule", "一条规则"), .rule)
        page += "## " + pick("Triggers", "触发条件") + " (`when`)\n\n" + triggers
        page += section(pick("Steps", "步骤") + " (`then`)", .step)
        page += section("`notify`", .notify) + section("`links`", .link) + section("`create`", .create)
        page += section("`repeat`", .repeat)
        for owner in [KeyOwner.approve, .escalate, .invite, .call] { page += section("`\(owner.rawValue)`", owner) }
        page += "## " + pick("Names in expressions", "表达式里的名字") + "\n\n"
        page += pick(
            "The kind's own name (`task`, `contract`, …) is the record.\n\n", "种类自己的名字（`task`、`contract`……）就是那条记录。\n\n")
        page += names
        page += "## " + pick("Rule tests", "规则测试") + " (`*.test.yaml`)\n\n" + keys(.test)
        page += "### `events`\n\n" + keys(.testEvent) + "### `expect`\n\n" + keys(.expectation)
        page += "## " + pick("What `bellman check` says", "`bellman check` 会说什么") + "\n\n"
        page += pick(
            "Each finding has a code that stays the same; JSON and SARIF carry it.\n\n",
            "每种问题都有固定的代码，JSON 和 SARIF 里也有。\n\n")
        return page + findings(wrong)
    }

    private func section(_ title: String, _ owner: KeyOwner) -> String { "## \(title)\n\n" + keys(owner) }

    private func keys(_ owner: KeyOwner) -> String { table(keyHead, KeyTable.keys(of: owner).map(row)) }

    private var keyHead: [String] {
        [pick("key", "键"), pick("value", "值"), pick("default", "默认"), pick("means", "含义"), pick("example", "例子")]
    }

    private func row(_ entry: KeyEntry) -> [String] {
        var means = entry.text(isChinese)
        if entry.presence == .required { means = pick("**Required.** ", "**必填。**") + means }
        if entry.presence == .coming { means += pick(" Not in this version.", "这个版本还没有。") }
        return [
            code(entry.name), value(entry.shape), entry.standard ?? "", means, code("\(entry.name): \(entry.example)"),
        ]
    }

    private func value(_ shape: KeyShape) -> String {
        switch shape {
        case .text: pick("text", "文字")
        case .message:
            pick("text with `{{ }}`, or `{zh: …, en: …}`", "文字，可含 `{{ }}`；或 `{zh: …, en: …}`")
        case .template: pick("text with `{{ }}`", "文字，可含 `{{ }}`")
        case .expression: pick("expression", "表达式")
        case .bool: "`true`, `false`"
        case .identifier: "id"
        case .period: pick("duration", "时长")
        case .periodOrField: pick("duration, or field", "时长或时长字段")
        case .zone: pick("time zone", "时区")
        case .calendar: pick("calendar", "日历")
        case .every: pick("schedule", "日程")
        case .cron: "cron"
        case .rule: "RRULE"
        case .time: pick("time of day", "时刻")
        case .date: pick("date", "日期")
        case .instant: pick("date or instant", "日期或时刻")
        case .limit: pick("limit", "次数限制")
        case .kind: pick("kind", "种类")
        case .storedPath: pick("kind, or `kind.field`", "种类，或 `种类.字段`")
        case .momentPath: pick("`kind.field` that is a date", "`种类.日期字段`")
        case .channel: pick("channel", "通道")
        case .secret: pick("secret reference", "密钥引用")
        case .literal: pick("value", "值")
        case .any: ""
        case .count(let limit): "1–\(limit)"
        case .words(let words): words.map(code).joined(separator: ", ")
        case .fields: pick("fields", "字段")
        default: compound(shape)
        }
    }

    private func compound(_ shape: KeyShape) -> String {
        switch shape {
        case .oneOrMany(let inner): value(inner) + pick(", or a list", "，或列表")
        case .oneOrManyOrNone(let inner): value(inner) + pick(", or a list", "，或列表")
        case .list(let inner): pick("list of ", "列表：") + value(inner)
        case .block(let owner): "[\(owner.rawValue)](#\(anchor(owner)))"
        case .named(let inner): pick("names with ", "名称和") + (value(inner).isEmpty ? pick("values", "值") : value(inner))
        case .either(let one, let other): value(one) + pick(" or ", "或") + value(other)
        default: ""
        }
    }

    private func anchor(_ owner: KeyOwner) -> String {
        switch owner {
        case .trigger: pick("triggers-when", "触发条件-when")
        case .step: pick("steps-then", "步骤-then")
        default: owner.rawValue
        }
    }

    private var triggers: String {
        var out = table(
            [pick("form", "写法"), pick("sort", "类别"), pick("rings", "何时响"), pick("beside it", "旁边可写")],
            KeyTable.triggers.map { form in
                [
                    code("\(form.key.name): \(form.key.example)"), form.sort,
                    form.key.text(isChinese)
                        + (form.key.presence == .coming ? pick(" Not in this version.", "这个版本还没有。") : ""),
                    form.companions.map { code($0.name) }.joined(separator: ", "),
                ]
            })
        for form in KeyTable.triggers where !form.companions.isEmpty {
            out += "### `\(form.key.name)`\n\n" + table(keyHead, form.companions.map(row))
        }
        return out
    }

    private var names: String {
        let shape: RuleScopeShape = {
            var shape = RuleScopeShape(kind: "task")
            shape.isEdge = true
            shape.isMoment = true
            return shape
        }()
        return table(
            [pick("name", "名字"), pick("type", "类型"), pick("with", "适用"), pick("is", "是")],
            ScopeNames.all.map { entry in
                let side = isChinese ? entry.chinese : entry.english
                let type = shape.variables[entry.name]?.description ?? (entry.name == "records" ? "list" : "dyn")
                return [code(entry.name), type, side.where ?? pick("every rule", "所有规则"), side.means]
            })
    }

    // MARK: findings

    /// A wrong file and what is said of it.
    struct WrongExample {
        let code: String
        let severity: Severity
        let english: (message: String, help: String?)
        let chinese: (message: String, help: String?)
    }

    private func findings(_ wrong: [WrongExample]) -> String {
        var seen: Set<String> = []
        let rows = wrong.filter { seen.insert($0.code).inserted }.sorted { $0.code < $1.code }.map { example in
            let side = isChinese ? example.chinese : example.english
            let severity = example.severity == .error ? pick("error", "错误") : pick("warning", "警告")
            return [code(example.code), severity, side.message, side.help ?? ""]
        }
        return table([pick("code", "代码"), "", pick("for example", "例如"), pick("remedy", "改法")], rows)
    }

    // MARK: functions

    func functions() -> String {
        var page = pick("# Functions", "# 函数") + "\n\n\(notice)\n\n"
        page += "## " + pick("Bellman's own", "更夫自己的") + "\n\n"
        page += pick(
            "The examples are run by a test: today is Friday 2026-11-20, 10:00 in Shanghai; `task` is Login, due on 2026-11-30, of Wang Fang, who has two contracts.\n\n",
            "例子由测试运行：今天是 2026-11-20 星期五，上海 10:00；`task` 是 Login，截止 2026-11-30，负责人 Wang Fang，她有两份合同。\n\n")
        for function in FunctionTable.all {
            page += "### `\(function.form)`\n\n\(isChinese ? function.chinese : function.english)\n\n"
            page += table(
                [pick("example", "例子"), pick("gives", "结果")],
                function.examples.map { [code($0.expression), answer(isChinese ? $0.chinese : $0.english)] })
            let types = function.overloads.map { "`\(signature($0))`" }
            page += pick("Types: ", "类型：") + types.joined(separator: ", ") + "\n\n"
        }
        page += "## " + pick("Of CEL", "CEL 的") + "\n\n"
        page += pick(
            "Conditions are [CEL](https://cel.dev); these functions and operators come with it. `dyn` is a value of any type; `date`, `when` (a date or an instant), `period` and `money` are Bellman's.\n\n",
            "条件用 [CEL](https://cel.dev) 书写，下面是它自带的函数和运算符。`dyn` 是任意类型；`date`、`when`（日期或时刻）、`period`、`money` 是更夫的类型。\n\n")
        page += table([pick("name", "名称"), pick("takes and gives", "参数与结果")], catalogue)
        page += pick("Macros: ", "宏：") + ReferencePages.macros.map(code).joined(separator: ", ") + "\n"
        return page
    }

    private static let macros = [
        "has(x.f)", "list.all(x, p)", "list.exists(x, p)", "list.exists_one(x, p)", "list.filter(x, p)",
        "list.map(x, t)",
        "list.map(x, p, t)", "list.all(i, x, p)", "list.exists(i, x, p)", "list.existsOne(i, x, p)",
        "list.transformList(i, x, t)", "map.transformMap(k, v, t)", "map.transformMapEntry(k, v, t)",
        "cel.bind(x, v, t)",
        "optional.optMap(x, t)", "optional.optFlatMap(x, t)",
    ]

    private func answer(_ text: String) -> String {
        text.hasPrefix("- ") ? text.split(separator: "\n").map(code(of:)).joined(separator: "\n") : code(text)
    }

    private func code(of line: Substring) -> String { code(String(line)) }

    /// `date.plus(string) → date`.
    private func signature(_ function: CELFunction) -> String {
        let types = function.parameters.map(\.description)
        let arguments = function.isMember ? Array(types.dropFirst()) : types
        let head = function.isMember ? "\(types.first ?? "").\(function.name)" : function.name
        return "\(head)(\(arguments.joined(separator: ", "))) → \(function.result)"
    }

    private var catalogue: [[String]] {
        let own = Set(FunctionTable.all.flatMap(\.overloads).map(\.overload))
        var rows: [String: [String]] = [:]
        for function in Reading.language.environment(RuleScopeShape(kind: nil)).catalogue
        where !own.contains(function.overload) {
            let types = function.parameters.map(\.description)
            let text = sign(function.name).map { "\(spelled($0, types)) → \(function.result)" } ?? signature(function)
            rows[sign(function.name) ?? function.name, default: []].append(text)
        }
        return rows.keys.sorted().map { name in
            var seen: Set<String> = []
            let lines = (rows[name] ?? []).filter { seen.insert($0).inserted }
            return [code(name), lines.map(code).joined(separator: "\n")]
        }
    }

    /// How an operator is written: `<` of `_<_`.
    private func sign(_ name: String) -> String? {
        switch name {
        case "@in": "in"
        case "_[_]": "[ ]"
        case "_[?_]": "[? ]"
        default:
            name.contains("_") && !name.contains { $0.isLetter } ? name.replacingOccurrences(of: "_", with: "") : nil
        }
    }

    private func spelled(_ sign: String, _ types: [String]) -> String {
        switch (sign, types.count) {
        case ("[ ]", 2): "\(types[0])[\(types[1])]"
        case ("[? ]", 2): "\(types[0])[?\(types[1])]"
        case (_, 2): "\(types[0]) \(sign) \(types[1])"
        default: sign + (types.first ?? "")
        }
    }

    // MARK: kinds

    func kinds() -> String {
        let schema = Schema.builtIn
        var page = pick("# Kinds of record", "# 记录的种类") + "\n\n\(notice)\n\n"
        page += pick(
            "Every record also has `id`, `created_at` and `updated_at`. A kind with `status` has `open` and `closed`: the words that mean closed are listed, and no status means open. Own kinds and fields are declared under `kinds` in `bellman.yaml`.\n\n",
            "每条记录还有 `id`、`created_at` 和 `updated_at`。有 `status` 的种类还有 `open` 和 `closed`：表示已结束的词列在下面，没有状态算未结束。自己的种类和字段写在 `bellman.yaml` 的 `kinds` 里。\n\n"
        )
        for name in BuiltInKinds.all.map(\.name) {
            guard let kind = schema.kind(name) else { continue }
            page += "## \(name)" + (isChinese ? " · \(KindNames.name(of: name, true))" : "") + "\n\n"
            let head = [pick("field", "字段"), pick("type", "类型")] + (isChinese ? ["名称"] : [])
            page += table(
                head,
                kind.fields.map { field in
                    let title = isChinese ? [FieldTitles.title(field.name, isChinese: true)] : []
                    return [code(field.name), code(field.type.name)] + title
                })
            let lists = schema.reverseLists(of: name)
            if !lists.isEmpty {
                page += pick("Lists of what refers to it: ", "引用它的记录，列表：")
                page +=
                    lists.map { "`\(name).\($0.name)` (\($0.sourceKind).\($0.sourceField))" }.joined(separator: ", ")
                    + "\n\n"
            }
            if kind.hasStatus {
                page += pick("Closed: ", "已结束：") + kind.closedWords.sorted().joined(separator: pick(", ", "、")) + "\n\n"
            }
        }
        return String(page.dropLast())
    }
}
