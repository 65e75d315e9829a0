/// What would make two operands fit; worded beside the messages.
enum Remedy {
    case convert(String)
    case instant, span, text, null
}

extension CELProblem {
    /// Lists of parameters; where each is one parameter, without brackets.
    static func listed(_ lists: [String], _ or: String) -> String {
        let single = lists.count > 1 && lists.allSatisfy { !$0.contains(", ") && $0 != "()" }
        return (single ? lists.map { String($0.dropFirst().dropLast()) } : lists).joined(separator: or)
    }

    /// `1,000,000`
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(number))
        var at = digits.count - 3
        while at > 0 {
            digits.insert(",", at: at)
            at -= 3
        }
        return String(digits)
    }

    static func mixedTypes(_ sign: String, _ left: String, _ right: String) -> Remedy? {
        let both: Set = [left, right]
        let numbers: Set = ["int", "uint", "double"]
        if both.contains("null") { return .null }
        if both.contains("string"), both.contains("timestamp") { return .instant }
        if both.contains("duration"), !both.isDisjoint(with: ["int", "uint", "double", "string"]) { return .span }
        if both.isSubset(of: numbers), both.count == 2 { return .convert(both.contains("double") ? "double" : "int") }
        if sign == "+", both.contains("string"), both.count == 2 { return .text }
        return nil
    }
}
