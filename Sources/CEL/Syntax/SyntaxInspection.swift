import SourceDiagnostics

/// What only this package's fuzzer asks of the lexer and the parser: their intermediate results.
package enum SyntaxInspection {
    /// Ranges of the words of a text, the end among them, and what was wrong.
    package static func words(of text: String) -> (ranges: [SourceRange], problems: [CELIssue]) {
        var lexer = Lexer(text)
        var ranges: [SourceRange] = []
        while true {
            let token = lexer.next()
            ranges.append(token.range)
            if token.kind == .end { return (ranges, lexer.problems) }
        }
    }

    /// A node of the tree without what it means.
    package struct Node {
        package let range: SourceRange
        package let depth: Int
        /// Nodes an expansion made up, such as those of `sortBy`, may lie outside their parent.
        package let children: [Node]
    }

    package struct Tree {
        package let root: Node
        package let nodeCount: Int
        package let problems: [CELIssue]
    }

    package static func tree(of text: String, in environment: CELEnvironment) -> Tree {
        var parser = Parser(text, limits: environment.limits, macros: environment.macros)
        let root = parser.parse()
        return Tree(root: node(root), nodeCount: parser.nodeCount, problems: parser.problems)
    }

    private static func node(_ expr: Expr) -> Node {
        Node(range: expr.range, depth: expr.depth, children: expr.children.map(node))
    }
}

extension Expr {
    /// Every expression directly inside this one.
    var children: [Expr] {
        switch kind {
        case .literal, .identifier, .message, .error: []
        case .select(let select): [select.operand]
        case .call(let call): call.arguments + (call.target.map { [$0] } ?? [])
        case .and(let terms), .or(let terms): terms
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .list(let elements, _): elements
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .comprehension(let loop): [loop.range, loop.body] + (loop.filter.map { [$0] } ?? [])
        case .bind(let bindings, let body): bindings.map(\.value) + [body]
        }
    }
}

extension CELEnvironment {
    /// Compiled without the type checker: every overload is chosen when the expression is evaluated.
    package func compileUnchecked(_ text: String) -> CELCompilation { compile(text, checked: false) }
}
