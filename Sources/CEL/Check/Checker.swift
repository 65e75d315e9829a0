import SourceDiagnostics

/// What a name turned out to be.
enum Reference: Sendable {
    case variable(slot: Int, name: String)
    case local(slot: Int)
    /// Bound by `cel.bind`: its failure shows only where it is read.
    case bound(slot: Int)
    case typeName(String)
}

/// Finds the type of every node, what names mean, and which overloads calls may take.
///
/// In the lenient mode (no type check) everything is dyn; names are resolved all the same.
struct Checker {
    struct Local {
        let name: String
        let slot: Int
        let type: CELType
        let isBound: Bool
    }

    let environment: CELEnvironment
    let lenient: Bool
    /// The expression's text, for code to write instead.
    let source: String
    var unifier = TypeUnifier()
    var types: [CELType]
    var references: [Reference?]
    var overloads: [[CELFunction]]
    /// Calls such as `math.abs(x)`, whose target is part of the name.
    var isNamespaced: [Bool]
    var problems: [CELIssue] = []
    var reads: [CELRead] = []
    var comparisons: [CELConstantComparison] = []
    private(set) var localCount = 0
    var locals: [Local] = []

    init(_ environment: CELEnvironment, lenient: Bool, _ count: Int, source: String = "") {
        self.source = source
        self.environment = environment
        self.lenient = lenient
        types = Array(repeating: .error, count: count)
        references = Array(repeating: nil, count: count)
        overloads = Array(repeating: [], count: count)
        isNamespaced = Array(repeating: false, count: count)
    }

    /// - Returns: the type of the whole expression.
    mutating func check(_ root: Expr, expecting: CELType?) -> CELType {
        let found = visit(root)
        if let expecting, !lenient, !unifier.assign(found, to: expecting) {
            report(.expectedType(expecting.description, found: name(found)), root.range)
        }
        for id in types.indices { types[id] = unifier.substitute(types[id], final: true) }
        return unifier.substitute(found, final: true)
    }

    mutating func report(_ problem: CELProblem, _ range: SourceRange) {
        guard problems.count < environment.limits.problems else { return }
        problems.append(CELIssue(problem: problem, range: range))
    }

    func name(_ type: CELType) -> String { unifier.substitute(type).description }

    mutating func visit(_ expr: Expr) -> CELType {
        let type = lenient ? visitLeniently(expr) : typed(expr)
        types[expr.id] = type
        return type
    }

    private mutating func visitLeniently(_ expr: Expr) -> CELType {
        _ = typed(expr)
        return .dyn
    }

    private mutating func typed(_ expr: Expr) -> CELType {
        switch expr.kind {
        case .literal(let value): return Self.type(of: value)
        case .identifier(let name, let isRooted): return identifier(expr, name, isRooted)
        case .select(let select): return selection(expr, select)
        case .call(let call): return self.call(expr, call)
        case .and(let terms), .or(let terms):
            logical(terms)
            return .bool
        case .conditional(let condition, let first, let second): return conditional(expr, condition, first, second)
        case .list(let elements, let optional): return list(elements, optional)
        case .map(let entries): return map(entries)
        case .message(let name):
            report(.unknownMessage(name), expr.range)
            return .error
        case .comprehension(let node): return comprehension(node)
        case .bind(let bindings, let body): return bind(bindings, body)
        case .error: return .error
        }
    }

