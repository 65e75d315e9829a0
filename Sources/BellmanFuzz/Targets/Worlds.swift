import Almanac
import BellmanModel
import BellmanRules
import CEL

/// The environments inputs are read in.
enum Worlds {
    static let limits: CELLimits = {
        var limits = CELLimits()
        // Smaller than in rules, so that a second of fuzzing holds more than ten evaluations.
        limits.cost = 200_000
        return limits
    }()

    /// Every library, a variable of every type.
    static let everything = CELEnvironment(
        libraries: CELLibrary.promised(zoneOffset: zoneOffset) + CELLibrary.rare, variables: variables, limits: limits)

    /// With a megabyte of text, a list of a thousand, and the limits rules have.
    static let hostile: CELEnvironment = CELEnvironment(
        libraries: CELLibrary.promised(zoneOffset: zoneOffset) + CELLibrary.rare,
        variables: [
            "b": .bool, "n": .bool, "i": .int, "s": .string, "d": .double, "x": .dyn, "big": .string, "r": .list(.int),
        ])

    static let hostileActivation: CELActivation = {
        var values = CELActivation(hostile)
        let all: [String: CELValue] = [
            "b": .bool(true), "n": .bool(false), "i": .int(1), "s": .string("aaab"), "d": .double(.pi), "x": .null,
            "big": .string(String(repeating: "a", count: 1_000_000)), "r": .list((0..<1_000).map { .int($0) }),
        ]
        for (name, value) in all { values.set(name, value) }
        return values
    }()

    /// What a rule about tasks may say.
    static let tasks = RuleLanguage(schema: .builtIn).momentEnvironment(kind: "task")

    static let variables: [String: CELType] = [
        "b": .bool, "i": .int, "u": .uint, "d": .double, "s": .string, "y": .bytes, "t": .timestamp, "r": .duration,
        "li": .list(.int), "ls": .list(.string), "ll": .list(.list(.int)), "m": .map(.string, .int),
        "mi": .map(.int, .string), "x": .dyn, "lx": .list(.dyn), "n": .nullable(.int), "ns": .nullable(.string),
        "o": .optional(.int), "ty": .type(.int), "nothing": .null,
    ]

    private static let zoneOffset: CELEnvironment.ZoneOffset = { zone, seconds in
        guard let found = Zone.find(zone) else { return nil }
        return found.offset(at: Instant(seconds: seconds))
    }

    static let activation: CELActivation = {
        var values = CELActivation(everything)
        let text = "ab 王芳 e\u{301} 👩‍💻\n"
        let map = CELValue.map([("a", .int(1)), ("王", .int(2)), ("", .int(-3))])
        let all: [String: CELValue] = [
            "b": .bool(true), "i": .int(-7), "u": .uint(7), "d": .double(2.5), "s": .string(text),
            "y": .bytes([0, 255, 0xE7, 0x8E]), "t": timestamp(1_700_000_000),
            "r": .duration(CELDuration(nanoseconds: 90_000_000_001)),
            "li": .list([.int(3), .int(1), .int(2), .int(1)]), "ls": .list([.string("b"), .string("a"), .string("王")]),
            "ll": .list([.list([.int(1)]), .list([])]), "m": map,
            "mi": constant("{1: 'a', -1: 'b'}"), "x": .list([.int(1), .string("a"), .double(.nan), .null, map]),
            "lx": .list([.int(1), .uint(1), .double(1), .string("1"), .bool(true), .null]), "n": .null,
            "ns": .string("set"), "o": .optional(CELOptional(.int(4))), "ty": .type("int"), "nothing": .null,
        ]
        for (name, value) in all { values.set(name, value) }
        return values
    }()

    private static func timestamp(_ seconds: Int64) -> CELValue { constant("timestamp(\(seconds))") }

    private static func constant(_ text: String) -> CELValue {
        if case .success(let value) = everything.constant(text) { return value }
        return .null
    }
}
