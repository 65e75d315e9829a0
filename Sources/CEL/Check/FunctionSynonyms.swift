/// Functions of other languages and what to write here.
enum FunctionSynonyms {
    /// Names of loops in other languages.
    static let loops: Set = [
        "any", "some", "every", "anymatch", "allmatch", "find", "where", "select", "exist", "collect",
    ]

    private static let renamed: [String: String] = [
        "length": "size", "len": "size", "count": "size", "getlength": "size",
        "tolowercase": "lowerAscii", "lower": "lowerAscii", "lowercase": "lowerAscii", "tolower": "lowerAscii",
        "downcase": "lowerAscii", "touppercase": "upperAscii", "upper": "upperAscii", "uppercase": "upperAscii",
        "toupper": "upperAscii", "upcase": "upperAscii", "strip": "trim", "trimmed": "trim", "match": "matches",
        "matchesregex": "matches", "regex": "matches", "test": "matches", "substr": "substring", "unique": "distinct",
        "uniq": "distinct", "sorted": "sort", "year": "getFullYear", "getyear": "getFullYear", "month": "getMonth",
        "day": "getDate", "getday": "getDate", "dayofmonth": "getDate", "hour": "getHours", "gethour": "getHours",
        "hours": "getHours", "minute": "getMinutes", "getminute": "getMinutes", "minutes": "getMinutes",
        "second": "getSeconds", "seconds": "getSeconds", "weekday": "getDayOfWeek", "dayofweek": "getDayOfWeek",
        "dayofyear": "getDayOfYear",
    ]

    /// - Parameter subject: the text of the receiver.
    static func member(_ name: String, on subject: String, _ type: CELType, _ arguments: [String]) -> String? {
        let lower = name.lowercased()
        let all = arguments.joined(separator: ", ")
        let first = arguments.first ?? "…"
        switch lower {
        case "includes", "include", "has", "contain", "haskey", "has_key", "containskey", "contains_key", "in":
            if case .string = type { return "\(subject).contains(\(first))" }
            return "\(first) in \(subject)"
        case "isempty", "empty", "is_empty": return isEmpty(subject, type, "==")
        case "notempty", "isnotempty", "not_empty", "present":
            return isEmpty(subject, type, type == .string ? "!=" : ">")
        case "any", "some", "anymatch", "exist": return "\(subject).exists(\(arguments.count == 2 ? all : "x, …"))"
        case "every", "allmatch": return "\(subject).all(\(arguments.count == 2 ? all : "x, …"))"
        case "find", "where", "select": return "\(subject).filter(\(arguments.count == 2 ? all : "x, …"))"
        case "collect": return "\(subject).map(\(arguments.count == 2 ? all : "x, …"))"
        case "tostring", "str", "to_s": return "string(\(subject))"
        case "toint", "parseint", "to_i": return "int(\(subject))"
        case "tofloat", "todouble", "tonumber": return "double(\(subject))"
        case "concat", "append", "push": return "\(subject) + \(appended(first, type))"
        case "at", "item", "get": return accessed(subject, type, first)
        case "orelse", "unwrap_or", "getordefault", "default", "getorelse": return "\(subject).orValue(\(first))"
        case "unwrap", "force": if case .optional = type { return "\(subject).value()" }
        case "equals", "eq", "equal": return "\(subject) == \(first)"
        case "before", "isbefore": return "\(subject) < \(first)"
        case "after", "isafter": return "\(subject) > \(first)"
        case "max": return "math.greatest(\(subject))"
        case "min": return "math.least(\(subject))"
        default: break
        }
        guard let meant = renamed[lower], fits(meant, type) else { return nil }
        return "\(subject).\(meant)(\(meant == "size" ? "" : all))"
    }

    private static func isEmpty(_ subject: String, _ type: CELType, _ sign: String) -> String {
        type == .string ? "\(subject) \(sign) \"\"" : "\(subject).size() \(sign) 0"
    }

    private static func appended(_ value: String, _ type: CELType) -> String {
        if case .list = type { "[\(value)]" } else { value }
    }

    private static func accessed(_ subject: String, _ type: CELType, _ key: String) -> String? {
        switch type {
        case .optional: "\(subject).value()"
        case .list, .map: "\(subject)[\(key)]"
        default: nil
        }
    }

    private static func fits(_ meant: String, _ type: CELType) -> Bool {
        switch type {
        case .dyn, .param, .error: return true
        case .string: return ["size", "lowerAscii", "upperAscii", "trim", "matches", "substring"].contains(meant)
        case .list: return ["size", "distinct", "sort"].contains(meant)
        case .map, .bytes: return meant == "size"
        case .timestamp: return meant.hasPrefix("get")
        case .duration: return ["getHours", "getMinutes", "getSeconds"].contains(meant)
        default: return false
        }
    }

    /// A call without a receiver.
    static func global(_ name: String, _ arguments: [String]) -> String? {
        let all = arguments.joined(separator: ", ")
        let first = arguments.first ?? "x"
        let second = arguments.count > 1 ? arguments[1] : "…"
        switch name.lowercased() {
        case "len", "length", "count": return "size(\(first))"
        case "lower", "lowercase", "tolower", "tolowercase": return "\(first).lowerAscii()"
        case "upper", "uppercase", "toupper", "touppercase": return "\(first).upperAscii()"
        case "trim", "strip": return "\(first).trim()"
        case "max", "math.max": return "math.greatest(\(all))"
        case "min", "math.min": return "math.least(\(all))"
        case "abs", "ceil", "floor", "round", "trunc", "sqrt", "sign": return "math.\(name.lowercased())(\(all))"
        case "optional.some", "optional.just": return "optional.of(\(all))"
        case "optional.empty", "optional.null": return "optional.none()"
        case "float", "number", "todouble": return "double(\(first))"
        case "integer", "parseint", "toint": return "int(\(first))"
        case "str", "tostring": return "string(\(first))"
        case "boolean": return "bool(\(first))"
        case "typeof": return "type(\(first))"
        case "date", "datetime", "todate", "parsedate", "to_date":
            return arguments.first.flatMap(moment) ?? "timestamp(\"2026-03-01T09:00:00Z\")"
        case "days", "day", "hours", "hour", "minutes", "weeks", "week": return span(name.lowercased(), first)
        case "if", "iif", "cond", "when": return arguments.count == 3 ? "\(first) ? \(second) : \(arguments[2])" : nil
        case "not", "非", "不": return "!(\(all))"
        case "isnull", "is_null", "isnil": return "\(first) == null"
        case "defined", "isset", "exists", "present":
            return arguments.count == 1 ? "has(\(first))" : loop("exists", first)
        case "any", "some": return loop("exists", first)
        case "every", "all": return loop("all", first)
        case "filter", "map": return loop(name.lowercased(), first)
        case "isempty", "empty": return "size(\(first)) == 0"
        case "coalesce", "ifnull", "nvl": return "\(first) != null ? \(first) : \(second)"
        case "concat": return arguments.joined(separator: " + ")
        case "includes": return "\(first).contains(\(second))"
        case "isnan": return "math.isNaN(\(first))"
        default: return nil
        }
    }

    private static func loop(_ macro: String, _ subject: String) -> String { "\(subject).\(macro)(x, …)" }

    private static func moment(_ literal: String) -> String? {
        if case .withZone(let code)? = LiteralMend.instant(literal) { code } else { nil }
    }

    private static func span(_ unit: String, _ count: String) -> String {
        if case .write(let code)? = LiteralMend.span("\(count) \(unit)") { code } else { "duration(\"72h\")" }
    }
}