    private static func type(of value: CELValue) -> CELType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .bytes: .bytes
        default: .string
        }
    }

    mutating func expectBool(_ expr: Expr) {
        let found = visit(expr)
        if !lenient, !unifier.assign(found, to: .bool) {
            let advice = condition(expr, unifier.substitute(found)).map(CELAdvice.write)
            report(CELProblem.expectedType("bool", found: name(found)).advised(advice), expr.range)
        }
    }

    private mutating func logical(_ terms: [Expr]) {
        let before = problems.count
        for term in terms { expectBool(term) }
        let types = terms.map { unifier.substitute(self.types[$0.id]) }
        guard problems.count == before + terms.count, problems.count > before,
            let advice = defaultAdvice(terms, terms[0], types)
        else { return }
        // Two texts joined by a logical operator are one mistake.
        let problem = CELProblem.expectedType("bool", found: name(types[0])).advised(advice)
        problems[before] = CELIssue(problem: problem, range: terms[0].range)
        problems.removeSubrange((before + 1)...)
    }

    // MARK: Literals and branches

    private mutating func conditional(_ expr: Expr, _ condition: Expr, _ first: Expr, _ second: Expr) -> CELType {
        expectBool(condition)
        let a = visit(first)
        let b = visit(second)
        if lenient { return .dyn }
        let result = unifier.freshParameter()
        if unifier.assignAll([a, b], to: [result, result]) { return unifier.substitute(result) }
        report(.branchTypes(name(a), name(b)), SourceRange(condition.range.end, second.range.start))
        return .error
    }

    private mutating func list(_ elements: [Expr], _ optional: Set<Int>) -> CELType {
        var joined: CELType?
        for (index, element) in elements.enumerated() {
            let type = visit(element)
            joined = unifier.join(joined, optional.contains(index) ? unwrap(type, element) : type)
        }
        return .list(joined ?? unifier.freshParameter())
    }

    private mutating func map(_ entries: [Expr.Entry]) -> CELType {
        var key: CELType?
        var value: CELType?
        for entry in entries {
            key = unifier.join(key, visit(entry.key))
            let type = visit(entry.value)
            value = unifier.join(value, entry.isOptional ? unwrap(type, entry.value) : type)
        }
        return .map(keyType(key ?? unifier.freshParameter()), value ?? unifier.freshParameter())
    }

    /// Lists and maps are no keys; were their types kept, `{a: a}` over `{b: b}` would double at every step.
    private func keyType(_ type: CELType) -> CELType {
        let found = unifier.substitute(type)
        switch found {
        case .list, .map, .optional, .opaque: return .dyn
        default: return found
        }
    }

    /// `T` of `optional(T)`.
    private mutating func unwrap(_ type: CELType, _ expr: Expr) -> CELType {
        if lenient { return .dyn }
        let inner = unifier.freshParameter()
        if unifier.assign(type, to: .optional(inner)) { return unifier.substitute(inner) }
        report(.expectedType("optional", found: name(type)), expr.range)
        return .error
    }

    // MARK: Binding

    mutating func withLocals(_ added: [(String, CELType)], isBound: Bool = false, _ body: (inout Checker) -> CELType)
        -> CELType
    {
        let before = locals.count
        for (name, type) in added { _ = push(name, type, isBound) }
        let type = body(&self)
        locals.removeSubrange(before...)
        return type
    }

    private mutating func push(_ name: String, _ type: CELType, _ isBound: Bool) -> Int {
        let slot = locals.count
        locals.append(Local(name: name, slot: slot, type: type, isBound: isBound))
        localCount = max(localCount, locals.count)
        return slot
    }

    private mutating func bind(_ bindings: [(name: String, value: Expr)], _ body: Expr) -> CELType {
        let before = locals.count
        for (name, value) in bindings {
            let type = visit(value)
            _ = push(name, type, true)
        }
        let type = visit(body)
        locals.removeSubrange(before...)
        return type
    }

    private mutating func comprehension(_ node: Expr.Comprehension) -> CELType {
        let range = unifier.substitute(visit(node.range)).withoutNull
        if node.form == .optMap || node.form == .optFlatMap { return optionalMap(node, range) }
        guard let (first, second) = elements(of: range, node) else {
            report(.notIterable(type: name(range)), node.range.range)
            _ = withLocals(variables(node, .error, .error)) { checker in checker.visit(node.body) }
            return .error
        }
        return withLocals(variables(node, first, second)) { checker in
            if let filter = node.filter { checker.expectBool(filter) }
            return checker.result(node, first)
        }
    }

    private func variables(_ node: Expr.Comprehension, _ first: CELType, _ second: CELType) -> [(String, CELType)] {
        [(node.variable, first)] + (node.second.map { [($0, second)] } ?? [])
    }

    /// Types of the one or two variables.
    private func elements(of range: CELType, _ node: Expr.Comprehension) -> (CELType, CELType)? {
        switch range {
        case .list(let element): node.second == nil ? (element, .dyn) : (.int, element)
        case .map(let key, let value): (key, value)
        case .dyn, .param: (.dyn, .dyn)
        case .error: (.error, .error)
        default: nil
        }
    }

    private mutating func result(_ node: Expr.Comprehension, _ first: CELType) -> CELType {
        switch node.form {
        case .all, .exists, .existsOne:
            expectBool(node.body)
            return .bool
        case .filter:
            expectBool(node.body)
            return .list(first)
        case .map, .optMap, .optFlatMap: return .list(visit(node.body))
        case .transformMap: return .map(first, visit(node.body))
        case .transformMapEntry:
            let body = visit(node.body)
            if lenient { return .dyn }
            let entry = CELType.map(unifier.freshParameter(), unifier.freshParameter())
            if !unifier.assign(body, to: entry) { report(.expectedType("map", found: name(body)), node.body.range) }
            return unifier.substitute(entry)
        }
    }

    private mutating func optionalMap(_ node: Expr.Comprehension, _ target: CELType) -> CELType {
        let inner = unwrap(target, node.range)
        let body = withLocals([(node.variable, inner)]) { checker in checker.visit(node.body) }
        if node.form == .optMap { return .optional(body) }
        return .optional(unwrap(body, node.body))
    }
}
