import SourceDiagnostics

/// `a.or(b)` and `a.orValue(b)` evaluate `b` only where `a` is empty.
extension Planner {
    mutating func optionalChoice(
        _ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange
    ) -> PlanNode? {
        guard chosen.count == 1, OptionalFunctions.isChoice(chosen[0]) else { return nil }
        let place = OperatorPlace(range: range, first: path(arguments[0]), second: nil, name: call.name)
        return OptionalChoiceNode(first: plan(arguments[0]), second: plan(arguments[1]), place: place)
    }
}

private final class OptionalChoiceNode: PlanNode, @unchecked Sendable {
    private let isOr: Bool
    private let first: PlanNode
    private let second: PlanNode
    private let place: OperatorPlace

    init(first: PlanNode, second: PlanNode, place: OperatorPlace) {
        isOr = place.name == "or"
        self.first = first
        self.second = second
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try first.read(&frame)
        frame.count(1)
        guard case .optional(let optional) = value else {
            throw place.explained(Operators.noOverload(place.name, [value]), value, .bool(false))
        }
        if let present = optional.value { return isOr ? value : present }
        let other = try second.read(&frame)
        if isOr {
            guard case .optional = other else {
                throw Operators.noOverload(place.name, [value, other]).at(place.range)
            }
        }
        return other
    }
}
