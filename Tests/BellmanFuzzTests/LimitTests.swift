import BellmanRules
import CEL
import SourceDiagnostics
import Testing

@testable import BellmanFuzz

/// Each limit of docs/limits.md: the largest that is taken, and one more.
@Suite struct LimitTests {
    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static func code(_ text: String, limits: CELLimits = CELLimits()) -> String {
        let environment = CELEnvironment.standard(
            variables: ["s": .string, "l": .list(.int)], limits: limits)
        let compilation = environment.compile(text)
        guard let program = compilation.program else {
            return compilation.problems.map(\.problem.code).joined(separator: " ")
        }
        var values = CELActivation(environment)
        values.set("s", .string("aaa"))
        values.set("l", .list((0..<100).map { .int($0) }))
        switch program.evaluate(values, context: CELContext()) {
        case .success: return "ok"
        case .failure(let failure): return failure.code
        }
    }

    @Test(arguments: [
        ("length", "'" + times(99_998, "x") + "'", "'" + times(99_999, "x") + "'", "expression_too_long"),
        (
            "wide characters count once", "'" + times(99_998, "王") + "'", "'" + times(99_999, "王") + "'",
            "expression_too_long"
        ),
        (
            "parentheses", times(249, "(") + "1" + times(249, ")"), times(250, "(") + "1" + times(250, ")"),
            "expression_too_deep"
        ),
        ("lists", times(249, "[") + times(249, "]"), times(251, "[") + times(251, "]"), "expression_too_deep"),
        ("sums", "1" + times(249, "+1"), "1" + times(250, "+1"), "expression_too_deep"),
        ("repetitions", "s.matches('a{1000}b')", "s.matches('a{1001}b')", "invalid_regex"),
        (
            "pattern size", "s.matches('[ab]{999}')",
            "s.matches('([ab][cd]){1000}([ab][cd]){1000}([ab][cd]){1000}([ab][cd]){1000}([ab][cd]){1000}')",
            "invalid_regex"
        ),
        (
            "pattern depth", "s.matches('" + times(150, "(") + "a" + times(150, ")") + "')",
            "s.matches('" + times(250, "(") + "a" + times(250, ")") + "')", "invalid_regex"
        ),
        ("precision", "'%.1000f'.format([1.5])", "'%.1001f'.format([1.5])", "invalid_format"),
        ("range", "lists.range(400000).size()", "lists.range(1000001).size()", "size_limit"),
    ]) func atTheLimitAndPast(_ what: String, _ within: String, _ past: String, _ expected: String) {
        #expect(LimitTests.code(within) == "ok", "\(what): at the limit")
        #expect(LimitTests.code(past).contains(expected), "\(what): past it")
    }

    /// The last budget that is enough, and one less.
    @Test func costIsCountedExactly() {
        let text = "l.map(x, x + 1).size() == 100"
        var limits = CELLimits()
        let enough = (1...5_000).first { cost in
            limits.cost = cost
            return LimitTests.code(text, limits: limits) == "ok"
        }
        guard let enough else {
            Issue.record("no budget is enough")
            return
        }
        limits.cost = enough - 1
        #expect(LimitTests.code(text, limits: limits) == "cost_limit")
        limits.cost = enough - 2
        #expect(LimitTests.code("true || " + text, limits: limits) == "ok")
        #expect(LimitTests.code(text + " || true", limits: limits) == "cost_limit", "a spent budget is not absorbed")
    }

    @Test func memoryIsCountedOverTheWholeEvaluation() {
        // A hundred lists of a hundred: 24 bytes an element, and the outer list.
        let text = "l.map(x, l.map(y, y)).size()"
        var limits = CELLimits()
        limits.memory = 100 * 100 * 24 + 100 * 24
        #expect(LimitTests.code(text, limits: limits) == "ok")
        limits.memory -= 1
        #expect(LimitTests.code(text, limits: limits) == "memory_limit")
        #expect(LimitTests.code("\(text) == 1 || true", limits: limits) == "memory_limit", "it is not absorbed")
    }

    @Test func whatIsHeldTwiceCountsTwice() {
        let text = "cel.bind(a, l.map(x, x), [a, a, a, a].size())"
        var limits = CELLimits()
        limits.memory = 4 * (100 * 24) + 4 * 24
        #expect(LimitTests.code(text, limits: limits) == "ok")
        limits.memory -= 1
        #expect(LimitTests.code(text, limits: limits) == "memory_limit")
    }

    @Test(arguments: [Language.en, .zh]) func everyLimitHasWords(_ language: Language) {
        let kinds: [CELFailure.Kind] = [.costLimit(1), .sizeLimit(1), .memoryLimit(1 << 20)]
        for kind in kinds { #expect(!CELFailure(kind).message(language).isEmpty) }
    }

    // MARK: Files

    private static func codes(_ text: String) -> [String] {
        RuleWorld.reader.read(SourceFile(name: "a.yaml", text: text)).problems.map(\.fact.code)
    }

    @Test func filesHaveLimits() {
        let good = RuleWorld.good("a")
        let padded = good + "#" + LimitTests.times((1 << 20) - good.utf8.count - 1, "x")
        #expect(LimitTests.codes(padded) == [])
        #expect(LimitTests.codes(padded + "x") == ["file_too_large"])
        #expect(
            !LimitTests.codes(LimitTests.times(32, "[") + "a" + LimitTests.times(32, "]")).contains("nested_too_deep"))
        #expect(
            LimitTests.codes(LimitTests.times(34, "[") + "a" + LimitTests.times(34, "]")).contains("nested_too_deep"))
        #expect(LimitTests.codes("[" + LimitTests.times(100_000, "a,") + "]").contains("too_many_nodes"))
        #expect(LimitTests.codes("a: &x [1]\nb: *x\n").contains("yaml_anchor"))
    }

    @Test func anUnendingListOfProblemsEnds() {
        let codes = LimitTests.codes(LimitTests.times(5_000, "- {id: a, colour: red}\n"))
        #expect(codes.count == 200)
        #expect(codes.contains("more_problems"))
    }

    @Test func aLongLineIsShownInPart() {
        let text = "[" + LimitTests.times(20_000, "王,") + "a]"
        let problems = RuleWorld.reader.read(SourceFile(name: "a.yaml", text: text)).problems
        for problem in problems {
            #expect(TextRenderer(language: .en).render(problem).utf8.count < 4_000)
        }
    }
}
