import SourceDiagnostics

/// What can be fuzzed: each a pure function from bytes to "all is well" or what was broken.
public enum FuzzTarget: String, Sendable, CaseIterable {
    case lexer, parser, checker, evaluator, template, rules

    /// nil when every promise held.
    public func violation(_ input: [UInt8]) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        do {
            switch self {
            case .lexer: try LexerTarget.run(text)
            case .parser: try ParserTarget.run(text)
            case .checker: try CheckerTarget.run(text)
            case .evaluator: try EvaluatorTarget.run(text)
            case .template: try TemplateTarget.run(text)
            case .rules: try RulesTarget.run(input)
            }
            return nil
        } catch {
            return error.what
        }
    }
}

/// A promise that was broken.
struct Violation: Error {
    let what: String
}

func demand(_ holds: Bool, _ what: @autoclosure () -> String) throws(Violation) {
    if !holds { throw Violation(what: what()) }
}

/// Where ranges may lie.
struct RangeRule {
    private let bytes: [UInt8]
    private let isText: Bool

    init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isText = String(validating: bytes, as: UTF8.self) != nil
    }

    /// Inside the text, and never in the middle of a character where there are any.
    func demandInside(_ range: SourceRange, _ what: @autoclosure () -> String) throws(Violation) {
        let isInside = range.start >= 0 && range.start <= range.end && range.end <= bytes.count
        try demand(isInside, "\(what()): \(range.start)..<\(range.end) of \(bytes.count) bytes")
        try demand(isBoundary(range.start) && isBoundary(range.end), "\(what()): \(range) cuts a character")
    }

    private func isBoundary(_ offset: Int) -> Bool {
        !isText || offset == bytes.count || bytes[offset] & 0xC0 != 0x80
    }

    func demandInside(_ issues: [CELIssueView]) throws(Violation) {
        for issue in issues { try demandInside(issue.range, "problem \(issue.code)") }
    }
}

/// A problem with its place, worded: wording must not fail either.
struct CELIssueView: Equatable {
    let code: String
    let range: SourceRange
    let words: String
}
