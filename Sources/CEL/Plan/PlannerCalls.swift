import SourceDiagnostics

/// Operators and function calls.
extension Planner {
    mutating func call(_ expr: Expr, _ call: Expr.Call) -> PlanNode {
        var arguments = call.arguments
        if let target = call.target, !tree.isNamespaced[expr.id] { arguments.insert(target, at: 0) }
        let chosen = tree.overloads[expr.id]
        checkLiterals(call, arguments, chosen)
        if !chosen.allSatisfy(\.isClosed) { needs.isOpen = true }
        let hosts = chosen.filter { !$0.isNative }
        if hosts.count < chosen.count {
            // One or the other: to plan the operands twice would double the work at every level of a long sum.
            return hosts.isEmpty
                ? nativeOperator(call, arguments, range: expr.range) : mixed(call, arguments, hosts, expr.range)
        }
        return dispatch(call, arguments, chosen, expr.range)
    }

    // MARK: Operators on standard types

    private mutating func nativeOperator(_ call: Expr.Call, _ arguments: [Expr], range: SourceRange) -> PlanNode {
        let first = plan(arguments[0])
        let place = OperatorPlace(
            range: range, first: path(arguments[0]), second: arguments.count > 1 ? path(arguments[1]) : nil,
            name: call.name)
        if arguments.count == 1 { return UnaryNode(isNot: call.name == "!_", first, place) }
        let second = plan(arguments[1])
        switch call.name {
        case "_==_", "_!=_":
            var isWeighed = true
            if case .literal = arguments[1].kind { isWeighed = false }
            return EqualityNode(first, second, wanted: call.name == "_==_", isWeighed: isWeighed)
        case "@in":
            if let node = MembershipNode(first, in: second) { return node }
        default:
            if let comparison = Operators.comparison(call.name) {
                return ComparisonNode(comparison, first, second, place)
            }
        }
        return OperationNode(Self.operation(call.name), first, second, place)
    }

    private static func operation(_ name: String) -> OperationNode.Operation {
        switch name {
        case "_+_": return add
        case "_-_": return { a, b, _ throws(CELFailure) in try Operators.subtract(a, b) }
        case "_*_": return { a, b, _ throws(CELFailure) in try Operators.multiply(a, b) }
        case "_/_": return { a, b, _ throws(CELFailure) in try Operators.divide(a, b) }
        case "_%_": return { a, b, _ throws(CELFailure) in try Operators.remainder(a, b) }
        case "@in":
            return { a, b, frame throws(CELFailure) in
                try frame.charge(Planner.weight(a) + Planner.weight(b))
                return .bool(try Operators.contains(b, a))
            }
        case "_[_]":
            return { a, b, frame throws(CELFailure) in
                if case .string = b { try frame.charge(Planner.weight(b)) }
                return try Access.element(a, b)
            }
        default:
            return { a, b, frame throws(CELFailure) in
                if case .string = b { try frame.charge(Planner.weight(b)) }
                return try Access.optionalElement(a, b)
            }
        }
    }

    /// Bytes a concatenation copies for one unit of cost.
    static let bytesPerCost = 10

    @Sendable private static func add(_ a: CELValue, _ b: CELValue, _ frame: inout Frame) throws(CELFailure) -> CELValue
    {
        let size: Int
        switch (a, b) {
        case (.int(let x), .int(let y)):
            let (sum, overflow) = x.addingReportingOverflow(y)
            if overflow { throw CELFailure(.overflow(type: "int")) }
            return .int(sum)
        case (.string(let x), .string(let y)): size = x.utf8.count + y.utf8.count
        case (.bytes(let x), .bytes(let y)): size = x.bytes.count + y.bytes.count
        case (.list(let x), .list(let y)): size = x.elements.count + y.elements.count
        default: return try Operators.add(a, b)
        }
        try frame.checkSize(size)
        try frame.charge(size / bytesPerCost)
        return try frame.built(try Operators.add(a, b))
    }

