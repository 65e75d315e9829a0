import Almanac
import BellmanModel
import CEL

/// Dates, fields that hold a date or an instant, and calendar periods in expressions.
///
/// A date meets an instant as the start of that day in the rule's zone (design: expressions, "Dates").
enum DateFunctions {
    static var operators: [CELFunction] { orders + equalities + differences }

    static var table: [BellmanFunction] {
        [
            BellmanFunction(
                "date(text)", "A day written out.", "写明的日期。",
                examples: [.init("date(\"2026-12-31\").minus(\"1 month\")", "2026-11-30")],
                DateLiterals.all.prefix(1).map { $0.checking(checkDate) }),
            BellmanFunction(
                "date(time)", "The day of an instant, in the rule's zone.", "某个时刻所在的日期，按规则的时区。",
                examples: [.init("date(now)", "2026-11-20")], Array(DateLiterals.all.dropFirst())),
            BellmanFunction(
                "days_until(date)", "Calendar days from today to a date; negative when it is past.",
                "从今天到某天有几个日历日；已过为负数。",
                examples: [
                    .init("days_until(task.due)", "10"), .init("days_until(task.due.minus(\"2 weeks\"))", "-4"),
                ],
                moments.map(daysUntil)),
            BellmanFunction(
                "working_days_until(date)", "The same in working days of the rule's calendar.",
                "同上，按规则所用日历的工作日数。", examples: [.init("working_days_until(task.due)", "6")],
                moments.map(workingDaysUntil)),
            BellmanFunction(
                "is_working_day(date)",
                "Whether people work on that day by the rule's calendar: make-up workdays count, days off do not.",
                "按规则所用日历那天是否上班：调休上班日算，放假日不算。",
                examples: [
                    .init("is_working_day(today)", "yes", "是"),
                    .init("is_working_day(date(\"2026-10-01\"))", "no", "否"),
                ],
                moments.map(isWorkingDay)),
            BellmanFunction(
                "date.plus(duration)", "The date moved on; a duration is text as in `by`, or a field that holds one.",
                "往后推的日期；时长写法同 `by`，也可以是时长字段。",
                examples: [
                    .init("task.due.plus(\"3 working days\")", "2026-12-03"),
                    .init("today.plus(\"3 个月\")", "2027-02-20"),
                ], shifts("plus", back: false)),
            BellmanFunction(
                "date.minus(duration)", "The date moved back.", "往前推的日期。",
                examples: [.init("task.due.minus(\"1 week\")", "2026-11-23")], shifts("minus", back: true)),
            BellmanFunction(
                "date.format(pattern)",
                "Text by a Unicode date pattern, in the rule's zone and the configured language.",
                "按 Unicode 日期格式写成文字，用规则的时区和配置的语言。",
                examples: [
                    .init("task.due.format(\"M月d日\")", "11月30日"),
                    .init("task.due.format(\"EEEE\")", "Monday", "星期一"),
                    .init("now.format(\"HH:mm\")", "10:00"),
                ], formats),
        ]
    }

    private static let moments: [CELType] = [HostType.date, HostType.when, .timestamp]

    /// Every pair of moment types but (timestamp, timestamp), which the language has itself.
    private static var pairs: [(CELType, CELType)] {
        moments.flatMap { a in moments.map { (a, $0) } }.filter { $0 != (.timestamp, .timestamp) }
    }

    private static var orders: [CELFunction] {
        let tests: [(String, @Sendable (Int) -> Bool)] = [
            ("_<_", { $0 < 0 }), ("_<=_", { $0 <= 0 }), ("_>_", { $0 > 0 }), ("_>=_", { $0 >= 0 }),
        ]
        return tests.flatMap { name, test in
            pairs.map { a, b in
                CELFunction.binary(name, overload: "\(name) \(a) \(b)", parameters: (a, b), result: .bool) {
                    first, second, context throws(CELFailure) in
                    .bool(test(try compare(first, second, context)))
                }
            }
        }
    }

