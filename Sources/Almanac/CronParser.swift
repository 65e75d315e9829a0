enum CronParser {
    /// Longer texts are not expressions.
    static let lengthLimit = 1000

    private struct Form {
        let field: CronError.Field
        let range: ClosedRange<Int>
        var names: [String] = []
        var firstName = 0
    }

    private static let forms = [
        Form(field: .minute, range: 0...59),
        Form(field: .hour, range: 0...23),
        Form(field: .dayOfMonth, range: 1...31),
        Form(
            field: .month, range: 1...12,
            names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], firstName: 1),
        Form(field: .dayOfWeek, range: 0...7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ]

    static let nicknames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// The fields that are there, the missing ones open, the surplus left out.
    private static func completed(_ words: [String]) -> String {
        let text = (words + Array(repeating: "*", count: 5)).prefix(5).joined(separator: " ")
        return words.count > 1 && (try? parse(text)) != nil ? text : "0 9 * * 1-5"
    }

    static func parse(_ text: String) throws(CronError) -> Cron {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if text.utf8.count > lengthLimit { throw CronError(.fieldCount(words.count), in: "") }
        if let first = words.first, first.hasPrefix("@") {
            throw CronError(.nickname(first), in: text, nearest: nicknames[first.lowercased()])
        }
        guard words.count == 5 else { throw CronError(.fieldCount(words.count), in: text, nearest: completed(words)) }
        var fields: [CronField] = []
        for (word, form) in zip(words, forms) {
            fields.append(try field(word.uppercased(), form, Slip(text: text, word: word, field: form.field)))
        }
        let cron = Cron(
            expression: words.joined(separator: " "), fields: fields, starred: words.map { $0.hasPrefix("*") })
        if !canHappen(cron, dayOfWeekRestricted: !words[4].hasPrefix("*")) { throw CronError(.neverComes, in: text) }
        return cron
    }

    /// Makes the errors of one field.
    private struct Slip {
        let text: String
        let word: String
        let field: CronError.Field

        func error(_ kind: CronError.Kind? = nil, _ nearest: String? = nil) -> CronError {
            CronError(kind ?? .badValue(field, word), in: text, nearest: nearest)
        }
    }

    private static func field(_ word: String, _ form: Form, _ slip: Slip) throws(CronError) -> CronField {
        if word == "?" { throw slip.error(.questionMark(form.field), "*") }
        var result = CronField()
        for item in word.split(separator: ",", omittingEmptySubsequences: false) {
            if form.field == .dayOfMonth, item == "L" {
                result.lastDay = true
            } else if form.field == .dayOfMonth, item == "LW" {
                result.lastWeekday = true
            } else if form.field == .dayOfWeek, let nth = try nthWeekday(item, form, slip) {
                result.nthWeekdays.insert(nth)
            } else {
                result.bits |= try bits(item, form, slip)
            }
        }
        if form.field == .dayOfWeek, result.bits >> 7 & 1 == 1 { result.bits = result.bits & 0x7F | 1 }
        return result
    }

    /// `5#2`, `MON#1`, `5L`; nil where the item has another form.
    private static func nthWeekday(_ item: Substring, _ form: Form, _ slip: Slip) throws(CronError) -> Cron.NthWeekday?
    {
        let parts = item.split(separator: "#", omittingEmptySubsequences: false)
        if parts.count == 2 {
            let weekday = try value(parts[0], form, slip)
            guard let nth = Int(parts[1]), (1...5).contains(nth), parts[1].count == 1 else { throw slip.error() }
            return Cron.NthWeekday(weekday: weekday % 7, nth: nth)
        }
        if item.first == "L", item.count == 2 { throw slip.error(nil, "\(item.dropFirst())L") }
        guard item.last == "L", item.count == 2 else { return nil }
        return Cron.NthWeekday(weekday: try value(item.dropLast(), form, slip) % 7, nth: -1)
    }

    private static func bits(_ item: Substring, _ form: Form, _ slip: Slip) throws(CronError) -> UInt64 {
        let parts = item.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw slip.error() }
        var step = 1
        if parts.count == 2 {
            guard let read = number(parts[1]) else { throw slip.error() }
            guard read > 0 else { throw slip.error(.zeroStep(form.field)) }
            step = read
        }
        let range = try range(parts[0], form, openEnded: parts.count == 2, slip)
        return stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
    }

    private static func range(
        _ text: Substring, _ form: Form, openEnded: Bool, _ slip: Slip
    ) throws(CronError) -> ClosedRange<Int> {
        if text == "*" { return form.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2 else { throw slip.error() }
        let low = try value(ends[0], form, slip)
        guard ends.count == 2 else { return low...(openEnded ? form.range.upperBound : low) }
        let high = try value(ends[1], form, slip)
        guard low <= high else {
            throw slip.error(.wrappedRange(form.field, String(text)), unwrapped(low, high, form))
        }
        return low...high
    }

    private static func unwrapped(_ low: Int, _ high: Int, _ form: Form) -> String {
        "\(low)-\(form.field == .dayOfWeek ? 6 : form.range.upperBound),\(form.range.lowerBound)-\(high)"
    }

    private static func value(_ text: some StringProtocol, _ form: Form, _ slip: Slip) throws(CronError) -> Int {
        if let index = form.names.firstIndex(of: String(text)) { return index + form.firstName }
        if form.field == .dayOfMonth, text.hasSuffix("W") { throw slip.error(.nearestWeekday(String(text))) }
        guard let value = number(text) else {
            // JANUARY, monday: names have three letters.
            throw slip.error(nil, form.names.first { text.count > 3 && text.hasPrefix($0) })
        }
        guard form.range.contains(value) else { throw slip.error(.outOfRange(form.field, value, form.range)) }
        return value
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 4, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
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
