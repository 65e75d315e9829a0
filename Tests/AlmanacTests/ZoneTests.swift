import Testing

@testable import Almanac

@Suite struct ZoneTests {
    static let gaps: [(String, String, String)] = [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45:00+11:00"),
        ("Africa/Cairo", "2026-04-24T00:15", "2026-04-24T01:15:00+03:00"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-31T09:00:00+14:00"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
        ("Europe/Berlin", "2300-07-01T12:00", "2300-07-01T12:00:00+02:00"),
        ("Europe/Berlin", "9000-12-01T12:00", "9000-12-01T12:00:00+01:00"),
        ("Europe/Dublin", "2026-07-01T12:00", "2026-07-01T12:00:00+01:00"),
        ("America/Nuuk", "2026-12-01T12:00", "2026-12-01T12:00:00-02:00"),
        ("Asia/Shanghai", "2026-10-01T09:00", "2026-10-01T09:00:00+08:00"),
    ]

    @Test(arguments: gaps) func resolves(zone: String, local: String, wanted: String) throws {
        let zone = try Zone.named(zone)
        let instant = zone.resolve(try #require(CivilDateTime(iso: local)))
        #expect(instant.iso(in: zone) == wanted)
        #expect(Instant(iso: wanted) == instant)
    }

    @Test func readingsTellGapsAndRepeats() throws {
        let berlin = try Zone.named("Europe/Berlin")
        guard case .gap(_, let end, let seconds) = berlin.reading(CivilDateTime(iso: "2026-03-29T02:30")!) else {
            return #expect(Bool(false), "a gap was missed")
        }
        #expect(seconds == 3600 && end.iso(in: berlin) == "2026-03-29T03:00:00+02:00")
        guard case .twice(let first, let second) = berlin.reading(CivilDateTime(iso: "2026-10-25T02:30")!) else {
            return #expect(Bool(false), "a repeated hour was missed")
        }
        #expect(second.microseconds(since: first) == 3_600_000_000)
        let cairo = try Zone.named("Africa/Cairo")
        #expect(cairo.startOfDay(CivilDate(iso: "2026-04-24")!).iso(in: cairo) == "2026-04-24T01:00:00+03:00")
        let change = try #require(berlin.nextTransition(after: Instant(iso: "2026-01-01T00:00:00Z")!))
        #expect(change.at == end && change.offsetBefore == 3600 && change.offsetAfter == 7200)
    }

    @Test func refusesWhatIsNoZone() {
        for name in ["../../etc/passwd", "/etc/localtime", "", "Asia//Shanghai", "Asia/./Shanghai"] {
            #expect(throws: ZoneError.malformedName(name)) { try Zone.named(name) }
        }
        for (name, nearest) in [("Asia/Shangai", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"), ("Beijing", "Asia/Shanghai")] {
            #expect(throws: ZoneError.unknown(name, nearest: nearest)) { try Zone.named(name) }
        }
        #expect(throws: ZoneError.damaged("tzdata.zi")) { try Zone.named("tzdata.zi") }
    }

    @Test func fixedOffsets() {
        #expect(Zone.fixed(28_800).name == "+08:00")
        #expect(Zone.fixed(-12_600).offset(at: Instant(seconds: 0)) == -12_600)
        #expect(Zone.fixed(0) == .utc)
    }
}
