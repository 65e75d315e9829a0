import Almanac
import Foundation
import Testing

@testable import BellmanDaemon

/// `docs/time.md` says what Bellman does; every row of its tables and every story in it is done here.
@Suite struct TimePageTests {
    static let pages = ["time.md", "time.zh-CN.md"]

    private static func lines(_ page: String) throws -> [String] {
        let file = TestBench.root.appending(path: "docs").appending(path: page)
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    // MARK: tables

    /// One row with the names of its columns. Both pages name the columns as the English one does.
    struct Row: CustomStringConvertible {
        let cells: [String: String]
        let columns: [String]
        subscript(_ column: String) -> String { cells[column] ?? "" }
        var description: String { columns.map { "\($0) \(self[$0])" }.joined(separator: ", ") }
    }

    static func rows(_ page: String) throws -> [Row] {
        var columns: [String] = []
        var found: [Row] = []
        for line in try lines(page) {
            guard line.hasPrefix("|") else {
                columns = []
                continue
            }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if columns.isEmpty {
                columns = cells.map { header[$0] ?? $0 }
            } else if cells.first?.hasPrefix("---") == false {
                let pairs = zip(columns, cells).map { ($0, $1) }
                found.append(Row(cells: Dictionary(pairs) { first, _ in first }, columns: columns))
            }
        }
        return found
    }

    /// Column names of the Chinese page.
    private static let header = [
        "日期": "date", "偏移": "offset", "时区": "zone", "响铃": "rings", "日历": "calendar", "之后": "after",
        "接下来三次": "next three", "静默时段": "quiet hours", "通知产生于": "notice at", "发出于": "leaves at", "起点": "from",
    ]

    @Test(arguments: pages) func rowsAreTrue(_ page: String) throws {
        let rows = try Self.rows(page)
        #expect(rows.count > 30)
        for row in rows {
            if row.columns.contains("rings") {
                #expect(try offset(row) == row["rings"], "\(page): \(row)")
            } else if row.columns.contains("next three") {
                #expect(try next(row) == row["next three"], "\(page): \(row)")
            } else if row.columns.contains("leaves at") {
                #expect(try leaving(row) == row["leaves at"], "\(page): \(row)")
            } else {
                Issue.record("\(page): no test knows a table with \(row.columns)")
            }
        }
    }

    private func zone(_ row: Row) throws -> Zone { try Zone.named(row["zone"].isEmpty ? "Asia/Shanghai" : row["zone"]) }

    private func offset(_ row: Row) throws -> String {
        var words = row["offset"]
        let isBefore = words.contains("before") || words.contains("前")
        for word in ["before", "after", "前", "后"] { words = words.replacing(word, with: "") }
        let period = try Period.parse(words.trimmingCharacters(in: .whitespaces))
        let zone = try zone(row)
        let calendar = try #require(WorkingCalendar.named(row["calendar"].isEmpty ? "CN" : row["calendar"]))
        let rule = OffsetRule(
            period: isBefore ? period.negated : period, at: LocalTime(row["at"]) ?? .nine, zone: zone,
            calendar: calendar)
        if let timed = CivilDateTime(iso: row["date"]) { return rule.instant(for: zone.resolve(timed)).iso(in: zone) }
        return rule.instant(for: try #require(CivilDate(iso: row["date"]))).iso(in: zone)
    }

    private func next(_ row: Row) throws -> String {
        let zone = try zone(row)
        let text = row["every"] + row["cron"] + row["rrule"]
        let schedule = try Schedule(text: text, zone: zone, calendar: .china, from: CivilDate(iso: row["from"]))
        let after = zone.resolve(try #require(CivilDateTime(iso: row["after"])))
        return schedule.occurrences(in: (after, .latest), limit: 3)
            .map { String(zone.local($0).description.dropLast(3)) }.joined(separator: " ")
    }

    private func leaving(_ row: Row) throws -> String {
        let zone = try zone(row)
        let quiet = try #require(QuietHours(row["quiet hours"]))
        let at = zone.resolve(try #require(CivilDateTime(iso: row["notice at"])))
        return (quiet.opening(at: at, in: zone) ?? at).iso(in: zone)
    }

    // MARK: stories

    /// The files that the page shows: a block whose first line names one.
    private static func files(_ page: String) throws -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        var isOpen = false
        for line in try lines(page) {
            if line.hasPrefix("```") {
                isOpen = line == "```yaml"
            } else if isOpen, line.hasPrefix("# rules/") {
                found.append((String(line.dropFirst(2)), ""))
            } else if isOpen, !found.isEmpty {
                found[found.count - 1].text += line + "\n"
            }
        }
        return found
    }

    @Test(arguments: pages) func storiesAreTrue(_ page: String) async throws {
        let bench = try TestBench()
        let files = try Self.files(page)
        for file in files { try bench.write(file.name, file.text) }
        let report = await TestBench.report(try bench.workshop(.en), [])
        #expect(report.isWell, "\(page): \(report.text(.en, width: 100, color: false))")
        #expect(report.passed >= 5)
    }
}
