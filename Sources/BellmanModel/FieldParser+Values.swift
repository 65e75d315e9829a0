import Almanac

extension FieldParser {
    /// Refuses what a spreadsheet has cut to scientific notation.
    public static func whole(_ text: String) throws(FieldProblem) -> Int64 {
        guard let number = NumberText(text) else { throw .notANumber(text) }
        if number.scientific { throw .lostDigits(text) }
        guard let value = number.whole else {
            throw number.double.magnitude >= 9.2e18 ? .outOfRange(text) : .notWhole(text)
        }
        return value
    }

    public static func number(_ text: String) throws(FieldProblem) -> Double {
        guard let number = NumberText(text) else { throw .notANumber(text) }
        guard number.double.isFinite else { throw .outOfRange(text) }
        return number.double
    }

    /// 0–1. `30%` is 0.3; a bare number is itself, or a hundredth of it when the column says percent.
    public static func share(_ text: String, percent: Bool) throws(FieldProblem) -> Double {
        var digits = Substring(TextNarrowing.narrow(text))
        let signed = digits.hasSuffix("%")
        if signed { digits = digits.dropLast() }
        guard let number = NumberText(String(digits)) else { throw .notAShare(text) }
        let hundredth = signed || percent
        guard let shifted = Double("\(number.significand)e\(number.exponent - (hundredth ? 2 : 0))") else {
            throw .notAShare(text)
        }
        guard shifted <= 1 else {
            throw !hundredth && shifted <= 100 ? .shareWithoutPercent(text) : .notAShare(text)
        }
        guard shifted >= 0 else { throw .notAShare(text) }
        return shifted
    }

    private static let yes: Set<String> = [
        "yes", "y", "true", "t", "on", "1", "x", "✓", "✔", "√", "是", "对", "真", "有", "已启用", "启用", "在职", "active",
        "checked",
        "enabled", "done",
    ]
    private static let no: Set<String> = [
        "no", "n", "false", "f", "off", "0", "✗", "✘", "×", "否", "不", "假", "没有", "未启用", "停用", "禁用", "离职", "inactive",
        "unchecked", "disabled",
    ]

    public static func bool(_ text: String) throws(FieldProblem) -> Bool {
        let word = TextNarrowing.narrow(text).lowercased()
        if yes.contains(word) { return true }
        guard no.contains(word) else { throw .notABool(text) }
        return false
    }

    /// As the rule language writes durations, in English, Chinese or ISO 8601. A bare number is days.
    public static func duration(_ text: String) throws(FieldProblem) -> Period {
        if let days = NumberText(text)?.whole, (0...36_500).contains(days),
            let period = try? Period.parse("\(days) days")
        {
            return period
        }
        guard let period = try? Period.parse(text) else { throw .notADuration(text) }
        return period
    }

    /// Any case; the declared spelling comes back.
    func word(_ text: String, of words: [String]) throws(FieldProblem) -> FieldValue {
        if words.contains(text) { return .string(text) }
        let folded = TextNarrowing.narrow(text).lowercased()
        guard let word = words.first(where: { TextNarrowing.narrow($0).lowercased() == folded }) else {
            throw .notOneOf(text, words: words)
        }
        return .string(word)
    }

    // MARK: lists and free columns

    /// A JSON array, `[Alice, Bob]`, or items between `;` `、` `|` or line ends; commas part items where none of
    /// these occurs.
    func list(_ text: String, of type: FieldType, hints: ColumnHints) throws(FieldProblem) -> FieldValue {
        if text.hasPrefix("["), case .array(let items)? = try? JSONText.parse(text) {
            return try listValue(items, of: type)
        }
        var items: [FieldValue] = []
        for (index, item) in ListText.split(text).enumerated() {
            do throws(FieldProblem) {
                let value = try value(item, as: type, hints: hints)
                if !value.isNull { items.append(value) }
            } catch {
                throw .item(index + 1, error)
            }
        }
        return items.isEmpty ? .null : .list(items)
    }

    /// A JSON object.
    func custom(_ text: String) throws(FieldProblem) -> FieldValue {
        guard text.hasPrefix("{") else { throw .notAnObject(text) }
        let json: JSONValue
        do throws(JSONProblem) {
            json = try JSONText.parse(text)
        } catch {
            throw .badJSON(error)
        }
        return try value(json, as: .custom)
    }
}

/// Splitting and joining the items of a list in one cell.
enum ListText {
    private static let strong: Set<Character> = [";", "；", "、", "|", "\n", "\r\n"]
    private static let weak: Set<Character> = [",", "，"]

    /// The first bytes of all separators; ；， begin with EF, 、 with E3.
    private static func mayBeginSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 59, 124, 10, 13, 44, 0xEF, 0xE3: true
        default: false
        }
    }

    static func split(_ text: String) -> [String] {
        var body = Substring(text)
        if body.hasPrefix("["), body.hasSuffix("]") { body = body.dropFirst().dropLast() }
        // Most lists hold one plain item.
        guard body.utf8.contains(where: mayBeginSeparator) else {
            let item = TextNarrowing.trim(String(body))
            return item.isEmpty ? [] : [item]
        }
        let separators = body.contains(where: strong.contains) ? strong : weak
        return body.split(whereSeparator: separators.contains).map { TextNarrowing.trim(String($0)) }.filter {
            !$0.isEmpty
        }
    }

    /// With `; ` between items; as a JSON array where an item would not come back from that.
    static func join(_ items: [String]) -> String {
        let joined = items.joined(separator: "; ")
        let back = items.count == 1 ? split(joined + ";") : split(joined)
        if back == items, !(joined.hasPrefix("[") || items.contains(where: EmptyWords.contains)) {
            return items.count == 1 && split(joined) != items ? joined + ";" : joined
        }
        return JSONText.write(.array(items.map { .string($0) }))
    }
}