    private static var equalities: [CELFunction] {
        [("_==_", true), ("_!=_", false)].flatMap { name, wanted in
            pairs.filter { $0.0 != $0.1 }.map { a, b in
                CELFunction.binary(
                    name, overload: "\(name) \(a) \(b)", parameters: (.nullable(a), .nullable(b)), result: .bool
                ) { first, second, context throws(CELFailure) in
                    if first.isNull || second.isNull { return .bool((first.isNull && second.isNull) == wanted) }
                    return .bool((try compare(first, second, context) == 0) == wanted)
                }
            }
        }
    }

    /// Differences are exact spans; between two dates whole days.
    private static var differences: [CELFunction] {
        pairs.map { a, b in
            CELFunction("_-_", overload: "_-_ \(a) \(b)", parameters: [a, b], result: .duration) {
                values, context throws(CELFailure) in
                if case .date(let x) = try moment(values[0]), case .date(let y) = try moment(values[1]) {
                    return try span(Int64(x.days(since: y)), each: nanosecondsPerDay)
                }
                let x = try instant(values[0], context)
                let y = try instant(values[1], context)
                let (apart, overflow) = x.microseconds.subtractingReportingOverflow(y.microseconds)
                if overflow { throw CELFailure(.overflow(type: "duration")) }
                return try span(apart, each: 1_000)
            }
        }
    }

    private static let nanosecondsPerDay: Int64 = 86_400 * 1_000_000_000

