import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// Between two minutes the engine sleeps, unless something falls there.
@Suite struct WakeTests {
    private static let cases: [(trigger: String, wake: String)] = [
        ("{rrule: \"FREQ=MINUTELY;BYSECOND=0,20,40\"}", "2026-06-27T09:00:20"),
        ("{rrule: \"FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=30\"}", "2026-06-27T09:00:30"),
        ("{every: \"day at 09:00:45\"}", "2026-06-27T09:00:45"),
        ("{before: task.due, by: 3 days, at: \"09:00:10\"}", "2026-06-27T09:00:10"),
        ("{before: task.due, by: P3DT30S}", "2026-06-27T09:01:00"),
        ("{every: day at 09:00}", "2026-06-27T09:01:00"),
        ("{before: task.due, by: 3 days}", "2026-06-27T09:01:00"),
    ]

    @Test(arguments: cases) func wakes(_ item: (trigger: String, wake: String)) throws {
        let rules = """
            id: r
            when: \(item.trigger)
            timezone: UTC
            then: [{notify: {via: inbox}}]
            """
        let world = try World(rules: rules, zone: "UTC", inMemory: true)
        let zone = Zone.utc
        func instant(_ text: String) throws -> Instant { zone.resolve(try #require(CivilDateTime(iso: text))) }
        try world.tick(try instant("2026-06-20T08:00:00"))
        try world.write(
            "task/A", ["title": .string("A"), "due": .date(try #require(CivilDate(iso: "2026-06-30")))],
            at: try instant("2026-06-20T08:00:00"))
        try world.tick(try instant("2026-06-27T09:00:00"))
        let wake = try world.store.read { try world.core.nextWake(after: try instant("2026-06-27T09:00:00"), view: $0) }
        #expect(wake == (try instant(item.wake)), "\(item.trigger)")
    }
}
