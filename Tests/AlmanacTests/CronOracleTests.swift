import Testing

@testable import Almanac

/// Expressions made at random against a walk over every minute, as crontab(5) and cron(8) describe it.
@Suite struct CronOracleTests {
    static let seed: UInt64 = 20_261_123

    /// One field as text and as the set of its values.
    private struct Field {
        var text: String
        var values: Set<Int>
    }

    private struct Expression {
        var minute, hour, day, month, weekday: Field

        var text: String { [minute, hour, day, month, weekday].map(\.text).joined(separator: " ") }
        var isWildcard: Bool { minute.text.hasPrefix("*") || hour.text.hasPrefix("*") }

        func matches(_ local: CivilDateTime) -> Bool {
            guard minute.values.contains(local.time.minute), hour.values.contains(local.time.hour),
                month.values.contains(local.date.month)
            else { return false }
            let (inDays, inWeekdays) = (matchesDay(local.date), matchesWeekday(local.date))
            return day.text.hasPrefix("*") || weekday.text.hasPrefix("*")
                ? inDays && inWeekdays : inDays || inWeekdays
        }

        private func matchesDay(_ date: CivilDate) -> Bool {
            let length = CivilDate.daysInMonth(year: date.year, month: date.month)
            switch day.text {
            case "L": return date.day == length
            case "LW":
                return date.weekday <= 5
                    && (date.day + 1...length + 1).allSatisfy {
                        $0 > length || date.adding(days: $0 - date.day).weekday > 5
                    }
            default: return day.values.contains(date.day)
            }
        }

        private func matchesWeekday(_ date: CivilDate) -> Bool {
            let text = weekday.text
            guard text.contains("#") || text.hasSuffix("L") else { return weekday.values.contains(date.weekday % 7) }
            guard weekday.values.contains(date.weekday % 7) else { return false }
            let length = CivilDate.daysInMonth(year: date.year, month: date.month)
            return text.hasSuffix("L") ? date.day + 7 > length : text.hasSuffix("#\((date.day - 1) / 7 + 1)")
        }
    }

    private static func field(_ range: ClosedRange<Int>, near: [Int], _ random: inout SeededGenerator) -> Field {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return Field(text: "*", values: Set(range))
        case 2:
            let step = random.pick([2, 3, 7, 15, 40])
            return Field(
                text: "*/\(step)", values: Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
        case 3:
            let low = Int.random(in: range, using: &random)
            let high = Int.random(in: low...range.upperBound, using: &random)
            let step = random.pick([1, 2, 5])
            return Field(
                text: step == 1 ? "\(low)-\(high)" : "\(low)-\(high)/\(step)",
                values: Set(stride(from: low, through: high, by: step)))
        default:
            let values = (0..<random.pick([1, 1, 2, 3])).map { _ in
                random.chance(60) ? random.pick(near) : Int.random(in: range, using: &random)
            }
            return Field(text: values.map(String.init).joined(separator: ","), values: Set(values))
        }
    }

    private static func weekday(_ random: inout SeededGenerator) -> Field {
        let names = ["sun", "Mon", "TUE", "wed", "thu", "fri", "sat"]
        let day = Int.random(in: 0...6, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return Field(text: "\(day)#\(random.pick([1, 2, 3, 4, 5]))", values: [day])
        case 1: return Field(text: "\(day == 0 ? 7 : day)L", values: [day])
        case 2: return Field(text: names[day], values: [day])
        case 3: return Field(text: "1-5", values: [1, 2, 3, 4, 5])
        case 4: return Field(text: "5-7", values: [5, 6, 0])
        case 5: return Field(text: "*/2", values: [0, 2, 4, 6])
        default: return Field(text: "*", values: Set(0...6))
        }
    }

    private static func expression(_ random: inout SeededGenerator) -> Expression {
        var day = field(1...31, near: [1, 8, 29, 30], &random)
        if random.chance(15) { day = Field(text: random.pick(["L", "LW"]), values: []) }
        return Expression(
            minute: field(0...59, near: [0, 15, 30, 45], &random), hour: field(0...23, near: [0, 1, 2, 3], &random),
            day: random.chance(60) ? Field(text: "*", values: Set(1...31)) : day,
            month: random.chance(70)
                ? Field(text: "*", values: Set(1...12)) : field(1...12, near: [3, 4, 10, 11], &random),
            weekday: random.chance(50) ? Field(text: "*", values: Set(0...6)) : weekday(&random))
    }

    /// The minutes of a window at which the job runs.
    private static func walk(_ job: Expression, _ zone: Zone, _ start: Int64, _ end: Int64) -> [Instant] {
        var found: [Instant] = []
        var before = zone.local(Instant(seconds: start - 60))
        for second in stride(from: start, through: end, by: 60) {
            let instant = Instant(seconds: second)
            let local = zone.local(instant)
            let skipped = local.localSeconds - before.localSeconds - 60
            var rings = job.matches(local)
            if !job.isWildcard {
                if rings, zone.resolve(local) != instant { rings = false }  // the second pass
                if skipped > 0 {
                    rings =
                        rings
                        || stride(from: 60, through: skipped, by: 60).contains {
                            job.matches(CivilDateTime(localSeconds: before.localSeconds + $0))
                        }
                }
            }
            if rings { found.append(instant) }
            before = local
        }
        return found
    }

