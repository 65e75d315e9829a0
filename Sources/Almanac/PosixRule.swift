/// The rule for all later years at the end of a zone file: a POSIX TZ string with the extensions of RFC 8536, 3.3.1,
/// such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixRule: Sendable {
    let standardOffset: Int
    let summer: Summer?

    struct Summer: Sendable {
        let offset: Int
        let start: Day
        let end: Day
    }

    /// A day of the year and the seconds after its local midnight; these may be negative or beyond a day.
    struct Day: Sendable {
        enum Form: Sendable {
            case julian(Int)
            case zeroBased(Int)
            case weekdayOfMonth(month: Int, week: Int, weekday: Int)
        }
        let form: Form
        let seconds: Int
    }

    init?(bytes: [UInt8]) {
        var scan = ByteScanner(bytes: bytes)
        guard PosixRule.skipName(&scan), let west = PosixRule.clock(&scan) else { return nil }
        standardOffset = -west
        if scan.atEnd {
            summer = nil
            return
        }
        guard PosixRule.skipName(&scan) else { return nil }
        var offset = -west + 3600
        if scan.peek != 44 {
            guard let value = PosixRule.clock(&scan) else { return nil }
            offset = -value
        }
        guard scan.take(44), let start = PosixRule.day(&scan), scan.take(44), let end = PosixRule.day(&scan), scan.atEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Both changes of a year in the order of time.
    func changes(year: Int) -> [(at: Int64, offset: Int)] {
        guard let summer else { return [] }
        let starts = summer.start.localSecond(year: year) - Int64(standardOffset)
        let ends = summer.end.localSecond(year: year) - Int64(summer.offset)
        let pair = [(at: starts, offset: summer.offset), (at: ends, offset: standardOffset)]
        return starts <= ends ? pair : [pair[1], pair[0]]
    }

    private static func skipName(_ scan: inout ByteScanner) -> Bool {
        let start = scan.position
        if scan.take(60) {
            while let byte = scan.peek, byte != 62 { _ = byte; scan.position += 1 }
            return scan.take(62)
        }
        while let byte = scan.peek, (65...90).contains(byte) || (97...122).contains(byte) { scan.position += 1 }
        return scan.position - start >= 3
    }

    /// `[+-]h[h][h][:mm[:ss]]` in seconds.
    private static func clock(_ scan: inout ByteScanner) -> Int? {
        let sign = scan.take(anyOf: [43, 45]) == 45 ? -1 : 1
        guard let hours = scan.number(upTo: 3) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard scan.take(58) else { break }
            guard let value = scan.digits(2), value < 60 else { return nil }
            seconds += value * unit
        }
        return sign * seconds
    }

    private static func day(_ scan: inout ByteScanner) -> Day? {
        let form: Day.Form
        if scan.take(77) {
            guard let month = scan.number(upTo: 2), (1...12).contains(month), scan.take(46),
                let week = scan.number(upTo: 1), (1...5).contains(week), scan.take(46),
                let weekday = scan.number(upTo: 1), weekday <= 6
            else { return nil }
            form = .weekdayOfMonth(month: month, week: week, weekday: weekday)
        } else if scan.take(74) {
            guard let number = scan.number(upTo: 3), (1...365).contains(number) else { return nil }
            form = .julian(number)
        } else {
            guard let number = scan.number(upTo: 3), number <= 365 else { return nil }
            form = .zeroBased(number)
        }
        guard scan.take(47) else { return Day(form: form, seconds: 7200) }
        return clock(&scan).map { Day(form: form, seconds: $0) }
    }
}

extension PosixRule.Day {
    /// Wall-clock seconds since 1970 of this day and time in a year.
    func localSecond(year: Int) -> Int64 { Int64(dayNumber(year: year)) * 86_400 + Int64(seconds) }

    private func dayNumber(year: Int) -> Int {
        let newYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
        switch form {
        case .zeroBased(let number): return newYear + number
        case .julian(let number): // 29 February is never counted
            return newYear + number - 1 + (CivilDate.isLeap(year: year) && number >= 60 ? 1 : 0)
        case .weekdayOfMonth(let month, let week, let weekday):
            let first = CivilDate.dayNumber(year: year, month: month, day: 1)
            let sundayBased = floorMod(first + 4, 7)
            let day = floorMod(weekday - sundayBased, 7) + (week - 1) * 7
            return first + (day < CivilDate.daysInMonth(year: year, month: month) ? day : day - 7)
        }
    }
}
