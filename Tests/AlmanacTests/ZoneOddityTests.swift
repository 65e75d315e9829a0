import Testing

@testable import Almanac

/// Zones that break what one would take for granted; offsets by Python's zoneinfo.
@Suite struct ZoneOddityTests {
    static let offsets: [(zone: String, at: String, seconds: Int)] = [
        // A day is skipped at the date line.
        ("Pacific/Apia", "2011-12-30T09:59:59Z", -36_000), ("Pacific/Apia", "2011-12-30T10:00:00Z", 50_400),
        ("Pacific/Kwajalein", "1993-08-21T11:59:59Z", -43_200), ("Pacific/Kwajalein", "1993-08-21T12:00:00Z", 43_200),
        // Half an hour of summer time.
        ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", 39_600),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37_800),
        ("Australia/Lord_Howe", "2025-10-04T15:29:59Z", 37_800),
        ("Australia/Lord_Howe", "2025-10-04T15:30:00Z", 39_600),
        // Two hours of it.
        ("Antarctica/Troll", "2026-03-29T00:59:59Z", 0), ("Antarctica/Troll", "2026-03-29T01:00:00Z", 7_200),
        ("Antarctica/Troll", "2025-10-26T01:00:00Z", 0),
        // Winter is the exception.
        ("Europe/Dublin", "2026-03-29T00:59:59Z", 0), ("Europe/Dublin", "2026-03-29T01:00:00Z", 3_600),
        ("Europe/Dublin", "2025-10-26T01:00:00Z", 0),
        // The fasting month is.
        ("Africa/Casablanca", "2026-02-15T01:59:59Z", 3_600), ("Africa/Casablanca", "2026-02-15T02:00:00Z", 0),
        ("Africa/Casablanca", "2026-03-22T02:00:00Z", 3_600),
        // Once and for all, by less than an hour.
        ("Asia/Kathmandu", "1985-12-31T18:29:59Z", 19_800), ("Asia/Kathmandu", "1985-12-31T18:30:00Z", 20_700),
        ("Asia/Pyongyang", "2018-05-04T14:59:59Z", 30_600), ("Asia/Pyongyang", "2018-05-04T15:00:00Z", 32_400),
        ("America/Caracas", "2016-05-01T06:59:59Z", -16_200), ("America/Caracas", "2016-05-01T07:00:00Z", -14_400),
    ]

    @Test(arguments: offsets) func offset(_ each: (zone: String, at: String, seconds: Int)) throws {
        let at = try #require(Instant(iso: each.at))
        #expect(try Zone.named(each.zone).offset(at: at) == each.seconds)
    }

    /// Every zone goes on to the year 9999 with what its closing rule says: the calendar repeats every 400 years.
    @Test func everyZoneReachesTheYear9999() throws {
        let cycle: Int64 = 146_097 * 86_400
        let names = Zone.knownNames()
        #expect(names.count > 400)
        // A quarter of a year and a bit, so that all seasons and times of day are met.
        let steps = stride(from: Int64(8_000_000_000), to: 8_000_000_000 + 5 * 31_557_600, by: 7_919_137)
        for name in names {
            let zone = try Zone.named(name)
            for step in steps {
                let offset = zone.offset(at: Instant(seconds: step))
                for turn in 1...18 {
                    let later = Instant(seconds: step + Int64(turn) * cycle)
                    #expect(zone.offset(at: later) == offset, "\(name) \(later.iso)")
                    let local = zone.local(later)
                    #expect(zone.reading(local).instant <= later, "\(name) \(later.iso)")
                }
            }
        }
    }

    /// In every zone, around every change of a hundred years: the wall clock read back gives the instant, or the first
    /// of two, and a gap moves later by its length.
    @Test func everyChangeReadsBack() throws {
        let end = try #require(Instant(iso: "2040-01-01T00:00:00Z"))
        var changes = 0
        for name in Zone.knownNames() {
            let zone = try Zone.named(name)
            var at = try #require(Instant(iso: "1940-01-01T00:00:00Z"))
            while let change = zone.nextTransition(after: at), change.at < end {
                changes += 1
                at = change.at
                let shift = change.offsetAfter - change.offsetBefore
                for second in [-86_400, -3_600, -1, 0, 1, 3_599, 86_400] {
                    let instant = change.at.adding(seconds: second)
                    let read = zone.resolve(zone.local(instant))
                    let isSecondPass = shift < 0 && second >= 0 && second < -shift
                    let passed = isSecondPass ? instant.adding(seconds: shift) : instant
                    // Another change may stand nearby; the wall clock must be the same in any case.
                    #expect(
                        read == passed || (read < instant && zone.local(read) == zone.local(instant)),
                        "\(name) \(instant.iso)")
                }
                guard shift > 0 else { continue }
                let gap = CivilDateTime(localSeconds: change.at.seconds + Int64(change.offsetBefore) + Int64(shift / 2))
                #expect(zone.resolve(gap) == change.at.adding(seconds: shift / 2), "\(name) \(change.at.iso)")
            }
        }
        #expect(changes > 20_000)
    }
}
