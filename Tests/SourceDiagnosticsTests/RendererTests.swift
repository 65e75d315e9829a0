import Testing

@testable import SourceDiagnostics

struct TestFact: DiagnosticFact {
    var code = "unknown_field"
    var severity = Severity.error

    func message(_ language: Language) -> String { language == .en ? "unknown field ownr" : "未知字段 ownr" }
    func help(_ language: Language) -> String? { language == .en ? "did you mean owner?" : "是不是想写 owner？" }
}

@Suite struct RendererTests {
    static func diagnostic(_ text: String, _ marked: String, severity: Severity = .error) -> Diagnostic {
        let file = SourceFile(name: "rules/a.yaml", text: text)
        let bytes = Array(text.utf8)
        let part = Array(marked.utf8)
        let start = (0...(bytes.count - part.count)).first { Array(bytes[$0..<($0 + part.count)]) == part } ?? 0
        return Diagnostic(fact: TestFact(severity: severity), file: file, range: SourceRange(start, start + part.count))
    }

    @Test func caretStandsUnderWideCharacters() {
        let text = TextRenderer(language: .en).render(Self.diagnostic("id: a\nif: 合同.ownr == \"王\"\n", "ownr"))
        #expect(
            text == """
                rules/a.yaml:2:8: error: unknown field ownr
                  if: 合同.ownr == "王"
                           ^~~~
                help: did you mean owner?

                """)
    }

    @Test func caretOverWideCharactersIsAsWideAsThey() {
        let text = TextRenderer(language: .zh).render(Self.diagnostic("a 合同 b", "合同"))
        #expect(
            text == """
                rules/a.yaml:1:3: 错误: 未知字段 ownr
                  a 合同 b
                    ^~~~
                建议：是不是想写 owner？

                """)
    }

    @Test func tabsAreWrittenOut() {
        let text = TextRenderer(language: .en).render(Self.diagnostic("\ta\tbad", "bad"))
        #expect(text.split(separator: "\n")[1] == "      a   bad")
        #expect(text.split(separator: "\n")[2] == "          ^~~")
    }

    @Test func jsonIsSortedByPosition() {
        let later = Self.diagnostic("one two", "two", severity: .warning)
        let earlier = Self.diagnostic("one two", "one")
        let expected = """
            [
              {"file": "rules/a.yaml", "line": 1, "column": 1, "endLine": 1, "endColumn": 4, "severity": "error", "code": "unknown_field", "message": "unknown field ownr", "help": "did you mean owner?"},
              {"file": "rules/a.yaml", "line": 1, "column": 5, "endLine": 1, "endColumn": 8, "severity": "warning", "code": "unknown_field", "message": "unknown field ownr", "help": "did you mean owner?"}
            ]

            """
        #expect(JSONRenderer(language: .en).render([later, earlier]) == expected)
        #expect(JSONRenderer(language: .en).render([]) == "[]\n")
    }

    @Test func sarifNamesRuleAndRegion() {
        let text = SARIFRenderer(language: .en, toolName: "t", toolVersion: "1").render([Self.diagnostic("合 x", "x")])
        #expect(text.contains("\"version\": \"2.1.0\""))
        #expect(text.contains("\"startLine\": 1, \"startColumn\": 3, \"endLine\": 1, \"endColumn\": 4"))
        #expect(text.contains("\"rules\": [{\"id\": \"unknown_field\"}]"))
    }

    @Test func jsonTextEscapes() {
        #expect(JSONText.quoted("a\"\\\n\u{1}é") == "\"a\\\"\\\\\\n\\u0001é\"")
    }
}

@Suite struct SourceFileTests {
    @Test func positionsCountScalarsFromOne() {
        let file = SourceFile(name: "f", text: "ab\r\n合同x\rlast")
        #expect(file.position(at: 0) == SourcePosition(line: 1, column: 1))
        #expect(file.position(at: 10) == SourcePosition(line: 2, column: 3))
        #expect(file.position(at: 12) == SourcePosition(line: 3, column: 1))
        #expect(file.position(at: 999) == SourcePosition(line: 3, column: 5))
        #expect(file.lineText(2) == "合同x")
        #expect(file.lineText(9) == "")
    }

    @Test(
        arguments: [
            ("statu", ["title", "status"], "status"), ("ownre", ["owner", "order"], "owner"),
            ("负责", ["负责人", "标题"], "负责人"),
            ("到日期", ["到期日", "签订日"], "到期日"), ("合约", ["合同"], "合同"), ("完成", ["标题"], nil), ("x", ["y"], nil),
            ("Status", ["status"], "status"),
            ("zebra", ["status"], nil), ("", ["a"], nil),
        ] as [(String, [String], String?)])
    func nearestName(_ word: String, _ names: [String], _ expected: String?) {
        #expect(nearest(word, among: names) == expected)
    }
}
