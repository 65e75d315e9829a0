import SourceDiagnostics

/// Turns a checked tree into nodes that evaluate. Constant arguments (patterns, instants) are read here, once, and
/// what depends on nothing is evaluated here.
struct Planner {
    let environment: CELEnvironment
    let tree: CheckedTree
    let recording: Bool
    let folding: Bool
    var problems: [CELIssue] = []
    /// Locals in scope: mirrors the checker's numbering.
    var depth = 0
    /// What the expression at hand depends on.
    var needs = Needs()
    /// Where the questions about one list are sought.
    var aggregates: AggregateCollector?
    /// Cost units that evaluating constants may still take.
    private var foldBudget = Planner.greatestFoldCost

    /// Enough for every constant that people write; what is dearer is left to the evaluation and its budget.
    private static let greatestFoldCost = 10_000

    /// What keeps an expression from being a constant.
    struct Needs {
        /// A variable, or a function that asks the context.
        var isOpen = false
        /// The outermost local that is read.
        var lowestLocal = Int.max

        /// What is left for the surrounding expression, whose own locals lie below `depth`.
        mutating func add(_ inner: Needs, below depth: Int) {
            isOpen = isOpen || inner.isOpen
            if inner.lowestLocal < depth { lowestLocal = min(lowestLocal, inner.lowestLocal) }
        }
    }

    init(_ environment: CELEnvironment, _ tree: CheckedTree, recording: Bool, folding: Bool = true) {
        self.environment = environment
        self.tree = tree
        self.recording = recording
        self.folding = folding && !recording
    }

    // Nested once for every level of the tree, so what is seldom needed stays out of its stack frame.
    @inline(never)
    mutating func plan(_ expr: Expr) -> PlanNode {
        if case .literal(let value) = expr.kind { return ConstantNode(value) }
        let outer = needs
        needs = Needs()
        let node = node(expr)
        let own = needs
        needs = outer
        needs.add(own, below: depth)
        if recording { return RecordingNode(node, expr.range) }
        guard folding, !own.isOpen, own.lowestLocal >= depth, node.constant == nil else { return node }
        return folded(node)
    }

    /// The node's value as a constant; the node itself when it fails or costs too much, so that evaluation says so.
    @inline(never)
    private mutating func folded(_ node: PlanNode) -> PlanNode {
        guard foldBudget > 0 else { return node }
        var limits = environment.limits
        limits.cost = min(limits.cost, foldBudget)
        let nothing = CELActivation(slots: [:], count: 0)
        var notes = Frame.Notes()
        let result = Frame.run(node, nothing, CELContext(), limits, locals: tree.localCount, &notes)
        foldBudget -= notes.cost + 1
        if case .success(let value) = result { return ConstantNode(value, cost: notes.cost) }
        return node
    }

    func path(_ expr: Expr) -> OperandPath { OperandPath(tree.source, expr) }

    private mutating func node(_ expr: Expr) -> PlanNode {
        switch expr.kind {
        case .literal(let value): return ConstantNode(value)
        case .identifier(let name, _): return reference(expr, name)
        case .select(let select):
            return tree.references[expr.id] != nil ? reference(expr, select.field) : selection(expr, select)
        case .call(let call): return aggregate(expr, call) ?? self.call(expr, call)
        case .and(let terms): return logical(terms, stopsAt: false)
        case .or(let terms): return logical(terms, stopsAt: true)
        case .conditional(let condition, let first, let second):
            return ConditionalNode(plan(condition), plan(first), plan(second), condition.range, path(condition))
        case .list(let elements, let optional): return list(expr, elements, optional)
        case .map(let entries): return map(expr, entries)
        case .comprehension(let node): return comprehension(expr, node)
        case .bind(let bindings, let body): return bind(bindings, body)
        case .message, .error: return unbound("", nil)
        }
    }

    private mutating func unbound(_ name: String, _ range: SourceRange?) -> PlanNode {
        needs.isOpen = true
        return ClosureNode { _ throws(CELFailure) in throw CELFailure(.unbound(name), range: range) }
    }

    // MARK: Names and selection

    private mutating func reference(_ expr: Expr, _ name: String) -> PlanNode {
        switch tree.references[expr.id] {
        case .variable(let slot, let name):
            needs.isOpen = true
            if name == aggregates?.variable { aggregates?.needsList = true }
            return VariableNode(slot, name, expr.range)
        case .local(let slot):
            needs.lowestLocal = min(needs.lowestLocal, slot)
            return LocalNode(slot)
        case .bound(let slot):
            needs.lowestLocal = min(needs.lowestLocal, slot)
            return ClosureNode { frame throws(CELFailure) in
                if let failure = frame.boundFailures?[slot] { throw failure }
                return frame.locals[slot]
            }
        case .typeName(let name): return ConstantNode(.type(name))
        case nil: return unbound(name, expr.range)
        }
    }

