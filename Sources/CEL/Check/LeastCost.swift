import SourceDiagnostics

/// A lower bound of what evaluating an expression costs when nothing in it fails: only the steps of macros over ranges of a
/// known least size count. Whoever exceeds the limit with this exceeds it always.
struct LeastCost {
    private let tree: CheckedTree
    /// Least sizes of the lists that names stand for.
    private var sizes: [(name: String, size: Int)] = []
    /// The walk that costs most by itself.
    private(set) var place: SourceRange?
    private var greatest = 0

    init(_ tree: CheckedTree) { self.tree = tree }

    mutating func cost(of expr: Expr) -> Int {
        switch expr.kind {
        case .literal, .identifier, .message, .error: return 0
        case .select(let select): return cost(of: select.operand)
        case .call(let call): return sum((call.target.map { [$0] } ?? []) + call.arguments)
        // The first term alone may decide.
        case .and(let terms), .or(let terms): return terms.first.map { cost(of: $0) } ?? 0
        case .conditional(let condition, let first, let second):
            return Self.add(cost(of: condition), min(cost(of: first), cost(of: second)))
        case .list(let elements, _): return sum(elements)
        case .map(let entries): return sum(entries.flatMap { [$0.key, $0.value] })
        case .comprehension(let node): return comprehension(expr, node)
        case .bind(let bindings, let body):
            // A name may never be read, and then its value costs nothing.
            let before = sizes.count
            for binding in bindings { sizes.append((binding.name, size(of: binding.value))) }
            defer { sizes.removeSubrange(before...) }
            return cost(of: body)
        }
    }

    private mutating func sum(_ parts: [Expr]) -> Int { parts.reduce(0) { Self.add($0, cost(of: $1)) } }

    private static func add(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }

    private mutating func comprehension(_ expr: Expr, _ node: Expr.Comprehension) -> Int {
        let range = cost(of: node.range)
        if node.form == .optMap || node.form == .optFlatMap { return range }
        let rounds: Int
        switch node.form {
        // The first element may decide.
        case .all, .exists: rounds = min(1, size(of: node.range))
        default: rounds = size(of: node.range)
        }
        let before = sizes.count
        sizes.append((node.variable, 0))
        if let second = node.second { sizes.append((second, 0)) }
        let inner = cost(of: node.filter ?? node.body)
        sizes.removeSubrange(before...)
        let (product, overflow) = rounds.multipliedReportingOverflow(by: Self.add(1, inner))
        let total = Self.add(range, overflow ? .max : product)
        if total > greatest { (greatest, place) = (total, expr.range) }
        return total
    }

    /// The fewest elements a list or map can have.
    private func size(of expr: Expr) -> Int {
        switch expr.kind {
        case .list(let elements, let optional): return elements.count - optional.count
        case .map(let entries): return entries.count { !$0.isOptional }
        case .identifier(let name, isRooted: false): return sizes.last { $0.name == name }?.size ?? 0
        case .comprehension(let node):
            let keeps = node.form == .map || node.form == .transformMap
            return keeps && node.filter == nil ? size(of: node.range) : 0
        case .conditional(_, let first, let second): return min(size(of: first), size(of: second))
        case .call(let call): return size(ofCall: call, tree.overloads[expr.id].first?.name)
        default: return 0
        }
    }

    private func size(ofCall call: Expr.Call, _ name: String?) -> Int {
        switch name {
        case "lists.range":
            guard case .literal(.int(let count))? = call.arguments.first?.kind else { return 0 }
            return Int(max(0, min(count, ListFunctions.greatestRange)))
        case "_+_": return call.arguments.reduce(0) { Self.add($0, size(of: $1)) }
        case "reverse", "sort": return call.target.map { size(of: $0) } ?? 0
        default: return 0
        }
    }
}
