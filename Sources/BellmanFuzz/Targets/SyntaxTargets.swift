import CEL
import SourceDiagnostics

enum LexerTarget {
    static func run(_ text: String) throws(Violation) {
        let (ranges, problems) = SyntaxInspection.words(of: text)
        let rule = RangeRule(text)
        var end = 0
        for range in ranges {
            try rule.demandInside(range, "word")
            try demand(range.start >= end, "words overlap at \(range.start)")
            end = range.end
        }
        try demand(ranges.count <= text.utf8.count + 1, "\(ranges.count) words of \(text.utf8.count) bytes")
        for last in ranges.dropLast() { try demand(last.length > 0, "an empty word at \(last.start)") }
        try rule.demandInside(CELIssueView.views(problems))
        let again = SyntaxInspection.words(of: text)
        try demand(again.ranges == ranges, "two readings differ")
    }
}

enum ParserTarget {
    static func run(_ text: String) throws(Violation) {
        let environment = Worlds.everything
        let tree = SyntaxInspection.tree(of: text, in: environment)
        let rule = RangeRule(text)
        try rule.demandInside(CELIssueView.views(tree.problems))
        let limit = environment.limits.depth
        let depth = try walk(tree.root, rule)
        try demand(depth <= limit + 1, "the tree is \(depth) deep")
        try demand(tree.nodeCount <= 4 * text.utf8.count + 16, "\(tree.nodeCount) nodes of \(text.utf8.count) bytes")
        let again = SyntaxInspection.tree(of: text, in: environment)
        let isSame = CELIssueView.views(again.problems) == CELIssueView.views(tree.problems)
        try demand(isSame && again.nodeCount == tree.nodeCount, "two readings differ")
    }

    /// The depth that was walked.
    private static func walk(_ node: SyntaxInspection.Node, _ rule: RangeRule) throws(Violation) -> Int {
        try rule.demandInside(node.range, "node")
        var deepest = 0
        for child in node.children {
            try demand(child.depth < node.depth, "a child as deep as its parent at \(node.range.start)")
            deepest = max(deepest, try walk(child, rule))
        }
        try demand(node.depth >= deepest + 1, "depth \(node.depth) over \(deepest)")
        return deepest + 1
    }
}

extension CELIssueView {
    /// In both languages, with the remedies.
    static func views(_ issues: [CELIssue]) -> [CELIssueView] {
        issues.map { issue in
            let words = [Language.en, .zh].map { language in
                issue.problem.message(language) + "\n" + (issue.problem.help(language) ?? "")
            }
            return CELIssueView(
                code: issue.problem.code, range: issue.range, words: words.joined(separator: "\n"))
        }
    }
}