    private mutating func selection(_ expr: Expr, _ select: Expr.Select) -> PlanNode {
        let operand = plan(select.operand)
        let path = path(select.operand)
        let range = select.operand.range.union(select.fieldRange)
        if select.isTest || select.isOptional {
            return FieldTestNode(operand, select.field, isTest: select.isTest, path, range)
        }
        var reader: CELFieldReader?
        if case .object(let kind) = tree.types[select.operand.id].withoutNull {
            reader = environment.types.fieldReader(object: kind, field: select.field)
        }
        return SelectNode(operand, select.field, reader, path, range)
    }

    // MARK: Logic

    private mutating func logical(_ terms: [Expr], stopsAt stop: Bool) -> PlanNode {
        let planned = terms.map { LogicNode.Term(node: plan($0), place: ($0.range, path($0))) }
        return LogicNode.tree(planned[...], stopsAt: stop)
    }

    static func notBool(_ value: CELValue, _ path: OperandPath?, _ sign: String) -> CELFailure {
        if value.isNull, let text = path?.text { return CELFailure(.empty(path: text)) }
        return CELFailure(.noSuchOverload(function: sign, arguments: [value.typeName]))
    }

    // MARK: Literals

    private static let listCost = 10
    private static let mapCost = 30

    private mutating func list(_ expr: Expr, _ elements: [Expr], _ optional: Set<Int>) -> PlanNode {
        if let constant = constantList(elements, optional) { return ConstantNode(constant) }
        let nodes = elements.enumerated().map { (plan($0.element), optional.contains($0.offset)) }
        let range = expr.range
        return ClosureNode { frame throws(CELFailure) in
            try frame.charge(Self.listCost)
            var values: [CELValue] = []
            values.reserveCapacity(nodes.count)
            for (node, isOptional) in nodes {
                let value = try node.read(&frame)
                guard isOptional else {
                    values.append(value)
                    continue
                }
                guard case .optional(let inner) = value else { throw Operators.noOverload("[?]", [value]).at(range) }
                if let present = inner.value { values.append(present) }
            }
            return try frame.built(.list(values))
        }
    }

    func constantList(_ elements: [Expr], _ optional: Set<Int>) -> CELValue? {
        guard optional.isEmpty else { return nil }
        var values: [CELValue] = []
        for element in elements {
            guard case .literal(let value) = element.kind else { return nil }
            values.append(value)
        }
        return .list(values)
    }

    private mutating func map(_ expr: Expr, _ entries: [Expr.Entry]) -> PlanNode {
        let nodes = entries.map { (plan($0.key), plan($0.value), $0.isOptional, $0.key.range) }
        let range = expr.range
        return ClosureNode { frame throws(CELFailure) in
            try frame.charge(Self.mapCost)
            var builder = CELMap.Builder()
            for (keyNode, valueNode, isOptional, keyRange) in nodes {
                let key = try keyNode.read(&frame)
                var value = try valueNode.read(&frame)
                if isOptional {
                    guard case .optional(let inner) = value else {
                        throw Operators.noOverload("{?}", [value]).at(range)
                    }
                    guard let present = inner.value else { continue }
                    value = present
                }
                try Planner.insert(key, value, &builder, keyRange)
            }
            return try frame.built(.map(builder.finish()))
        }
    }

    static func insert(_ key: CELValue, _ value: CELValue, _ builder: inout CELMap.Builder, _ range: SourceRange)
        throws(CELFailure)
    {
        switch builder.insert(key, value) {
        case .repeated: throw CELFailure(.repeatedKey(key.text), range: range)
        case .unsupported: throw CELFailure(.unsupportedKey(type: key.typeName), range: range)
        case nil: break
        }
    }

    @inline(never)
    private mutating func bind(_ bindings: [(name: String, value: Expr)], _ body: Expr) -> PlanNode {
        let before = depth
        var nodes: [PlanNode] = []
        for binding in bindings {
            nodes.append(plan(binding.value))
            depth += 1
        }
        let inner = plan(body)
        depth = before
        return Self.bound(nodes, before, inner)
    }

    @inline(never)
    private static func bound(_ values: [PlanNode], _ before: Int, _ inner: PlanNode) -> PlanNode {
        ClosureNode { frame throws(CELFailure) in
            for (offset, node) in values.enumerated() {
                do throws(CELFailure) {
                    frame.locals[before + offset] = try node.read(&frame)
                    frame.boundFailures?[before + offset] = nil
                } catch {
                    if error.endsEvaluation { throw error }
                    frame.boundFailures = frame.boundFailures ?? [:]
                    frame.boundFailures?[before + offset] = error
                }
            }
            return try inner.read(&frame)
        }
    }
}
