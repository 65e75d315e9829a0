/// One grammar for both languages: the words differ, their order hardly does.
struct EveryParser {
    let text: String
    var tokens: [EveryToken]
    var position = 0
    private var hasEvery = false
    /// The time of day where it stands first.
    var early: LocalTime?

    init(text: String, tokens: [EveryToken]) {
        self.text = text
        self.tokens = tokens
    }

    static func parse(_ text: String) throws(EveryError) -> Every {
        var parser = EveryParser(text: text, tokens: EveryLexer.tokens(text))
        return try parser.schedule()
    }

    var current: EveryToken? { position < tokens.count ? tokens[position] : nil }
    var isChinese: Bool { text.unicodeScalars.contains(where: isHan) }

    func ahead(_ distance: Int) -> EveryToken.Kind? {
        position + distance < tokens.count ? tokens[position + distance].kind : nil
    }

    mutating func take(_ word: EveryToken.Word) -> Bool {
        guard current?.kind == .word(word) else { return false }
        position += 1
        return true
    }

    mutating func take(_ kind: EveryToken.Kind) -> Bool {
        guard current?.kind == kind else { return false }
        position += 1
        return true
    }

    mutating func takeNumber() -> Int? {
        guard case .number(let value) = current?.kind else { return nil }
        position += 1
        return value
    }

    mutating func skipJoints() { while take(EveryToken.Word.of) || take(EveryToken.Word.on) {} }

    func fail(
        _ kind: EveryError.Kind, at token: EveryToken? = nil, nearest: String? = nil, also: String? = nil
    ) -> EveryError {
        let end = text.unicodeScalars.count
        return EveryError(kind: kind, text: text, range: token?.range ?? end..<end, nearest: nearest, also: also)
    }

    private mutating func schedule() throws(EveryError) -> Every {
        guard !tokens.isEmpty else { throw fail(.empty, nearest: "day at 17:30") }
        try refuseSingleDate()
        let early = try leadingTime()
        self.early = early?.time
        windowFirst()
        timeLast()
        skipJoints()
        hasEvery = take(.every)
        skipJoints()
        guard current != nil else { throw fail(.empty, nearest: isChinese ? "每天 17:30" : "day at 17:30") }
        let cadence = try cadence()
        let timeStart = early?.token ?? current
        var at = early?.time
        if at == nil { at = try timeOfDay() }
        if at != nil, case .minutes = cadence {
            throw fail(
                .timeOnInterval, at: timeStart, nearest: Every(cadence: cadence, at: nil).text(isChinese ? .zh : .en))
        }
        if let rest = current {
            let another = at != nil && (isClock(rest.kind) || rest.kind == .comma || rest.kind == .word(.and))
            throw another ? fail(.severalTimes, at: rest) : unknown(rest, .leftover(rest.text))
        }
        return Every(cadence: cadence, at: at)
    }

    /// `09:00 every day`, `at 9 am on fridays`, `下午3点 每周五`.
    private mutating func leadingTime() throws(EveryError) -> (time: LocalTime, token: EveryToken)? {
        guard let first = current, first.kind != .word(.of), beginsTime(first.kind), !isNumber(first.kind),
            let time = try timeOfDay()
        else { return nil }
        _ = take(EveryToken.Kind.comma)
        return (time, first)
    }

    /// `last friday of the month` says the window last; here it moves to the front, as in `month on last friday`.
    private mutating func windowFirst() {
        guard let joint = tokens.indices.first(where: { ["of", "in"].contains(tokens[$0].text) }) else { return }
        var start = joint + 1
        while start < tokens.count, tokens[start].kind == .word(.of) || tokens[start].kind == .word(.every) {
            start += 1
        }
        var end = start
        while end < tokens.count,
            isNumber(tokens[end].kind) || [.word(.half), .word(.other)].contains(tokens[end].kind)
        {
            end += 1
        }
        let units: [EveryToken.Kind] = [.word(.month), .word(.quarter), .word(.year)]
        guard end < tokens.count, units.contains(tokens[end].kind), joint > position else { return }
        let days = tokens[position..<joint].drop { [.word(.every), .word(.on), .word(.of)].contains($0.kind) }
        var moved = Array(tokens[..<position])
        moved += tokens[start...end]
        moved += days
        moved += tokens[(end + 1)...]
        tokens = moved
    }

