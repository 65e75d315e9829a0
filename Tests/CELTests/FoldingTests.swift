import SourceDiagnostics
import Testing

@testable import CEL

/// Evaluating constants beforehand must not be seen: not in values, failures, their places, nor in what it costs.
@Suite struct FoldingTests {
    static let environment = TestEnvironment.make(variables: [
        "x": .int, "s": .string, "l": .list(.int), "m": .map(.string, .dyn), "u": .int, "t": .timestamp,
    ])

    struct Answer: Equatable {
        var value: String?
        var code: String?
        var range: SourceRange?
        var cost: Int
    }

    static func answer(_ program: CELProgram) -> Answer {
        var values = CELActivation(environment)
        values.set("x", .int(3))
        values.set("s", .string("abc"))
        values.set("l", .list([.int(1), .int(2), .int(3)]))
        values.set("m", .map([("a", .int(1)), ("b", .string("z"))]))
        values.set("t", CELTimestamp(seconds: 1_700_000_000).map(CELValue.timestamp))
        let (result, cost) = program.evaluateCounting(values, context: CELContext())
        switch result {
        case .success(let value): return Answer(value: value.text, cost: cost)
        // Where a spent budget is noticed depends on what was evaluated in one piece.
        case .failure(let failure) where failure.endsEvaluation: return Answer(code: failure.code, cost: 0)
        case .failure(let failure): return Answer(code: failure.code, range: failure.range, cost: cost)
        }
    }

    /// - Returns: whether there was something to compare.
    @discardableResult
    static func expectSame(_ text: String) -> Bool {
        var isCompiled = false
        for checked in [true, false] {
            let folded = environment.compile(text, checked: checked, folding: true)
            let plain = environment.compile(text, checked: checked, folding: false)
            #expect(folded.problems.map(\.problem) == plain.problems.map(\.problem), "\(text)")
            guard let one = folded.program, let other = plain.program else { continue }
            #expect(answer(one) == answer(other), "\(text)")
            isCompiled = true
        }
        return isCompiled
    }

    @Test(arguments: [
        "1 / 0 == 1 || true", "1 / 0 == 1 || x == 3", "x == 3 || 1 / 0 == 1", "1 / 0 == 1 && false", "1 / 0",
        "x > 5 ? 1 / 0 : 2 * 3", "duration(\"72h\") + duration(\"1s\")", "t + duration(\"72h\")",
        "timestamp(\"2026-03-01T00:00:00Z\") < t", "\"a\" + \"b\" + s", "s.matches(\"a\" + \".\")",
        "s.matches(\"(\" + s)",
        "s.matches(\"(\" + \"(\")", "[1, 2][5]", "[1, 2, 3].map(i, i * 2)[1] + x", "{\"a\": 1 + 1}.a", "{\"a\": 1}[s]",
        "[1, 2, 3].exists(i, i == x)", "[1, 2].all(i, [3, 4].exists(j, i < j))", "l.map(i, [i, 1 + 1])",
        "cel.bind(b, 1 / 0, x == 3 || b == 1)", "cel.bind(b, 1 + 1, b * b)", "9223372036854775807 + 1 == x",
        "lists.range(2000).map(a, lists.range(2000).size()).size()", "u == 1 || true", "type(1) == type(x)",
        "x in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "x in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10.0, 3.5]",
        "3.0 in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "3u in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        "[x, 1] in [[1, 1], [3, 1], [1], [2], [3], [4], [5], [6], [7]]",
        "9223372036854775808.0 in [9223372036854775807, 2, 3, 4, 5, 6, 7, 8, 9]",
        "true in [1, 2, 3, 4, 5, 6, 7, 8, 9, true]", "\"%d%s\".format([1 + 1, s])", "!(1 > 2) && -(2) < x",
        "optional.of(1 + 1).orValue(x)", "has({\"a\": 1}.b) || has(m.a)", "timestamp(\"nonsense\" + s) == t",
        "timestamp(\"2026-\" + \"nonsense\") == t || true",
    ])
    func cases(_ text: String) { Self.expectSame(text) }

    @Test func generatedExpressions() {
        var generator = Generator(state: 0x5EED)
        var compiled = 0
        for _ in 0..<3_000 where Self.expectSame(generator.expression(.bool, depth: 4)) { compiled += 1 }
        #expect(compiled > 2_000)
    }

    /// Membership in a long constant list is the same question as in a computed one.
    @Test func longListsKeepTheirEquality() {
        let items = ["1", "2u", "3.0", "-4", "\"a\"", "\"é\"", "\"e\u{301}\"", "true", "null", "b\"x\"", "7.5", "[1]"]
        let words = (0..<12).map { "\"w\($0)\"" } + ["10", "3", "4u", "\"é\"", "false"]
        for list in [items, words] {
            for item in items + ["3", "3u", "4.0", "\"w3\"", "\"zz\"", "t", "x", "s"] {
                let long = "\(item) in [\(list.joined(separator: ", "))]"
                let computed = "\(item) in ([\(list.joined(separator: ", "))] + l.filter(i, false))"
                let one = Self.environment.compile(long, checked: false).program.map(Self.answer)
                let other = Self.environment.compile(computed, checked: false).program.map(Self.answer)
                #expect(one?.value == other?.value && one?.code == other?.code, "\(long)")
            }
        }
    }
}

