import SourceDiagnostics

/// `a.or(b)` and `a.orValue(b)` evaluate `b` only where `a` is empty.
extension Planner {
    mutating func optionalChoice(
        _ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange
    ) -> PlanNode? {
        guard chosen.count == 1, OptionalFunctions.isChoice(chosen[0]) else { return nil }
        let first = plan(arguments[0])
        let second = plan(arguments[1])
        let path = path(arguments[0])
        let name = call.name
        let isOr = name == "or"
        return { frame throws(CELFailure) in
            let value = try first(&frame)
            frame.count(1)
            guard case .optional(let optional) = value else {
                throw Planner.explained(Operators.noOverload(name, [value]), value, path, .bool(false), nil, name)
                    .at(range)
            }
            if let present = optional.value { return isOr ? value : present }
            let other = try second(&frame)
            if isOr {
                guard case .optional = other else { throw Operators.noOverload(name, [value, other]).at(range) }
            }
            return other
        }
    }
}
