import SourceDiagnostics

/// Operators and function calls.
extension Planner {
    mutating func call(_ expr: Expr, _ call: Expr.Call) -> PlanNode {
        var arguments = call.arguments
        if let target = call.target, !tree.isNamespaced[expr.id] { arguments.insert(target, at: 0) }
        let chosen = tree.overloads[expr.id]
        checkLiterals(call, arguments, chosen)
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
        if call.name == "!_" || call.name == "-_" { return unary(call.name == "!_", first, path(arguments[0]), range) }
        let firstPath = path(arguments[0])
        let secondPath = path(arguments[1])
        if call.name == "_==_" || call.name == "_!=_" {
            return equality(first, arguments[1], wanted: call.name == "_==_")
        }
        if let comparison = Operators.comparison(call.name) {
            return self.comparison(comparison, first, arguments[1], firstPath, secondPath, range)
        }
        let second = plan(arguments[1])
        let apply = Self.operation(call.name)
        let name = call.name
        return { frame throws(CELFailure) in
            let a = try first(&frame)
            let b = try second(&frame)
            frame.count(1)
            do throws(CELFailure) { return try apply(a, b, &frame) } catch {
                throw Planner.explained(error, a, firstPath, b, secondPath, name).at(range)
            }
        }
    }

    typealias Operation = @Sendable (CELValue, CELValue, inout Frame) throws(CELFailure) -> CELValue

    private static func operation(_ name: String) -> Operation {
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

    /// A null operand is the real reason of a missing overload.
    static func explained(
        _ failure: CELFailure, _ a: CELValue, _ firstPath: String?, _ b: CELValue, _ secondPath: String?, _ name: String
    ) -> CELFailure {
        guard case .noSuchOverload = failure.kind else { return failure }
        if a.isNull, let firstPath { return CELFailure(.empty(path: firstPath)) }
        if b.isNull, name != "@in" || secondPath != nil, let secondPath { return CELFailure(.empty(path: secondPath)) }
        return failure
    }

    private func unary(_ isNot: Bool, _ operand: @escaping PlanNode, _ path: String?, _ range: SourceRange) -> PlanNode
    {
        return { frame throws(CELFailure) in
            let value = try operand(&frame)
            frame.count(1)
            do throws(CELFailure) { return isNot ? try Operators.not(value) : try Operators.negate(value) } catch {
                throw Planner.explained(error, value, path, .bool(false), nil, "").at(range)
            }
        }
    }

    private mutating func equality(_ first: @escaping PlanNode, _ other: Expr, wanted: Bool) -> PlanNode {
        if case .literal(let constant) = other.kind {
            if case .string(let word) = constant {
                return { frame throws(CELFailure) in
                    frame.count(1)
                    if case .string(let text) = try first(&frame) { return .bool(UTF8Text.equal(text, word) == wanted) }
                    return .bool(!wanted)
                }
            }
            return { frame throws(CELFailure) in
                frame.count(1)
                return .bool(try first(&frame).isEqual(to: constant) == wanted)
            }
        }
        let second = plan(other)
        return { frame throws(CELFailure) in
            let a = try first(&frame)
            let b = try second(&frame)
            try frame.charge(Planner.weight(a) + 1)
            return .bool(a.isEqual(to: b) == wanted)
        }
    }

    /// Cost of comparing a value.
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

    private mutating func comparison(
        _ comparison: Operators.Comparison, _ first: @escaping PlanNode, _ other: Expr, _ firstPath: String?,
        _ secondPath: String?,
        _ range: SourceRange
    ) -> PlanNode {
        let second = plan(other)
        return { frame throws(CELFailure) in
            let a = try first(&frame)
            let b = try second(&frame)
            try frame.charge(min(Planner.weight(a), Planner.weight(b)) + 1)
            if let answer = Operators.holds(comparison, a.order(b)) { return .bool(answer) }
            do throws(CELFailure) { return .bool(try Operators.compare(comparison, a, b)) } catch {
                throw Planner.explained(error, a, firstPath, b, secondPath, "").at(range)
            }
        }
    }

    // MARK: Functions

    /// An operator that a host overloads: its own types first, then the standard ones.
    private mutating func mixed(_ call: Expr.Call, _ arguments: [Expr], _ hosts: [CELFunction], _ range: SourceRange)
        -> PlanNode
    {
        let nodes = arguments.map { plan($0) }
        let paths = arguments.map { path($0) }
        let overloads = hosts.map(PlannedOverload.init)
        let name = call.name
        let takesNull = name == "_==_" || name == "_!=_"
        return { frame throws(CELFailure) in
            var values: [CELValue] = []
            for node in nodes { values.append(try node(&frame)) }
            do throws(CELFailure) {
                for overload in overloads where overload.takes(values) {
                    return try overload.call(values, &frame)
                }
                if takesNull { return try Operators.apply(name, values[0], values[1]) }
                if let failure = Planner.emptyArgument(values, paths) { throw failure }
                return try Operators.any(name, values)
            } catch { throw error.at(range) }
        }
    }

    static func emptyArgument(_ values: [CELValue], _ paths: [String?]) -> CELFailure? {
        for (value, path) in zip(values, paths) where value.isNull {
            if let path { return CELFailure(.empty(path: path)) }
        }
        return nil
    }

    private mutating func dispatch(
        _ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange
    ) -> PlanNode {
        if let special = matches(call, arguments, chosen, range) { return special }
        let nodes = arguments.map { plan($0) }
        let paths = arguments.map { path($0) }
        let overloads = chosen.map(PlannedOverload.init)
        let name = call.name
        if overloads.count == 1, nodes.count == 1 { return single(name, nodes[0], paths, overloads[0], range) }
        return { frame throws(CELFailure) in
            var values: [CELValue] = []
            values.reserveCapacity(nodes.count)
            for node in nodes { values.append(try node(&frame)) }
            do throws(CELFailure) {
                for overload in overloads where overload.takes(values) {
                    return try overload.call(values, &frame)
                }
                throw Planner.emptyArgument(values, paths) ?? Operators.noOverload(name, values)
            } catch { throw error.at(range) }
        }
    }

    private func single(
        _ name: String, _ node: @escaping PlanNode, _ paths: [String?], _ overload: PlannedOverload,
        _ range: SourceRange
    ) -> PlanNode {
        return { frame throws(CELFailure) in
            let values = [try node(&frame)]
            do throws(CELFailure) {
                guard overload.takes(values) else {
                    throw Planner.emptyArgument(values, paths) ?? Operators.noOverload(name, values)
                }
                return try overload.call(values, &frame)
            } catch { throw error.at(range) }
        }
    }

    private mutating func checkFormat(_ arguments: [Expr]) {
        guard case .literal(.string(let template)) = arguments[0].kind,
            case .list(let elements, let optional) = arguments[1].kind,
            optional.isEmpty
        else { return }
        do throws(CELFailure) {
            let count = try FormatFunctions.count(template)
            if count != elements.count { throw CELFailure(.format("\(elements.count) arguments for \(count) clauses")) }
            if case .list(let constants)? = constantList(elements, optional) {
                _ = try FormatFunctions.format(template, constants.elements)
            }
        } catch {
            guard case .format(let reason) = error.kind else { return }
            problems.append(CELIssue(problem: .invalidFormat(reason), range: arguments[1].range))
        }
    }

    /// Literals that can only fail are told now.
    private mutating func checkLiterals(_ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction]) {
        if !tree.isLenient, call.name == "format", arguments.count == 2 { checkFormat(arguments) }
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
            problems.append(
                CELIssue(problem: .invalidLiteral(function: call.name, value: text), range: arguments[0].range))
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
