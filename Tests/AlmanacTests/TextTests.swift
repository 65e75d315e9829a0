import Testing

@testable import Almanac

@Suite struct TextTests {
    static let periods: [(String, String, String)] = [
        ("90 minutes", "PT1H30M", "90 分钟"), ("3 days", "P3D", "3 天"), ("2 weeks", "P14D", "14 天"),
        ("3 months", "P3M", "3 个月"), ("1 year", "P1Y", "1 年"), ("3 working days", "P3WD", "3 个工作日"),
        ("3 business days", "P3WD", "3 个工作日"), ("3 天", "P3D", "3 天"), ("3个工作日", "P3WD", "3 个工作日"),
        ("3 个月", "P3M", "3 个月"), ("半年", "P6M", "6 个月"), ("两周", "P14D", "14 天"), ("一天", "P1D", "1 天"),
        ("十五分钟", "PT15M", "15 分钟"), ("１０天", "P10D", "10 天"), ("P3D", "P3D", "3 天"), ("PT36H", "PT36H", "36 小时"),
        ("1 day 12 hours", "P1DT12H", "1 天 12 小时"), ("1 day and 12 hours", "P1DT12H", "1 天 12 小时"),
        ("a week", "P7D", "7 天"), ("half an hour", "PT30M", "30 分钟"), ("-P1Y2M", "-P1Y2M", "1 年 2 个月"),
        ("PT0.5S", "PT0.5S", "0.5 秒"), ("0 days", "P0D", "0 天"), ("P3WD", "P3WD", "3 个工作日"),
        ("1 quarter", "P3M", "3 个月"),
        ("3個工作日", "P3WD", "3 个工作日"), ("兩週", "P14D", "14 天"),
        ("一百二十天", "P120D", "120 天"), ("两个小时", "PT2H", "2 小时"),
    ]

    @Test(arguments: periods) func readsPeriods(text: String, canonical: String, chinese: String) throws {
        let period = try Period.parse(text)
        #expect(period.canonical == canonical)
        #expect(period.text(.zh) == chinese)
        #expect(try Period.parse(canonical) == period)
        if period.microseconds % 1_000_000 == 0 {  // fractions are read in ISO form only
            #expect(try Period.parse(period.text(.en)) == period.magnitude)
            #expect(try Period.parse(period.text(.zh)) == period.magnitude)
        }
        #expect(period.negated.negated == period)
    }

    static let badPeriods: [(String, String?)] = [
        ("3d", "3 days"), ("1D", "1 day"), ("3 dyas", "3 days"), ("3", "3 days"), ("5 m", "5 minutes"),
        ("1.5 hours", "90 minutes"),
        ("0 working days", "1 working day"), ("days", "3 days"), ("", "3 days"), ("半天", "12 小时"), ("半个月", "15 天"),
        ("1.5小时", "90 分钟"), ("0个工作日", "1 个工作日"),
        ("3 working", "3 working days"),
        ("p1d", "P1D"), (" P1D", "P1D"), ("1 day 2 days", nil), ("99999999999 days", nil), ("天", "3 天"),
        ("P-3D", "P3D"), ("3 days before", "3 days"), ("Before 3 days", "3 days"), ("2 hours later", "2 hours"),
        ("提前3天", "3天"), ("提前三个工作日", "三个工作日"), ("3天前", "3天"), ("三个工作日前", "三个工作日"), ("3天之后", "3天"),
    ]

    @Test(arguments: badPeriods) func refusesPeriods(text: String, nearest: String?) {
        do throws(PeriodError) {
            let period = try Period.parse(text)
            Issue.record("\(text) read as \(period)")
        } catch {
            #expect(error.nearest == nearest, "\(text)")
            #expect(error.message(.zh) != error.message(.en))
        }
    }

