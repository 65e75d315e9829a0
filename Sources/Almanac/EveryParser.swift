/// One grammar for both languages: the words differ, their order hardly does.
struct EveryParser {
    let text: String
    let tokens: [EveryToken]
    var position = 0

    static func parse(_ text: String) throws(EveryError) -> Every {
        var parser = EveryParser(text: text, tokens: EveryLexer.tokens(text))
        return try parser.schedule()
    }

    var current: EveryToken? { position < tokens.count ? tokens[position] : nil }

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

    func fail(_ kind: EveryError.Kind, at token: EveryToken? = nil, nearest: String? = nil) -> EveryError {
        let end = text.unicodeScalars.count
        return EveryError(kind: kind, text: text, range: token?.range ?? end..<end, nearest: nearest)
    }

    private mutating func schedule() throws(EveryError) -> Every {
        _ = take(.every)
        guard current != nil else { throw fail(.empty, nearest: "day at 17:30") }
        let cadence = try cadence()
        let timeStart = current
        let at = try timeOfDay()
        if at != nil, case .minutes = cadence {
            throw fail(.timeOnInterval, at: timeStart, nearest: Every(cadence: cadence, at: nil).canonical)
        }
        if let rest = current {
            let another = at != nil && (isClock(rest.kind) || rest.kind == .comma || rest.kind == .word(.and))
            throw another ? fail(.severalTimes, at: rest) : unknown(rest, .leftover(rest.text))
        }
        return Every(cadence: cadence, at: at)
    }

    private func isClock(_ kind: EveryToken.Kind) -> Bool {
        if case .clock = kind { true } else { false }
    }

    /// A word that does not fit: with the nearest one that exists.
    func unknown(_ token: EveryToken, _ kind: EveryError.Kind? = nil) -> EveryError {
        let words =
            ["minutes", "hours", "day", "working day", "week", "month", "quarter", "year"] + WeekdayNames.english
        let best = words.map { (word: $0, distance: editDistance(token.text, $0)) }.min { $0.distance < $1.distance }
        let near = best.flatMap { $0.distance <= 2 ? $0.word : nil }
        let chinese = text.unicodeScalars.contains(where: isHan)
        let fallback = chinese ? "每个工作日 17:30" : "working day at 17:30"
        let known = token.kind != .unknown
        return fail(kind ?? .unknownWord(token.text), at: token, nearest: known ? fallback : near ?? fallback)
    }

    // MARK: What recurs

    private mutating func cadence() throws(EveryError) -> Every.Cadence {
        let start = current
        var count = 1
        if take(.other) {  // every other week; 每隔一周 names the weeks left out
            count = (takeNumber() ?? 1) + 1
        } else if take(.half) {
            _ = take(.counter)
            guard take(.hour) else { throw fail(.missingUnit, at: current, nearest: "30 minutes") }
            return .minutes(30)
        } else if let number = takeNumber() {
            count = number
        }
        guard (1...Every.largestCount).contains(count) else { throw fail(.badCount("\(count)"), at: start) }
        _ = take(.counter)
        guard let token = current else { throw fail(.missingUnit, nearest: "\(count) days at 09:00") }
        if case .weekday = token.kind { return .weeks(count, on: try weekdays()) }
        guard case .word(let word) = token.kind else { throw unknown(token) }
        position += 1
        return try unit(word, count: count, token)
    }

    private mutating func unit(
        _ word: EveryToken.Word, count: Int, _ token: EveryToken
    ) throws(EveryError) -> Every.Cadence {
        switch word {
        case .minute: return .minutes(count)
        case .hour: return .minutes(count * 60)
        case .day, .dayOfMonth: return .days(count)
        case .workingDay:
            guard count == 1 else { throw fail(.badCount("\(count)"), at: token, nearest: "working day at 09:00") }
            return .workingDay
        case .weekdays: return .weeks(count, on: [1, 2, 3, 4, 5])
        case .weekend: return .weeks(count, on: [6, 7])
        case .week:
            skipJoints()
            return .weeks(count, on: try weekdays(afterUnit: true))
        case .month: return .months(length: 1, every: count, on: try dayRule(length: 1))
        case .quarter: return .months(length: 3, every: 3 * count, on: try dayRule(length: 3))
        case .year: return .months(length: 12, every: 12 * count, on: try dayRule(length: 12))
        default: throw unknown(token)
        }
    }

    /// `monday, thursday`, `monday to friday`, `周一、周四`, `周一三五`. After `week` the first may be bare (每周 五).
    private mutating func weekdays(afterUnit: Bool = false) throws(EveryError) -> [Int] {
        var days: Set<Int> = []
        repeat {
            while take(.and) || take(.of) {}
            let first = try weekday(listed: afterUnit || !days.isEmpty)
            guard take(.to) || take(EveryToken.Kind.dash) else {
                days.insert(first)
                continue
            }
            let last = try weekday(listed: true)
            var day = first
            while day != last {
                days.insert(day)
                day = day % 7 + 1
            }
            days.insert(last)
        } while take(.comma) || current?.kind == .word(.and) || bareWeekday != nil
        return days.sorted()
    }

    /// A Chinese numeral that can only be a weekday: 四 in 周一、四, but not in 周一四点.
    private var bareWeekday: Int? {
        guard let token = current, case .number(let day) = token.kind, (1...6).contains(day),
            ahead(1) != .word(.oClock),
            ChineseNumber.isNumeral(token.text.unicodeScalars.first ?? " ")
        else { return nil }
        return day
    }

    private mutating func weekday(listed: Bool) throws(EveryError) -> Int {
        guard let token = current, token.kind != .word(.at), !isClock(token.kind) else {
            let chinese = text.unicodeScalars.contains(where: isHan)
            throw fail(.missingDay, at: current, nearest: chinese ? "每周一、周四 09:00" : "monday, thursday at 09:00")
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

    private func nearestWeekday(_ word: String) -> String {
        if text.unicodeScalars.contains(where: isHan) { return "每周五 15:00" }
        return WeekdayNames.english.first { editDistance(word, $0) <= 2 } ?? "friday at 15:00"
    }
}