    /// A span of the language holds 292 years; 9999-12-31, which people write for "never", is further away.
    private static func span(_ count: Int64, each: Int64) throws(CELFailure) -> CELValue {
        let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: each)
        if overflow { throw CELFailure(.overflow(type: "duration")) }
        return .duration(CELDuration(nanoseconds: nanoseconds))
    }

    private static func shifts(_ name: String, back: Bool) -> [CELFunction] {
        moments.flatMap { type in
            [CELType.string, HostType.period].map { by in
                CELFunction(
                    name, overload: "\(type).\(name)(\(by))", isMember: true, parameters: [type, by], result: type
                ) { values, context throws(CELFailure) in
                    try shift(values[0], period(values[1]), back: back, context)
                }.checking(checkPeriod)
            }
        }
    }

    private static func daysUntil(_ type: CELType) -> CELFunction {
        CELFunction("days_until", overload: "days_until(\(type))", parameters: [type], result: .int) {
            values, context throws(CELFailure) in
            let world = try world(context)
            return .int(Int64(try day(values[0], context).days(since: world.today)))
        }
    }

    private static func workingDaysUntil(_ type: CELType) -> CELFunction {
        CELFunction(
            "working_days_until", overload: "working_days_until(\(type))", parameters: [type], result: .int, cost: 100
        ) { values, context throws(CELFailure) in
            let world = try world(context)
            let day = try day(values[0], context)
            return .int(Int64(world.timing.calendar.workdays(from: world.today, to: day)))
        }
    }

    private static func isWorkingDay(_ type: CELType) -> CELFunction {
        CELFunction("is_working_day", overload: "is_working_day(\(type))", parameters: [type], result: .bool, cost: 10)
        {
            values, context throws(CELFailure) in
            .bool(try world(context).timing.calendar.isWorkday(try day(values[0], context)))
        }
    }

    private static var formats: [CELFunction] {
        moments.map { type in
            CELFunction(
                "format", overload: "\(type).format(string)", isMember: true, parameters: [type, .string],
                result: .string, cost: 5
            ) { values, context throws(CELFailure) in
                let world = try world(context)
                let pattern = values[1].stringValue ?? ""
                if let problem = DateFormatCheck.problem(pattern) { throw problem.failure }
                let language = world.presentation.language
                switch try moment(values[0]) {
                case .date(let date):
                    return .string(DatePattern.format(date, pattern: pattern, language: language))
                case .instant(let instant):
                    return .string(
                        DatePattern.format(instant, in: world.timing.zone, pattern: pattern, language: language))
                }
            }.checking(DateFormatCheck.check)
        }
    }

    /// A duration that is written out is read when the rule is loaded.
    private static let checkPeriod: CELFunction.LiteralCheck = { arguments, _ in
        guard arguments.count == 2, let text = arguments[1].text else { return [] }
        do throws(PeriodError) {
            _ = try Period.parse(text)
            return []
        } catch {
            return [(.host(badPeriod(error)), arguments[1].range)]
        }
    }

    /// So is a day.
    private static let checkDate: CELFunction.LiteralCheck = { arguments, _ in
        guard let text = arguments.first?.text, CivilDate(iso: text) == nil else { return [] }
        let problem = CELHostProblem(
            code: "bad_date", english: "“\(text)” is no date", chinese: "“\(text)”不是日期",
            englishHelp: "write it as 2026-01-31", chineseHelp: "请写成 2026-01-31")
        return [(.host(problem), arguments[0].range)]
    }

    private static func badPeriod(_ error: PeriodError) -> CELHostProblem {
        CELHostProblem(code: "bad_period", english: error.message(.en), chinese: error.message(.zh))
    }

    // MARK: values

    enum Moment {
        case date(CivilDate)
        case instant(Instant)
    }

    static func moment(_ value: CELValue) throws(CELFailure) -> Moment {
        if case .timestamp(let stamp) = value { return .instant(stamp.instant) }
        if let date = value.opaqueValue as? DateValue { return .date(date.date) }
        throw CELFailure(.noSuchOverload(function: "date", arguments: [value.typeName]))
    }

    static func world(_ context: CELContext) throws(CELFailure) -> RecordWorld {
        guard let world = context as? RecordWorld else { throw CELFailure(.unbound("now")) }
        return world
    }

    static func instant(_ value: CELValue, _ context: CELContext) throws(CELFailure) -> Instant {
        switch try moment(value) {
        case .instant(let instant): return instant
        case .date(let date): return try world(context).timing.zone.startOfDay(date)
        }
    }

    static func day(_ value: CELValue, _ context: CELContext) throws(CELFailure) -> CivilDate {
        switch try moment(value) {
        case .date(let date): return date
        case .instant(let instant): return try world(context).timing.zone.date(instant)
        }
    }

    static func compare(_ a: CELValue, _ b: CELValue, _ context: CELContext) throws(CELFailure) -> Int {
        if case .date(let x) = try moment(a), case .date(let y) = try moment(b) { return x.days(since: y).signum() }
        let x = try instant(a, context)
        let y = try instant(b, context)
        return x < y ? -1 : (x == y ? 0 : 1)
    }

    private static func period(_ value: CELValue) throws(CELFailure) -> Period {
        if let period = value.opaqueValue as? PeriodValue { return period.period }
        do throws(PeriodError) { return try Period.parse(value.stringValue ?? "") } catch {
            throw badPeriod(error).failure
        }
    }

    private static func shift(
        _ value: CELValue, _ period: Period, back: Bool, _ context: CELContext
    ) throws(CELFailure) -> CELValue {
        let timing = try world(context).timing
        let signed = back ? period.negated : period
        switch try moment(value) {
        case .date(let date) where !signed.hasClockPart:
            return .opaque(DateValue(signed.moved(date, calendar: timing.calendar)))
        case .date(let date):
            // A clock part counts from the start of the day, so the answer is an instant.
            let rule = OffsetRule(period: signed, at: .midnight, zone: timing.zone, calendar: timing.calendar)
            return rule.instant(for: date).celTimestamp.map(CELValue.timestamp) ?? .null
        case .instant(let instant):
            let rule = OffsetRule(period: signed, at: timing.at, zone: timing.zone, calendar: timing.calendar)
            return rule.instant(for: instant).celTimestamp.map(CELValue.timestamp) ?? .null
        }
    }
}

extension Period {
    var hasClockPart: Bool { microseconds != 0 }
}
