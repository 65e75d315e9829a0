import Almanac
import BellmanModel
import CEL

/// Lists of records and bars for reports.
///
/// What they make keeps its rows and cells; each channel shows them as well as it can. Few chat tools show tables, and
/// none lines up Chinese and Latin letters, so there a table is a list: one record a line, the first field in bold, the
/// others behind their titles.
enum ReportFunctions {
    /// Lines of one report; what is beyond is counted.
    static let rowsLimit = 100
    static let fieldsLimit = 20

    static var table: [BellmanFunction] {
        [
            BellmanFunction(
                "table(records, fields)",
                "One line a record: the first field in bold, the others behind their titles. At most 100 lines. A field may lead through references: `project.name`.",
                "每条记录一行：第一个字段加粗，其余字段写在各自的名称后面。最多 100 行。字段可以经过引用：`project.name`。",
                examples: [
                    .init(
                        "table(task.project.tasks, [\"title\", \"due\", \"progress\"])",
                        "- **Login** · due: 2026-11-30 · progress: 30%\n- **Docs** · due: 2026-12-04 · progress: 80%\n- **Release** · due: (not set) · progress: (not set)",
                        "- **Login** · 截止：2026-11-30 · 进度：30%\n- **Docs** · 截止：2026-12-04 · 进度：80%\n- **Release** · 截止：（未填写） · 进度：（未填写）"
                    )
                ], [tables]),
            BellmanFunction(
                "bar_chart(records, label, value)",
                "One bar a record: the field that names it, and the one that is measured. A share fills its bar at 100%.",
                "每条记录一根条：一个字段作名称，一个字段作数值。比例以 100% 为满。",
                examples: [
                    .init(
                        "bar_chart(task.project.tasks, \"title\", \"progress\")",
                        "- Login ███ 30%\n- Docs ████████ 80%\n- Release (not set)",
                        "- Login ███ 30%\n- Docs ████████ 80%\n- Release （未填写）")
                ], [recordBars]),
            BellmanFunction(
                "bar_chart(map)", "One bar an entry: its key and its number.", "每一项一根条：键和数值。",
                examples: [.init("bar_chart({\"to do\": 3, \"doing\": 6})", "- to do █████ 3\n- doing ██████████ 6")],
                mapBars),
            BellmanFunction(
                "bar_chart(words)", "How often each word of a list occurs, the most frequent first.",
                "列表里每个词出现几次，最多的在前。",
                examples: [
                    .init(
                        "bar_chart(task.project.tasks.map(t, t.status))", "- todo ██████████ 2\n- doing █████ 1")
                ], [wordBars]),
        ]
    }

    // MARK: tables

    private static let tables = CELFunction(
        "table", overload: "table(list, list)", parameters: [.list(.param("T")), .list(.string)],
        result: HostType.report, cost: 50
    ) { values, context throws(CELFailure) in
        let world = try DateFunctions.world(context)
        let fields = (values[1].listValue ?? []).prefix(fieldsLimit).map { FieldOfRecord($0.stringValue ?? "") }
        let records = values[0].listValue ?? []
        guard !fields.isEmpty else { throw ReportCheck.noFields.failure }
        var rows: [[String]] = []
        for record in records.prefix(rowsLimit) {
            var row: [String] = []
            for field in fields { row.append(try field.text(record, world)) }
            rows.append(row)
        }
        return report(.table(titles: fields.map { $0.title(world) }, rows: rows), of: records.count, world)
    }.checking(ReportCheck.table)

    private static func report(_ body: Report.Body, of count: Int, _ world: RecordWorld) -> CELValue {
        let report = Report(body, rest: 0, language: world.presentation.language.rawValue)
        return .opaque(ReportValue(Report(body, rest: max(0, count - report.count), language: report.language)))
    }

    // MARK: bars

    private struct Bar {
        let label: String
        /// nil where the value is empty.
        let size: Double?
        let text: String
    }

    private static let recordBars = CELFunction(
        "bar_chart", overload: "bar_chart(list, string, string)", parameters: [.list(.param("T")), .string, .string],
        result: HostType.report, cost: 50
    ) { values, context throws(CELFailure) in
        let world = try DateFunctions.world(context)
        let label = FieldOfRecord(values[1].stringValue ?? "")
        let measure = FieldOfRecord(values[2].stringValue ?? "")
        let records = values[0].listValue ?? []
        var bars: [Bar] = []
        var isShare = false
        for record in records.prefix(rowsLimit) {
            let (value, type) = try measure.value(record, world)
            isShare = isShare || type == .share
            bars.append(
                Bar(
                    label: try label.text(record, world), size: try size(value),
                    text: try measure.text(record, world)))
        }
        return chart(bars, of: records.count, full: isShare ? 1 : nil, world)
    }.checking(ReportCheck.bars)

    private static var mapBars: [CELFunction] {
        [CELType.int, .double, HostType.money].map { type in
            CELFunction(
                "bar_chart", overload: "bar_chart(map(string, \(type)))", parameters: [.map(.string, type)],
                result: HostType.report, cost: 50
            ) { values, context throws(CELFailure) in
                let world = try DateFunctions.world(context)
                guard case .map(let map) = values[0] else { return .null }
                var bars: [Bar] = []
                for (key, value) in zip(map.keys, map.values).prefix(rowsLimit) {
                    let text = ValueText(world)
                    bars.append(
                        Bar(label: oneLine(text.text(key)), size: try size(value), text: oneLine(text.text(value))))
                }
                return chart(bars, of: map.count, full: nil, world)
            }
        }
    }

    private static let wordBars = CELFunction(
        "bar_chart", overload: "bar_chart(list(string))", parameters: [.list(.string)], result: HostType.report,
        cost: 50
    ) { values, context throws(CELFailure) in
        let world = try DateFunctions.world(context)
        var order: [String] = []
        var counts: [String: Int] = [:]
        for word in values[0].listValue ?? [] {
            let text = oneLine(ValueText(world).text(word))
            if counts[text] == nil { order.append(text) }
            counts[text, default: 0] += 1
        }
        let sorted = order.enumerated().sorted { a, b in
            let (x, y) = (counts[a.element] ?? 0, counts[b.element] ?? 0)
            return x == y ? a.offset < b.offset : x > y
        }.map(\.element)
        let bars = sorted.prefix(rowsLimit).map { word in
            Bar(label: word, size: counts[word].map(Double.init), text: "\(counts[word] ?? 0)")
        }
        return chart(Array(bars), of: order.count, full: nil, world)
    }

    /// `full` is the size that fills a bar; without it the greatest does.
    private static func chart(_ bars: [Bar], of count: Int, full: Double?, _ world: RecordWorld) -> CELValue {
        let greatest = max(full ?? 0, bars.compactMap(\.size).max() ?? 0)
        let shown = bars.map { bar in
            let share = bar.size.map { $0 > 0 && greatest > 0 ? min(1, $0 / greatest) : 0 }
            return Report.Bar(label: bar.label, share: share, text: bar.text)
        }
        return report(.bars(shown), of: count, world)
    }

    /// nil for an empty value.
    private static func size(_ value: CELValue) throws(CELFailure) -> Double? {
        if value.isNull { return nil }
        let number =
            value.doubleValue ?? value.intValue.map(Double.init)
            ?? (value.opaqueValue as? MoneyValue)?.amount.value
        guard let number else { throw CELFailure(.noSuchOverload(function: "bar_chart", arguments: [value.typeName])) }
        return number.isFinite ? number : nil
    }

    static func oneLine(_ text: String) -> String { RuleEvaluator.oneLine(text) }
}
