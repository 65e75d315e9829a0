/// What would make two operands fit; worded beside the messages.
enum Remedy {
    case convert(String)
    case instant, span, text, null
}

extension CELProblem {
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
