import Almanac
import BellmanModel
import Testing

@Suite struct FieldParserTests {
    static let shanghai = FieldParser(zone: .fixed(8 * 3600))

    func date(_ text: String) -> FieldValue { CivilDate(iso: text).map { .date($0) } ?? .null }
    func instant(_ text: String) -> FieldValue { Instant(iso: text).map { .instant($0) } ?? .null }

    @Test(arguments: [
        ("2026-11-30", "2026-11-30"), ("2026/11/30", "2026-11-30"), ("2026.11.30", "2026-11-30"),
        ("2026-1-5", "2026-01-05"),
        ("2026年11月30日", "2026-11-30"), ("2026 年 1 月 5 号", "2026-01-05"), ("20261130", "2026-11-30"),
        ("２０２６－１１－３０", "2026-11-30"), (" 2026-11-30 ", "2026-11-30"), ("30/Oct/26", "2026-10-30"),
        ("30 Oct 2026", "2026-10-30"), ("October 30, 2026", "2026-10-30"), ("Oct 3rd, 2026", "2026-10-03"),
        ("2026 January 02 12:00 AM", "2026-01-02"), ("Fri, 30-Oct-2026", "2026-10-30"), ("30/11/2026", "2026-11-30"),
        ("11/30/2026", "2026-11-30"), ("5/5/2026", "2026-05-05"), ("2026-11-30 00:00:00", "2026-11-30"),
        ("2026-11-30T20:00:00Z", "2026-12-01"), ("1793000000000", "2026-10-26"), ("2028-02-29", "2028-02-29"),
    ])
    func dates(_ text: String, _ expected: String) throws {
        #expect(try Self.shanghai.value(text, as: .date) == date(expected))
    }

    @Test(arguments: [
        ("2026-02-30", FieldProblem.impossibleDate("2026-02-30", lastDay: CivilDate(iso: "2026-02-28"))),
        ("2028-02-30", .impossibleDate("2028-02-30", lastDay: CivilDate(iso: "2028-02-29"))),
        ("2026年11月31日", .impossibleDate("2026年11月31日", lastDay: CivilDate(iso: "2026-11-30"))),
        ("2026-13-01", .impossibleDate("2026-13-01", lastDay: nil)),
        ("20261301", .impossibleDate("20261301", lastDay: nil)),
        ("03/04/2026", .ambiguousDate("03/04/2026")), ("8月6日", .dateWithoutYear("8月6日")),
        ("11-30", .dateWithoutYear("11-30")),
        ("soon", .notADate("soon")), ("45000", .notADate("45000")), ("2026", .notADate("2026")),
        ("2026-11-30 25:00", .impossibleTime("2026-11-30 25:00")),
        ("2026-11-30 18:60", .impossibleTime("2026-11-30 18:60")),
        ("2026-11-30 18:00 later", .notAnInstant("2026-11-30 18:00 later")),
        ("2026-11-30 x", .notADate("2026-11-30 x")),
    ])
    func refusedDates(_ text: String, _ problem: FieldProblem) {
        #expect(throws: problem) { try Self.shanghai.value(text, as: .when) }
    }

    @Test(arguments: [
        ("2026-11-30 18:00", "2026-11-30T10:00:00Z"), ("2026-11-30 18:00:30.25", "2026-11-30T10:00:30.25Z"),
        ("2026-11-30T18:00:00Z", "2026-11-30T18:00:00Z"), ("2026-11-30T18:00:00+08:00", "2026-11-30T10:00:00Z"),
        ("2026-11-21T09:00:00.000+0800", "2026-11-21T01:00:00Z"), ("2026年11月30日 下午6:00", "2026-11-30T10:00:00Z"),
        ("2026/11/30（周一）18时30分", "2026-11-30T10:30:00Z"), ("7/13/2026, 1:00 PM GMT+5", "2026-07-13T08:00:00Z"),
        ("7/13/2026, 1:00 PM GMT+5:30", "2026-07-13T07:30:00Z"), ("30/Oct/26 5:00 PM", "2026-10-30T09:00:00Z"),
        ("2026-11-30 24:00", "2026-11-30T16:00:00Z"), ("12/13/2026 12:30 am", "2026-12-12T16:30:00Z"),
        ("2017-09-15 16:50:55 UTC", "2017-09-15T16:50:55Z"), ("1793000000000", "2026-10-26T07:33:20Z"),
    ])
    func times(_ text: String, _ expected: String) throws {
        #expect(try Self.shanghai.value(text, as: .instant) == instant(expected))
        #expect(try Self.shanghai.value(text, as: .when) == instant(expected))
    }