    func isNumber(_ kind: EveryToken.Kind) -> Bool {
        if case .number = kind { true } else { false }
    }

    private func isClock(_ kind: EveryToken.Kind) -> Bool {
        if case .clock = kind { true } else { false }
    }

    /// A word that does not fit: with the nearest one that exists.
    func unknown(_ token: EveryToken, _ kind: EveryError.Kind? = nil) -> EveryError {
        let words =
            ["minutes", "hours", "day", "working day", "week", "month", "quarter", "year"] + WeekdayNames.english
        let best = words.map { (word: $0, distance: editDistance(token.text, $0)) }.min { $0.distance < $1.distance }
        var near = best.flatMap { $0.distance <= 2 ? $0.word : nil }
        if token.text == "twice" { near = "month on 1, 15 at 10:00" }
        if token.text == "biweekly" { near = "2 weeks on friday at 15:00" }
        let fallback = isChinese ? "每个工作日 17:30" : "working day at 17:30"
        if token.text == "初" { near = beginning() ?? near }
        let known = token.kind != .unknown
        return fail(kind ?? .unknownWord(token.text), at: token, nearest: known ? fallback : near ?? fallback)
    }

    // MARK: What recurs

    private mutating func cadence() throws(EveryError) -> Every.Cadence {
        let start = current
        if let rule = try dateOfYear() { return .months(length: 12, every: 12, on: rule) }
        if let ranked = try rankedAlone() { return ranked }
        let (count, isSkipping) = try count()
        guard (1...Every.largestCount).contains(count) else { throw fail(.badCount("\(count)"), at: start) }
        let hasCounter = take(.counter)
        guard let token = current else {
            let form = isChinese ? "每\(count == 1 ? "" : "\(count)")天" : count == 1 ? "day" : "\(count) days"
            throw fail(.missingUnit, nearest: timed(form, "09:00"))
        }
        if case .weekday = token.kind { return .weeks(count, on: try weekdays()) }
        guard case .word(let word) = token.kind else { throw unknown(token) }
        if word == .month, count > 1, !hasCounter, token.text == "月" {  // 每3月: the third month, or every three
            throw fail(.badCount("\(count)月"), at: token, nearest: timed("每\(count)个月1日", "09:00"))
        }
        position += 1
        if word == .workingDay, count > 1 {
            throw fail(
                .severalWorkingDays(count), at: start, nearest: timed(isChinese ? "每个工作日" : "working day", "09:00"))
        }
        return try unit(word, count: isSkipping ? skipped(count, word, token) : count, token)
    }

    /// The count before a unit, and whether 隔 makes it the number left out.
    private mutating func count() throws(EveryError) -> (Int, Bool) {
        if take(.other) { return (2, false) }
        if take(.skipping) { return (current?.kind == .word(.half) ? 1 : takeNumber() ?? 1, true) }
        return (takeNumber() ?? 1, false)
    }

