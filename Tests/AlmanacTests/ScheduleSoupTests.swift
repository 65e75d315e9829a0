import Testing

@testable import Almanac

/// Words of the grammars in any order: whatever comes, the answer is a schedule or an error with a place in the text.
@Suite struct ScheduleSoupTests {
    static let seed: UInt64 = 20_261_125
    static let words = [
        "every", "each", "daily", "monthly", "week", "weeks", "month", "quarter", "year", "half", "working", "day",
        "days",
        "first", "third", "1st", "2nd", "last", "end", "of", "the", "in", "on", "at", "and", "other", "monday",
        "friday",
        "weekend", "weekdays", "march", "03-15", "1", "15", "31", "2", "0", "99", "9:00", "25:00", "5pm", "am", "noon",
        ",", "-",
        "每", "隔", "两", "三", "周", "周一", "周五", "星期", "个", "工作日", "月", "季度", "年", "半", "最后", "倒数", "第", "一", "底", "末",
        "号", "日", "天", "点", "整", "刻", "上午", "中午", "下午", "和", "、", "到", "的", "首", "，", "17：30", "次", "\u{0}", "🕘",
    ]
    static let parts = [
        "FREQ=", "YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "SECONDLY", ";", ";", "=", ",", ":", "INTERVAL=",
        "COUNT=", "UNTIL=",
        "BYDAY=", "BYMONTHDAY=", "BYYEARDAY=", "BYWEEKNO=", "BYMONTH=", "BYHOUR=", "BYSETPOS=", "WKST=", "MO", "FR",
        "-1", "+2",
        "5", "53", "366", "-366", "20260101", "20261231T235959Z", "99999999", "RRULE:", "\nEXDATE", "\nDTSTART",
        ";TZID=", "Asia/Tokyo",
        "\"", "\r\n ", " ", "\t", "；", "ＦＲＥＱ＝", "🕘", "0", "*", "@daily", "L", "5L", "5#2", "1-5", "*/7",
    ]

    @Test func anythingIsAnswered() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        var (read, refused) = (0, 0)
        for round in 0..<12_000 {
            let words = round % 2 == 0 ? Self.words : Self.parts
            let joint = random.pick(["", " "])
            var text = (0..<Int.random(in: 1...9, using: &random)).map { _ in random.pick(words) }.joined(
                separator: joint)
            if round % 4 == 1 { text = "FREQ=\(random.pick(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]));" + text }
            let from = random.chance(50) ? nil : CivilDate(iso: "2026-01-31")
            let length = text.unicodeScalars.count
            do throws(Schedule.TextError) {
                let schedule = try Schedule(text: text, zone: .utc, from: from)
                read += 1
                let next = schedule.next(after: Instant(seconds: 1_800_000_000))
                #expect(next.map { $0.seconds > 1_800_000_000 } ?? true)
            } catch {
                refused += 1
                #expect(!error.message(.en).isEmpty && !error.message(.zh).isEmpty)
                switch error {
                case .every(let error):
                    #expect(error.range.upperBound <= length, "\(text)")
                case .rrule(let error):
                    #expect(error.range.upperBound <= length, "\(text)")
                case .cron: break
                }
            }
        }
        print("soup: read \(read), refused \(refused)")
        #expect(read > 200)
    }

    /// What a schedule says of itself is read back as the same schedule.
    @Test func whatIsReadCanBeSaid() throws {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        var said = 0
        for _ in 0..<12_000 {
            let text = (0..<Int.random(in: 2...7, using: &random)).map { _ in random.pick(Self.words) }
                .joined(separator: random.pick(["", " "]))
            guard let every = try? Every(text) else { continue }
            said += 1
            #expect((try? Every(every.canonical)) == every, "\(text): \(every.canonical)")
            #expect((try? Every(every.text(.zh))) == every, "\(text): \(every.text(.zh))")
        }
        print("said again:", said)
        #expect(said > 100)
    }
}