    @Test func whenTellsDatesFromTimes() throws {
        #expect(try Self.shanghai.value("2026-11-30", as: .when) == date("2026-11-30"))
        #expect(try Self.shanghai.value("2026-11-30", as: .instant) == instant("2026-11-29T16:00:00Z"))
        let hints = ColumnHints(midnightIsDate: true)
        #expect(try Self.shanghai.value("2026-11-30 00:00", as: .when, hints: hints) == date("2026-11-30"))
        #expect(try Self.shanghai.value("2026-11-30 00:00", as: .when) == instant("2026-11-29T16:00:00Z"))
    }

    @Test func orderAndSerialsOnlyWhenSaid() throws {
        #expect(
            try Self.shanghai.value("03/04/2026", as: .date, hints: .init(dateOrder: .dayFirst)) == date("2026-04-03"))
        #expect(
            try Self.shanghai.value("03/04/2026", as: .date, hints: .init(dateOrder: .monthFirst)) == date("2026-03-04")
        )
        let serial = ColumnHints(serialDates: true)
        #expect(try Self.shanghai.value("46356", as: .date, hints: serial) == date("2026-11-30"))
        #expect(try Self.shanghai.value("46356.75", as: .when, hints: serial) == instant("2026-11-30T10:00:00Z"))
        #expect(try Self.shanghai.value("1", as: .date, hints: serial) == date("1900-01-01"))
        #expect(try Self.shanghai.value("61", as: .date, hints: serial) == date("1900-03-01"))
    }

    @Test(arguments: [
        ("30%", false, 0.3), ("30", true, 0.3), ("0.3", false, 0.3), ("３０％", false, 0.3), ("100%", false, 1),
        ("0", false, 0),
        ("7.5 %", false, 0.075), ("100", true, 1), ("1", false, 1),
    ])
    func shares(_ text: String, _ percent: Bool, _ expected: Double) throws {
        #expect(try Self.shanghai.value(text, as: .share, hints: .init(percent: percent)) == .double(expected))
    }

    @Test(arguments: [
        ("5", FieldValue.int(5)), ("1,234", .int(1234)), ("１２", .int(12)), ("-3", .int(-3)), ("5.0", .int(5)),
        ("2万", .int(20_000)),
        ("1 234 567", .int(1_234_567)),
    ])
    func wholes(_ text: String, _ expected: FieldValue) throws {
        #expect(try Self.shanghai.value(text, as: .int) == expected)
    }

    @Test(arguments: [
        ("1.5", FieldValue.double(1.5)), ("1,234.5", .double(1234.5)), ("1.234,56", .double(1234.56)),
        ("12,5", .double(12.5)),
        ("1e-3", .double(0.001)), ("1'000'000.25", .double(1_000_000.25)), (".5", .double(0.5)),
    ])
    func numbers(_ text: String, _ expected: FieldValue) throws {
        #expect(try Self.shanghai.value(text, as: .double) == expected)
    }

    @Test(
        arguments: [
            ("¥ 50,000.00", 500_000_000, nil), ("5万", 500_000_000, nil), ("CNY 1200", 12_000_000, "CNY"),
            ("1.2亿元", 1_200_000_000_000, "CNY"),
            ("USD1,200.50", 12_005_000, "USD"), ("1.234,56 €", 12_345_600, "EUR"), ("(1,200)", -12_000_000, nil),
            ("-¥30", -300_000, nil),
            ("￥９９", 990_000, nil), ("30 RMB", 300_000, "CNY"), ("0.00005", 1, nil), ("HK$ 20", 200_000, "HKD"),
        ] as [(String, Int64, String?)])
    func money(_ text: String, _ units: Int64, _ currency: String?) throws {
        let parsed = try MoneyText.parse(text)
        #expect(parsed.amount == Amount(units: units))
        #expect(parsed.currency == currency)
    }

    @Test(arguments: [
        (FieldType.int, "1.21143E+15", FieldProblem.lostDigits("1.21143E+15")), (.int, "1.5", .notWhole("1.5")),
        (.int, "99999999999999999999", .outOfRange("99999999999999999999")), (.int, "abc", .notANumber("abc")),
        (.double, "1,23,4", .notANumber("1,23,4")), (.double, "1.2.3", .notANumber("1.2.3")),
        (.double, "12-", .notANumber("12-")),
        (.share, "30", .shareWithoutPercent("30")), (.share, "130%", .notAShare("130%")),
        (.share, "-1%", .notAShare("-1%")),
        (.bool, "maybe", .notABool("maybe")), (.money, "fifty", .notMoney("fifty")),
        (.duration, "a while", .notADuration("a while")),
        (.enumeration(["在用", "停用"]), "坏", .notOneOf("坏", words: ["在用", "停用"])), (.derived("x"), "1", .derived),
        (.list(.int), "1;x", .item(2, .notANumber("x"))), (.custom, "x", .notAnObject("x")),
    ])
    func refuses(_ type: FieldType, _ text: String, _ problem: FieldProblem) {
        #expect(throws: problem) { try Self.shanghai.value(text, as: type) }
        for language in AlmanacLanguage.allCases { #expect(!problem.words(language).isEmpty) }
    }

    @Test func words() throws {
        for text in ["yes", "TRUE", "是", "1", "√", "Ｙ"] {
            #expect(try Self.shanghai.value(text, as: .bool) == .bool(true))
        }
        for text in ["no", "False", "否", "0"] { #expect(try Self.shanghai.value(text, as: .bool) == .bool(false)) }
        #expect(try Self.shanghai.value("active", as: .enumeration(["Active", "Off"])) == .string("Active"))
        #expect(try Self.shanghai.value(" 王芳 ", as: .reference(kind: "member")) == .reference("王芳"))
        for text in ["", "  ", "-", "N/A", "无", "未分配", "null"] {
            #expect(try Self.shanghai.value(text, as: .reference(kind: "member")) == .null)
            #expect(try Self.shanghai.value(text, as: .date) == .null)
        }
        #expect(try Self.shanghai.value("-", as: .string) == .string("-"))
        #expect(try Self.shanghai.value(" a\n", as: .text) == .string(" a\n"))
    }

    @Test(arguments: [
        ("a; b；c", ["a", "b", "c"]), ("甲、乙", ["甲", "乙"]), ("x, y", ["x", "y"]),
        ("Chen, Alice; Roy, Bob", ["Chen, Alice", "Roy, Bob"]),
        ("[Alice Chen, Bob Roy]", ["Alice Chen", "Bob Roy"]), ("[\"a,b\",\"c\"]", ["a,b", "c"]), ("one", ["one"]),
        ("a | b", ["a", "b"]),
    ])
    func lists(_ text: String, _ items: [String]) throws {
        #expect(try Self.shanghai.value(text, as: .list(.string)) == .list(items.map { .string($0) }))
    }

    @Test func durations() throws {
        let days = try Self.shanghai.value("30 days", as: .duration)
        for text in ["30天", "P30D", "30"] { #expect(try Self.shanghai.value(text, as: .duration) == days) }
        #expect(try Self.shanghai.value("3个月", as: .duration) != days)
    }
}
