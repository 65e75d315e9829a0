import SourceDiagnostics

/// Calls that are syntax: they bind names, or look at an argument instead of evaluating it.
extension Parser {
    /// nil: an ordinary call.
    mutating func expand(_ name: Token, _ target: Expr?, _ arguments: [Expr], _ range: SourceRange) -> Expr? {
        guard let target else {
            guard name.text == "has", arguments.count == 1, macros.contains(.standard) else { return nil }
            return has(arguments[0], range)
        }
        if case .identifier(let space, _) = target.kind, space == "cel" || space == "math" {
            if let expanded = namespaced(space, name.text, arguments, range, name.range) { return expanded }
        }
        if name.text == "sortBy", arguments.count == 2, macros.contains(.lists) {
            return sortBy(target, arguments, range, name.range)
        }
        guard let form = form(name.text, arguments.count) else { return nil }
        return comprehension(form, name.text, target, arguments, range)
    }

    private mutating func has(_ argument: Expr, _ range: SourceRange) -> Expr {
        if case .select(var select) = argument.kind {
            select.isTest = true
            return make(.select(select), range, over: [select.operand])
        }
        var hint: String?
        if case .call(let call) = argument.kind, call.name == "_[_]",
            case .literal(.string(let key)) = call.arguments[1].kind
        {
            hint = key
        }
        if case .error = argument.kind { return argument }
        report(.hasArgument(hint: hint), argument.range)
        return make(.error, range)
    }

    private enum Shape {
        case one(Expr.Comprehension.Form)
        case oneFiltered(Expr.Comprehension.Form)
        case two(Expr.Comprehension.Form)
        case twoFiltered(Expr.Comprehension.Form)
    }

    private func form(_ name: String, _ count: Int) -> Shape? {
        let standard = macros.contains(.standard)
        let twoVariable = macros.contains(.twoVariable)
        switch (name, count) {
        case ("all", 2) where standard: return .one(.all)
        case ("exists", 2) where standard: return .one(.exists)
        case ("exists_one", 2) where standard: return .one(.existsOne)
        case ("map", 2) where standard: return .one(.map)
        case ("map", 3) where standard: return .oneFiltered(.map)
        case ("filter", 2) where standard: return .one(.filter)
        case ("optMap", 2) where macros.contains(.optional): return .one(.optMap)
        case ("optFlatMap", 2) where macros.contains(.optional): return .one(.optFlatMap)
        case ("all", 3) where twoVariable: return .two(.all)
        case ("exists", 3) where twoVariable: return .two(.exists)
        case ("existsOne", 3) where twoVariable, ("exists_one", 3) where twoVariable: return .two(.existsOne)
        case ("transformList", 3) where twoVariable: return .two(.map)
        case ("transformList", 4) where twoVariable: return .twoFiltered(.map)
        case ("transformMap", 3) where twoVariable: return .two(.transformMap)
        case ("transformMap", 4) where twoVariable: return .twoFiltered(.transformMap)
        case ("transformMapEntry", 3) where twoVariable: return .two(.transformMapEntry)
        case ("transformMapEntry", 4) where twoVariable: return .twoFiltered(.transformMapEntry)
        default: return nil
        }
    }

    private mutating func comprehension(
        _ shape: Shape, _ macro: String, _ target: Expr, _ arguments: [Expr], _ range: SourceRange
    ) -> Expr {
        let form: Expr.Comprehension.Form
        var second: String?
        var filter: Expr?
        guard let variable = variable(arguments[0], macro) else { return make(.error, range) }
        switch shape {
        case .one(let found): form = found
        case .oneFiltered(let found): (form, filter) = (found, arguments[1])
        case .two(let found), .twoFiltered(let found):
            form = found
            guard let other = self.variable(arguments[1], macro) else { return make(.error, range) }
            if other == variable { report(.repeatedVariable(other), arguments[1].range) }
            second = other
            if case .twoFiltered = shape { filter = arguments[2] }
        }
        let body = arguments[arguments.count - 1]
        let node = Expr.Comprehension(
            form: form, range: target, variable: variable, second: second, filter: filter, body: body)
        return make(.comprehension(node), range, over: [target, body] + (filter.map { [$0] } ?? []))
    }

