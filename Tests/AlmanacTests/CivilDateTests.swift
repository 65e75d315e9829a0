import Testing

@testable import Almanac

@Suite struct CivilDateTests {
    @Test func everyDayGoesThereAndBack() {
        var previous = (year: 0, month: 12, day: 31)
        for number in Int(CivilDate.earliest.daysSinceEpoch)...Int(CivilDate.latest.daysSinceEpoch) {
            let date = CivilDate(clampingDays: number)
            let parts = date.components
            #expect(CivilDate.dayNumber(year: parts.year, month: parts.month, day: parts.day) == number)
            let follows = parts.day == previous.day + 1 ? parts.month == previous.month : parts.day == 1
            if !follows { Issue.record("\(date) does not follow \(previous)") }
            previous = parts
        }
        #expect(CivilDate.earliest.description == "0001-01-01")
        #expect(CivilDate.latest.description == "9999-12-31")
    }
}