    /// 隔一天 is every second day, but 隔15分钟 is every 15 minutes, and 隔两天 is read either way by different people.
    private func skipped(_ count: Int, _ word: EveryToken.Word, _ unit: EveryToken) throws(EveryError) -> Int {
        if [.minute, .hour, .half].contains(word) { return count }
        if count == 1 { return 2 }
        guard var index = tokens.firstIndex(where: { $0.kind == .word(.skipping) }) else { return count }
        let number = tokens[min(index + 1, tokens.count - 1)]
        if index > 0, tokens[index - 1].kind == .word(.every) { index -= 1 }
        let scalars = Array(text.unicodeScalars)
        func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        let phrase = tokens[index].range.lowerBound..<unit.range.upperBound
        // What was written stays, with the number of either reading.
        let (before, after) = (part(0..<phrase.lowerBound), part(number.range.upperBound..<scalars.count))
        let hasDigits = number.text.unicodeScalars.allSatisfy(isDigit)
        let forms = [count, count + 1].map { count in
            let form = before + "每" + (hasDigits ? "\(count)" : ChineseNumber.spoken(count)) + after
            return (try? Every(form)) == nil ? skippedForm(count, word) : form
        }
        throw EveryError(
            kind: .ambiguousSkip(part(phrase)), text: text, range: phrase, nearest: forms[0], also: forms[1])
    }

    private func skippedForm(_ count: Int, _ word: EveryToken.Word) -> String {
        switch word {
        case .week: timed("每\(count)周周五", "15:00")
        case .month: timed("每\(count)个月1日", "10:00")
        default: timed("每\(count)天", "09:00")
        }
    }

    private mutating func unit(
        _ word: EveryToken.Word, count: Int, _ token: EveryToken
    ) throws(EveryError) -> Every.Cadence {
        switch word {
        case .minute: return .minutes(count)
        case .hour:
            _ = take(.onTheHour)
            return .minutes(count * 60)
        case .onTheHour where count == 1: return .minutes(60)
        case .half: return try half(count, token)
        case .day, .dayOfMonth: return .days(count)
        case .workingDay: return .workingDay
        case .weekdays: return .weeks(count, on: [1, 2, 3, 4, 5])
        case .weekend: return .weeks(count, on: [6, 7])
        case .week: return try weeks(count)
        case .fortnight where count == 1: return try weeks(2)
        case .month: return .months(length: 1, every: count, on: try dayRule(length: 1))
        case .quarter: return .months(length: 3, every: 3 * count, on: try dayRule(length: 3))
        case .year: return .months(length: 12, every: 12 * count, on: try dayRule(length: 12))
        default: throw unknown(token)
        }
    }

    /// Half an hour, half a year.
    private mutating func half(_ count: Int, _ token: EveryToken) throws(EveryError) -> Every.Cadence {
        guard count == 1 else { throw fail(.badCount("\(count)"), at: token) }
        _ = take(.counter)
        if take(.year) { return .months(length: 6, every: 6, on: try dayRule(length: 6)) }
        guard take(.hour) else { throw fail(.missingUnit, at: current, nearest: halfForm) }
        return .minutes(30)
    }

    private mutating func weeks(_ count: Int) throws(EveryError) -> Every.Cadence {
        skipJoints()
        if count == 1, current?.kind == .word(.workingDay) {
            position += 1
            return .workingDay
        }
        return .weeks(count, on: try weekdays(afterUnit: true, count: count))
    }

    /// `march 15`, `15 march` and 3月15日 name a day of the year; 每3月15日 might be every three months.
    private mutating func dateOfYear() throws(EveryError) -> Every.DayRule? {
        guard let first = current else { return nil }
        if case .month = first.kind { return try dayRule(length: 12) }
        guard case .number = first.kind else { return nil }
        let joints = tokens.dropFirst(position + 1).prefix { $0.kind == .word(.of) }.count
        if case .month = ahead(1 + joints) { return try dayRule(length: 12) }
        guard tokens.count > position + 2, tokens[position + 1].text == "月", isNumber(tokens[position + 2].kind)
        else { return nil }
        if hasEvery { throw fail(.badCount("\(first.text)月"), at: first, nearest: timed("每年3月15日", "09:00")) }
        return try dayRule(length: 12)
    }

