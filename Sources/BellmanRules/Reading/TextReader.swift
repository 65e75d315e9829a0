import BellmanModel
import CEL
import SourceDiagnostics

/// Compiles the expressions and templates of one rule and leads their problems back to the file.
struct TextReader {
    let language: RuleLanguage
    let environment: CELEnvironment
    let sink: ProblemSink

    func condition(_ node: YAMLNode?) -> Expression? { node.flatMap { expression($0, expecting: .bool) } }

    func expression(_ node: YAMLNode, expecting: CELType? = nil) -> Expression? {
        guard let scalar = node.scalar else {
            sink.report(.wantedText("expression"), node.range)
            return nil
        }
        return compile(scalar.text, at: 0, scalar, node, expecting: expecting)
    }

    private func compile(
        _ text: String, at offset: Int, _ scalar: YAMLScalar, _ node: YAMLNode, expecting: CELType?
    ) -> Expression? {
        let compilation = environment.compile(text, expecting: expecting)
        // Where a comment cut the text, what is wrong with the rest of it says nothing.
        if compilation.program == nil, reportCut(scalar, node) { return nil }
        for issue in compilation.problems {
            let place = scalar.fileRange(issue.range.shifted(by: offset))
            sink.report(explained(issue.problem), place.length > 0 || place.start > 0 ? place : node.range)
        }
        guard let program = compilation.program else { return nil }
        warnAboutDates(program, scalar, offset)
        return Expression(program: program, environment: environment, language: language)
    }

    /// ` #` begins a comment: where the rest of a broken expression stands behind it, that is the cause.
    private func reportCut(_ scalar: YAMLScalar, _ node: YAMLNode) -> Bool {
        guard scalar.style == .plain else { return false }
        let line = sink.file.line(at: node.range.end)
        let rest = sink.file.text(of: SourceRange(node.range.end, max(node.range.end, sink.file.lineRange(line).end)))
        guard rest.hasPrefix(" #") else { return false }
        let start = node.range.end
        sink.report(
            .commentCut(rest.trimmed, whole: scalar.text + rest), SourceRange(start + 1, start + rest.utf8.count))
        return true
    }

    /// A name that other rules have is not unknown, it belongs to their triggers.
    private func explained(_ problem: CELProblem) -> any DiagnosticFact {
        guard case .undeclared(let name, _) = problem.base, let triggers = RuleScopeShape.triggers(of: name) else {
            return problem
        }
        return RuleProblem.nameOfOtherTrigger(name, triggers: triggers)
    }

    /// A date-only field compared with `now` is over at its first minute, which is seldom meant.
    private func warnAboutDates(_ program: CELProgram, _ scalar: YAMLScalar, _ offset: Int) {
        guard
            let nowRange = program.reads.compactMap({ read -> SourceRange? in
                if case .variable("now", let range) = read { return range }
                return nil
            }).first
        else { return }
        for case .field(let kind, let field, let range) in program.reads {
            guard let definition = language.schema.field(field, of: kind), definition.type == .date,
                comparesDirectly(program.source, range, nowRange)
            else { continue }
            sink.report(.dateAgainstNow("\(kind).\(field)"), scalar.fileRange(range.shifted(by: offset)))
        }
    }

    /// Between the field and `now` stands nothing but a comparison.
    private func comparesDirectly(_ source: String, _ a: SourceRange, _ b: SourceRange) -> Bool {
        let (first, second) = a.start < b.start ? (a, b) : (b, a)
        guard first.end <= second.start else { return false }
        let between = Array(source.utf8)[first.end..<second.start].filter { $0 != UInt8(ascii: " ") }
        return ["<", "<=", ">", ">=", "==", "!="].contains(String(decoding: between, as: UTF8.self))
    }

    // MARK: templates

    func template(_ node: YAMLNode, key: String) -> Template? {
        guard let scalar = node.scalar else {
            let range = Slips.valueRange(in: sink.file.bytes, from: node.range.start)
            let text = sink.file.text(of: range)
            let isBrace = text.hasPrefix("{{")
            sink.report(isBrace ? .bareTemplate(text) : .wantedText(key), isBrace ? range : node.range)
            return nil
        }
        var parts: [Template.Part] = []
        var isWhole = true
        for piece in TemplateScanner.scan(scalar.text) {
            switch piece {
            case .text(let text): parts.append(.text(text))
            case .expression(let text, let range):
                if text.trimmed.isEmpty {
                    sink.report(.templateEmpty, scalar.fileRange(SourceRange(range.start - 2, range.end + 2)))
                    isWhole = false
                } else if let expression = compile(text, at: range.start, scalar, node, expecting: nil) {
                    parts.append(.value(expression))
                } else {
                    isWhole = false
                }
            case .open(let offset):
                if !reportCut(scalar, node) {
                    sink.report(.templateOpen, scalar.fileRange(SourceRange(offset, offset + 2)))
                }
                isWhole = false
            }
        }
        return isWhole ? Template(parts: parts) : nil
    }
}