    /// Cost of comparing a value.
    @inline(__always)
    static func weight(_ value: CELValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count / bytesPerCost
        case .list(let list): list.elements.count + list.footprint / (bytesPerCost * CELValue.inlineBytes)
        case .map(let map): map.count + map.footprint / (bytesPerCost * CELValue.inlineBytes)
        case .optional(let optional): optional.footprint / (bytesPerCost * CELValue.inlineBytes)
        case .bytes(let bytes): bytes.bytes.count / bytesPerCost
        default: 0
        }
    }

    /// Cost of comparing every part of one value with every part of another; it cannot overflow.
    static func product(_ a: CELValue, _ b: CELValue) -> Int {
        (min(weight(a), 1 << 30) + 1) * (min(weight(b), 1 << 30) + 1)
    }

    // MARK: Functions

    private func planned(_ overloads: [CELFunction], _ arguments: [Expr]) -> [PlannedOverload] {
        let given = arguments.map { tree.types[$0.id] }
        return overloads.map { PlannedOverload($0, given: given) }
    }

    private func place(_ call: Expr.Call, _ arguments: [Expr], _ range: SourceRange) -> CallPlace {
        CallPlace(name: call.name, range: range, paths: arguments.map { path($0) })
    }

    /// An operator that a host overloads: its own types first, then the standard ones.
    private mutating func mixed(_ call: Expr.Call, _ arguments: [Expr], _ hosts: [CELFunction], _ range: SourceRange)
        -> PlanNode
    {
        let nodes = arguments.map { plan($0) }
        let name = call.name
        let takesNull = name == "_==_" || name == "_!=_"
        let place = place(call, arguments, range)
        return CallNode.node(planned(hosts, arguments), nodes, place) { values throws(CELFailure) in
            if takesNull { return try Operators.apply(name, values[0], values[1]) }
            if let failure = place.emptyArgument(values) { throw failure }
            return try Operators.any(name, values)
        }
    }

    private mutating func dispatch(
        _ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange
    ) -> PlanNode {
        if let special = matches(call, arguments, chosen, range) { return special }
        if let special = optionalChoice(call, arguments, chosen, range) { return special }
        let nodes = arguments.map { plan($0) }
        if chosen.contains(where: \.takesFirstFilled) { return FirstFilledNode(nodes) }
        return CallNode.node(planned(chosen, arguments), nodes, place(call, arguments, range))
    }

    private mutating func checkFormat(_ arguments: [Expr]) {
        guard case .literal(.string(let template)) = arguments[0].kind,
            case .list(let elements, let optional) = arguments[1].kind,
            optional.isEmpty
        else { return }
        do throws(CELFailure) {
            let count = try FormatFunctions.count(template)
            if count != elements.count { throw CELFailure(.format(.count(values: elements.count, clauses: count))) }
            if case .list(let constants)? = constantList(elements, optional) {
                _ = try FormatFunctions.format(template, constants.elements)
            }
        } catch {
            guard case .format(let fault) = error.kind else { return }
            problems.append(CELIssue(problem: .invalidFormat(fault), range: arguments[1].range))
        }
    }

    /// Literals that can only fail are told now.
    private mutating func checkLiterals(_ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction]) {
        if !tree.isLenient, call.name == "format", arguments.count == 2 { checkFormat(arguments) }
        if !tree.isLenient { checkByHost(arguments, chosen) }
        guard !tree.isLenient, arguments.count == 1, case .literal(.string(let text)) = arguments[0].kind else {
            return
        }
        guard chosen.contains(where: { $0.overload == "timestamp(string)" || $0.overload == "duration(string)" }) else {
            return
        }
        var isGood = true
        if call.name == "timestamp", case .failure = CELTimestamp.parse(text) { isGood = false }
        if call.name == "duration", CELDuration.parse(text) == nil { isGood = false }
        if !isGood {
            let problem = CELProblem.invalidLiteral(function: call.name, value: text)
                .advised(LiteralMend.advice(call.name, text))
            problems.append(CELIssue(problem: problem, range: arguments[0].range))
        }
    }
}

extension Operators {
    static func any(_ name: String, _ values: [CELValue]) throws(CELFailure) -> CELValue {
        switch name {
        case "!_": return try not(values[0])
        case "-_": return try negate(values[0])
        case "_[_]": return try Access.element(values[0], values[1])
        case "_[?_]": return try Access.optionalElement(values[0], values[1])
        default: return try apply(name, values[0], values[1])
        }
    }
}
