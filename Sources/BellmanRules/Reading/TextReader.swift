import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Compiles the expressions and templates of one rule and leads their problems back to the file.
struct TextReader {
    let language: RuleLanguage
    let environment: CELEnvironment
    let sink: ProblemSink
    /// Which words a text in two languages gives.
    var words = AlmanacLanguage.zh
    /// The key whose expression names people.
    var peopleKey: String?
    /// Reads what is asked of each gathered record by itself.
    var gathers: String?

    /// For the steps that follow a decision: they know `approval`.
    var deciding: TextReader {
        TextReader(
            language: language, environment: environment.adding(variables: ["approval": .object("approval")]),
            sink: sink, words: words)
    }

    /// A part of an expression that was compiled, and its problems told, as a whole; nil where it is no condition.
    func silent(_ text: String) -> Expression? {
        environment.compile(text, expecting: .bool).program.map {
            Expression(program: $0, environment: environment, language: language)
        }
    }

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
        for issue in program.warnings { sink.report(issue.problem, scalar.fileRange(issue.range.shifted(by: offset))) }
        warnAboutDates(program, scalar, offset)
        checkWords(program, scalar, offset)
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

    /// A name that other rules have is not unknown, it belongs to their triggers; a kind of record is another rule's.
    private func explained(_ problem: CELProblem) -> any DiagnosticFact {
        if case .undefinedField(let object, let field, nil) = problem.base,
            let meant = FieldTitles.field(
                field, among: SchemaTypes(schema: language.schema, derived: [:]).fieldNames(object: object))
        {
            return CELProblem.undefinedField(object: object, field: field, near: meant)
        }
        guard case .undeclared(let name, _) = problem.base else {
            return RuleRemedy.explained(problem, language.schema)
        }
        if let triggers = RuleScopeShape.triggers(of: name) {
            return RuleProblem.nameOfOtherTrigger(name, triggers: triggers)
        }
        if name == "approval" { return RuleProblem.approvalOutside }
        if name == "records", let gathers { return RuleProblem.recordsOneByOne(gathers) }
        if name == "records" { return RuleProblem.goesWith(name, ["select"]) }
        if name == "group" { return RuleProblem.notGrouped }
        guard language.schema.kind(name) != nil else { return unknown(name, problem) }
        let own = language.schema.kindNames.first { environment.variables[$0] == .object($0) }
        if environment.variables["records"] != nil { return RuleProblem.gatheredKind(name) }
        let fields = own.flatMap { language.schema.kind($0)?.fields } ?? []
        let way = fields.first { $0.type.referencedKind == name }.map { "\(own ?? "").\($0.name)" }
        return RuleProblem.otherKind(name, own: own, way: way)
    }

    /// A kind by the name that people have for it, or somebody's name where people are wanted.
    private func unknown(_ name: String, _ problem: CELProblem) -> any DiagnosticFact {
        if let kind = KindNames.kind(called: name), environment.variables[kind] != nil {
            return CELProblem.undeclared(name, near: kind)
        }
        if case .undeclared(_, nil) = problem.base, let peopleKey {
            return RuleProblem.nobodysName(key: peopleKey, name)
        }
        return problem
    }

    /// `while` is asked only when a record changes, so nothing in it may change by itself.
    func refuseTime(_ expression: Expression, in node: YAMLNode?) {
        guard let scalar = node?.scalar, let timed = language.timedField(expression.program.reads) else { return }
        sink.report(.timeInLevel(timed.path), scalar.fileRange(timed.range))
    }

    /// `contract.usage < 30` is always true: 30 % is 0.3.
    private func checkShare(_ comparison: CELConstantComparison, _ place: SourceRange) {
        let number = comparison.literal.doubleValue ?? comparison.literal.intValue.map(Double.init)
        guard let number, number > 1, number <= 100 else { return }
        let written = comparison.literal.plainDecimal ?? ""
        let meant = CELValue.double(number / 100).plainDecimal ?? ""
        sink.report(
            .shareAboveOne("\(comparison.object).\(comparison.field)", written: written, meant: meant), place)
    }

    /// Literals that a field is compared with: outside an enumeration they can never be met; a word of a status is
    /// kept for whoever knows the records.
    private func checkWords(_ program: CELProgram, _ scalar: YAMLScalar, _ offset: Int) {
        for comparison in program.constantComparisons {
            guard let definition = language.schema.field(comparison.field, of: comparison.object) else { continue }
            let place = scalar.fileRange(comparison.range.shifted(by: offset))
            if definition.type == .share { checkShare(comparison, place) }
            guard comparison.isEquality, let word = comparison.literal.stringValue else { continue }
            if case .enumeration(let words) = definition.type {
                if !words.contains(word) {
                    let path = "\(comparison.object).\(comparison.field)"
                    sink.report(
                        .outsideWords(word, field: path, choices: words, nearest: nearest(word, among: words)), place)
                }
            } else {
                sink.note(word, kind: comparison.object, field: comparison.field, place)
            }
        }
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

    /// A text, or one for each language: `{zh: …, en: …}`. All of them are checked, that of the configured language is
    /// taken, else the other.
    func message(_ node: YAMLNode, key: String) -> Template? {
        guard let pairs = node.pairs, !pairs.isEmpty,
            pairs.allSatisfy({ TextReader.languages.keys.contains($0.key.scalar?.text ?? "") })
        else { return template(node, key: key) }
        var found: [AlmanacLanguage: Template] = [:]
        var isWhole = true
        for pair in pairs {
            guard let language = TextReader.languages[pair.key.scalar?.text ?? ""] else { continue }
            if let text = template(pair.value, key: key) { found[language] = text } else { isWhole = false }
        }
        return isWhole ? found[words] ?? found.values.first : nil
    }

    static let languages: [String: AlmanacLanguage] = ["zh": .zh, "en": .en]

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
