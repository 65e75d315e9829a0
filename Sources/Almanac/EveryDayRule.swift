extension EveryParser {
    /// What follows `month on`: `1`, `1, 15`, `last day`, `first and third monday`, `03-15`, `3月15日`, `最后一个工作日`.
    mutating func dayRule(length: Int) throws(EveryError) -> Every.DayRule {
        var list = DayList()
        repeat {
            _ = take(EveryToken.Kind.comma)
            while take(.and) {}
            skipJoints()
            try item(length, &list)
        } while continuesDays
        // Ranks with nothing to rank are days of the month: the 1st and 15th.
        for rank in list.ranks {
            guard rank.isDay, length != 12 else { throw fail(.missingDay, at: current, nearest: lastDay(length)) }
            try list.add(day: rank.nth) { fail(.badDay(rank.token.text), at: rank.token, nearest: example(length)) }
        }
        return list.rule
    }

    /// The days of one window as they are read.
    struct DayList {
        var days: Set<Int> = []
        var others: [Every.DayRule] = []
        /// Ranks that wait for their noun: the first of `first and third monday`.
        var ranks: [(nth: Int, isDay: Bool, token: EveryToken)] = []

        mutating func add(day: Int, or error: () -> EveryError) throws(EveryError) {
            guard (1...31).contains(day) else { throw error() }
            days.insert(day)
        }

        mutating func add(_ rule: Every.DayRule) { if !others.contains(rule) { others.append(rule) } }

        var rule: Every.DayRule {
            let all = (days.isEmpty ? [] : [Every.DayRule.days(days.sorted())]) + others
            return all.count == 1 ? all[0] : .several(all)
        }
    }

    /// Whether a comma or an `and` leads to another day and not to the time.
    private var continuesDays: Bool {
        guard current?.kind == .comma || current?.kind == .word(.and) else { return false }
        var distance = 1
        while [.word(.and), .word(.of), .word(.on)].contains(ahead(distance)) { distance += 1 }
        switch ahead(distance) {
        case .number, .month, .word(.last), .word(.nth), .word(.fromEnd), .word(.end), .word(.day): return true
        default: return false
        }
    }

    private mutating func item(_ length: Int, _ list: inout DayList) throws(EveryError) {
        guard let token = current else { throw fail(.missingDay, nearest: example(length)) }
        if length == 12, let rule = try yearDate() { return list.add(rule) }
        if ahead(1) == .word(.end), [.word(.month), .word(.quarter), .word(.year)].contains(token.kind) {
            position += 1  // 每月月底
        }
        if take(.end) { return list.add(.nthDay(-1)) }
        if token.kind == .word(.day), case .number = ahead(1) { position += 1 }  // on day 15
        if take(.last) {
            if let count = takeNumber(), count != 1 {  // 最后两天 are two days
                throw fail(.badDay("\(token.text)\(count)"), at: token, nearest: example(length))
            }
            return try ranked(-1, token, length, &list)
        }
        if token.kind == .word(.fromEnd) || token.kind == .word(.nth) {
            position += 1
            _ = take(.nth)
            guard let nth = takeNumber(), nth > 0 else {
                throw fail(.badDay(token.text), at: token, nearest: example(length))
            }
            return try ranked(token.kind == .word(.fromEnd) ? -nth : nth, token, length, &list)
        }
        guard let number = current, case .number(let value) = number.kind else {
            let isTime = beginsTime(token.kind)
            throw isTime ? fail(.missingDay, at: token, nearest: example(length)) : unknown(token, .badDay(token.text))
        }
        if !number.isOrdinal, ahead(1) == .word(.workingDay), tokens[position + 1].text.hasPrefix("个") {
            // 两个工作日 are two days, 第二个工作日 is one.
            throw fail(.badDay(number.text), at: number, nearest: timed("每月第\(value)个工作日", "10:00"))
        }
        if value > 1, number.isOrdinal, let distance = tokensToLast {
            position += distance + 1
            return try ranked(-value, number, length, &list)
        }
        if value > 0, number.isOrdinal || isRanked(ahead(1)) {
            position += 1
            return try ranked(take(.last) ? -value : value, number, length, &list)
        }
        try days(length, &list)
    }

    func example(_ length: Int) -> String {
        switch length {
        case 1: timed(isChinese ? "每月1日" : "month on 1", "10:00")
        case 3: timed(isChinese ? "每季度第一个工作日" : "quarter on first working day", "09:00")
        case 6: timed(isChinese ? "每半年第一个工作日" : "half year on first working day", "09:00")
        default: timed(isChinese ? "每年3月15日" : "year on 03-15", "09:00")
        }
    }

    private func lastDay(_ length: Int) -> String { isChinese ? example(length) : "last working day" }

    /// Whether a number before this token ranks a day instead of naming it.
    private func isRanked(_ next: EveryToken.Kind?) -> Bool {
        switch next {
        case .weekday, .word(.workingDay), .word(.day), .word(.last): true
        default: false
        }
    }

    private mutating func ranked(
        _ nth: Int, _ rank: EveryToken, _ length: Int, _ list: inout DayList
    ) throws(EveryError) {
        _ = take(.counter)
        let isDay = rank.isOrdinal && nth > 0
        guard let token = current, !beginsTime(token.kind) || isNoun(token.kind) else {
            guard isDay else { throw fail(.missingDay, at: current, nearest: lastDay(length)) }
            return list.ranks.append((nth, isDay, rank))
        }
        if token.kind == .comma || token.kind == .word(.and) { return list.ranks.append((nth, isDay, rank)) }
        position += 1
        for nth in list.ranks.map(\.nth) + [nth] { list.add(try rule(nth, token, length)) }
        list.ranks = []
    }

    private func isNoun(_ kind: EveryToken.Kind) -> Bool {
        switch kind {
        case .weekday, .word(.workingDay), .word(.day), .word(.dayOfMonth): true
        default: false
        }
    }

    private func rule(_ nth: Int, _ noun: EveryToken, _ length: Int) throws(EveryError) -> Every.DayRule {
        // The most of each that a month can have.
        let (rule, most): (Every.DayRule, Int)
        switch noun.kind {
        case .word(.workingDay): (rule, most) = (.nthWorkingDay(nth), 27)
        case .word(.day), .word(.dayOfMonth): (rule, most) = (.nthDay(nth), 31)
        case .weekday(let weekday): (rule, most) = (.nthWeekday(nth, weekday: weekday), 5)
        default: throw unknown(noun, .badDay(noun.text))
        }
        if abs(nth) > most * length {
            guard length == 1, case .weekday(let weekday) = noun.kind else {
                throw fail(.neverComes, at: noun, nearest: example(length))
            }
            let last = Every.DayRule.nthWeekday(-1, weekday: weekday)
            throw fail(
                .rankTooHigh(most: most), at: noun,
                nearest: timed(isChinese ? "每月\(last.chinese)" : "month on \(last.english)", "09:00"))
        }
        return rule
    }

    /// A plain number, or a range of them: 1, 15号, 1-5日.
    private mutating func days(_ length: Int, _ list: inout DayList) throws(EveryError) {
        guard let token = current, let first = takeNumber() else { return }
        _ = take(.dayOfMonth)
        var last = first
        if take(.to) || take(EveryToken.Kind.dash) {
            guard let end = takeNumber(), end > first else {
                throw fail(.badDay(token.text), at: token, nearest: example(length))
            }
            last = end
            _ = take(.dayOfMonth)
        }
        for day in [first, last] where length == 12 || !(1...31).contains(day) {
            throw fail(.badDay(token.text), at: token, nearest: example(length))
        }
        list.days.formUnion(first...last)
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
            while take(EveryToken.Word.of) {}
            day = takeNumber()
        } else if let number = takeNumber() {
            while take(EveryToken.Word.of) {}
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
        if day == nil {
            let form = isChinese ? "每年\(month)月1日" : "year on \(padded(month, 2))-01"
            throw fail(.missingDay, at: first, nearest: timed(form, "09:00"))
        }
        guard let day, CivilDate(year: 2000, month: month, day: day) != nil else {
            throw noSuchDate(month: month, day: day ?? 0, from: first, to: tokens[max(start, position - 1)])
        }
        return .date(month: month, day: day)
    }

    private func noSuchDate(month: Int, day: Int, from first: EveryToken, to last: EveryToken) -> EveryError {
        let longest = (28...31).last { CivilDate(year: 2001, month: month, day: $0) != nil }
        let (shown, end) = longest.map { (month, $0) } ?? (12, 31)
        return EveryError(
            kind: .badDay("\(padded(month, 2))-\(padded(day, 2))"), text: text,
            range: first.range.lowerBound..<last.range.upperBound,
            nearest: timed(isChinese ? "每年\(shown)月\(end)日" : "year on \(padded(shown, 2))-\(end)", "09:00"))
    }
}
