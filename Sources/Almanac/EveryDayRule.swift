extension EveryParser {
    /// What follows `month on`: `1`, `1, 15`, `last day`, `first monday`, `03-15`, `3月15日`, `最后一个工作日`.
    mutating func dayRule(length: Int) throws(EveryError) -> Every.DayRule {
        skipJoints()
        guard let token = current else { throw fail(.missingDay, nearest: example(length)) }
        if length == 12, let rule = try yearDate() { return rule }
        if take(.last) {
            _ = takeNumber()
            return try ranked(-1, length)
        }
        if take(.fromEnd) {
            _ = take(.nth)
            guard let nth = takeNumber(), nth > 0 else { throw fail(.badDay(token.text), at: token) }
            return try ranked(-nth, length)
        }
        if take(.nth) {
            guard let nth = takeNumber(), nth > 0 else { throw fail(.badDay(token.text), at: token) }
            return try ranked(nth, length)
        }
        guard case .number(let number) = token.kind else {
            if case .clock = token.kind { throw fail(.missingDay, at: token, nearest: example(length)) }
            if token.kind == .word(.at) { throw fail(.missingDay, at: token, nearest: example(length)) }
            throw unknown(token, .badDay(token.text))
        }
        if isRanked(ahead(1)), number > 0 {
            position += 1
            return try ranked(take(.last) ? -number : number, length)
        }
        return try dayList(length: length)
    }

    private func example(_ length: Int) -> String {
        let chinese = text.unicodeScalars.contains(where: isHan)
        switch length {
        case 1: return chinese ? "每月1日 10:00" : "month on 1 at 10:00"
        case 3: return chinese ? "每季度第一个工作日 09:00" : "quarter on first working day at 09:00"
        default: return chinese ? "每年3月15日 09:00" : "year on 03-15 at 09:00"
        }
    }

    /// Whether a number before this token ranks a day instead of naming it.
    private func isRanked(_ next: EveryToken.Kind?) -> Bool {
        switch next {
        case .weekday, .word(.workingDay), .word(.day), .word(.last), .word(.counter): true
        default: false
        }
    }

    private mutating func ranked(_ nth: Int, _ length: Int) throws(EveryError) -> Every.DayRule {
        _ = take(.counter)
        guard let token = current else { throw fail(.missingDay, nearest: "last working day") }
        position += 1
        // The most of each that a month can have.
        let (rule, most): (Every.DayRule, Int)
        switch token.kind {
        case .word(.workingDay): (rule, most) = (.nthWorkingDay(nth), 27)
        case .word(.day): (rule, most) = (.nthDay(nth), 31)
        case .weekday(let weekday): (rule, most) = (.nthWeekday(nth, weekday: weekday), 5)
        default: throw unknown(token, .badDay(token.text))
        }
        if abs(nth) > most * length { throw fail(.neverComes, at: token, nearest: example(length)) }
        return rule
    }

    private mutating func dayList(length: Int) throws(EveryError) -> Every.DayRule {
        var days: Set<Int> = []
        repeat {
            while take(.and) {}
            guard let token = current, let day = takeNumber() else {
                throw fail(.missingDay, at: current, nearest: example(length))
            }
            _ = take(.dayOfMonth)
            guard (1...31).contains(day), length != 12 else {
                throw fail(.badDay(token.text), at: token, nearest: example(length))
            }
            days.insert(day)
        } while take(.comma) || current?.kind == .word(.and)
        return .days(days.sorted())
    }

    /// `03-15`, `march 15`, `15 march`, `3月15日`; nil where it begins otherwise.
    private mutating func yearDate() throws(EveryError) -> Every.DayRule? {
        let start = position
        guard let first = current else { return nil }
        var month: Int?
        var day: Int?
        if case .month(let value) = first.kind {
            position += 1
            month = value
            day = takeNumber()
        } else if let number = takeNumber() {
            if case .month(let value) = current?.kind {
                position += 1
                (month, day) = (value, number)
            } else if take(.dash) || take(.month) {
                (month, day) = (number, takeNumber())
                _ = take(.dayOfMonth)
            }
        }
        guard let month else {
            position = start
            return nil
        }
        guard let day, CivilDate(year: 2000, month: month, day: day) != nil else {
            throw noSuchDate(month: month, day: day ?? 0, from: first, to: tokens[max(start, position - 1)])
        }
        return .date(month: month, day: day)
    }

    private func noSuchDate(month: Int, day: Int, from first: EveryToken, to last: EveryToken) -> EveryError {
        let longest = (28...31).last { CivilDate(year: 2001, month: month, day: $0) != nil }
        let (shown, end) = longest.map { (month, $0) } ?? (12, 31)
        let chinese = text.unicodeScalars.contains(where: isHan)
        return EveryError(
            kind: .badDay("\(padded(month, 2))-\(padded(day, 2))"), text: text,
            range: first.range.lowerBound..<last.range.upperBound,
            nearest: chinese ? "每年\(shown)月\(end)日 09:00" : "year on \(padded(shown, 2))-\(end) at 09:00")
    }
}
