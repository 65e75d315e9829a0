import SourceDiagnostics

/// Where an operator and its operands stand, for failures.
struct OperatorPlace: Sendable {
    let range: SourceRange
    let first: OperandPath
    let second: OperandPath?
    /// The operator's name in the language.
    let name: String

    /// A null operand is the real reason of a missing overload.
    func explained(_ failure: CELFailure, _ a: CELValue, _ b: CELValue) -> CELFailure {
        guard case .noSuchOverload = failure.kind else { return failure.at(range) }
        if a.isNull, let path = first.text { return CELFailure(.empty(path: path), range: range) }
        if b.isNull, let path = second?.text { return CELFailure(.empty(path: path), range: range) }
        return failure.at(range)
    }
}

/// `<`, `<=`, `>`, `>=` on standard types.
final class ComparisonNode: PlanNode, @unchecked Sendable {
    private let comparison: Operators.Comparison
    private let first: PlanNode
    private let second: PlanNode
    private let place: OperatorPlace

    init(_ comparison: Operators.Comparison, _ first: PlanNode, _ second: PlanNode, _ place: OperatorPlace) {
        self.comparison = comparison
        self.first = first
        self.second = second
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let a = try first.read(&frame)
        let b = try second.read(&frame)
        if case .int(let x) = a, case .int(let y) = b {
            frame.count(1)
            return .bool(comparison.holds(x, y))
        }
        try frame.charge(min(Planner.weight(a), Planner.weight(b)) + 1)
        if let answer = Operators.holds(comparison, a.order(b)) { return .bool(answer) }
        do throws(CELFailure) { return .bool(try Operators.compare(comparison, a, b)) } catch {
            throw place.explained(error, a, b)
        }
    }
}

/// `==` and `!=` on standard types.
final class EqualityNode: PlanNode, @unchecked Sendable {
    private let first: PlanNode
    private let second: PlanNode
    private let wanted: Bool
    /// Comparing with a literal is one step; with anything else the work may grow.
    private let isWeighed: Bool

    init(_ first: PlanNode, _ second: PlanNode, wanted: Bool, isWeighed: Bool) {
        self.first = first
        self.second = second
        self.wanted = wanted
        self.isWeighed = isWeighed
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let a = try first.read(&frame)
        let b = try second.read(&frame)
        if isWeighed { try frame.charge(Planner.weight(a) + 1) } else { frame.count(1) }
        if case .string(let x) = a, case .string(let y) = b { return .bool(UTF8Text.equal(x, y) == wanted) }
        return .bool(a.isEqual(to: b) == wanted)
    }
}

/// The other operators on standard types.
final class OperationNode: PlanNode, @unchecked Sendable {
    typealias Operation = @Sendable (CELValue, CELValue, inout Frame) throws(CELFailure) -> CELValue

    private let operation: Operation
    private let first: PlanNode
    private let second: PlanNode
    private let place: OperatorPlace

    init(_ operation: @escaping Operation, _ first: PlanNode, _ second: PlanNode, _ place: OperatorPlace) {
        self.operation = operation
        self.first = first
        self.second = second
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let a = try first.read(&frame)
        let b = try second.read(&frame)
        frame.count(1)
        do throws(CELFailure) { return try operation(a, b, &frame) } catch { throw place.explained(error, a, b) }
    }
}

/// `!` and `-`.
final class UnaryNode: PlanNode, @unchecked Sendable {
    private let isNot: Bool
    private let operand: PlanNode
    private let place: OperatorPlace

    init(isNot: Bool, _ operand: PlanNode, _ place: OperatorPlace) {
        self.isNot = isNot
        self.operand = operand
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try operand.read(&frame)
        frame.count(1)
        if isNot, case .bool(let flag) = value { return .bool(!flag) }
        do throws(CELFailure) { return isNot ? try Operators.not(value) : try Operators.negate(value) } catch {
            throw place.explained(error, value, .bool(false))
        }
    }
}

/// `in` a list that never changes: found by hash.
final class MembershipNode: PlanNode, @unchecked Sendable {
    private let member: PlanNode
    private let list: CELList
    private let words: Set<MapKey>
    /// Of reading the list and walking it once, as any other list is.
    private let cost: Int

    /// Shorter lists are searched as quickly one by one.
    private static let leastCount = 8

    /// nil when the list holds something that has no hash of the language's own equality.
    init?(_ member: PlanNode, in whole: PlanNode) {
        guard case .list(let list)? = whole.constant, list.elements.count > Self.leastCount else { return nil }
        var words: Set<MapKey> = []
        for element in list.elements {
            guard let key = Self.key(element) else { return nil }
            words.insert(key)
        }
        self.member = member
        self.list = list
        self.words = words
        cost = whole.constantCost + Planner.weight(.list(list))
        super.init()
    }

    /// Doubles are left out: at the edge of the integers' range they equal more than one of them.
    private static func key(_ value: CELValue) -> MapKey? {
        switch value {
        case .string, .int, .uint, .bool: MapKey(value)
        default: nil
        }
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try member.read(&frame)
        frame.count(1)
        try frame.charge(cost + Planner.weight(value))
        if let key = Self.key(value) { return .bool(words.contains(key)) }
        return .bool(list.elements.contains { $0.isEqual(to: value) })
    }
}