    @Test func randomExpressionsAgree() throws {
        print("seed", Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        var tally = Tally()
        let zones = try [
            "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana",
            "America/Santiago", "Asia/Beirut", "Asia/Shanghai",
        ].map { try Zone.named($0) }
        for _ in 0..<400 {
            let zone = random.pick(zones)
            let job = Self.expression(&random)
            let year = Int.random(in: 2000...2024, using: &random)
            var at = Instant(
                seconds: Int64(CivilDate.dayNumber(year: year, month: random.pick([1, 6]), day: 1)) * 86_400)
            if let change = zone.nextTransition(after: at), random.chance(85) { at = change.at }
            let start = at.adding(seconds: -60 * Int64.random(in: 0...600, using: &random)).seconds
            let cron: Cron
            do { cron = try Cron(job.text) } catch {
                tally.add("refused", error.kind == .neverComes, "\(job.text): \(error)")
                continue
            }
            let end = Instant(seconds: start + 900 * 60)
            let wanted = Self.walk(job, zone, start, end.seconds)
            let schedule = Schedule(cron: cron, zone: zone)
            let got = schedule.occurrences(in: (Instant(seconds: start - 60), end), limit: 10_000)
            let note =
                "\(job.text) \(zone) from \(Instant(seconds: start)): got \(got.prefix(4)), want \(wanted.prefix(4))"
            tally.add(job.isWildcard ? "wildcard" : "fixed", got == wanted, note)
            let offsets = Set([zone.offset(at: Instant(seconds: start)), zone.offset(at: end)])
            if offsets.count > 1 { tally.add("across a change of the clock", got == wanted, note) }
        }
        print("random cron:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    /// An input method's comma, digits and blanks.
    @Test(arguments: [
        ("0，30 9 * * *", "0,30 9 * * *"), ("０ ９ * * １-５", "0 9 * * 1-5"), ("0 9 1、15 * *", "0 9 1,15 * *"),
    ])
    func readsWideForms(text: String, plain: String) throws {
        #expect(try Cron(text) == Cron(plain))
        #expect(try Schedule(text: text, zone: .utc) == Schedule(text: plain, zone: .utc))
    }

    static let refused: [(String, CronError.Kind, String?)] = [
        ("0 9 * * L5", .badValue(.dayOfWeek, "L5"), "5L"), ("0 9 * * LMON", .badValue(.dayOfWeek, "LMON"), nil),
        ("@daily", .nickname("@daily"), "0 0 * * *"), ("@Weekly", .nickname("@Weekly"), "0 0 * * 0"),
        ("@reboot", .nickname("@reboot"), nil), ("0 9 * * 1-5 root", .fieldCount(6), "0 9 * * 1-5"),
        ("0 0 ? * MON", .questionMark(.dayOfMonth), "*"), ("0 0 15W * *", .nearestWeekday("15W"), nil),
        ("0 0 * * FRI-MON", .wrappedRange(.dayOfWeek, "FRI-MON"), "5-6,0-1"),
        ("0 0 31 4,6 *", .neverComes, nil), ("0 0 30 2 */2", .neverComes, nil),
        ("0 0 1 * */7#5", .badValue(.dayOfWeek, "*/7#5"), nil), ("61 * * * *", .outOfRange(.minute, 61, 0...59), nil),
        ("*/0 * * * *", .zeroStep(.minute), nil), ("0 0 * JANUARY *", .badValue(.month, "JANUARY"), "JAN"),
        ("0 0 9 * * 1-5", .secondsFirst(count: 6), "0 9 * * 1-5"),
        ("0 0 12 * * ?", .secondsFirst(count: 6), "0 12 * * *"),
        ("0 30 9 ? * MON-FRI", .secondsFirst(count: 6), "30 9 * * MON-FRI"),
        ("0 30 9 ? * 2-6", .secondsFirst(count: 6), "30 9 * * MON-FRI"),
        ("0 30 9 ? * 6L", .secondsFirst(count: 6), "30 9 * * 5L"),
        ("0 30 9 ? * 2,6#3 2027", .secondsFirst(count: 7), "30 9 * * MON,FRI#3"),
        ("0 0 9 1 * ? *", .secondsFirst(count: 7), "0 9 1 * *"),
        ("*/10 * * * * *", .secondsFirst(count: 6), "* * * * *"),
        ("0 9 1 1 * 2027", .yearLast("2027"), "0 9 1 1 *"), ("0 9 ? * MON-FRI *", .yearLast("*"), "0 9 * * MON-FRI"),
        ("0 9 ? * 2-6 *", .yearLast("*"), "0 9 * * MON-FRI"), ("0 0 9 15W * ?", .fieldCount(6), nil),
        ("TZ=Asia/Tokyo 0 9 * * *", .zonePrefix("Asia/Tokyo"), "0 9 * * *"),
        ("CRON_TZ=UTC 0 9 * *", .zonePrefix("UTC"), nil), ("0 9", .fieldCount(2), "0 9 * * *"),
        ("0 0 * * monday", .badValue(.dayOfWeek, "monday"), "MON"),
    ]

    @Test(arguments: refused) func refuses(text: String, kind: CronError.Kind, nearest: String?) {
        do throws(CronError) {
            let cron = try Cron(text)
            Issue.record("\(text) read as \(cron)")
        } catch {
            #expect(error.kind == kind, "\(text)")
            #expect(error.nearest == nearest, "\(text)")
            #expect(!error.message(.en).isEmpty && !error.message(.zh).isEmpty)
        }
    }
}
