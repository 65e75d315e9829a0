import SourceDiagnostics
import Testing

@testable import BellmanRules

/// A word in a scalar's text is found again in the file, whatever YAML did to the text between.
@Suite struct ScalarMapTests {
    @Test(arguments: [
        ("plain", "a: 王芳 的 HERE 任务\n"),
        ("plain over lines", "a: 王芳\n  的任务\n\n  HERE 后\n"),
        ("single", "a: '王芳''s ''HERE'' x'\n"),
        ("single over lines", "a: '王芳\n\n   的 ''\n   HERE'\n"),
        ("double", "a: \"\\u738b\\u82b3 \\\"\\t\\x41 HERE\"\n"),
        ("double continued", "a: \"王芳 \\\n    的 HERE\"\n"),
        ("double, long escape", "a: \"\\U0001F514 HERE\"\n"),
        ("double over lines", "a: \"王芳\n   第二行\n\n   HERE 后\"\n"),
        ("literal", "a: |\n    王芳\n\n      缩进\n    HERE\n"),
        ("literal kept", "a: |+\n  王芳\n  HERE\n\n\n"),
        ("literal with its indentation", "a: |2\n    王芳\n  HERE\n"),
        ("folded", "a: >\n  王芳\n  的任务\n\n  HERE 后\n"),
        ("folded, indented lines", "a: >-\n  王芳\n    - 一\n    - HERE\n  后\n"),
        ("in brackets", "a: [王芳, '的', HERE]\n"),
        ("carriage returns", "a: |\r\n  王芳\r\n  HERE\r\n"),
    ]) func findsTheWord(_ name: String, _ text: String) throws {
        let file = SourceFile(name: name, text: text)
        let (root, problems) = YAMLReader.read(file)
        #expect(problems.isEmpty)
        let value = try #require(root?.pairs?.first?.value)
        let scalar = try #require(value.scalar ?? value.items?.last?.scalar)
        let place = try #require(scalar.text.range(of: "HERE"))
        let start = scalar.text.utf8.distance(from: scalar.text.startIndex, to: place.lowerBound)
        #expect(file.text(of: scalar.fileRange(SourceRange(start, start + 4))) == "HERE")
    }
}

extension String {
    /// The first place of a word.
    fileprivate func range(of word: String) -> Range<Index>? { ranges(of: word).first }
}
