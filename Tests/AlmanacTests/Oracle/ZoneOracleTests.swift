import Foundation
import Testing

@testable import Almanac

/// All changes of the offset of all zones, 1970–2037, at eight local times each: daily and weekly schedules and "3 days
/// before at" must give what Python's zoneinfo gives, nothing missed and nothing twice.
@Suite struct ZoneOracleTests {
    private static let shards = 4
    /// Searching backward and inverting offsets cost much more than the rest; every ninth local time does (of eight a change,
    /// so each of them comes round).
    private static let sample = 9

    @Test(.enabled(if: ZoneOracle.isPresent, "\(ZoneOracle.absent)"), arguments: 0..<shards)
    func everyChangeOfEveryZone(_ shard: Int) throws {
        var (zones, numbers) = try ZoneOracle.expectations(shard: shard, of: Self.shards)
        var check = ZoneCheck(sample: Self.sample)
        for entry in zones {
            let zone = try Zone.named(try #require(entry.names.first))
            for link in entry.names.dropFirst() { check.sameTable(zone, try Zone.named(link)) }
            for _ in 0..<entry.changes { check.change(zone, &numbers) }
        }
        #expect(numbers.isAtEnd)
        Self.note(
            "zones \(shard + 1)/\(Self.shards): \(zones.count) zones, \(zones.flatMap(\.names).count) names; \(check.report)"
        )
        #expect(check.misses.isEmpty, "\(check.misses.joined(separator: "\n"))")
        #expect(check.changes > 3_000 && check.tally.cases.keys.count >= 8)
    }

    private static func note(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}

/// Compares what the almanac says around one change with what the oracle said.
struct ZoneCheck {
    let sample: Int
    private(set) var tally = Tally()
    private(set) var changes = 0
    private var cases = 0
    private static let reach: Int64 = 216_000
    private static let weeks: Int64 = 8 * 86_400
    private static let threeDays = Period(days: 3, isNegative: true)

    init(sample: Int) { self.sample = sample }

    var misses: [String] { tally.misses }
    var report: String { "\(changes) changes, \(cases) local times; \(tally.report)" }

    mutating func sameTable(_ zone: Zone, _ link: Zone) {
        let isSame =
            zone.table.starts == link.table.starts && zone.table.offsets == link.table.offsets
            && zone.table.cycleStart == link.table.cycleStart
        tally.add("links", isSame, "\(link) differs from \(zone)")
    }

    mutating func change(_ zone: Zone, _ numbers: inout Numbers) {
        let (at, before, after, day) = (numbers.instant(), numbers.next(), numbers.next(), numbers.next())
        changes += 1
        let family = after > before ? "gap" : "overlap"
        let next = zone.nextTransition(after: at.adding(seconds: -1))
        tally.add(
            "change \(family)",
            next?.at == at && next?.offsetBefore == Int(before) && next?.offsetAfter == Int(after),
            "\(zone): change at \(at), got \(String(describing: next))")
        for _ in 0..<8 { localTime(zone, family, at, CivilDate(clampingDays: Int(day)), &numbers) }
    }

    private mutating func localTime(
        _ zone: Zone, _ family: String, _ at: Instant, _ day: CivilDate, _ numbers: inout Numbers
    ) {
        guard let time = LocalTime(secondOfDay: Int(numbers.next())) else { return }
        cases += 1
        let isSampled = cases % sample == 0
        let daily = Schedule(every: Every(cadence: .days(1), at: nil), zone: zone, at: time)
        walk(daily, "daily \(family)", numbers.instants(), at, Self.reach, isSampled)
        let weekly = Schedule(every: Every(cadence: .weeks(1, on: [day.weekday]), at: nil), zone: zone, at: time)
        walk(weekly, "weekly \(family)", numbers.instants(), at, Self.weeks, isSampled)
        let rule = OffsetRule(period: Self.threeDays, at: time, zone: zone)
        for shift in -1...1 {
            let ring = numbers.instant()
            let due = day.adding(days: shift + 3)
            let got = rule.instant(for: due)
            tally.add("date \(family)", got == ring, "\(zone) \(due) \(time): \(ring), got \(got)")
            if isSampled, shift == 0 { invert(rule, due, ring, family) }
            for _ in 0..<2 {
                let (timed, ring) = (numbers.instant(), numbers.instant())
                let got = rule.instant(for: timed)
                tally.add("timed \(family)", got == ring, "\(zone) \(timed) -3 days: \(ring), got \(got)")
                if isSampled { invert(rule, timed, ring, family) }
            }
        }
    }

    /// Forward from one to the next, and for some cases backward: as the engine asks.
    private mutating func walk(
        _ schedule: Schedule, _ family: String, _ wanted: [Instant], _ at: Instant, _ reach: Int64, _ isSampled: Bool
    ) {
        let (start, end) = (at.adding(seconds: -reach), at.adding(seconds: reach))
        let found = schedule.occurrences(in: (start, end), limit: 100)
        tally.add(
            family, found == wanted,
            "\(schedule.zone) \(family) at \(schedule.at) around \(at): \(wanted), got \(found)")
        guard isSampled else { return }
        for (index, ring) in wanted.enumerated() {
            let earlier = index == 0 ? nil : wanted[index - 1]
            let isRight =
                schedule.last(notAfter: ring, after: start) == ring
                && schedule.last(notAfter: ring.adding(seconds: -1), after: start) == earlier
            tally.add("\(family), backward", isRight, "\(schedule.zone) \(schedule.at): last before \(ring)")
        }
    }

    /// The date is found in the window that ends at its ring and not in the one that begins there.
    private mutating func invert(_ rule: OffsetRule, _ date: CivilDate, _ ring: Instant, _ family: String) {
        let due = rule.dateRange(firingIn: (ring.adding(microseconds: -1), ring))
        let later = rule.dateRange(firingIn: (ring, ring.adding(seconds: 3600)))
        let isRight = due?.contains(date) == true && later?.contains(date) != true
        tally.add("date \(family), inverted", isRight, "\(rule.zone) \(date) \(rule.at): \(ring)")
    }

    private mutating func invert(_ rule: OffsetRule, _ timed: Instant, _ ring: Instant, _ family: String) {
        let range = rule.instantRange(firingIn: (ring.adding(microseconds: -1), ring))
        tally.add("timed \(family), inverted", range?.contains(timed) == true, "\(rule.zone) \(timed): \(ring)")
    }
}