    private mutating func variable(_ expr: Expr, _ macro: String) -> String? {
        if case .identifier(let name, isRooted: false) = expr.kind { return name }
        if case .error = expr.kind { return nil }
        report(.macroVariable(macro: macro), expr.range)
        return nil
    }

    // MARK: cel.… and math.…

    private mutating func namespaced(
        _ space: String, _ name: String, _ arguments: [Expr], _ range: SourceRange, _ nameRange: SourceRange
    ) -> Expr? {
        switch (space, name) {
        case ("cel", "bind") where arguments.count == 3 && macros.contains(.bindings):
            guard let variable = variable(arguments[0], "cel.bind") else { return make(.error, range) }
            return make(
                .bind([(variable, arguments[1])], body: arguments[2]), range, over: Array(arguments.dropFirst()))
        case ("cel", "block") where arguments.count == 2 && macros.contains(.block):
            guard case .list(let elements, _) = arguments[0].kind else { return nil }
            let bindings = elements.enumerated().map { (name: "@index\($0.offset)", value: $0.element) }
            return make(.bind(bindings, body: arguments[1]), range, over: elements + [arguments[1]])
        case ("cel", "index") where macros.contains(.block): return indexed("@index", arguments, 1, range)
        case ("cel", "iterVar") where macros.contains(.block): return indexed("@it", arguments, 2, range)
        case ("cel", "accuVar") where macros.contains(.block): return indexed("@ac", arguments, 2, range)
        case ("math", "greatest") where macros.contains(.math): return extreme("math.@max", arguments, range, nameRange)
        case ("math", "least") where macros.contains(.math): return extreme("math.@min", arguments, range, nameRange)
        default: return nil
        }
    }

    private mutating func indexed(_ prefix: String, _ arguments: [Expr], _ count: Int, _ range: SourceRange) -> Expr? {
        var numbers: [String] = []
        for argument in arguments {
            guard case .literal(.int(let number)) = argument.kind, number >= 0 else { return nil }
            numbers.append(String(number))
        }
        guard numbers.count == count else { return nil }
        return make(.identifier(prefix + numbers.joined(separator: ":"), isRooted: false), range)
    }

    /// `l.sortBy(x, key)`: the list is named, so that it is evaluated once, and sorted by the list of keys.
    private mutating func sortBy(_ target: Expr, _ arguments: [Expr], _ range: SourceRange, _ nameRange: SourceRange)
        -> Expr
    {
        let list = "@sorted"
        guard let variable = variable(arguments[0], "sortBy") else { return make(.error, range) }
        let subject = make(.identifier(list, isRooted: false), target.range)
        let walked = make(.identifier(list, isRooted: false), target.range)
        let loop = Expr.Comprehension(
            form: .map, range: walked, variable: variable, second: nil, filter: nil, body: arguments[1])
        let keys = make(.comprehension(loop), arguments[1].range, over: [walked, arguments[1]])
        let call = Expr.Call(name: "@sortByKeys", target: subject, arguments: [keys], nameRange: nameRange)
        let sorted = make(.call(call), range, over: [subject, keys])
        return make(.bind([(list, target)], body: sorted), range, over: [target, sorted])
    }

    /// One or two arguments go as they are, more as a list.
    private mutating func extreme(_ name: String, _ arguments: [Expr], _ range: SourceRange, _ nameRange: SourceRange)
        -> Expr
    {
        var given = arguments
        if arguments.count > 2 {
            given = [
                make(
                    .list(arguments, optional: []), arguments[0].range.union(arguments[arguments.count - 1].range),
                    over: arguments)
            ]
        }
        return make(
            .call(Expr.Call(name: name, target: nil, arguments: given, nameRange: nameRange)), range, over: given)
    }
}
