import SourceDiagnostics

/// A call with one argument, without a list around it.
final class UnaryCallNode: PlanNode, @unchecked Sendable {
    private let overload: PlannedOverload
    /// Where the checker left several to choose from.
    private let others: [PlannedOverload]
    private let argument: PlanNode
    private let place: CallPlace

    init(_ overloads: [PlannedOverload], _ argument: PlanNode, _ place: CallPlace) {
        overload = overloads[0]
        others = Array(overloads.dropFirst())
        self.argument = argument
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try argument.read(&frame)
        do throws(CELFailure) {
            if overload.takes(value) { return try overload.call(value, &frame) }
            for other in others where other.takes(value) { return try other.call(value, &frame) }
            throw place.noOverload([value])
        } catch { throw error.at(place.range) }
    }
}

/// A call with two arguments, without a list around them.
final class BinaryCallNode: PlanNode, @unchecked Sendable {
    private let overload: PlannedOverload
    private let others: [PlannedOverload]
    private let first: PlanNode
    private let second: PlanNode
    private let place: CallPlace
    private let otherwise: CallNode.Otherwise?

    init(
        _ overloads: [PlannedOverload], _ first: PlanNode, _ second: PlanNode, _ place: CallPlace,
        _ otherwise: CallNode.Otherwise?
    ) {
        overload = overloads[0]
        others = Array(overloads.dropFirst())
        self.first = first
        self.second = second
        self.place = place
        self.otherwise = otherwise
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let a = try first.read(&frame)
        let b = try second.read(&frame)
        do throws(CELFailure) {
            if overload.takes(a, b) { return try overload.call(a, b, &frame) }
            for other in others where other.takes(a, b) { return try other.call(a, b, &frame) }
            guard let otherwise else { throw place.noOverload([a, b]) }
            return try otherwise([a, b])
        } catch { throw error.at(place.range) }
    }
}

/// A call with any number of arguments; the first overload that takes them is called.
final class CallNode: PlanNode, @unchecked Sendable {
    typealias Otherwise = @Sendable ([CELValue]) throws(CELFailure) -> CELValue

    private let overloads: [PlannedOverload]
    private let arguments: [PlanNode]
    private let place: CallPlace
    /// What an operator does with values that no overload takes; none for a function.
    private let otherwise: Otherwise?

    init(
        _ overloads: [PlannedOverload], _ arguments: [PlanNode], _ place: CallPlace, otherwise: Otherwise? = nil
    ) {
        self.overloads = overloads
        self.arguments = arguments
        self.place = place
        self.otherwise = otherwise
        super.init()
    }

    /// The quickest node for these overloads.
    static func node(
        _ overloads: [PlannedOverload], _ arguments: [PlanNode], _ place: CallPlace, otherwise: Otherwise? = nil
    ) -> PlanNode {
        if overloads.isEmpty { return CallNode(overloads, arguments, place, otherwise: otherwise) }
        if arguments.count == 1, otherwise == nil { return UnaryCallNode(overloads, arguments[0], place) }
        if arguments.count == 2 { return BinaryCallNode(overloads, arguments[0], arguments[1], place, otherwise) }
        return CallNode(overloads, arguments, place, otherwise: otherwise)
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try argument.read(&frame)) }
        do throws(CELFailure) {
            for overload in overloads where overload.takes(values) { return try overload.call(values, &frame) }
            guard let otherwise else { throw place.noOverload(values) }
            return try otherwise(values)
        } catch { throw error.at(place.range) }
    }
}

/// What a failed call says of itself.
struct CallPlace: Sendable {
    let name: String
    let range: SourceRange
    let paths: [OperandPath]

    func noOverload(_ values: [CELValue]) -> CELFailure {
        (emptyArgument(values) ?? Operators.noOverload(name, values)).at(range)
    }

    /// An empty argument is the real reason.
    func emptyArgument(_ values: [CELValue]) -> CELFailure? {
        for (value, path) in zip(values, paths) where value.isNull {
            if let text = path.text { return CELFailure(.empty(path: text)) }
        }
        return nil
    }
}

/// The first argument that is not empty; those behind it are not asked. Where the way to a value is empty (`a.b.c` with an
/// empty `a.b`) the next one is; what is wrong with the last is the answer, and so is every other failure.
final class FirstFilledNode: PlanNode, @unchecked Sendable {
    private let arguments: [PlanNode]

    init(_ arguments: [PlanNode]) {
        self.arguments = arguments
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        for argument in arguments.dropLast() {
            do throws(CELFailure) {
                let found = try argument.read(&frame)
                if !found.isNull { return found }
            } catch {
                guard error.emptyPath != nil else { throw error }
            }
        }
        guard let last = arguments.last else { return .null }
        return try last.read(&frame)
    }
}
