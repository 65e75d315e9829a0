import Almanac
import BellmanModel
import CEL

/// Dates, fields that hold a date or an instant, and calendar periods in expressions.
///
/// A date meets an instant as the start of that day in the rule's zone (design: expressions, "Dates").
enum DateFunctions {
    static var all: [CELFunction] { orders + equalities + differences + shifts + questions + formats }

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
                CELFunction(name, overload: "\(name) \(a) \(b)", parameters: [a, b], result: .bool) {
                    values, context throws(CELFailure) in
                    .bool(test(try compare(values[0], values[1], context)))
                }
            }
        }
    }

    private static var equalities: [CELFunction] {
        [("_==_", true), ("_!=_", false)].flatMap { name, wanted in
            pairs.filter { $0.0 != $0.1 }.map { a, b in
                CELFunction(
                    name, overload: "\(name) \(a) \(b)", parameters: [.nullable(a), .nullable(b)], result: .bool
                ) { values, context throws(CELFailure) in
                    if values[0].isNull || values[1].isNull {
                        return .bool((values[0].isNull && values[1].isNull) == wanted)
                    }
                    return .bool((try compare(values[0], values[1], context) == 0) == wanted)
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

    private static var shifts: [CELFunction] {
        moments.flatMap { type in
            [CELType.string, HostType.period].flatMap { by in
                [("plus", false), ("minus", true)].map { name, back in
                    CELFunction(
                        name, overload: "\(type).\(name)(\(by))", isMember: true, parameters: [type, by], result: type
                    ) { values, context throws(CELFailure) in
                        try shift(values[0], period(values[1]), back: back, context)
                    }
                }
            }
        }
    }

    private static var questions: [CELFunction] {
        moments.flatMap { type in
            [
                CELFunction("days_until", overload: "days_until(\(type))", parameters: [type], result: .int) {
                    values, context throws(CELFailure) in
                    let world = try world(context)
                    return .int(Int64(try day(values[0], context).days(since: world.today)))
                },
                CELFunction(
                    "working_days_until", overload: "working_days_until(\(type))", parameters: [type], result: .int,
                    cost: 100
                ) { values, context throws(CELFailure) in
                    let world = try world(context)
                    let day = try day(values[0], context)
                    let calendar = world.timing.calendar
                    return .int(Int64(calendar.workdays(from: world.today, to: day)))
                },
            ]
        }
    }

    private static var formats: [CELFunction] {
        moments.map { type in
            CELFunction(
                "format", overload: "\(type).format(string)", isMember: true, parameters: [type, .string],
                result: .string
            ) { values, context throws(CELFailure) in
                let world = try world(context)
                let pattern = values[1].stringValue ?? ""
                let language = world.presentation.language
                switch try moment(values[0]) {
                case .date(let date):
                    return .string(DatePattern.format(date, pattern: pattern, language: language))
                case .instant(let instant):
                    return .string(
                        DatePattern.format(instant, in: world.timing.zone, pattern: pattern, language: language))
                }
            }
        }
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

    private static func compare(_ a: CELValue, _ b: CELValue, _ context: CELContext) throws(CELFailure) -> Int {
        if case .date(let x) = try moment(a), case .date(let y) = try moment(b) { return x.days(since: y).signum() }
        let x = try instant(a, context)
        let y = try instant(b, context)
        return x < y ? -1 : (x == y ? 0 : 1)
    }

    private static func period(_ value: CELValue) throws(CELFailure) -> Period {
        if let period = value.opaqueValue as? PeriodValue { return period.period }
        do { return try Period.parse(value.stringValue ?? "") } catch {
            throw CELFailure(
                .host(code: "bad_period", english: error.message(.en), chinese: error.message(.zh)))
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
