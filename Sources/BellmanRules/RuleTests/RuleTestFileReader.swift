import Almanac
import BellmanModel
import SourceDiagnostics

/// What a test must know of the rules that it is about.
public struct RuleOutline: Sendable {
    public let ids: [String]
    /// Kinds of which each rule makes records: their ids cannot be known beforehand.
    private let made: [String: [String]]

    public init(_ rules: [Rule]) {
        ids = rules.map(\.id).sorted()
        let kinds = rules.map { rule in
            let kinds = rule.steps.compactMap { step in
                if case .create(let kind, _) = step.action { kind } else { nil }
            }
            return (rule.id, kinds)
        }
        made = Dictionary(kinds, uniquingKeysWith: { first, _ in first })
    }

    /// Of some rules, or of all.
    func made(by rules: [String]?) -> Set<String> { Set((rules ?? ids).flatMap { made[$0] ?? [] }) }
}

/// One entry of a file: a test, or what is wrong with it.
public struct RuleTestReading: Sendable {
    public let name: String
    public let place: RulePlace
    /// Nil where there are errors.
    public let test: RuleTest?
    public let problems: [Diagnostic]
}

/// Reads one `*.test.yaml`: a test, or a list of tests. Every mistake is reported, never only the first.
public struct RuleTestFileReader: Sendable {
    let schema: Schema
    let defaults: RuleDefaults
    /// Names of channels that `payload` may name: those that are really configured.
    let configured: Set<String>

    public init(schema: Schema, defaults: RuleDefaults, configured: Set<String>) {
        self.schema = schema
        self.defaults = defaults
        self.configured = configured
    }

    public func read(_ file: SourceFile, rules: RuleOutline) -> [RuleTestReading] {
        let (root, problems) = YAMLReader.read(file)
        guard let root, problems.isEmpty else {
            let sink = ProblemSink(file)
            if problems.isEmpty { sink.report(RuleTestProblem.noTests, SourceRange(0, 0)) }
            return [broken(file, root, problems + sink.problems)]
        }
        let nodes = root.items ?? [root]
        if let wrapper = wrapper(root, file) { return [broken(file, root, [wrapper])] }
        guard !nodes.isEmpty else {
            return [broken(file, root, [Diagnostic(fact: RuleTestProblem.noTests, file: file, range: root.range)])]
        }
        return nodes.enumerated().map { index, node in
            read(node, file, rules, number: nodes.count == 1 ? nil : index + 1)
        }
    }

    private func read(_ node: YAMLNode, _ file: SourceFile, _ rules: RuleOutline, number: Int?) -> RuleTestReading {
        let sink = ProblemSink(file)
        let place = RulePlace(file: file.name, line: file.line(at: node.range.start))
        let standard = number.map { "\(RuleTestFileReader.title(file.name)) \($0)" }
        let name = RuleTestFileReader.name(of: node) ?? standard ?? RuleTestFileReader.title(file.name)
        guard node.pairs != nil else {
            sink.report(RuleTestProblem.notATest, node.range)
            return RuleTestReading(name: name, place: place, test: nil, problems: sink.problems)
        }
        var reader = RuleTestReader(file: self, rules: rules, sink: sink)
        let test = reader.read(node, name: name, place: place)
        return RuleTestReading(
            name: name, place: place, test: sink.errorCount > 0 ? nil : test, problems: sink.problems.sortedByPosition()
        )
    }

    private func broken(_ file: SourceFile, _ root: YAMLNode?, _ problems: [Diagnostic]) -> RuleTestReading {
        let line = problems.map { file.line(at: $0.range.start) }.min() ?? 1
        return RuleTestReading(
            name: RuleTestFileReader.title(file.name), place: RulePlace(file: file.name, line: line), test: nil,
            problems: problems.sortedByPosition())
    }

    /// A list under `tests:`, as people know it from elsewhere.
    private func wrapper(_ root: YAMLNode, _ file: SourceFile) -> Diagnostic? {
        guard let pairs = root.pairs, pairs.count == 1, let key = pairs[0].key.scalar?.text,
            pairs[0].value.items != nil, !RuleTestReader.keys.contains(key)
        else { return nil }
        return Diagnostic(fact: RuleTestProblem.wrapperKey(key), file: file, range: pairs[0].key.range)
    }

    private static func name(of node: YAMLNode) -> String? {
        guard let text = node.pairs?.first(where: { $0.key.scalar?.text == "name" })?.value.scalar?.text else {
            return nil
        }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
        return line.isEmpty ? nil : line
    }

    /// `rules/A1-task-started.test.yaml` → `A1-task-started`.
    static func title(_ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        for end in RuleTestFileReader.endings where last.hasSuffix(end) { return String(last.dropLast(end.count)) }
        return last
    }

    public static let endings = [".test.yaml", ".test.yml"]
}