    static let directed: [(String, String, String)] = [
        ("3 days before", "-P3D", "before"), ("2 hours after", "PT2H", "after"),
        ("3 working days ahead", "-P3WD", "ahead"),
        ("1 day in advance", "-P1D", "in advance"), ("提前3天", "-P3D", "提前"), ("3天后", "P3D", "后"),
        ("３天以前", "-P3D", "以前"), ("兩週後", "P14D", "后"), ("0 days after", "P0D", "after"),
    ]

    @Test(arguments: directed) func readsDirections(text: String, canonical: String, word: String) throws {
        let directed = try #require(DirectedPeriod(text))
        #expect(directed.period.canonical == canonical && directed.word == word, "\(directed)")
        #expect(directed.isBefore == (canonical.first == "-"))
    }

    @Test(arguments: ["3 days", "before", "前", "3 foxes before", "-3 days before", "P3D before", ""])
    func readsNoDirection(text: String) { #expect(DirectedPeriod(text) == nil) }

    @Test func monthsClampFromTheOriginalDate() {
        let date = CivilDate(iso: "2026-03-31")!
        #expect(date.adding(months: -1).description == "2026-02-28")
        #expect(date.adding(months: -13).description == "2025-02-28")
        #expect(date.adding(months: -25).description == "2024-02-29")
        #expect(date.adding(months: 1).description == "2026-04-30")
        #expect(date.adding(months: .max) == .latest && date.adding(days: .min) == .earliest)
    }

    static let patterns: [(String, String, String)] = [
        ("M月d日", "3月5日", "3月5日"), ("yyyy-MM-dd HH:mm:ss", "2026-03-05 15:04:09", "2026-03-05 15:04:09"),
        ("EEE d MMM y", "Thu 5 Mar 2026", "周四 5 3月 2026"), ("EEEE, MMMM", "Thursday, March", "星期四, 三月"),
        ("h:mm a", "3:04 PM", "3:04 下午"), ("QQQQ 'w'ww", "1st quarter w10", "第一季度 w10"),
        ("'it''s' ''d", "it's '5", "it's '5"),
        ("yy D SSS", "26 64 250", "26 64 250"), ("xxx X Z", "+08:00 +08 +0800", "+08:00 +08 +0800"),
    ]

    @Test(arguments: patterns) func formats(pattern: String, english: String, chinese: String) throws {
        let instant = try #require(Instant(iso: "2026-03-05T07:04:09.25Z"))
        let zone = Zone.fixed(28_800)
        #expect(DatePattern.format(instant, in: zone, pattern: pattern, language: .en) == english)
        #expect(DatePattern.format(instant, in: zone, pattern: pattern, language: .zh) == chinese)
    }

    @Test func unknownPatternLettersAreNamed() {
        #expect(DatePattern.unknownLetters(in: "yyyy-MM-dd'T'HH jj v") == ["j", "v"])
    }

    @Test func instantsInText() {
        #expect(Instant(iso: "2026-10-01T09:00:00+08:00")?.iso == "2026-10-01T01:00:00Z")
        #expect(Instant(iso: "2026-10-01t09:00:00.120z")?.iso == "2026-10-01T09:00:00.12Z")
        #expect(Instant(iso: "1969-12-31T23:59:59.5Z")?.microseconds == -500_000)
        #expect(Instant(iso: "2026-10-01T09:00:00") == nil)
        #expect(Instant(iso: "2026-02-30T09:00:00Z") == nil)
        #expect(
            LocalTime("9:00") == .nine && LocalTime("09:00:30")?.description == "09:00:30" && LocalTime("24:00") == nil)
    }

    @Test func calendarsTellWhatTheyCover() {
        let china = WorkingCalendar.china
        let (start, end) = (CivilDate(iso: "2026-12-30")!, CivilDate(iso: "2027-01-04")!)
        #expect(china.coverageGap(from: start, to: end) == [2027])
        #expect(china.adding(workingDays: 3, to: start).description == "2027-01-04")
        #expect(WorkingCalendar.mondayToFriday.coverageGap(from: start, to: end).isEmpty)
        #expect(china.workdays(from: CivilDate(iso: "2026-09-30")!, to: CivilDate(iso: "2026-10-10")!) == 3)
    }
}
