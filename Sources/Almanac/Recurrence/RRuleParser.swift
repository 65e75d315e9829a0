/// Reads the lines of a rule; every error names its place.
struct RRuleParser {
    let text: String
    var rule: RRule
    private var seen: [RRule.Part: Range<Int>] = [:]

    init(text: String) {
        self.text = text
        rule = RRule(unread: text)
    }

    static func parse(_ text: String) throws(RRuleError) -> RRule {
        var parser = RRuleParser(text: text)
        return try parser.read()
    }

    func fail(_ kind: RRuleError.Kind, _ range: Range<Int>? = nil, _ nearest: String? = nil) -> RRuleError {
        let end = text.unicodeScalars.count
        return RRuleError(kind: kind, text: text, range: range ?? end..<end, nearest: nearest)
    }

    private mutating func read() throws(RRuleError) -> RRule {
        guard text.utf8.count <= RRule.lengthLimit else {
            throw RRuleError(kind: .tooLong(limit: RRule.lengthLimit), text: "", range: 0..<0, nearest: nil)
        }
        let lines = RRuleLine.lines(text)
        guard !lines.isEmpty else { throw fail(.empty, nil, "FREQ=WEEKLY;BYDAY=FR") }
        var names: Set<String> = []
        for line in lines {
            let name = line.name?.upper ?? "RRULE"
            let place = line.name?.range ?? line.value.range
            if name != "EXDATE", !names.insert(name).inserted { throw fail(.repeatedLine(name), place) }
            switch name {
            case "RRULE": try parts(line.value)
            case "EXDATE": try exclusions(line)
            case "DTSTART": try start(line)
            default: throw fail(.otherLine(line.name?.string ?? name), place)
            }
        }
        guard seen[.frequency] != nil else {
            throw fail(.noFrequency, lines[0].value.range, RRuleParser.guess(seen))
        }
        try agree()
        return rule
    }

    /// A frequency that goes with the parts given.
    private static func guess(_ seen: [RRule.Part: Range<Int>]) -> String {
        if seen[.byWeekNumber] != nil || seen[.byYearDay] != nil || seen[.byMonth] != nil { return "FREQ=YEARLY" }
        return seen[.byMonthDay] != nil ? "FREQ=MONTHLY" : seen[.byDay] != nil ? "FREQ=WEEKLY" : "FREQ=DAILY"
    }

    // MARK: Parts

    private mutating func parts(_ value: RRuleSpan) throws(RRuleError) {
        if value.isEmpty { throw fail(.empty, value.range, "FREQ=WEEKLY;BYDAY=FR") }
        let pieces = value.split(";")
        for (index, piece) in pieces.enumerated() {
            if piece.isEmpty, index == pieces.count - 1 { continue }  // a closing semicolon is harmless
            guard let (name, content) = piece.cut("=") else { throw fail(.notAPart(piece.string), piece.range) }
            guard let part = RRule.Part(rawValue: name.upper) else { throw unknownPart(name) }
            guard seen.updateValue(content.range, forKey: part) == nil else {
                throw fail(.repeatedPart(part), name.range)
            }
            if content.isEmpty { throw fail(.noValue(part), piece.range) }
            try read(part, content)
        }
    }

    private func unknownPart(_ name: RRuleSpan) -> RRuleError {
        let word = name.upper
        let ranked = RRule.Part.allCases.map { (name: $0.rawValue, distance: editDistance(word, $0.rawValue)) }
        let best = ranked.min { $0.distance < $1.distance }.flatMap { $0.distance <= 2 ? $0.name : nil }
        return fail(.unknownPart(name.string), name.range, best)
    }

    private mutating func read(_ part: RRule.Part, _ value: RRuleSpan) throws(RRuleError) {
        switch part {
        case .frequency: try frequency(value)
        case .interval: rule.interval = try number(value, part, 1...RRule.intervalLimit)
        case .count: rule.count = try number(value, part, 1...RRule.countLimit)
        case .until: rule.until = try moment(value, zone: nil)
        case .byMonth: rule.months = try list(value, part, 1...12)
        case .byWeekNumber: rule.weekNumbers = try list(value, part, -53...53)
        case .byYearDay: rule.yearDays = try list(value, part, -366...366)
        case .byMonthDay: rule.monthDays = try list(value, part, -31...31)
        case .byDay: try weekdays(value)
        case .byHour: rule.hours = try list(value, part, 0...23)
        case .byMinute: rule.minutes = try list(value, part, 0...59)
        case .bySecond:
            // A clock without leap seconds reads the second 60 as 59 (RFC 5545, 3.3.12).
            rule.seconds = Set(try list(value, part, 0...60).map { min($0, 59) }).sorted()
        case .bySetPosition: rule.positions = try list(value, part, -366...366)
        case .weekStart: rule.weekStart = try weekday(value)
        }
        rule.places[part.rawValue] = value.range
    }

