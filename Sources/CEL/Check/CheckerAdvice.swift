import SourceDiagnostics

/// What a name, a function or an operator that does not fit was probably meant to be.
extension Checker {
    /// The expression's own text, for code to write instead; shortened where it is long.
    func text(_ expr: Expr) -> String {
        let limit = 60
        guard expr.range.end <= source.utf8.count, expr.range.length <= limit else { return "…" }
        return text(expr.range)
    }

    func text(_ range: SourceRange) -> String {
        String(decoding: source.utf8.dropFirst(range.start).prefix(range.length), as: UTF8.self)
    }

    // MARK: Names

    private static let words: [String: String] = [
        "None": "null", "none": "null", "nil": "null", "Nil": "null", "NULL": "null", "Null": "null",
        "undefined": "null", "空": "null", "True": "true", "TRUE": "true", "yes": "true", "真": "true", "False": "false",
        "FALSE": "false", "no": "false", "假": "false", "NaN": "math.isNaN(x)", "nan": "math.isNaN(x)",
        "Infinity": "math.isInf(x)", "inf": "math.isInf(x)", "not": "!(…)", "NOT": "!(…)", "非": "!(…)", "不": "!(…)",
        "不是": "!(…)",
    ]

    func undeclared(_ name: String, known: [String]) -> CELProblem {
        if let word = Self.words[name] { return CELProblem.undeclared(name, near: nil).advised(.write(word)) }
        let near = nearest(name, among: known)
        let problem = CELProblem.undeclared(name, near: near)
        let greatest = 10
        let listed = Set(known).sorted()
        guard near == nil, !listed.isEmpty, listed.count <= greatest else { return problem }
        return problem.advised(.knownNames(listed))
    }

    /// `status == open`: the word an unknown name is compared with a text for was meant as a text.
    mutating func quoteUnknownWord(_ call: Expr.Call, _ given: [CELType]) {
        guard call.target == nil, given.count == 2, ["_==_", "_!=_", "@in"].contains(call.name) else { return }
        let (left, right) = (call.arguments[0], call.arguments[1])
        if unifier.substitute(given[0]).withoutNull == .string {
            if case .list(let elements, _) = right.kind, call.name == "@in" {
                for element in elements { quote(element) }
            } else if call.name != "@in" {
                quote(right)
            }
        } else if unifier.substitute(given[1]).withoutNull == .string, call.name != "@in" {
            quote(left)
        }
    }

    private mutating func quote(_ expr: Expr) {
        guard case .identifier(let name, _) = expr.kind, Self.words[name] == nil,
            let index = problems.lastIndex(where: { $0.range == expr.range }),
            case .undeclared(_, nil) = problems[index].problem.base
        else { return }
        let problem = problems[index].problem.base.advised(.quoted("\"\(name)\""))
        problems[index] = CELIssue(problem: problem, range: expr.range)
    }

    // MARK: Functions

    /// Every overload of a name.
    func declared(_ name: String) -> [CELFunction] { environment.functions[name]?.all ?? [] }

    /// Help for a function that is not there; nil when only a near name can be told.
    func mend(_ call: Expr.Call, _ isMember: Bool, _ given: [CELType]) -> CELAdvice? {
        let arguments = call.arguments.map { text($0) }
        guard isMember, let target = call.target, let receiver = given.first else {
            if environment.variables[call.name] != nil { return .isValue(call.name) }
            if call.name == "has" { return .oneField }
            if call.name == "pow" { return .noPower }
            let code = FunctionSynonyms.global(shown(call), arguments) ?? FunctionSynonyms.global(call.name, arguments)
            return code.map(CELAdvice.write) ?? asMember(call, arguments)
        }
        let type = unifier.substitute(receiver).withoutNull
        if let code = FunctionSynonyms.member(call.name, on: text(target), type, arguments) { return .write(code) }
        let globals = declared(call.name).filter { !$0.isMember && Self.isCalledByName($0.name) }
        return globals.isEmpty ? nil : .write("\(call.name)(\(([text(target)] + arguments).joined(separator: ", ")))")
    }

    /// Of a function that is only there behind its first argument.
    private func asMember(_ call: Expr.Call, _ arguments: [String]) -> CELAdvice? {
        guard let first = arguments.first, declared(call.name).contains(where: \.isMember) else {
            return nil
        }
        if call.name == "contains", case .list? = call.arguments.first.map({ types[$0.id] }), arguments.count == 2 {
            return .write("\(arguments[1]) in \(first)")
        }
        return .write("\(first).\(call.name)(\(arguments.dropFirst().joined(separator: ", ")))")
    }

    /// Functions that stand before their arguments.
    func plainFunctions() -> CELAdvice? {
        let names = environment.functions.keys.flatMap { declared($0) }.filter { !$0.isMember }.map(\.name)
        let plain = Set(names).filter { Self.isCalledByName($0) && !$0.contains(".") }
        return plain.isEmpty || plain.count > 20 ? nil : .plainFunctions(plain.sorted())
    }

