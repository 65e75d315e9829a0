import Almanac
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// Schedules as rule files say them: which instants come, and what is said about the start.
@Suite struct ScheduleReadingTests {
    private static func next(_ when: String, count: Int = 2) -> ([String], codes: [String]) {
        let reading = Reading.of("id: a\nwhen:\n\(when)\nthen:\n  - notify: {via: inbox}\n")
        let after = Instant(iso: "2026-01-01T00:00:00Z") ?? .earliest
        var found: [String] = []
        for case .schedule(let trigger)? in [reading.rules.first?.triggers.first] {
            let all = trigger.schedule.occurrences(in: (after: after, through: .latest), limit: count)
            found = all.map { $0.iso(in: trigger.schedule.zone) }
        }
        return (found, reading.problems.map(\.fact.code))
    }

    static let read: [(String, [String])] = [
        (#"  rrule: "FREQ=MONTHLY;BYDAY=-1FR""#, ["2026-01-30T09:00:00+08:00", "2026-02-27T09:00:00+08:00"]),
        (
            "  rrule: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\n  from: 2026-01-05\n  at: \"15:00\"",
            ["2026-01-09T15:00:00+08:00", "2026-01-23T15:00:00+08:00"]
        ),
        (
            "  rrule: |\n    DTSTART;TZID=Asia/Shanghai:20260105T103000\n    RRULE:FREQ=DAILY;COUNT=3\n    EXDATE:20260106",
            ["2026-01-05T10:30:00+08:00", "2026-01-07T10:30:00+08:00"]
        ),
        (
            "  rrule: >\n    RRULE:FREQ=DAILY;COUNT=3\n    EXDATE;VALUE=DATE:20260106\n  from: 2026-01-05",
            ["2026-01-05T09:00:00+08:00", "2026-01-07T09:00:00+08:00"]
        ),
        ("  every: last friday of the month at 5pm", ["2026-01-30T17:00:00+08:00", "2026-02-27T17:00:00+08:00"]),
        ("  every: 每月第一个和第三个周一 9:00", ["2026-01-05T09:00:00+08:00", "2026-01-19T09:00:00+08:00"]),
        ("  cron: 0 9 * * fri", ["2026-01-02T09:00:00+08:00", "2026-01-09T09:00:00+08:00"]),
        // Over: no error, and nothing more rings.
        ("  rrule: FREQ=DAILY;COUNT=3\n  from: 2020-01-01", []),
    ]

    @Test(arguments: read) func rings(when: String, wanted: [String]) {
        let (found, codes) = Self.next(when)
        #expect(found == wanted, "\(when)")
        #expect(codes == [], "\(when)")
    }

    @Test func aTimeBesideTheStartMustAgree() {
        let text = "  rrule: \"DTSTART:20260105T103000 RRULE:FREQ=DAILY\"\n  at: "
        #expect(Self.next(text + "\"10:30\"").codes == [])
        #expect(Self.next(text + "\"09:00\"").codes == ["bad_recurrence"])
    }
}
