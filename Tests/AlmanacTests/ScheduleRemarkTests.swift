import Testing

@testable import Almanac

/// What a schedule passes over, and a time of day beside it that does not count.
@Suite struct ScheduleRemarkTests {
    /// The text, where counting begins, the day that months lack, what to write instead.
    static let skipped: [(String, String?, Int?, String?)] = [
        ("month on 31", nil, 31, "month on last day"), ("month on 30 at 10:00", nil, 30, "month on last day at 10:00"),
        ("每月31号 10:00", nil, 31, "month on last day at 10:00"), ("month on 1, 31", nil, 31, "month on 1, last day"),
        ("month on 15, 30, last day", nil, 30, "month on 15, last day"), ("month on 28", nil, nil, nil),
        ("month on 28-31", nil, nil, nil), ("month on last day", nil, nil, nil),
        ("2 months on 31", nil, 31, "2 months on last day"), ("2 months on 30", nil, nil, nil),
        ("2 months on 30", "2026-02-01", 30, "2 months on last day"), ("quarter on 31", nil, 31, nil),
        ("half year on 31", nil, nil, nil), ("year on 02-29", nil, 29, "cron: \"0 9 L 2 *\""),
        ("每年2月29日 10:30", nil, 29, "cron: \"30 10 L 2 *\""), ("year on 03-31", nil, nil, nil),
        ("0 9 31 * *", nil, 31, "0 9 L * *"), ("0 9 15,30 * *", nil, 30, "0 9 15,L * *"),
        ("0 9 30 1,3 *", nil, nil, nil), ("0 9 28-31 * *", nil, nil, nil),
        ("0 9 29,30,31 * *", nil, 29, "0 9 30,31,L * *"),
        ("0 9 */2 * *", nil, nil, nil), ("0 9 29 2 *", nil, 29, "0 9 L 2 *"), ("0 9 * * *", nil, nil, nil),
        ("FREQ=MONTHLY;BYMONTHDAY=31", nil, 31, "BYMONTHDAY=-1"), ("working day", nil, nil, nil),
    ]

    @Test(arguments: skipped) func tellsSkippedDays(text: String, from: String?, day: Int?, instead: String?) throws {
        let schedule = try Schedule(text: text, zone: .utc, from: from.flatMap { CivilDate(iso: $0) })
        #expect(schedule.skippedDay?.day == day, "\(text)")
        #expect(schedule.skippedDay?.form(.en) == instead, "\(text)")
        if let form = schedule.skippedDay?.instead {
            #expect(try Every(form.text(.zh)) == form)
            #expect(Schedule(every: form, zone: .utc).skippedDay == nil)
        }
    }

    static let times: [(String, String, UnusedTime?)] = [
        ("day at 9:00", "10:00", .own(.nine)), ("day at 9:00", "09:00", nil), ("day", "10:00", nil),
        ("15 minutes", "10:00", .interval), ("0 9 * * *", "10:00", .cron), ("FREQ=DAILY", "10:00", nil),
        ("FREQ=DAILY;BYHOUR=9", "10:30", .hours(minutesCount: true)), ("FREQ=DAILY;BYHOUR=9", "09:30", nil),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "10:30", .hours(minutesCount: false)),
    ]

    @Test(arguments: times) func tellsUnusedTimes(text: String, time: String, reason: UnusedTime?) throws {
        let time = try #require(LocalTime(time))
        #expect(try Schedule(text: text, zone: .utc, at: time).unused(time) == reason, "\(text) at \(time)")
    }

    @Test func bothReadingsAreOffered() {
        let riddles = [
            ("every second friday at 15:00", "month on second friday at 15:00"),
            ("every third friday at 15:00", "3 weeks on friday at 15:00"), ("每隔两周周五", "每三周周五"),
            ("每隔9天", "每10天"),
        ]
        for (text, also) in riddles {
            do throws(EveryError) { Issue.record("\(text) read as \(try Every(text))") } catch {
                #expect(error.also == also, "\(text)")
                #expect((try? Every(also)) != nil, "\(also)")
                #expect(error.message(.en).contains(also) && error.message(.zh).contains(also))
            }
        }
    }
}