    /// `second friday` with no window: of two ranks only the month can be meant, one alone is a riddle.
    private mutating func rankedAlone() throws(EveryError) -> Every.Cadence? {
        guard let first = current else { return nil }
        let isRank = first.isOrdinal || [.word(.nth), .word(.last), .word(.fromEnd)].contains(first.kind)
        guard isRank, first.text != "首" || isChinese else { return nil }
        let start = position
        if first.isOrdinal, case .word(let word) = ahead(1) {
            // `every second day` counts; `second day` alone ranks.
            let ranks = [.and, .workingDay, .last, .to].contains(word) || (word == .day && !hasEvery)
            guard ranks else { return nil }
        }
        let rule: Every.DayRule
        do throws(EveryError) { rule = try dayRule(length: 1) } catch {
            position = start
            return nil
        }
        if case .several = rule { return .months(length: 1, every: 1, on: rule) }
        let form = timed(isChinese ? "每月\(rule.chinese)" : "month on \(rule.english)", "09:00")
        // `every second friday` may also count the weeks.
        if hasEvery, !isChinese, case .nthWeekday(let nth, let weekday) = rule, nth > 1 {
            let weeks = timed("\(nth) weeks on \(WeekdayNames.english[weekday - 1])", "09:00")
            throw fail(.rankAlone, at: first, nearest: nth == 2 ? weeks : form, also: nth == 2 ? form : weeks)
        }
        throw fail(.rankAlone, at: first, nearest: form)
    }

    // MARK: Weekdays

    /// `monday, thursday`, `monday to friday`, `周一、周四`, `周一三五`. After `week` the first may be bare (每周 五).
    private mutating func weekdays(afterUnit: Bool = false, count: Int = 1) throws(EveryError) -> [Int] {
        var days: Set<Int> = []
        repeat {
            while take(.and) || take(.of) {}
            if days.isEmpty, take(.weekdays) { return [1, 2, 3, 4, 5] }
            if take(.weekend) {
                days.formUnion([6, 7])
                continue
            }
            let first = try weekday(listed: afterUnit || !days.isEmpty, count: count)
            guard take(.to) || take(EveryToken.Kind.dash) else {
                days.insert(first)
                continue
            }
            while take(EveryToken.Kind.dash) {}
            let last = try weekday(listed: true, count: count)
            var day = first
            while day != last {
                days.insert(day)
                day = day % 7 + 1
            }
            days.insert(last)
        } while takeComma() || current?.kind == .word(.and) || bareWeekday != nil
        return days.sorted()
    }

    /// A comma that does not lead to the time of day.
    private mutating func takeComma() -> Bool {
        if case .number = ahead(1) { return take(EveryToken.Kind.comma) }
        return beginsTime(ahead(1)) ? false : take(EveryToken.Kind.comma)
    }

    /// A Chinese numeral that can only be a weekday: 四 in 周一、四, but not in 周一四点.
    private var bareWeekday: Int? {
        guard let token = current, case .number(let day) = token.kind, (1...6).contains(day),
            ahead(1) != .word(.oClock),
            ChineseNumber.isNumeral(token.text.unicodeScalars.first ?? " ")
        else { return nil }
        return day
    }

    private mutating func weekday(listed: Bool, count: Int) throws(EveryError) -> Int {
        guard let token = current, token.kind != .word(.at), !isClock(token.kind) else {
            throw fail(.missingDay, at: current, nearest: weekExample(count))
        }
        if case .weekday(let day) = token.kind {
            position += 1
            return day
        }
        if listed, let day = bareWeekday {
            position += 1
            return day
        }
        if listed, token.kind == .word(.dayOfMonth) {  // 周六、日
            position += 1
            return 7
        }
        throw fail(.badDay(token.text), at: token, nearest: nearestWeekday(token.text))
    }

    private func weekExample(_ count: Int) -> String {
        if count == 1 { return timed(isChinese ? "每周一、周四" : "monday, thursday", "09:00") }
        return timed(isChinese ? "每\(count)周周五" : "\(count) weeks on friday", "15:00")
    }

    private func nearestWeekday(_ word: String) -> String {
        if isChinese { return timed("每周五", "15:00") }
        return WeekdayNames.english.first { editDistance(word, $0) <= 2 } ?? timed("friday", "15:00")
    }
}
