import SourceDiagnostics

/// `value.field`
final class SelectNode: PlanNode, @unchecked Sendable {
    private let operand: PlanNode
    private let name: String
    /// How objects of the kind that the checker found give the field.
    private let reader: CELFieldReader?
    private let path: OperandPath
    private let range: SourceRange

    init(_ operand: PlanNode, _ name: String, _ reader: CELFieldReader?, _ path: OperandPath, _ range: SourceRange) {
        self.operand = operand
        self.name = name
        self.reader = reader
        self.path = path
        self.range = range
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try operand.read(&frame)
        frame.count(1)
        switch value {
        case .object(let object):
            if let reader, let found = reader(object) { return found }
            if let found = object.member(name) { return found }
        case .map(let map): if let found = map[name] { return found }
        default: break
        }
        do throws(CELFailure) { return try Access.field(value, name, path: path) } catch { throw error.at(range) }
    }
}

/// `has(value.field)` and `value.?field`
final class FieldTestNode: PlanNode, @unchecked Sendable {
    private let operand: PlanNode
    private let name: String
    private let isTest: Bool
    private let path: OperandPath
    private let range: SourceRange

    init(_ operand: PlanNode, _ name: String, isTest: Bool, _ path: OperandPath, _ range: SourceRange) {
        self.operand = operand
        self.name = name
        self.isTest = isTest
        self.path = path
        self.range = range
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try operand.read(&frame)
        frame.count(1)
        do throws(CELFailure) {
            return isTest ? .bool(try Access.has(value, name, path: path)) : try Access.optionalField(value, name)
        } catch { throw error.at(range) }
    }
}
