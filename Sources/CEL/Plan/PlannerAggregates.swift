import SourceDiagnostics

/// Finds the questions about one list that can be answered from what its elements add to them.
///
/// They are `size`, `count`, `sum`, `min`, `max`, `avg` and `distinct().size()` over the list itself, or over `filter` and
/// `map` of it whose bodies read nothing but the element.
extension Planner {
    /// A node that reads the answer; nil where the call is no such question.
    mutating func aggregate(_ expr: Expr, _ call: Expr.Call) -> PlanNode? {
        guard var collector = aggregates, !tree.isNamespaced[expr.id], let (function, list) = question(call),
            let loops = loops(list, collector.variable)
        else { return nil }
        let slot = collector.firstSlot + collector.aggregates.count
        aggregates = nil
        let outer = needs
        let root = elementNode(loops)
        needs = outer
        let found = CELAggregate(
            function: function, resultType: tree.types[expr.id], range: expr.range, root: root,
            locals: tree.localCount, limits: environment.limits)
        collector.aggregates.append(found)
        aggregates = collector
        needs.isOpen = true
        return VariableNode(slot, function.rawValue, expr.range)
    }

    private func question(_ call: Expr.Call) -> (CELAggregate.Function, Expr)? {
        guard call.arguments.count + (call.target == nil ? 0 : 1) == 1, let list = call.target ?? call.arguments.first
        else { return nil }
        switch call.name {
        case "size", "count":
            guard case .call(let inner) = list.kind, inner.name == "distinct", inner.arguments.isEmpty,
                let all = inner.target
            else { return (.count, list) }
            return (.distinct, all)
        case "sum", "min", "max", "avg": return CELAggregate.Function(rawValue: call.name).map { ($0, list) }
        default: return nil
        }
    }

    /// The loops from the list on; nil where it is another list, or a body reads more than the element.
    private func loops(_ list: Expr, _ variable: String) -> [Expr.Comprehension]? {
        var found: [Expr.Comprehension] = []
        var list = list
        while case .comprehension(let loop) = list.kind {
            guard loop.form == .map || loop.form == .filter, loop.second == nil, isClosed(loop.body),
                loop.filter.map(isClosed) ?? true
            else { return nil }
            found.append(loop)
            list = loop.range
        }
        guard case .variable(_, let name) = tree.references[list.id], name == variable else { return nil }
        return found.reversed()
    }

    private func isClosed(_ expr: Expr) -> Bool {
        switch tree.references[expr.id] {
        case .variable: return false
        case .local(let slot), .bound(let slot): return slot >= depth
        case .typeName: return true
        case nil: return expr.children.allSatisfy(isClosed)
        }
    }

    private struct Step: Sendable {
        let filter: PlanNode?
        let body: PlanNode
        let isFilter: Bool
        let place: SourceRange
        let path: OperandPath

        func test(_ node: PlanNode, _ frame: inout Frame) throws(CELFailure) -> Bool {
            let value = try node.read(&frame)
            guard case .bool(let flag) = value else { throw Planner.notBool(value, path, "predicate").at(place) }
            return flag
        }
    }

    /// Each loop has the same place for its element: it begins when the one before it has ended.
    private mutating func elementNode(_ loops: [Expr.Comprehension]) -> PlanNode {
        let element = VariableNode(0, "element", SourceRange(0, 0))
        let slot = depth
        depth += 1
        let steps = loops.map { loop in
            Step(
                filter: loop.filter.map { plan($0) }, body: plan(loop.body), isFilter: loop.form == .filter,
                place: loop.body.range, path: path(loop.body))
        }
        depth = slot
        guard !steps.isEmpty else { return ClosureNode { frame throws(CELFailure) in try present(element, &frame) } }
        return ClosureNode { frame throws(CELFailure) in
            frame.locals[slot] = try element.read(&frame)
            for step in steps {
                if let filter = step.filter, try !step.test(filter, &frame) { return .optional(.none) }
                if step.isFilter {
                    if try !step.test(step.body, &frame) { return .optional(.none) }
                } else {
                    frame.locals[slot] = try step.body.read(&frame)
                }
            }
            return .optional(CELOptional(frame.locals[slot]))
        }
    }
}

private func present(_ node: PlanNode, _ frame: inout Frame) throws(CELFailure) -> CELValue {
    .optional(CELOptional(try node.read(&frame)))
}
