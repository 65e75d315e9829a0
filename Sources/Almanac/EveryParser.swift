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

    mutating func skipJoints() { while take(.of) || take(.on) {} }

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
        let words = ["minutes", "hours", "day", "working day", "week", "month", "quarter", "year"] + WeekdayNames.english
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
        if take(.other) { // every other week; 每隔一周 names the weeks left out
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
            guard current != nil else { throw fail(.missingDay, nearest: "\(text) on monday") }
            return .weeks(count, on: try weekdays())
        case .month: return .months(length: 1, every: count, on: try dayRule(length: 1))
        case .quarter: return .months(length: 3, every: 3 * count, on: try dayRule(length: 3))
        case .year: return .months(length: 12, every: 12 * count, on: try dayRule(length: 12))
        default: throw unworking(token)
        }
    }

    /// `working` and `business` are no words of their own: the lexer leaves them unknown.
    private func unworking(_ token: EveryToken) -> EveryError { unknown(token) }

    private mutating func weekdays() throws(EveryError) -> [Int] {
        var days: Set<Int> = []
        repeat {
            while take(.and) || take(.of) {}
            guard let token = current else { throw fail(.missingDay, nearest: "monday, thursday at 09:00") }
            let first = try weekday(token, listed: !days.isEmpty)
            position += 1
            guard take(.to) || (current?.kind == .dash && position < tokens.count && take(.dash)) else {
                days.insert(first)
                continue
            }
            guard let end = current else { throw fail(.missingDay, nearest: "monday to friday at 09:00") }
            let last = try weekday(end, listed: true)
            position += 1
            var day = first
            while day != last {
                days.insert(day)
                day = day % 7 + 1
            }
            days.insert(last)
        } while take(.comma) || current?.kind == .word(.and)
        return days.sorted()
    }

    /// A weekday; in a Chinese list the later ones may be bare numerals (每周一、四).
    private func weekday(_ token: EveryToken, listed: Bool) throws(EveryError) -> Int {
        if case .weekday(let day) = token.kind { return day }
        if listed, case .number(let day) = token.kind, (1...6).contains(day), isHan(token.text.unicodeScalars.first ?? " ") {
            return day
        }
        if listed, token.kind == .word(.dayOfMonth) { return 7 }
        throw unknown(token, .badDay(token.text))
    }
}
