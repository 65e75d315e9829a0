import Testing

@testable import Almanac

@Suite struct EveryTests {
    static let accepted: [(String, String)] = [
        ("15 minutes", "15 minutes"), ("2 hours", "2 hours"), ("hour", "hour"), ("120 minutes", "2 hours"),
        ("day at 17:30", "day at 17:30"), ("working day at 17:30", "working day at 17:30"),
        ("every working day at 5:30 pm", "working day at 17:30"), ("business day", "working day"),
        ("monday, thursday at 09:00", "monday, thursday at 09:00"),
        ("Thursday and Monday at 9:00", "monday, thursday at 09:00"),
        ("fridays at 15:00", "friday at 15:00"),
        ("weekday at 08:00", "monday, tuesday, wednesday, thursday, friday at 08:00"),
        ("monday to friday at 08:00", "monday, tuesday, wednesday, thursday, friday at 08:00"),
        ("sat-mon at 08:00", "monday, saturday, sunday at 08:00"), ("weekend", "saturday, sunday"),
        ("month on 1 at 10:00", "month on 1 at 10:00"), ("month on 1, 15 at 10:00", "month on 1, 15 at 10:00"),
        ("month on the 1st at 10:00", "month on 1 at 10:00"),
        ("month on last working day at 10:00", "month on last working day at 10:00"),
        ("month on first monday at 09:30", "month on first monday at 09:30"),
        ("month on 2nd last working day at 09:30", "month on 2nd last working day at 09:30"),
        ("month on 10th working day", "month on 10th working day"),
        ("month on last day", "month on last day"), ("month on second friday", "month on second friday"),
        ("quarter on first working day at 09:00", "quarter on first working day at 09:00"),
        ("year on 03-15 at 09:00", "year on 03-15 at 09:00"), ("year on march 15", "year on 03-15"),
        ("year on 29 February", "year on 02-29"), ("year on last working day", "year on last working day"),
        ("2 weeks on friday at 15:00", "2 weeks on friday at 15:00"),
        ("every other week on friday", "2 weeks on friday"),
        ("2 days at 09:00", "2 days at 09:00"), ("3 months on 1 at 10:00", "3 months on 1 at 10:00"),
        ("every half hour", "30 minutes"),
        ("每天 17:30", "day at 17:30"), ("每日17：30", "day at 17:30"), ("每个工作日 17:30", "working day at 17:30"),
        ("每工作日17点30分", "working day at 17:30"), ("工作日　１７：３０", "working day at 17:30"),
        ("每周五 15:00", "friday at 15:00"), ("每周一、周四 09:00", "monday, thursday at 09:00"),
        ("每周一、四 09:00", "monday, thursday at 09:00"), ("每周一三五上午9点", "monday, wednesday, friday at 09:00"),
        ("每周一三点", "monday at 03:00"), ("每星期六、日 9:00", "saturday, sunday at 09:00"),
        ("每周一至周五 09:00", "monday, tuesday, wednesday, thursday, friday at 09:00"),
        ("每月1日 10:00", "month on 1 at 10:00"), ("每月1号、15号 10:00", "month on 1, 15 at 10:00"),
        ("每月最后一个工作日 10:00", "month on last working day at 10:00"), ("每个月最后一天", "month on last day"),
        ("每月倒数第二个工作日 10:00", "month on 2nd last working day at 10:00"),
        ("每月第三个工作日 10:00", "month on third working day at 10:00"),
        ("每季度第一个周一 09:00", "quarter on first monday at 09:00"), ("每季度最后一个工作日", "quarter on last working day"),
        ("每两周周五 15:00", "2 weeks on friday at 15:00"), ("每2周的周五15:00", "2 weeks on friday at 15:00"),
        ("每隔一周周五下午三点", "2 weeks on friday at 15:00"), ("每年3月15日 09:00", "year on 03-15 at 09:00"),
        ("每15分钟", "15 minutes"), ("每两小时", "2 hours"), ("每小时", "hour"), ("每半小时", "30 minutes"),
        ("每3个月1日 下午3点半", "3 months on 1 at 15:30"),
        ("每三天 09:00", "3 days at 09:00"),
    ]

