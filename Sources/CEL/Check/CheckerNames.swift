import SourceDiagnostics

/// Names, selections and calls.
extension Checker {
    // MARK: Names

    /// `x` in container `a.b` is sought as `a.b.x`, `a.x`, `x`.
    private func candidates(_ name: String, _ isRooted: Bool) -> [String] {
        guard !isRooted, !environment.container.isEmpty else { return [name] }
        var parts = environment.container.split(separator: ".")
        var found: [String] = []
        while !parts.isEmpty {
            found.append(parts.joined(separator: ".") + "." + name)
            parts.removeLast()
        }
        return found + [name]
    }

    private func global(_ name: String, _ isRooted: Bool) -> (Reference, CELType)? {
        if environment.container.isEmpty { return declared(name) }
        for candidate in candidates(name, isRooted) { if let found = declared(candidate) { return found } }
        return nil
    }

    private func declared(_ name: String) -> (Reference, CELType)? {
        if let slot = environment.slots[name], let type = environment.variables[name] {
            return (.variable(slot: slot, name: name), type)
        }
        return environment.typeNames[name].map { (.typeName($0.runtimeName), .type($0)) }
    }

    private func local(_ name: String) -> Local? { locals.last { $0.name == name } }

    private mutating func settle(_ expr: Expr, _ found: (Reference, CELType)) -> CELType {
        references[expr.id] = found.0
        if case .variable(_, let name) = found.0 { reads.append(.variable(name: name, range: expr.range)) }
        return found.1
    }

    mutating func identifier(_ expr: Expr, _ name: String, _ isRooted: Bool) -> CELType {
        if !isRooted, let local = local(name) {
            references[expr.id] = local.isBound ? .bound(slot: local.slot) : .local(slot: local.slot)
            return local.type
        }
        if let found = global(name, isRooted) { return settle(expr, found) }
        // Unchecked, an unknown name fails when it is read.
        if lenient { return .dyn }
        let known = locals.map(\.name).filter { !$0.hasPrefix("@") } + environment.variables.keys.sorted()
        report(.undeclared(name, near: nearest(name, among: known)), expr.range)
        return .error
    }

    // MARK: Selection

    mutating func selection(_ expr: Expr, _ select: Expr.Select) -> CELType {
        if !select.isTest, let found = dotted(expr) { return found }
        let operand = unifier.substitute(visit(select.operand)).withoutNull
        let type = field(operand, select)
        if select.isTest { return .bool }
        guard select.isOptional else { return type }
        if case .optional = type { return type }
        return .optional(type.withoutNull)
    }

    /// The longest declared name that this chain of selections spells, when it is the whole chain.
    private mutating func dotted(_ expr: Expr) -> CELType? {
        guard let (name, isRooted) = expr.qualifiedName else { return nil }
        if !isRooted, local(String(name.prefix { $0 != "." })) != nil { return nil }
        guard let found = global(name, isRooted) else { return nil }
        return settle(expr, found)
    }

    private mutating func field(_ operand: CELType, _ select: Expr.Select) -> CELType {
        if lenient { return .dyn }
        switch operand {
        case .object(let object):
            if let type = environment.types.fieldType(object: object, field: select.field) {
                reads.append(
                    .field(object: object, field: select.field, range: select.operand.range.union(select.fieldRange)))
                return type
            }
            let near = nearest(select.field, among: environment.types.fieldNames(object: object))
            report(.undefinedField(object: object, field: select.field, near: near), select.fieldRange)
            return .error
        case .map(_, let value): return value
        case .optional(let inner):
            let type = field(unifier.substitute(inner).withoutNull, select)
            if case .optional = type { return type }
            return .optional(type.withoutNull)
        case .dyn, .param: return .dyn
        case .error: return .error
        default:
            report(.noFields(type: name(operand), field: select.field), select.fieldRange)
            return .error
        }
    }

    // MARK: Calls

    mutating func call(_ expr: Expr, _ call: Expr.Call) -> CELType {
        var name = call.name
        var arguments = call.arguments
        var isMember = false
        if let target = call.target {
            if let global = namespaced(target, call.name) {
                name = global
                isNamespaced[expr.id] = true
            } else {
                arguments.insert(target, at: 0)
                isMember = true
            }
        }
        let given = arguments.map { visit($0) }
        let found = functions(name, isMember)
        let fitting = found.fitting(isMember: isMember, count: given.count)
        if !lenient, fitting.isEmpty, found.all.allSatisfy({ $0.isMember != isMember }) {
            let receiver = isMember ? given.first.map { self.name($0) } : nil
            if case .error? = given.first, isMember { return .error }
            report(
                .undeclaredFunction(
                    shown(call), near: nearFunction(name, isMember), isMember: isMember, receiver: receiver),
                call.nameRange)
            return .error
        }
        if lenient {
            overloads[expr.id] = fitting
            return .dyn
        }
        return resolve(expr, call, given, fitting, found.all, isMember)
    }

    private func shown(_ call: Expr.Call) -> String {
        guard let (space, _) = call.target?.qualifiedName, isNamespace(space) else { return call.name }
        return space + "." + call.name
    }

