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
        if environment.container.isEmpty { return variable(name) }
        for candidate in candidates(name, isRooted) { if let found = variable(candidate) { return found } }
        return nil
    }

    private func variable(_ name: String) -> (Reference, CELType)? {
        if let type = Self.exact(environment.variables, name), let slot = environment.slots[name] {
            return (.variable(slot: slot, name: name), type)
        }
        return environment.typeNames[name].map { (.typeName($0.runtimeName), .type($0)) }
    }

    private func local(_ name: String) -> Local? { locals.last { UTF8Text.equal($0.name, name) } }

    /// Names compare by code point, which Swift's own look-up does not.
    private static func exact<V>(_ table: [String: V], _ key: String) -> V? {
        guard let index = table.index(forKey: key), UTF8Text.equal(table[index].key, key) else { return nil }
        return table[index].value
    }

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
        if !Parser.reserved.contains(name) { report(undeclared(name, known: known), expr.range) }
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
            let code = FunctionSynonyms.member(select.field, on: text(select.operand), operand, [])
            let isMember = declared(select.field).contains(where: \.isMember)
            let advice = code ?? (isMember ? "\(text(select.operand)).\(select.field)()" : nil)
            report(
                CELProblem.noFields(type: name(operand), field: select.field).advised(
                    advice.map(CELAdvice.write) ?? listed(of: operand)),
                select.fieldRange)
            return .error
        }
    }

    // MARK: Calls

    mutating func call(_ expr: Expr, _ call: Expr.Call) -> CELType {
        var name = call.name
        var arguments = call.arguments
        var isMember = false
        if let target = call.target {
            if !lenient, let problem = unknownMacro(target, call) {
                report(problem, target.range.union(call.nameRange))
                return .error
            }
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
        if !lenient { quoteUnknownWord(call, given) }
        let fitting = found.fitting(isMember: isMember, count: given.count)
        if !lenient, fitting.isEmpty, found.all.allSatisfy({ $0.isMember != isMember }) {
            let receiver = isMember ? given.first.map { self.name($0) } : nil
            if case .error? = given.first, isMember { return .error }
            if bindsNames(call) {
                // Names that a macro would have bound are not unknown by themselves.
                problems.removeAll { $0.range.start >= call.nameRange.end && $0.problem.code == "undeclared_name" }
            }
            reportUnknown(call, name, isMember, receiver, given)
            return .error
        }
        if lenient {
            overloads[expr.id] = fitting
            return .dyn
        }
        if isMember, let advice = macroMeant(call, given) {
            problems.removeAll { $0.range.start >= call.nameRange.end && $0.problem.code == "undeclared_name" }
            let problem = CELProblem.noOverload(
                function: call.name, arguments: given.map { self.name($0) }, isMember: true, expected: [])
            report(problem.advised(advice), call.nameRange)
            return .error
        }
        return resolve(expr, call, given, fitting, found.all.filter { $0.isMember == isMember }, isMember)
    }

    /// `cel.bind` with too few or too many arguments.
    private func unknownMacro(_ target: Expr, _ call: Expr.Call) -> CELProblem? {
        guard case .identifier("cel", _) = target.kind, environment.macros.contains(.bindings),
            Self.exact(environment.variables, "cel") == nil, local("cel") == nil
        else { return nil }
        if call.name == "bind" { return CELProblem.bindParts(call.arguments.count).advised(.bind) }
        return CELProblem.undeclaredFunction("cel." + call.name, near: nil, isMember: false, receiver: nil).advised(
            .bind)
    }

    private mutating func reportUnknown(
        _ call: Expr.Call, _ name: String, _ isMember: Bool, _ receiver: String?, _ given: [CELType]
    ) {
        if isMember, let target = call.target, let usage = macroUsage(call, target) {
            report(CELProblem.macroParts(call.name, call.arguments.count).advised(.write(usage)), call.nameRange)
            return
        }
        let mend = mend(call, isMember, given)
        let near = mend == nil ? nearFunction(name, isMember, given.first) : nil
        let problem = CELProblem.undeclaredFunction(shown(call), near: near, isMember: isMember, receiver: receiver)
        let isUnhelped = mend == nil && near == nil
        let list = isUnhelped ? (isMember ? given.first.flatMap { listed(of: $0) } : plainFunctions()) : nil
        report(problem.advised(mend ?? list), call.nameRange)
    }

    func shown(_ call: Expr.Call) -> String {
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
            return Self.exact(environment.functions, name) ?? OverloadSet()
        }
        let isRooted = name.hasPrefix(".")
        for candidate in candidates(isRooted ? String(name.dropFirst()) : name, isRooted) {
            if let found = Self.exact(environment.functions, candidate) { return found }
        }
        return OverloadSet()
    }

    /// Whether a function can stand behind a value of this type.
    private func takes(_ receiver: CELType?, _ overload: CELFunction) -> Bool {
        guard overload.isMember, let receiver, let first = overload.parameters.first else { return true }
        var copy = unifier
        return copy.assign(unifier.substitute(receiver).withoutNull, to: copy.instantiate([first])[0])
    }

    /// Operators have names of their own: `_==_`, `!_`, `@in`.
    static func isCalledByName(_ name: String) -> Bool {
        !name.hasPrefix("_") && !name.hasSuffix("_") && !name.contains("@")
    }

    private func nearFunction(_ name: String, _ isMember: Bool, _ receiver: CELType?) -> String? {
        let known = environment.functions.keys.sorted().filter { key in
            guard Self.isCalledByName(key) else { return false }
            return declared(key).contains { $0.isMember == isMember && takes(receiver, $0) }
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
        for overload in fitting where !Self.givesNullToTime(substituted, overload) {
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

    /// `null` written where an instant or a span is wanted is a slip, though null may stand beside them in a list or an equality.
    private static func givesNullToTime(_ given: [CELType], _ overload: CELFunction) -> Bool {
        zip(given, overload.parameters).contains { $0 == .null && ($1 == .timestamp || $1 == .duration) }
    }

    private mutating func mismatch(_ call: Expr.Call, _ given: [CELType], _ all: [CELFunction], _ isMember: Bool) {
        guard !given.contains(.error) else { return }
        let names = given.map { name($0) }
        if let sign = Operators.sign(call.name) {
            let problem: CELProblem =
                names.count == 2
                ? .cannotApply(sign: sign, left: names[0], right: names[1])
                : .cannotNegate(sign: sign, type: names[0])
            report(problem.advised(operatorAdvice(sign, call, given)), call.nameRange)
            return
        }
        let expected = call.name.contains("@") ? [] : parameterLists(all, isMember, given.first)
        let advice = overloadAdvice(call, given, isMember)
        if isMember, expected.isEmpty, advice == nil {
            // The function is there for other types only.
            let problem = CELProblem.undeclaredFunction(call.name, near: nil, isMember: true, receiver: names.first)
            report(problem.advised(listed(of: given[0])), call.nameRange)
            return
        }
        let shown = call.name.contains("@") ? Self.shownName(call.name) : shown(call)
        let problem = CELProblem.noOverload(
            function: shown, arguments: names, isMember: isMember, expected: expected)
        report(problem.advised(advice), call.nameRange)
    }

    /// The parameters of overloads, without those for receivers of other types.
    private func parameterLists(_ all: [CELFunction], _ isMember: Bool, _ receiver: CELType?) -> [String] {
        var lists: [String] = []
        for overload in all {
            if isMember, let receiver, let first = overload.parameters.first {
                var copy = unifier
                guard copy.assign(receiver, to: copy.instantiate([first])[0]) else { continue }
            }
            let list = "(" + overload.parameters.dropFirst(isMember ? 1 : 0).map(\.shown).joined(separator: ", ") + ")"
            if !lists.contains(list) { lists.append(list) }
        }
        return lists
    }

    /// Keeps `x.field == "word"` for the host, which may know all words there are.
    private mutating func noteComparison(_ call: Expr.Call) {
        guard call.arguments.count == 2, call.target == nil else { return }
        let (left, right) = (call.arguments[0], call.arguments[1])
        switch call.name {
        case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_":
            let isEquality = call.name == "_==_" || call.name == "_!=_"
            compare(left, [right], isEquality)
            compare(right, [left], isEquality)
        case "@in":
            if case .list(let elements, _) = right.kind { compare(left, elements, true) }
        default: break
        }
    }

    private mutating func compare(_ subject: Expr, _ literals: [Expr], _ isEquality: Bool) {
        guard case .select(let select) = subject.kind, !select.isTest, !select.isOptional,
            case .object(let object) = unifier.substitute(types[select.operand.id]).withoutNull
        else { return }
        for literal in literals {
            guard case .literal(let value) = literal.kind, !value.isNull else { continue }
            comparisons.append(
                CELConstantComparison(
                    object: object, field: select.field, literal: value, range: literal.range, isEquality: isEquality))
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
