import BellmanModel
import CEL
import SourceDiagnostics

/// Reads one rule file: a rule, or a list of rules. Every mistake is reported, never only the first.
public struct RuleFileReader: Sendable {
    public let language: RuleLanguage
    public let defaults: RuleDefaults

    public init(language: RuleLanguage, defaults: RuleDefaults) {
        self.language = language
        self.defaults = defaults
    }

    public func read(_ file: SourceFile) -> RuleFileReading {
        let (root, problems) = YAMLReader.read(file)
        let sink = ProblemSink(file)
        var rules: [Rule] = []
        if let root {
            for node in ruleNodes(root, sink) where !sink.isFull {
                if let rule = RuleReader(self, sink).read(node) { rules.append(rule) }
            }
        }
        reportRepeated(rules, sink)
        return RuleFileReading(
            rules: rules, problems: (problems + sink.problems).sortedByPosition(),
            words: sink.words)
    }

    private func ruleNodes(_ root: YAMLNode, _ sink: ProblemSink) -> [YAMLNode] {
        if let items = root.items { return items }
        guard let pairs = root.pairs else {
            sink.report(.notARule, root.range)
            return []
        }
        if pairs.count == 1, let key = pairs[0].key.scalar?.text, pairs[0].value.items != nil, key != "then",
            key != "when"
        {
            sink.report(.wrapperKey(key), pairs[0].key.range)
            return []
        }
        return [root]
    }

    private func reportRepeated(_ rules: [Rule], _ sink: ProblemSink) {
        var first: [String: Rule] = [:]
        for rule in rules {
            if let other = first[rule.id] {
                sink.report(
                    .duplicateIdentifier(rule.id, otherFile: other.place.file, otherLine: other.place.line),
                    sink.file.lineRange(rule.place.line))
            } else {
                first[rule.id] = rule
            }
        }
    }
}
