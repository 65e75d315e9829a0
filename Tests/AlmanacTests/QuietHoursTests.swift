import Almanac
import Testing

@Suite struct QuietHoursTests {
    struct Case: Decodable {
        let id: String
        let fire: String
        let tz: String
        let start: String
        let end: String
        let days: [Int]
        let deliver: String
        let deferred: Bool
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func agreesWithTheOracle() throws {
        var tally = Tally()
        for item in try SharedData.records("quiet.jsonl", as: Case.self) {
            let zone = try Zone.named(item.tz)
            let from = try #require(LocalTime(item.start))
            let to = try #require(LocalTime(item.end))
            let quiet = try #require(QuietHours(from: from, to: to, days: Set(item.days)))
            let fire = try #require(Instant(iso: item.fire))
            let wanted = try #require(Instant(iso: item.deliver))
            let found = quiet.opening(at: fire, in: zone) ?? fire
            let offset = { (at: Instant) in zone.offset(at: at) }
            let family =
                item.deferred ? (offset(fire) == offset(wanted) ? "deferred" : "over a change") : "not deferred"
            tally.add(
                family, found == wanted && item.deferred == (found != fire), "\(item.id): \(found) instead of \(wanted)"
            )
        }
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))\n\(tally.report)")
        #expect(tally.cases.keys.contains("deferred"))
        print("quiet.jsonl: \(tally.report)")
    }

    @Test(arguments: [
        ("21:00-08:00", "21:00-08:00"), ("21：00－08：00 周一至周五", "21:00-08:00 mon,tue,wed,thu,fri"),
        ("22:30~7:00 fri-sun drop", "22:30-07:00 fri,sat,sun drop"), ("00:00-00:00 sat,sun", "00:00-00:00 sat,sun"),
        ("12:00-13:00 周六、星期日 hold", "12:00-13:00 sat,sun"),
        ("21:00至08:00 周一至周五", "21:00-08:00 mon,tue,wed,thu,fri"),
        ("21:00 至 08:00 周一 到 周五", "21:00-08:00 mon,tue,wed,thu,fri"), ("周末 00:00~24:00", "00:00-00:00 sat,sun"),
        ("22:00 - 07:00 mon, wed", "22:00-07:00 mon,wed"), ("mon–fri 22:00–24:00", "22:00-00:00 mon,tue,wed,thu,fri"),
        ("每天 22：00～７：00 放弃", "22:00-07:00 drop"), ("9:00-18:00 weekdays DROP", "09:00-18:00 mon,tue,wed,thu,fri drop"),
    ])
    func readsItsText(_ text: String, _ wanted: String) {
        #expect(QuietHours(text)?.description == wanted)
    }

    @Test(arguments: [
        "", "21:00", "21:00-25:00", "24:00-08:00", "21:00-08:00-09:00", "21:00-08:00 22:00-09:00", "21:00 08:00", "-",
        ":",
        "21:00-08:00 工作日", "mon-fri", "00:00-24:00", "21:00-08:00 drop mon", "21:00-08:00 someday", "00:00-00:00",
        "21:00-08:00 hold drop", "night",
    ])
    func refuses(_ text: String) { #expect(QuietHours(text) == nil) }

    @Test func wholeDaysThatTouchAreOneWait() throws {
        let quiet = try #require(QuietHours("00:00-00:00 sat,sun"))
        let zone = try Zone.named("Asia/Shanghai")
        let saturday = try #require(Instant(iso: "2026-11-21T10:00:00+08:00"))
        #expect(quiet.opening(at: saturday, in: zone) == Instant(iso: "2026-11-23T00:00:00+08:00"))
    }
}
