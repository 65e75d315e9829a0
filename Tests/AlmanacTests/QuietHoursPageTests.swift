import Almanac
import Foundation
import Testing

/// The examples of the quiet hours section in docs/delivery.md.
@Suite struct QuietHoursPageTests {
    @Test(arguments: ["delivery.md", "delivery.zh-CN.md"])
    func thePageTellsTheTruth(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/\(name)"), encoding: .utf8)
        let rows = page.components(separatedBy: "\n").filter { $0.hasPrefix("| `") && $0.contains("00") }
        #expect(rows.count >= 5)
        let zone = try Zone.named("Asia/Shanghai")
        let friday = try #require(Instant(iso: "2026-11-20T22:00:00+08:00"))
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let quiet = try #require(QuietHours(cells[0].filter { $0 != "`" }), "\(row)")
            #expect(QuietHoursPageTests.outcomes(quiet, friday, zone).contains(cells[1]), "\(row)")
        }
    }

    /// In both languages.
    private static func outcomes(_ quiet: QuietHours, _ at: Instant, _ zone: Zone) -> [String] {
        guard let opening = quiet.opening(at: at, in: zone) else { return ["leaves at once", "马上发"] }
        guard quiet.fate == .hold else { return ["is dropped", "放弃"] }
        let local = zone.local(opening)
        let english = ["", "Monday", "", "", "", "", "Saturday", "Sunday"][local.date.weekday]
        let chinese = ["", "周一", "", "", "", "", "周六", "周日"][local.date.weekday]
        return ["waits until \(english) \(local.time)", "等到\(chinese) \(local.time)"]
    }
}
