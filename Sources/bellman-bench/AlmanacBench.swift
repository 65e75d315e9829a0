import Almanac

/// What the next occurrence of a schedule costs, soon after its start and years later.
enum AlmanacBench {
    struct Case {
        let name: String
        let text: String
        /// Where counting begins; cron has no start.
        let from: CivilDate?
    }

    static let start = CivilDate(clampingDays: 16_801)

    static let cases = [
        Case(name: "cron_daily", text: "30 9 * * *", from: nil),
        Case(name: "cron_weekdays", text: "*/15 9-17 * * 1-5", from: nil),
        Case(name: "cron_leap_day", text: "0 0 29 2 *", from: nil),
        Case(name: "every_working_day", text: "working day at 17:30", from: start),
        Case(name: "every_last_working_day", text: "每月最后一个工作日 10:00", from: start),
        Case(name: "every_2_weeks", text: "2 weeks on friday at 15:00", from: start),
        Case(name: "rrule_weekly", text: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", from: start),
        Case(name: "rrule_last_friday", text: "FREQ=MONTHLY;BYDAY=-1FR", from: start),
        Case(name: "rrule_position", text: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", from: start),
        Case(name: "rrule_count", text: "FREQ=DAILY;INTERVAL=3;COUNT=5000", from: start),
        Case(name: "rrule_week_number", text: "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", from: start),
    ]

    /// The days at which the next occurrence is asked for: two months and ten years after the start.
    private static let soon = 60
    private static let late = 3_653

    static func run(rounds: Int) throws {
        let zone = try Zone.named("America/New_York")
        var (next, fresh) = ([Double](), [Double]())
        for item in cases {
            let schedule = try read(item, zone)
            let (early, far) = try asked(schedule, zone, rounds)
            let parsing = try perCall(rounds) { index in
                let schedule = try read(item, zone)
                return schedule.next(after: instant(soon + index % 365, zone)) != nil
            }
            Meter.report("\(item.name)_next", early, "ns")
            Meter.report("\(item.name)_next_10_years_in", far, "ns")
            Meter.report("\(item.name)_10_years_to_2_months", far / early, "x")
            Meter.report("\(item.name)_read_and_next", parsing, "ns")
            next.append(max(early, far))
            if item.name.hasPrefix("cron") { fresh.append(parsing) }
        }
        Meter.report("slowest_next", next.max() ?? 0, "ns")
        Meter.report("slowest_cron_read_and_next", fresh.max() ?? 0, "ns")
    }

    private static func read(_ item: Case, _ zone: Zone) throws -> Schedule {
        try Schedule(text: item.text, zone: zone, calendar: .china, from: item.from)
    }

    /// Both places are asked in turn, so that a busy machine slows both.
    private static func asked(_ schedule: Schedule, _ zone: Zone, _ rounds: Int) throws -> (Double, Double) {
        var (early, far) = ([Double](), [Double]())
        for _ in 0..<rounds {
            early.append(try once { schedule.next(after: instant(soon + $0 % 365, zone)) != nil })
            far.append(try once { schedule.next(after: instant(late + $0 % 365, zone)) != nil })
        }
        return (Meter.median(early), Meter.median(far))
    }

    private static func perCall(_ rounds: Int, _ work: (Int) throws -> Bool) throws -> Double {
        Meter.median(try (0..<rounds).map { _ in try once(work) })
    }

    /// Nanoseconds of CPU of one call, over as many calls as a year has days, eleven times.
    private static func once(_ work: (Int) throws -> Bool) throws -> Double {
        let times = 365 * 11
        let (found, cost) = try Meter.measure { try (0..<times).reduce(0) { try $0 + (work($1) ? 1 : 0) } }
        guard found == times else { throw BenchFailure(description: "a schedule ended too soon") }
        return cost.cpuMicroseconds * 1_000 / Double(times)
    }

    private static func instant(_ day: Int, _ zone: Zone) -> Instant {
        zone.startOfDay(start.adding(days: day)).adding(seconds: 43_207)
    }
}