    private mutating func frequency(_ value: RRuleSpan) throws(RRuleError) {
        let word = value.upper
        guard let frequency = RRule.Frequency(rawValue: word) else {
            let ranked = RRule.Frequency.allCases.map { ($0.rawValue, editDistance(word, $0.rawValue)) }
            let best = ranked.min { $0.1 < $1.1 }
            let asked = ["DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY", "HOUR": "HOURLY"]
            throw fail(
                .unknownFrequency(value.string), value.range, asked[word] ?? best.flatMap { $0.1 <= 3 ? $0.0 : nil })
        }
        rule.frequency = frequency
    }

    private func integer(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        let signs = text.utf8.count - digits.count
        guard signs <= 1, !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(text)
    }

    private func number(
        _ value: RRuleSpan, _ part: RRule.Part, _ range: ClosedRange<Int>
    ) throws(RRuleError) -> Int {
        let word = value.string
        guard let number = integer(word), range.lowerBound < 0 || value.items.first?.scalar != "+" else {
            throw fail(.notANumber(part, word), value.range)
        }
        guard range.contains(number) else { throw fail(.outOfRange(part, word, range), value.range) }
        if number == 0, range.lowerBound < 0 { throw fail(.zero(part), value.range, "1") }
        return number
    }

    private func list(
        _ value: RRuleSpan, _ part: RRule.Part, _ range: ClosedRange<Int>
    ) throws(RRuleError) -> [Int] {
        let pieces = value.split(",")
        guard pieces.count <= RRule.listLimit else {
            throw fail(.tooMany(part, limit: RRule.listLimit), value.range)
        }
        var numbers: Set<Int> = []
        for piece in pieces { numbers.insert(try number(piece, part, range)) }
        return numbers.sorted()
    }

    static let dayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    private func weekday(_ value: RRuleSpan) throws(RRuleError) -> Int {
        let word = value.upper
        if let index = RRuleParser.dayNames.firstIndex(of: word) { return index + 1 }
        // MON, Monday: the first two letters are what was meant.
        let near = RRuleParser.dayNames.first { word.count > 2 && word.hasPrefix($0) }
        throw fail(.unknownWeekday(value.string), value.range, near ?? "MO")
    }

    private mutating func weekdays(_ value: RRuleSpan) throws(RRuleError) {
        let pieces = value.split(",")
        guard pieces.count <= RRule.listLimit else {
            throw fail(.tooMany(.byDay, limit: RRule.listLimit), value.range)
        }
        for piece in pieces {
            let head = piece.items.prefix { isDigit($0.scalar) || $0.scalar == "+" || $0.scalar == "-" }
            let tail = RRuleSpan(items: piece.items.dropFirst(head.count), origin: piece.range.upperBound)
            let day = try weekday(tail)
            var nth = 0
            if !head.isEmpty { nth = try number(RRuleSpan(items: head, origin: piece.origin), .byDay, -53...53) }
            let item = RRule.Weekday(nth: nth, weekday: day)
            if !rule.weekdays.contains(item) { rule.weekdays.append(item) }
        }
    }

    // MARK: What goes with what

    private func agree() throws(RRuleError) {
        let frequency = rule.frequency
        if let place = seen[.count], seen[.until] != nil { throw fail(.countAndUntil, place) }
        if let place = seen[.byWeekNumber], frequency != .yearly {
            throw fail(.notWith(.byWeekNumber, frequency), place)
        }
        if let place = seen[.byYearDay], [.daily, .weekly, .monthly].contains(frequency) {
            throw fail(.notWith(.byYearDay, frequency), place)
        }
        if let place = seen[.byMonthDay], frequency == .weekly { throw fail(.notWith(.byMonthDay, frequency), place) }
        if let place = seen[.byDay], rule.weekdays.contains(where: { $0.nth != 0 }) {
            guard frequency == .monthly || frequency == .yearly else {
                throw fail(.rankedWeekday(frequency), place, plainWeekdays)
            }
            if !rule.weekNumbers.isEmpty { throw fail(.rankedWithWeeks, place, plainWeekdays) }
        }
        let lists: [RRule.Part] = [
            .byMonth, .byWeekNumber, .byYearDay, .byMonthDay, .byDay, .byHour, .byMinute, .bySecond,
        ]
        if let place = seen[.bySetPosition], !lists.contains(where: { seen[$0] != nil }) {
            throw fail(.positionAlone, place)
        }
        let times = max(1, rule.hours.count) * max(1, rule.minutes.count) * max(1, rule.seconds.count)
        if !frequency.isSubDaily, times > RRule.timesLimit {
            throw fail(.tooManyTimes(limit: RRule.timesLimit), seen[.bySecond] ?? seen[.byMinute])
        }
    }

    private var plainWeekdays: String {
        let days = Set(rule.weekdays.map(\.weekday)).sorted().map { RRuleParser.dayNames[$0 - 1] }
        return "BYDAY=" + days.joined(separator: ",")
    }
}
