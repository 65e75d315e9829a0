import SourceDiagnostics
import Testing

@testable import CEL

@Suite struct LanguageTests {
    @Test(arguments: [
        ("sets.contains([1, 2, 3], [1, 1.0, 2u])", "true"), ("sets.contains([1], [2])", "false"),
        ("sets.equivalent([1, 1], [1])", "true"),
        ("sets.intersects([1], [])", "false"), ("sets.contains([], [])", "true"), ("[1, 2, 3].slice(1, 3)", "[2, 3]"),
        ("[1].slice(0, 2)", "error: index out of bounds: 2"), ("[[1], [2, [3]]].flatten()", "[1, 2, [3]]"),
        ("[[1, [2]]].flatten(2)", "[1, 2]"),
        ("[1, 1.0, 2, 2u].distinct()", "[1, 2]"), ("[1, 2].reverse()", "[2, 1]"), ("[3, 1].sort()", "[1, 3]"),
        ("[\"bb\", \"a\"].sortBy(x, x.size())", "[\"a\", \"bb\"]"), ("lists.range(3)", "[0, 1, 2]"),
        ("[1].first().value()", "1"),
        ("[].last().hasValue()", "false"), ("[\"é\", \"z\"].sort()", "[\"z\", \"é\"]"),
        ("\"a\" + // 注\n \"b\"", "\"ab\""), ("1 // end", "1"),
        ("1 \t\r\n\u{C}+ 1", "2"), ("!!true", "true"), ("- -1", "1"),
        ("-(-9223372036854775808)", "error: int overflow"), ("r'a\\d'", "\"a\\\\d\""),
        ("\"\\U0001F600\"", "\"😀\""), ("b'\\xff\\377é'", "b\"\\xff\\xff\\xc3\\xa9\""), ("'''a'b'''", "\"a'b\""),
        ("0xFF", "255"), (".5", "0.5"),
        ("{\"x\": {\"y\": 1}}.x.y", "1"), ("cel.bind(x, 1 / 0, x == 1 || true)", "true"),
        ("{1: 1, 1u: 2}", "error: the key 1u stands twice in a map"),
        ("%", "error: expected a value before %"), ("", "error: the expression ends too early"),
        ("(1", "error: expected ) before the end"),
    ]) func tables(_ expression: String, _ expected: String) {
        let got = TestEnvironment.answer(expression.hasPrefix("%") ? "%" : expression)
        #expect(got.hasPrefix(expected), "\(expression) gave \(got)")
    }

    @Test func depthIsBounded() {
        let environment = TestEnvironment.make()
        func codes(_ text: String) -> [String] { environment.compile(text).problems.map(\.problem.code) }
        #expect(codes(String(repeating: "(", count: 240) + "1" + String(repeating: ")", count: 240)) == [])
        #expect(codes(String(repeating: "(", count: 5000) + "1").contains("expression_too_deep"))
        #expect(codes("1" + String(repeating: " + 1", count: 2000)).contains("expression_too_deep"))
        #expect(codes("true" + String(repeating: " || true", count: 2000)) == [])
        #expect(codes(String(repeating: "!", count: 5000) + "true") == [])
        #expect(codes(String(repeating: "[", count: 5000)).contains("expression_too_deep"))
        #expect(codes("\"" + String(repeating: "x", count: 100_001) + "\"") == ["expression_too_long"])
    }

    @Test func costIsBounded() {
        let text = "lists.range(n).map(a, lists.range(n).map(b, lists.range(n).size()).size()).size()"
        let environment = TestEnvironment.make(variables: ["n": .int])
        #expect(TestEnvironment.answer(text, environment, ["n": .int(1000)]).contains("costs more than"))
        // With the sizes written out it is known before the evaluation.
        let problems = environment.compile(text.replacing("range(n)", with: "range(1000)")).problems
        #expect(problems.map(\.problem.code) == ["costs_too_much"])
        let doubling =
            "cel.bind(a, \"0123456789\", " + String(repeating: "cel.bind(a, a + a, ", count: 30) + "a.size()"
            + String(repeating: ")", count: 31)
        #expect(TestEnvironment.answer(doubling).contains("larger than"))
    }
}
