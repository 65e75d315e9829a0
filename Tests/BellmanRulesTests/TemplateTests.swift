import SourceDiagnostics
import Testing

@testable import BellmanRules

@Suite struct TemplateTests {
    @Test(arguments: [
        ("", []), ("只有文字", ["=只有文字"]), ("{{ a }}", [" a "]), ("前{{a}}后", ["=前", "a", "=后"]),
        ("{{a}}{{b}}", ["a", "b"]), ("{ x }", ["={ x }"]), ("}} x", ["=}} x"]), ("{{}}", [""]),
        ("{{ {'a': {'b': 1}}['a'] }}!", [" {'a': {'b': 1}}['a'] ", "=!"]), ("{{ \"}}\" }}", [" \"}}\" "]),
        ("{{ '\\'}}' }}", [" '\\'}}' "]), ("还有 {{ days_left 天", ["=还有 ", "open 7"]),
    ]) func isCutAtItsBraces(_ text: String, _ expected: [String]) {
        let found = TemplateScanner.scan(text).map { piece in
            switch piece {
            case .text(let text): "=" + text
            case .expression(let text, _): text
            case .open(let offset): "open \(offset)"
            }
        }
        #expect(found == expected)
    }

    @Test func rangesLeadBack() {
        let text = "王芳 {{ a }} 与 {{ b }}"
        for case .expression(let inner, let range) in TemplateScanner.scan(text) {
            #expect(String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self) == inner)
        }
    }
}