    private func isNamespace(_ name: String) -> Bool {
        environment.namespaces.contains(name) && local(name) == nil && environment.variables[name] == nil
    }

    private func namespaced(_ target: Expr, _ function: String) -> String? {
        guard let (space, isRooted) = target.qualifiedName else { return nil }
        if !isRooted, local(String(space.prefix { $0 != "." })) != nil { return nil }
        let name = space + "." + function
        return candidates(name, isRooted).first { environment.functions[$0] != nil }
            ?? (isNamespace(space) ? name : nil)
    }

    private func functions(_ name: String, _ isMember: Bool) -> OverloadSet {
        if isMember || environment.container.isEmpty && !name.hasPrefix(".") {
            return environment.functions[name] ?? OverloadSet()
        }
        let isRooted = name.hasPrefix(".")
        for candidate in candidates(isRooted ? String(name.dropFirst()) : name, isRooted) {
            if let found = environment.functions[candidate] { return found }
        }
        return OverloadSet()
    }

    private func nearFunction(_ name: String, _ isMember: Bool) -> String? {
        let known = environment.functions.keys.sorted().filter { key in
            guard !key.contains("_"), !key.contains("@") else { return false }
            return environment.functions[key]?.all.contains { $0.isMember == isMember } ?? false
        }
        let macros = ["exists", "exists_one", "all", "map", "filter", "has"]
        return nearest(name, among: known + macros)
    }

    private mutating func resolve(
        _ expr: Expr, _ call: Expr.Call, _ given: [CELType], _ fitting: [CELFunction], _ all: [CELFunction],
        _ isMember: Bool
    ) -> CELType {
        var result: CELType?
        var chosen: [CELFunction] = []
        let substituted = given.map { unifier.substitute($0) }
        for overload in fitting {
            let type: CELType
            if overload.isGeneric {
                let types = unifier.instantiate(overload.parameters + [overload.result])
                guard unifier.assignAll(substituted, to: Array(types.dropLast())) else { continue }
                type = unifier.substitute(types[types.count - 1])
            } else {
                guard unifier.assignAll(substituted, to: overload.parameters) else { continue }
                type = overload.result
            }
            chosen.append(overload)
            if let known = result, known != type { result = .dyn } else { result = type }
        }
        guard let result else {
            mismatch(call, substituted, all.filter { $0.isMember == isMember }, isMember)
            return .error
        }
        overloads[expr.id] = chosen
        noteComparison(call)
        return result
    }

    private mutating func mismatch(_ call: Expr.Call, _ given: [CELType], _ all: [CELFunction], _ isMember: Bool) {
        guard !given.contains(.error) else { return }
        let names = given.map { name($0) }
        if let sign = Operators.sign(call.name) {
            report(
                names.count == 2
                    ? .cannotApply(sign: sign, left: names[0], right: names[1])
                    : .cannotNegate(sign: sign, type: names[0]), call.nameRange)
            return
        }
        let expected = all.map {
            "(" + $0.parameters.dropFirst(isMember ? 1 : 0).map(\.description).joined(separator: ", ") + ")"
        }
        let unique = expected.enumerated().filter { expected.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        report(.noOverload(function: call.name, arguments: names, isMember: isMember, expected: unique), call.nameRange)
    }

    /// Keeps `x.field == "word"` for the host, which may know all words there are.
    private mutating func noteComparison(_ call: Expr.Call) {
        guard call.arguments.count == 2, call.target == nil else { return }
        let (left, right) = (call.arguments[0], call.arguments[1])
        switch call.name {
        case "_==_", "_!=_":
            compare(left, [right])
            compare(right, [left])
        case "@in":
            if case .list(let elements, _) = right.kind { compare(left, elements) }
        default: break
        }
    }

    private mutating func compare(_ subject: Expr, _ literals: [Expr]) {
        guard case .select(let select) = subject.kind, !select.isTest, !select.isOptional,
            case .object(let object) = unifier.substitute(types[select.operand.id]).withoutNull
        else { return }
        for literal in literals {
            guard case .literal(let value) = literal.kind, !value.isNull else { continue }
            comparisons.append(
                CELConstantComparison(object: object, field: select.field, literal: value, range: literal.range))
        }
    }
}

/// A checked expression, ready for planning.
struct CheckedTree: Sendable {
    let root: Expr
    let source: String
    let resultType: CELType
    let types: [CELType]
    let references: [Reference?]
    let overloads: [[CELFunction]]
    let isNamespaced: [Bool]
    let isLenient: Bool
    let reads: [CELRead]
    let comparisons: [CELConstantComparison]
    let localCount: Int

    init(root: Expr, source: String, resultType: CELType, checker: Checker) {
        self.root = root
        self.source = source
        self.resultType = resultType
        types = checker.types
        references = checker.references
        overloads = checker.overloads
        isNamespaced = checker.isNamespaced
        isLenient = checker.lenient
        reads = checker.reads
        comparisons = checker.comparisons
        localCount = checker.localCount
    }
}
