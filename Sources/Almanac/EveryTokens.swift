/// The words of an `every` text in both languages, cut into tokens with their places.
struct EveryToken: Equatable {
    enum Kind: Equatable {
        case number(Int)
        case word(Word)
        case weekday(Int)
        case month(Int)
        case clock(LocalTime)
        /// 09:75 and the like.
        case badClock
        case comma
        case dash
        case unknown
    }

    enum Word: Equatable {
        case every, at, on, and, to, of, nth, last, fromEnd, counter, end
        /// `other` week; 隔, which leaves out one.
        case other, skipping
        case minute, hour, day, workingDay, week, fortnight, weekdays, weekend, month, quarter, year
        case half, morning, noon, afternoon, evening, dayOfMonth, oClock, onTheHour, quarterHour
    }

    let kind: Kind
    /// Unicode scalars of the text.
    let range: Range<Int>
    let text: String
    /// `first`, `1st`: a rank rather than a count.
    var isOrdinal = false
}

enum EveryLexer {
    private static let english: [String: EveryToken.Kind] = {
        var words: [String: EveryToken.Kind] = [
            "every": .word(.every), "each": .word(.every), "at": .word(.at), "on": .word(.on), "and": .word(.and),
            "to": .word(.to), "through": .word(.to), "thru": .word(.to), "the": .word(.of), "of": .word(.of),
            "from": .word(.of), "in": .word(.of), "end": .word(.end), "noon": .word(.noon),
            "everyday": .word(.day), "daily": .word(.day), "hourly": .word(.hour), "weekly": .word(.week),
            "fortnight": .word(.fortnight), "fortnightly": .word(.fortnight), "monthly": .word(.month),
            "quarterly": .word(.quarter), "yearly": .word(.year), "annually": .word(.year),
            "tues": .weekday(2), "weds": .weekday(3), "thur": .weekday(4), "thurs": .weekday(4), "last": .word(.last),
            "other": .word(.other),
            "minute": .word(.minute), "minutes": .word(.minute), "min": .word(.minute), "mins": .word(.minute),
            "hour": .word(.hour), "hours": .word(.hour), "day": .word(.day), "days": .word(.day),
            "workday": .word(.workingDay), "workdays": .word(.workingDay), "week": .word(.week), "weeks": .word(.week),
            "weekday": .word(.weekdays), "weekdays": .word(.weekdays), "weekend": .word(.weekend),
            "weekends": .word(.weekend), "month": .word(.month), "months": .word(.month), "quarter": .word(.quarter),
            "quarters": .word(.quarter), "year": .word(.year), "years": .word(.year), "half": .word(.half),
            "one": .number(1), "two": .number(2), "three": .number(3), "four": .number(4), "five": .number(5),
            "six": .number(6), "twelve": .number(12), "am": .word(.morning), "pm": .word(.afternoon),
        ]
        for (index, name) in WeekdayNames.english.enumerated() {
            for form in [name, name + "s", String(name.prefix(3))] { words[form] = .weekday(index + 1) }
        }
        let months = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        for (index, name) in months.enumerated() {
            for form in [name, String(name.prefix(3))] { words[form] = .month(index + 1) }
        }
        return words
    }()