    @Test(arguments: accepted) func accepts(text: String, canonical: String) throws {
        let every = try Every(text)
        #expect(every.canonical == canonical)
        #expect(try Every(every.canonical) == every)
        #expect(try Every(every.text(.zh)) == every)
    }

    @Test func phrasesHaveOneMeaning() throws {
        var tally = Tally()
        for (family, phrases) in [("English", EveryPhrases.english), ("Chinese", EveryPhrases.chinese)] {
            for (text, canonical) in phrases {
                do throws(EveryError) {
                    let every = try Every(text)
                    let (back, zh) = (try Every(every.canonical), try Every(every.text(.zh)))
                    let right = every.canonical == canonical && back == every && zh == every
                    tally.add(
                        family, right, "\(text): \(every.canonical), in Chinese \(every.text(.zh)), want \(canonical)")
                } catch { tally.add(family, false, "\(text): \(error.message(.en)) at \(error.range)") }
            }
        }
        print("every phrases:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    @Test func riddlesAreRefused() throws {
        var tally = Tally()
        for (text, place, nearest) in EveryPhrases.refused {
            do throws(EveryError) {
                let every = try Every(text)
                tally.add("refused", false, "\(text) read as \(every)")
            } catch {
                let scalars = Array(text.unicodeScalars)[error.range]
                let found = String(String.UnicodeScalarView(scalars))
                let note =
                    "\(text): at \(found), nearest \(error.nearest ?? "none"), want \(place), \(nearest ?? "none")"
                tally.add("refused", found == place && error.nearest == nearest, note)
                // What is offered must itself be read.
                if let nearest {
                    tally.add("offered", (try? Every("day " + nearest)) != nil || (try? Every(nearest)) != nil, note)
                }
            }
        }
        print("every refusals:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    static let refused: [(String, Range<Int>, String?)] = [
        ("", 0..<0, "day at 17:30"), ("dya at 17:30", 0..<3, "day"), ("moday at 09:00", 0..<5, "monday"),
        ("day at 25:00", 7..<12, "17:30"), ("day at", 6..<6, "at 17:30"), ("day at 9", 7..<8, "at 09:00"),
        ("15 minutes at 09:00", 11..<13, "15 minutes"), ("month at 10:00", 6..<8, "month on 1 at 10:00"),
        ("month", 5..<5, "month on 1 at 10:00"), ("month on 32", 9..<11, "month on 1 at 10:00"),
        ("month on sixth monday", 15..<21, "month on last monday at 09:00"),
        ("month on 6th monday", 13..<19, "month on last monday at 09:00"),
        ("year on 02-30", 8..<13, "year on 02-28 at 09:00"), ("2 weeks", 7..<7, "2 weeks on friday at 15:00"),
        ("0 days", 0..<1, nil), ("2 working days", 0..<1, "working day at 09:00"),
        ("day at 09:00, 15:00", 12..<13, nil), ("day at 09:00 sharp", 13..<18, "working day at 17:30"),
        ("每月 10:00", 3..<8, "每月1日 10:00"), ("每周 10:00", 3..<8, "每周一、周四 10:00"), ("每周八 10:00", 2..<3, "每周五 10:00"),
        ("每天晚上12点", 4..<6, "00:00"), ("每天 24:00", 3..<8, "00:00"), ("每天 9", 3..<4, "09:00"),
        ("3个工作日", 0..<1, "每个工作日 09:00"), ("15分钟 09:00", 5..<10, "每15分钟"), ("每礼拜", 3..<3, "每周一、周四 09:00"),
    ]

    @Test(arguments: refused) func refuses(text: String, range: Range<Int>, nearest: String?) {
        do throws(EveryError) {
            let every = try Every(text)
            Issue.record("\(text) read as \(every)")
        } catch {
            #expect(error.range == range, "\(text)")
            #expect(error.nearest == nearest, "\(text)")
            #expect(!error.message(.en).isEmpty && !error.message(.zh).isEmpty)
        }
    }

    static let occurrences: [(String, String, String, [String])] = [
        (
            "working day at 17:30", "Asia/Shanghai", "2026-09-18T18:00:00+08:00",
            ["2026-09-20T17:30:00+08:00", "2026-09-21T17:30:00+08:00", "2026-09-22T17:30:00+08:00"]
        ),
        (
            "month on last working day at 10:00", "Asia/Shanghai", "2026-09-01T00:00:00+08:00",
            ["2026-09-30T10:00:00+08:00", "2026-10-30T10:00:00+08:00"]
        ),
        (
            "quarter on first working day at 09:00", "Asia/Shanghai", "2026-09-01T00:00:00+08:00",
            ["2026-10-08T09:00:00+08:00", "2027-01-01T09:00:00+08:00"]
        ),
        (
            "2 weeks on friday at 15:00", "UTC", "1970-01-05T00:00:00Z",
            ["1970-01-09T15:00:00Z", "1970-01-23T15:00:00Z"]
        ),
        ("month on 31", "UTC", "2026-01-31T09:00:00Z", ["2026-03-31T09:00:00Z", "2026-05-31T09:00:00Z"]),
        ("year on 02-29", "UTC", "2096-03-01T00:00:00Z", ["2104-02-29T09:00:00Z"]),
        (
            "day at 00:30", "Africa/Cairo", "2026-04-23T12:00:00+02:00",
            ["2026-04-24T01:30:00+03:00", "2026-04-25T00:30:00+03:00"]
        ),
        (
            "day at 02:30", "Europe/Berlin", "2026-10-24T12:00:00+02:00",
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
        ),
        (
            "hour", "Europe/Berlin", "2026-03-29T01:30:00+01:00",
            ["2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"]
        ),
        ("7 hours", "UTC", "2026-03-29T20:00:00Z", ["2026-03-29T21:00:00Z", "2026-03-30T00:00:00Z"]),
        (
            "7 minutes", "UTC", "2026-11-20T23:50:00Z",
            ["2026-11-20T23:55:00Z", "2026-11-21T00:00:00Z", "2026-11-21T00:07:00Z"]
        ),
        (
            "5 hours", "UTC", "2026-11-20T18:00:00Z",
            ["2026-11-20T20:00:00Z", "2026-11-21T00:00:00Z", "2026-11-21T05:00:00Z"]
        ),
        // More than a day runs on across midnight, from Monday 1970-01-05.
        (
            "36 hours", "UTC", "2026-11-20T18:00:00Z",
            ["2026-11-22T00:00:00Z", "2026-11-23T12:00:00Z", "2026-11-25T00:00:00Z"]
        ),
        ("3 months on 1", "UTC", "2026-02-01T00:00:00Z", ["2026-04-01T09:00:00Z", "2026-07-01T09:00:00Z"]),
    ]

    @Test(arguments: occurrences) func rings(text: String, zone: String, after: String, wanted: [String]) throws {
        let zone = try Zone.named(zone)
        let schedule = Schedule(every: try Every(text), zone: zone, calendar: .china)
        var at = try #require(Instant(iso: after))
        for want in wanted {
            at = try #require(schedule.next(after: at))
            #expect(at == Instant(iso: want), "\(text): \(at.iso(in: zone)) for \(want)")
        }
    }

    @Test func countingFromADate() throws {
        let from = CivilDate(iso: "2026-01-14")
        let weeks = Schedule(every: try Every("2 weeks on friday at 15:00"), zone: .utc, from: from)
        #expect(weeks.next(after: Instant(seconds: 0)) == Instant(iso: "2026-01-16T15:00:00Z"))
        let hours = Schedule(every: try Every("36 hours"), zone: .utc, from: from)
        let window = (after: Instant(seconds: 0), through: Instant.latest)
        #expect(
            hours.occurrences(in: window, limit: 3).map(\.iso) == [
                "2026-01-14T00:00:00Z", "2026-01-15T12:00:00Z", "2026-01-17T00:00:00Z",
            ])
        let years = Schedule(every: try Every("12 months on 30"), zone: .utc, from: CivilDate(iso: "2026-02-01"))
        #expect(years.next(after: Instant(seconds: 0)) == nil)
    }
}
