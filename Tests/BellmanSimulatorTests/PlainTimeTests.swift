import Almanac
import Testing

@testable import BellmanSimulator

/// The model counts days and zones by itself; here it is compared with the almanac, which it must not use.
@Suite struct PlainTimeTests {
    @Test(arguments: PlainZone.allCases)
    func zonesAgree(_ plain: PlainZone) throws {
        let zone = try Zone.named(plain.rawValue)
        for day in stride(from: 20_000, through: 24_000, by: 1) {
            for minute in [0, 90, 119, 120, 150, 179, 180, 540, 1439] {
                let time = Micros(minute) * PlainTime.minute
                let local = CivilDateTime(
                    date: CivilDate(clampingDays: day),
                    time: LocalTime(hour: minute / 60, minute: minute % 60) ?? .nine)
                let at = plain.instant(day: day, time)
                #expect(at == zone.resolve(local).microseconds, "\(plain) \(PlainTime.date(day)) \(minute)")
                #expect(plain.day(at) == zone.date(Instant(microseconds: at)).daysSinceEpoch)
            }
        }
    }

    @Test func calendarsAgree() {
        for day in stride(from: -200_000, through: 200_000, by: 137) {
            let date = CivilDate(clampingDays: day)
            #expect(PlainTime.date(day) == date.description)
            let (year, month, number) = PlainTime.calendar(day)
            #expect(PlainTime.number(year, month, number) == day)
        }
    }
}