/// Well-typed expressions, many of which fail when they are evaluated.
private struct Generator {
    enum Form: CaseIterable { case bool, int, text, list, span }

    var state: UInt64

    private mutating func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    private mutating func one(_ choices: [String]) -> String { choices[pick(choices.count)] }

    mutating func expression(_ form: Form, depth: Int) -> String {
        if depth == 0 || pick(6) == 0 { return leaf(form) }
        switch form {
        case .bool: return bool(depth - 1)
        case .int: return int(depth - 1)
        case .text: return text(depth - 1)
        case .list: return list(depth - 1)
        case .span:
            return "(\(expression(.span, depth: depth - 1)) \(one(["+", "-"])) \(expression(.span, depth: depth - 1)))"
        }
    }

    private mutating func leaf(_ form: Form) -> String {
        switch form {
        case .bool: one(["true", "false", "x > 2", "u > 1"])
        case .int: one(["0", "1", "2", "-3", "9223372036854775807", "x", "u", "l[0]", "l[7]", "m.a", "i"])
        case .text: one(["\"\"", "\"a\"", "\"abc\"", "\"[\"", "s", "m[\"b\"]", "m.missing"])
        case .list: one(["[]", "[1, 2, 3]", "l", "[x]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"])
        case .span: one(["duration(\"1h\")", "duration(\"-5s\")", "t - t", "duration(s)", "duration(\"300000h\")"])
        }
    }

    private mutating func bool(_ depth: Int) -> String {
        let a = expression(.bool, depth: depth)
        switch pick(9) {
        case 0: return "(\(a) && \(expression(.bool, depth: depth)))"
        case 1: return "(\(a) || \(expression(.bool, depth: depth)))"
        case 2: return "!(\(a))"
        case 3:
            return
                "(\(expression(.int, depth: depth)) \(one(["<", "==", ">=", "!="])) \(expression(.int, depth: depth)))"
        case 4: return "(\(expression(.int, depth: depth)) in \(expression(.list, depth: depth)))"
        case 5:
            let test = one(["startsWith", "contains", "matches", "endsWith"])
            return "\(expression(.text, depth: depth)).\(test)(\(expression(.text, depth: depth)))"
        case 6:
            let macro = one(["exists", "all", "exists_one"])
            return "\(expression(.list, depth: depth)).\(macro)(i, \(expression(.bool, depth: depth)))"
        case 7: return "(\(expression(.span, depth: depth)) < \(expression(.span, depth: depth)))"
        default: return "(\(a) ? \(expression(.bool, depth: depth)) : \(expression(.bool, depth: depth)))"
        }
    }

    private mutating func int(_ depth: Int) -> String {
        let a = expression(.int, depth: depth)
        switch pick(7) {
        case 0: return "\(expression(.text, depth: depth)).size()"
        case 1: return "\(expression(.list, depth: depth))[\(a)]"
        case 2: return "cel.bind(b, \(a), b + \(expression(.int, depth: depth)))"
        case 3: return "(\(expression(.bool, depth: depth)) ? \(a) : \(expression(.int, depth: depth)))"
        case 4: return "math.greatest(\(a), \(expression(.int, depth: depth)))"
        default: return "(\(a) \(one(["+", "-", "*", "/", "%"])) \(expression(.int, depth: depth)))"
        }
    }

    private mutating func text(_ depth: Int) -> String {
        switch pick(4) {
        case 0: "(\(expression(.text, depth: depth)) + \(expression(.text, depth: depth)))"
        case 1: "string(\(expression(.int, depth: depth)))"
        case 2: "\(expression(.text, depth: depth)).substring(\(expression(.int, depth: depth)))"
        default: "\"%d\".format([\(expression(.int, depth: depth))])"
        }
    }

    private mutating func list(_ depth: Int) -> String {
        switch pick(4) {
        case 0: "\(expression(.list, depth: depth)).filter(i, \(expression(.bool, depth: depth)))"
        case 1: "\(expression(.list, depth: depth)).map(i, \(expression(.int, depth: depth)))"
        case 2: "[\(expression(.int, depth: depth)), \(expression(.int, depth: depth))]"
        default: "(\(expression(.list, depth: depth)) + \(expression(.list, depth: depth)))"
        }
    }
}