    static let ordinals = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10,
    ]

    /// Longest first where one begins another.
    private static let chinese: [(text: [Unicode.Scalar], kind: EveryToken.Kind)] = {
        var words: [(String, EveryToken.Kind)] = [
            ("双周", .word(.fortnight)), ("个工作日", .word(.workingDay)), ("工作日", .word(.workingDay)),
            ("工作天", .word(.workingDay)),
            ("最后", .word(.last)), ("倒数", .word(.fromEnd)), ("季度", .word(.quarter)), ("季", .word(.quarter)),
            ("小时", .word(.hour)), ("钟头", .word(.hour)), ("分钟", .word(.minute)), ("上午", .word(.morning)),
            ("早上", .word(.morning)), ("早晨", .word(.morning)), ("清晨", .word(.morning)), ("凌晨", .word(.morning)),
            ("下午", .word(.afternoon)), ("傍晚", .word(.evening)), ("晚上", .word(.evening)), ("中午", .word(.noon)),
            ("周末", .word(.weekend)), ("天天", .word(.day)), ("整点", .word(.onTheHour)), ("a.m.", .word(.morning)),
            ("p.m.", .word(.afternoon)),
        ]
        for prefix in ["星期", "礼拜", "周"] {
            for (index, digit) in ["一", "二", "三", "四", "五", "六", "日"].enumerated() {
                words.append((prefix + digit, .weekday(index + 1)))
            }
            words.append((prefix + "天", .weekday(7)))
            words.append((prefix, .word(.week)))
        }
        words += [
            ("每", .word(.every)), ("逢", .word(.of)), ("隔", .word(.skipping)), ("底", .word(.end)), ("末", .word(.end)),
            ("整", .word(.onTheHour)),
            ("刻", .word(.quarterHour)), ("早", .word(.morning)), ("晚", .word(.evening)), ("&", .word(.and)),
            ("个", .word(.counter)), ("第", .word(.nth)), ("的", .word(.of)),
            ("在", .word(.at)), ("于", .word(.at)), ("和", .word(.and)), ("及", .word(.and)), ("到", .word(.to)),
            ("至", .word(.to)), ("天", .word(.day)), ("号", .word(.dayOfMonth)), ("日", .word(.dayOfMonth)),
            ("月", .word(.month)), ("年", .word(.year)), ("半", .word(.half)), ("点", .word(.oClock)),
            ("时", .word(.oClock)),
            ("分", .word(.minute)),
        ]
        return words.map { (Array($0.0.unicodeScalars), $0.1) }
    }()

    /// Full-width forms and letter case are levelled first, scalar for scalar, so that places stay true.
    static func tokens(_ text: String) -> [EveryToken] {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let plain = simplified(narrowed(scalar))
            return (65...90).contains(plain.value) ? Unicode.Scalar(plain.value + 32) ?? plain : plain
        }
        var tokens: [EveryToken] = []
        var position = 0
        while position < scalars.count {
            if scalars[position].properties.isWhitespace {
                position += 1
                continue
            }
            let (kind, length, isOrdinal) = next(scalars[position...])
            let range = position..<position + length
            let word = String(String.UnicodeScalarView(scalars[range]))
            position += length
            if let last = tokens.last, kind == .word(.day), ["working", "business", "work"].contains(last.text) {
                let both = last.range.lowerBound..<range.upperBound
                tokens[tokens.count - 1] = EveryToken(
                    kind: .word(.workingDay), range: both, text: "\(last.text) \(word)")
                continue
            }
            tokens.append(EveryToken(kind: kind, range: range, text: word, isOrdinal: isOrdinal))
        }
        return tokens
    }

    private static func next(_ rest: ArraySlice<Unicode.Scalar>) -> (EveryToken.Kind, Int, Bool) {
        guard let first = rest.first else { return (.unknown, 0, false) }
        if isDigit(first) { return number(rest) }
        if isLatin(first), !rest.starts(with: "a.m.".unicodeScalars), !rest.starts(with: "p.m.".unicodeScalars) {
            let run = rest.prefix(while: isLatin)
            let word = String(String.UnicodeScalarView(run))
            if let nth = ordinals[word] { return (.number(nth), run.count, true) }
            return (english[word] ?? .unknown, run.count, false)
        }
        if first == "," { return (.comma, 1, false) }
        if first == "-" || first == "~" { return (.dash, 1, false) }
        if first == "首" { return (.number(1), 1, true) }
        if let day = numberedWeekday(rest) { return (.weekday(day.0), day.1, false) }
        for entry in chinese where rest.starts(with: entry.text) { return (entry.kind, entry.text.count, false) }
        let numerals = rest.prefix(while: ChineseNumber.isNumeral)
        if let value = ChineseNumber.value(numerals) { return (.number(value), numerals.count, false) }
        // A run that is no number, as in 周一三五, is taken digit by digit.
        if let digit = ChineseNumber.digits[first] { return (.number(digit), 1, false) }
        return (.unknown, 1, false)
    }

    /// 周5, 星期1: but the 1 of 周15:00 and of 周1点 begins a time.
    private static func numberedWeekday(_ rest: ArraySlice<Unicode.Scalar>) -> (Int, Int)? {
        for prefix in ["星期", "礼拜", "周"] where rest.starts(with: prefix.unicodeScalars) {
            let after = rest.dropFirst(prefix.unicodeScalars.count)
            guard let digit = after.first, (49...55).contains(digit.value) else { return nil }
            if let next = after.dropFirst().first, isDigit(next) || ":点时个天日号".unicodeScalars.contains(next) {
                return nil
            }
            return (Int(digit.value - 48), prefix.unicodeScalars.count + 1)
        }
        return nil
    }

    /// `17:30`, `5`, `1st`.
    private static func number(_ rest: ArraySlice<Unicode.Scalar>) -> (EveryToken.Kind, Int, Bool) {
        let clock = rest.prefix { isDigit($0) || $0 == ":" }
        if clock.contains(":") {
            let time = LocalTime(String(String.UnicodeScalarView(clock)))
            return (time.map { .clock($0) } ?? .badClock, clock.count, false)
        }
        guard clock.count <= 6, let value = Int(String(String.UnicodeScalarView(clock))) else {
            return (.unknown, clock.count, false)
        }
        let ending = rest.dropFirst(clock.count).prefix(while: isLatin)
        let isOrdinal = ["st", "nd", "rd", "th"].contains(String(String.UnicodeScalarView(ending)))
        return (.number(value), clock.count + (isOrdinal ? 2 : 0), isOrdinal)
    }
}
