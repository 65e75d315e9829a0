import Almanac
import BellmanModel
import Foundation
import Testing

/// The rule and the table of the levels section in docs/rules.md, lived through.
@Suite struct LevelPageTests {
    private static let months = ["January", "February", "March", "April", "May", "June"]

    @Test(arguments: ["rules.md", "rules.zh-CN.md"])
    func thePageTellsTheTruth(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/\(name)"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "id: usage-low").last)
        let rule = "id: usage-low" + (section.components(separatedBy: "```").first ?? "")
        let rows = section.components(separatedBy: "\n").filter { $0.hasPrefix("| 1") }.prefix(4)
        #expect(rows.count == 4)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let world = try World(rules: rule)
            try world.tick(.shanghai("2025-12-31T09:00"))
            for write in cells[0].split(whereSeparator: { $0 == "," || $0 == "、" }) {
                let words = write.split(separator: " ")
                let value = try #require(Double(words[words.count - 1]))
                let day = try LevelPageTests.day(words.dropLast().joined(separator: " "))
                try world.write("contract/C", ["usage": .double(value)], at: day)
                try world.tick(day)
            }
            try world.tick(.shanghai("2026-12-01T09:00"))
            let wanted = cells[1] == "–" ? [] : [try LevelPageTests.day(cells[1])]
            #expect(try world.ledger.map(\.scheduledAt) == wanted, "\(row)")
        }
    }

    /// `1 January` or `1月1日`.
    private static func day(_ text: String) throws -> Instant {
        let month =
            try months.firstIndex { text.hasSuffix($0) }.map { $0 + 1 } ?? #require(Int(String(text.prefix(1))))
        return .shanghai("2026-0\(month)-01T09:00")
    }
}
