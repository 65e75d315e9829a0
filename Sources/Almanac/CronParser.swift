enum CronParser {
    /// Longer texts are not expressions.
    static let lengthLimit = 1000

    /// A piece of the text in capitals; bytes, because rules are read anew on every change.
    typealias Word = ArraySlice<UInt8>

    private struct Form {
        let field: CronError.Field
        let range: ClosedRange<Int>
        /// Names of three letters, one after the other.
        var names: [UInt8] = []
        var firstName = 0

        /// The value that three letters name.
        func named(_ text: Word) -> Int? {
            guard text.count >= 3 else { return nil }
            let start = text.startIndex
            for index in stride(from: 0, to: names.count, by: 3)
            where names[index] == text[start] && names[index + 1] == text[start + 1]
                && names[index + 2] == text[start + 2]
            {
                return index / 3 + firstName
            }
            return nil
        }

        /// The name in words of three letters that a longer word begins with.
        func shortened(_ text: Word) -> String? {
            text.count > 3 && named(text) != nil ? string(text.prefix(3)) : nil
        }
    }

    private static let forms = [
        Form(field: .minute, range: 0...59),
        Form(field: .hour, range: 0...23),
        Form(field: .dayOfMonth, range: 1...31),
        Form(
            field: .month, range: 1...12, names: Array("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".utf8), firstName: 1),
        Form(field: .dayOfWeek, range: 0...7, names: Array("SUNMONTUEWEDTHUFRISAT".utf8)),
    ]

    private static func string(_ word: Word) -> String { String(decoding: word, as: UTF8.self) }

    static let nicknames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    static func parse(_ text: String) throws(CronError) -> Cron {
        let words = words(text)
        if text.utf8.count > lengthLimit { throw CronError(.fieldCount(words.count), in: "") }
        if let first = words.first, first.first == UInt8(ascii: "@") {
            throw CronError(
                .nickname(string(first)), in: text,
                nearest: nicknames[string(first).lowercased()])
        }
        guard words.count == 5, words[0].firstIndex(of: UInt8(ascii: "=")) == nil else {
            throw CronDialect.error(words.map(string), in: text)
        }
        var fields: [CronField] = []
        fields.reserveCapacity(5)
        for (word, form) in zip(words, forms) {
            let capitals = word.map { (97...122).contains($0) ? $0 - 32 : $0 }
            fields.append(try field(capitals[...], form, Slip(text: text, word: word, field: form.field)))
        }
        let expression = string(Word(words.joined(separator: [32])))
        let cron = Cron(
            expression: expression, fields: fields, starred: words.map { $0.first == UInt8(ascii: "*") })
        if !canHappen(cron, dayOfWeekRestricted: words[4].first != UInt8(ascii: "*")) {
            throw CronError(.neverComes, in: text)
        }
        return cron
    }

    /// The text without the white space of any script.
    private static func words(_ text: String) -> [Word] {
        var bytes = Array(text.utf8)
        if bytes.contains(where: { $0 > 127 }) {
            // An input method's comma, digits and dashes are read as the plain ones.
            let scalars = text.unicodeScalars.map { $0.properties.isWhitespace ? " " : narrowed($0) }
            bytes = Array(String(String.UnicodeScalarView(scalars)).utf8)
        }
        return bytes.split { $0 == 32 || (9...13).contains($0) }
    }

    /// Makes the errors of one field.
    private struct Slip {
        let text: String
        let word: Word
        let field: CronError.Field

        func error(_ kind: CronError.Kind? = nil, _ nearest: String? = nil) -> CronError {
            CronError(kind ?? .badValue(field, string(word)), in: text, nearest: nearest)
        }
    }

    private static func field(_ word: Word, _ form: Form, _ slip: Slip) throws(CronError) -> CronField {
        if word.elementsEqual("?".utf8) { throw slip.error(.questionMark(form.field), "*") }
        var result = CronField()
        var rest = word
        while true {
            let (item, tail) = cut(rest, UInt8(ascii: ","))
            if form.field == .dayOfMonth, item.elementsEqual("L".utf8) {
                result.lastDay = true
            } else if form.field == .dayOfMonth, item.elementsEqual("LW".utf8) {
                result.lastWeekday = true
            } else if form.field == .dayOfWeek, let nth = try nthWeekday(item, form, slip) {
                result.nthWeekdays.insert(nth)
            } else {
                result.bits |= try bits(item, form, slip)
            }
            guard let tail else { break }
            rest = tail
        }
        if form.field == .dayOfWeek, result.bits >> 7 & 1 == 1 { result.bits = result.bits & 0x7F | 1 }
        return result
    }

    /// What stands before and after the first separator; nil where there is none.
    private static func cut(_ word: Word, _ separator: UInt8) -> (Word, Word?) {
        guard let index = word.firstIndex(of: separator) else { return (word, nil) }
        return (word[..<index], word[(index + 1)...])
    }

    /// `5#2`, `MON#1`, `5L`; nil where the item has another form.
    private static func nthWeekday(_ item: Word, _ form: Form, _ slip: Slip) throws(CronError) -> Cron.NthWeekday? {
        let last = UInt8(ascii: "L")
        if case (let day, let rank?) = cut(item, UInt8(ascii: "#")) {
            let weekday = try value(day, form, slip)
            guard rank.count == 1, let nth = number(rank), (1...5).contains(nth) else { throw slip.error() }
            return Cron.NthWeekday(weekday: weekday % 7, nth: nth)
        }
        if item.first == last, item.count == 2 { throw slip.error(nil, string(item.dropFirst()) + "L") }
        guard item.last == last, item.count == 2 else { return nil }
        return Cron.NthWeekday(weekday: try value(item.dropLast(), form, slip) % 7, nth: -1)
    }

    private static func bits(_ item: Word, _ form: Form, _ slip: Slip) throws(CronError) -> UInt64 {
        let (base, stepText) = cut(item, UInt8(ascii: "/"))
        var step = 1
        if let stepText {
            guard let read = number(stepText) else { throw slip.error() }
            guard read > 0 else { throw slip.error(.zeroStep(form.field)) }
            step = read
        }
        let range = try range(base, form, openEnded: stepText != nil, slip)
        var bits: UInt64 = 0
        var value = range.lowerBound
        while value <= range.upperBound {
            bits |= 1 << UInt64(value)
            value += step
        }
        return bits
    }

    private static func range(
        _ text: Word, _ form: Form, openEnded: Bool, _ slip: Slip
    ) throws(CronError) -> ClosedRange<Int> {
        if text.count == 1, text.first == UInt8(ascii: "*") { return form.range }
        let (start, end) = cut(text, UInt8(ascii: "-"))
        let low = try value(start, form, slip)
        guard let end else { return low...(openEnded ? form.range.upperBound : low) }
        let high = try value(end, form, slip)
        guard low <= high else {
            throw slip.error(.wrappedRange(form.field, string(text)), unwrapped(low, high, form))
        }
        return low...high
    }

    private static func unwrapped(_ low: Int, _ high: Int, _ form: Form) -> String {
        "\(low)-\(form.field == .dayOfWeek ? 6 : form.range.upperBound),\(form.range.lowerBound)-\(high)"
    }

    private static func value(_ text: Word, _ form: Form, _ slip: Slip) throws(CronError) -> Int {
        if text.count == 3, let value = form.named(text) { return value }
        if form.field == .dayOfMonth, text.last == UInt8(ascii: "W") { throw slip.error(.nearestWeekday(string(text))) }
        // JANUARY, monday: names have three letters.
        guard let value = number(text) else { throw slip.error(nil, form.shortened(text)) }
        guard form.range.contains(value) else { throw slip.error(.outOfRange(form.field, value, form.range)) }
        return value
    }

    private static func number(_ text: Word) -> Int? {
        guard !text.isEmpty, text.count <= 4 else { return nil }
        var value = 0
        for byte in text {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte) - 48
        }
        return value
    }

    /// Whether any month allowed has any day allowed (31 February never comes).
    private static func canHappen(_ cron: Cron, dayOfWeekRestricted: Bool) -> Bool {
        if dayOfWeekRestricted, !cron.bothDays { return true }
        if cron.lastDay || cron.lastWeekday { return true }
        let longest =
            (1...12).filter { cron.months >> UInt64($0) & 1 == 1 }
            .map { CivilDate.daysInMonth(year: 2000, month: $0) }.max() ?? 0
        return cron.days.trailingZeroBitCount <= longest
    }
}
