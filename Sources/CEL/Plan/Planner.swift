import SourceDiagnostics

/// Turns a checked tree into closures. Constant arguments (patterns, instants) are read here, once.
struct Planner {
    let environment: CELEnvironment
    let tree: CheckedTree
    let recording: Bool
    var problems: [CELIssue] = []
    /// Locals in scope: mirrors the checker's numbering.
    var depth = 0

    init(_ environment: CELEnvironment, _ tree: CheckedTree, recording: Bool) {
        self.environment = environment
        self.tree = tree
        self.recording = recording
    }

    // Nested once for every level of the tree: not inlined, or the frames of all kinds of nodes add up to one.
    @inline(never)
    mutating func plan(_ expr: Expr) -> PlanNode {
        let node = node(expr)
        guard recording else { return node }
        if case .literal = expr.kind { return node }
        let range = expr.range
        return { frame throws(CELFailure) in
            do throws(CELFailure) {
                let value = try node(&frame)
                frame.record(range, .success(value))
                return value
            } catch {
                frame.record(range, .failure(error))
                throw error
            }
        }
    }

    /// The source text of an expression whose value may be empty; nil for a literal.
    func path(_ expr: Expr) -> String? {
        if case .literal = expr.kind { return nil }
        let bytes = Array(tree.source.utf8)
        var text = String(decoding: bytes[expr.range.start..<min(expr.range.end, bytes.count)], as: UTF8.self)
        while text.hasPrefix("("), text.hasSuffix(")") { text = String(text.dropFirst().dropLast()) }
        return text
    }

    private mutating func node(_ expr: Expr) -> PlanNode {
        switch expr.kind {
        case .literal(let value): return { _ in value }
        case .identifier(let name, _): return reference(expr, name)
        case .select(let select):
            return tree.references[expr.id] != nil ? reference(expr, select.field) : selection(expr, select)
        case .call(let call): return self.call(expr, call)
        case .and(let terms): return logical(terms, stopsAt: false)
        case .or(let terms): return logical(terms, stopsAt: true)
        case .conditional(let condition, let first, let second): return conditional(condition, first, second)
        case .list(let elements, let optional): return list(expr, elements, optional)
        case .map(let entries): return map(expr, entries)
        case .comprehension(let node): return comprehension(expr, node)
        case .bind(let bindings, let body): return bind(bindings, body)
        case .message, .error: return { _ throws(CELFailure) in throw CELFailure(.unbound("")) }
        }
    }

    // MARK: Names and selection

    private func reference(_ expr: Expr, _ name: String) -> PlanNode {
        let range = expr.range
        switch tree.references[expr.id] {
        case .variable(let slot, let name):
            return { frame throws(CELFailure) in
                guard slot < frame.values.count, let value = frame.values[slot] else {
                    throw CELFailure(.unbound(name), range: range)
                }
                frame.count(1)
                return value
            }
        case .local(let slot):
            return { frame in
                frame.count(1)
                return frame.locals[slot]
            }
        case .bound(let slot):
            return { frame throws(CELFailure) in
                if !frame.boundFailures.isEmpty, let failure = frame.boundFailures[slot] { throw failure }
                return frame.locals[slot]
            }
        case .typeName(let name): return { _ in .type(name) }
        case nil: return { _ throws(CELFailure) in throw CELFailure(.unbound(name), range: range) }
        }
    }

    private mutating func selection(_ expr: Expr, _ select: Expr.Select) -> PlanNode {
        let operand = plan(select.operand)
        let name = select.field
        let path = path(select.operand) ?? "null"
        let range = select.operand.range.union(select.fieldRange)
        if select.isTest {
            return { frame throws(CELFailure) in
                let value = try operand(&frame)
                frame.count(1)
                do throws(CELFailure) { return .bool(try Access.has(value, name, path: path)) } catch {
                    throw error.at(range)
                }
            }
        }
        if select.isOptional {
            return { frame throws(CELFailure) in
                let value = try operand(&frame)
                frame.count(1)
                do throws(CELFailure) { return try Access.optionalField(value, name) } catch { throw error.at(range) }
            }
        }
        return { frame throws(CELFailure) in
            let value = try operand(&frame)
            frame.count(1)
            if case .object(let object) = value, let found = object.member(name) { return found }
            do throws(CELFailure) { return try Access.field(value, name, path: path) } catch { throw error.at(range) }
        }
    }

    // MARK: Logic

    /// `&&` stops at false, `||` at true; a failure waits for a later term that decides.
    private mutating func logical(_ terms: [Expr], stopsAt stop: Bool) -> PlanNode {
        let nodes = terms.map { (plan($0), $0.range, path($0)) }
        return { frame throws(CELFailure) in
            var failure: CELFailure?
            for (node, range, path) in nodes {
                do throws(CELFailure) {
                    let value = try node(&frame)
                    guard case .bool(let flag) = value else {
                        throw Planner.notBool(value, path, stop ? "||" : "&&").at(range)
                    }
                    if flag == stop { return .bool(stop) }
                } catch {
                    if error.endsEvaluation { throw error }
                    if failure == nil { failure = error }
                }
            }
            if let failure { throw failure }
            return .bool(!stop)
        }
    }

    static func notBool(_ value: CELValue, _ path: String?, _ sign: String) -> CELFailure {
        if value.isNull, let path { return CELFailure(.empty(path: path)) }
        return CELFailure(.noSuchOverload(function: sign, arguments: [value.typeName]))
    }

    private mutating func conditional(_ condition: Expr, _ first: Expr, _ second: Expr) -> PlanNode {
        let test = plan(condition)
        let yes = plan(first)
        let no = plan(second)
        let range = condition.range
        let path = path(condition)
        return { frame throws(CELFailure) in
            let value = try test(&frame)
            guard case .bool(let flag) = value else { throw Planner.notBool(value, path, "? :").at(range) }
            return flag ? try yes(&frame) : try no(&frame)
        }
    }

    // MARK: Literals

    private static let listCost = 10
    private static let mapCost = 30

    private mutating func list(_ expr: Expr, _ elements: [Expr], _ optional: Set<Int>) -> PlanNode {
        if let constant = constantList(elements, optional) { return { _ in constant } }
        let nodes = elements.enumerated().map { (plan($0.element), optional.contains($0.offset)) }
        let range = expr.range
        return { frame throws(CELFailure) in
            try frame.charge(Self.listCost)
            var values: [CELValue] = []
            values.reserveCapacity(nodes.count)
            for (node, isOptional) in nodes {
                let value = try node(&frame)
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
        return { frame throws(CELFailure) in
            try frame.charge(Self.mapCost)
            var builder = CELMap.Builder()
            for (keyNode, valueNode, isOptional, keyRange) in nodes {
                let key = try keyNode(&frame)
                var value = try valueNode(&frame)
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
    private static func bound(_ values: [PlanNode], _ before: Int, _ inner: @escaping PlanNode) -> PlanNode {
        { frame throws(CELFailure) in
            for (offset, node) in values.enumerated() {
                do throws(CELFailure) {
                    frame.locals[before + offset] = try node(&frame)
                    if !frame.boundFailures.isEmpty { frame.boundFailures[before + offset] = nil }
                } catch {
                    if error.endsEvaluation { throw error }
                    frame.boundFailures[before + offset] = error
                }
            }
            return try inner(&frame)
        }
    }
}
