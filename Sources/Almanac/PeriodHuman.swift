/// `3 days`, `1 day 12 hours`, `3 working days`, `两周`, `3个工作日`, `半年`.
enum PeriodHuman {
    enum Unit: Int, Hashable {
        case year, quarter, month, week, day, workingDay, hour, minute, second

        /// The English word for a count.
        func word(_ count: Int) -> String {
            let words = ["year", "quarter", "month", "week", "day", "working day", "hour", "minute", "second"]
            return count == 1 ? words[rawValue] : words[rawValue] + "s"
        }
    }

    private static let english: [String: Unit] = [
        "year": .year, "years": .year, "yr": .year, "yrs": .year, "quarter": .quarter, "quarters": .quarter,
        "month": .month, "months": .month, "week": .week, "weeks": .week, "day": .day, "days": .day,
        "workday": .workingDay, "workdays": .workingDay, "hour": .hour, "hours": .hour, "hr": .hour, "hrs": .hour,
        "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute,
        "second": .second, "seconds": .second, "sec": .second, "secs": .second,
    ]
    /// Longest first: 个工作日 before 个.
    private static let chinese: [(String, Unit)] = [
        ("工作日", .workingDay), ("工作天", .workingDay), ("季度", .quarter), ("小时", .hour), ("钟头", .hour), ("分钟", .minute),
        ("秒钟", .second), ("星期", .week), ("礼拜", .week), ("年", .year), ("月", .month), ("周", .week), ("天", .day),
        ("日", .day), ("时", .hour), ("分", .minute), ("秒", .second),
    ]
    private static let shorthands: [String: Unit] = [
        "d": .day, "w": .week, "h": .hour, "y": .year, "s": .second, "mo": .month, "wd": .workingDay,
    ]
    private static let numberWords = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    ]

    static func parse(_ text: String) throws(PeriodError) -> Period {
        var reader = Reader(
            text: text, scalars: trimmed(simplified(narrowed(text))).lowercased().unicodeScalars.map { $0 })
        return try reader.read()
    }

    private enum Count {
        case whole(Int)
        case half
    }

    private struct Reader {
        let text: String
        let scalars: [Unicode.Scalar]
        var position = 0
        var seen: Set<Unit> = []
        var months = 0, days = 0, workingDays = 0
        var seconds: Int64 = 0

        init(text: String, scalars: [Unicode.Scalar]) {
            self.text = text
            self.scalars = scalars
        }

        private var isChinese: Bool { scalars.contains(where: isHan) }

        func fail(_ kind: PeriodError.Kind, _ nearest: String? = nil) -> PeriodError {
            PeriodError(kind, in: text, nearest: nearest)
        }

        mutating func read() throws(PeriodError) -> Period {
            var negative = false
            if let first = scalars.first, first == "-" || first == "+" {
                negative = first == "-"
                position = 1
            }
            skipJoints()
            if position == scalars.count { throw fail(.empty, "3 days") }
            while position < scalars.count {
                let count = try count()
                try add(count, try unit(count))
                skipJoints()
            }
            return Period(months: months, days: days, workingDays: workingDays, seconds: seconds, isNegative: negative)
        }

        private mutating func skipJoints() {
            while position < scalars.count {
                if scalars[position] == " " || scalars[position] == ","
                    || "和又零".unicodeScalars.contains(scalars[position])
                {
                    position += 1
                } else if peekWord() == "and" {
                    position += 3
                } else {
                    return
                }
            }
        }

        private func peekWord() -> String {
            var word = String.UnicodeScalarView()
            for scalar in scalars[position...].prefix(while: isLatin) { word.append(scalar) }
            return String(word)
        }

        private mutating func skipSpaces() {
            while position < scalars.count, scalars[position] == " " { position += 1 }
        }

        private mutating func count() throws(PeriodError) -> Count {
            let rest = scalars[position...]
            let digits = rest.prefix(while: isDigit)
            if !digits.isEmpty { return .whole(try decimal(digits)) }
            if rest.first == "半" {
                position += 1
                return .half
            }
            let numerals = rest.prefix(while: ChineseNumber.isNumeral)
            if !numerals.isEmpty {
                position += numerals.count
                guard let value = ChineseNumber.value(numerals) else { throw fail(.missingNumber, "3 天") }
                return .whole(value)
            }
            let word = peekWord()
            guard let value = word == "half" ? 0 : numberWords[word] else {
                throw fail(.missingNumber, isChinese ? "3 天" : "3 days")
            }
            position += word.unicodeScalars.count
            guard word == "half" else { return .whole(value) }
            skipSpaces()
            if ["a", "an"].contains(peekWord()) { position += peekWord().unicodeScalars.count }
            return .half
        }

        private mutating func decimal(_ digits: ArraySlice<Unicode.Scalar>) throws(PeriodError) -> Int {
            let significant = digits.drop { $0 == "0" }
            guard significant.count <= 9 else { throw fail(.tooLarge) }
            position += digits.count
            if position < scalars.count, scalars[position] == "." {
                throw fail(.fraction, isChinese ? "90 分钟" : "90 minutes")
            }
            return significant.reduce(0) { $0 * 10 + Int($1.value - 48) }
        }

        private mutating func unit(_ count: Count) throws(PeriodError) -> Unit {
            skipSpaces()
            if position < scalars.count, scalars[position] == "个" { position += 1 }
            skipSpaces()
            guard position < scalars.count else { throw fail(.missingUnit, suggestion(count, .day)) }
            if isHan(scalars[position]) { return try chineseUnit(count) }
            let word = peekWord()
            position += word.unicodeScalars.count
            if ["working", "business", "work"].contains(word) {
                skipSpaces()
                let next = peekWord()
                guard next == "day" || next == "days" else {
                    throw fail(.unknownUnit(word), suggestion(count, .workingDay))
                }
                position += next.unicodeScalars.count
                return .workingDay
            }
            if let unit = english[word] { return unit }
            if word == "m" { throw fail(.ambiguousUnit(word), suggestion(count, .minute)) }
            throw fail(.unknownUnit(word), suggestion(count, nearestUnit(word)))
        }

        private func nearestUnit(_ word: String) -> Unit {
            if let unit = shorthands[word] { return unit }
            let ranked = english.keys.sorted().map { (key: $0, distance: editDistance(word, $0)) }
            let best = ranked.min { $0.distance < $1.distance }
            return best.flatMap { $0.distance <= 2 ? english[$0.key] : nil } ?? .day
        }

        private mutating func chineseUnit(_ count: Count) throws(PeriodError) -> Unit {
            for (name, unit) in chinese where scalars[position...].starts(with: name.unicodeScalars) {
                position += name.unicodeScalars.count
                return unit
            }
            let word = String(String.UnicodeScalarView(scalars[position...].prefix { isHan($0) }))
            let ranked = chinese.map { (name: $0.0, distance: editDistance(word, $0.0)) }
            let near = ranked.min { $0.distance < $1.distance }.flatMap { $0.distance < $0.name.count ? $0.name : nil }
            throw fail(.unknownUnit(word), chineseSuggestion(count, near ?? "天"))
        }

        private func chineseSuggestion(_ count: Count, _ name: String) -> String {
            guard case .whole(let value) = count else { return "6 个月" }
            return ["天", "周", "年", "秒", "日"].contains(name) ? "\(value) \(name)" : "\(value) 个\(name)"
        }

        private func suggestion(_ count: Count, _ unit: Unit) -> String {
            guard case .whole(let value) = count else { return "6 months" }
            return "\(value) \(unit.word(value))"
        }

        private func halfForm(_ unit: Unit) -> String {
            switch unit {
            case .day, .workingDay: isChinese ? "12 小时" : "12 hours"
            case .week: isChinese ? "3 天" : "3 days"
            case .quarter: isChinese ? "6 周" : "6 weeks"
            default: isChinese ? "15 天" : "15 days"
            }
        }

        private mutating func add(_ count: Count, _ unit: Unit) throws(PeriodError) {
            guard seen.insert(unit).inserted else { throw fail(.repeatedUnit) }
            guard case .whole(let value) = count else {
                switch unit {
                case .year: months += 6
                case .hour: seconds += 1800
                case .minute: seconds += 30
                default: throw fail(.half, halfForm(unit))
                }
                return
            }
            switch unit {
            case .year: months += value * 12
            case .quarter: months += value * 3
            case .month: months += value
            case .week: days += value * 7
            case .day: days += value
            case .workingDay:
                if value == 0 { throw fail(.zeroWorkingDays, isChinese ? "1 个工作日" : "1 working day") }
                workingDays = value
            case .hour: seconds += Int64(value) * 3600
            case .minute: seconds += Int64(value) * 60
            case .second: seconds += Int64(value)
            }
        }
    }
}