    /// A list's function with a name and a condition: a macro was meant.
    func macroMeant(_ call: Expr.Call, _ given: [CELType]) -> CELAdvice? {
        guard call.arguments.count == 2, case .list? = given.first.map({ unifier.substitute($0).withoutNull }),
            case .identifier(let name, _) = call.arguments[0].kind, environment.variables[name] == nil,
            let target = call.target, let macro = ["contains": "exists", "sort": "sortBy"][call.name]
        else { return nil }
        return .write("\(text(target)).\(macro)(\(call.arguments.map { text($0) }.joined(separator: ", ")))")
    }

    /// Functions a value has, where they are few enough to read.
    func listed(of receiver: CELType) -> CELAdvice? {
        let type = unifier.substitute(receiver).withoutNull
        switch type {
        case .dyn, .param, .error: return nil
        default: break
        }
        let greatest = 12
        var names: [String] = []
        for name in environment.functions.keys where Self.isCalledByName(name) {
            let fits = declared(name).contains { overload in
                var copy = unifier
                return overload.isMember && copy.assign(type, to: copy.instantiate([overload.parameters[0]])[0])
            }
            if fits { names.append(name) }
        }
        if case .list = type { names += ["all", "exists", "filter", "map"] }
        return names.isEmpty || names.count > greatest + 6 ? nil : .functions(type: name(type), names.sorted())
    }

    private static let macros: Set = ["exists", "all", "exists_one", "filter", "map", "existsOne", "sortBy"]

    /// A macro with too few arguments: the name was left out, or the condition.
    func macroUsage(_ call: Expr.Call, _ target: Expr) -> String? {
        guard Self.macros.contains(call.name), environment.macros.contains(.standard) else { return nil }
        let subject = text(target)
        func example(_ name: String) -> String {
            "\(subject).\(call.name)(\(name), \(macroExample(call.name, name, unifier.substitute(types[target.id]))))"
        }
        guard call.arguments.count == 1 else { return example("x") }
        if case .identifier(let name, _) = call.arguments[0].kind { return example(name) }
        let body = text(call.arguments[0])
        guard let variable = unknownName(in: call.arguments[0]) else { return example("x") }
        return "\(subject).\(call.name)(\(variable), \(body))"
    }

    /// What may be asked of, or made from, an element.
    private func macroExample(_ macro: String, _ name: String, _ type: CELType) -> String {
        var element = CELType.dyn
        if case .list(let inner) = type.withoutNull { element = inner.withoutNull }
        if case .map(let key, _) = type.withoutNull { element = key }
        let makes = macro == "map" || macro == "sortBy"
        switch element {
        case .string: return makes ? "\(name).upperAscii()" : "\(name) == \"a\""
        case .int: return makes ? "\(name) + 1" : "\(name) > 0"
        default: return makes ? name : "\(name) != null"
        }
    }

    private func unknownName(in expr: Expr) -> String? {
        switch expr.kind {
        case .identifier(let name, _): return environment.variables[name] == nil ? name : nil
        case .select(let select): return unknownName(in: select.operand)
        case .call(let call):
            for part in (call.target.map { [$0] } ?? []) + call.arguments {
                if let name = unknownName(in: part) { return name }
            }
            return nil
        default: return nil
        }
    }

    /// Whether a call's arguments make sense only where a macro binds their names.
    func bindsNames(_ call: Expr.Call) -> Bool {
        FunctionSynonyms.loops.contains(call.name.lowercased()) || Self.macros.contains(call.name)
    }

    // MARK: Overloads

    func overloadAdvice(_ call: Expr.Call, _ given: [CELType], _ isMember: Bool) -> CELAdvice? {
        let arguments = call.arguments.map { text($0) }
        if call.name == "contains", isMember, let target = call.target, arguments.count == 1 {
            switch given[0] {
            case .list, .map: return .write("\(arguments[0]) in \(text(target))")
            default: break
            }
        }
        if let first = call.arguments.first, let type = given.first, !isMember {
            switch (call.name, type) {
            case ("duration", .int): return spanUnit(first)
            case ("string", .null): return .write("\"\"")
            case ("string", .list(.string)): return .write("\(text(first)).join(\", \")")
            case ("bool", _): return condition(first, type).map(CELAdvice.write)
            case ("ceil", .int), ("floor", .int), ("round", .int), ("trunc", .int):
                return .write("\(shown(call))(double(\(text(first))))")
            default: break
            }
        }
        let isExtreme = call.name == "math.@max" || call.name == "math.@min"
        return isExtreme ? .write("\(Self.shownName(call.name))(1, 2)") : nil
    }

    /// What people call a function that the parser renames.
    static func shownName(_ name: String) -> String {
        switch name {
        case "math.@max": "math.greatest"
        case "math.@min": "math.least"
        case "@sortByKeys": "sortBy"
        default: name
        }
    }
}
