/// One overload of a function. Functions are pure and total: same arguments and context, same answer.
public struct CELFunction: Sendable {
    public typealias Implementation =
        @Sendable (_ arguments: [CELValue], _ context: CELContext) throws(CELFailure) -> CELValue

    /// `size`, `math.abs`, or an operator's name such as `_<_`.
    public let name: String
    /// Unique among all overloads.
    public let overload: String
    /// Called as `receiver.name(…)`; the receiver is the first parameter.
    public let isMember: Bool
    /// Type parameters are written `.param("T")`.
    public let parameters: [CELType]
    public let result: CELType
    /// Cost of one call beside that of its arguments.
    public let cost: Int
    public let implementation: Implementation
    /// How the work grows with the arguments' sizes.
    var growth = Growth.linear
    /// Looks at literal arguments when an expression is compiled.
    var literalCheck: LiteralCheck?

    /// `keyless`: quadratic in the elements that cannot be hashed.
    enum Growth: Sendable { case linear, product, keyless }

    public init(
        _ name: String, overload: String? = nil, isMember: Bool = false, parameters: [CELType], result: CELType,
        cost: Int = 1,
        implementation: @escaping Implementation
    ) {
        self.name = name
        self.overload = overload ?? CELFunction.overloadName(name, isMember, parameters)
        self.isMember = isMember
        self.parameters = parameters
        self.result = result
        self.cost = cost
        self.implementation = implementation
    }

    func growing(_ growth: Growth) -> CELFunction {
        var copy = self
        copy.growth = growth
        return copy
    }

    private static func overloadName(_ name: String, _ isMember: Bool, _ parameters: [CELType]) -> String {
        (isMember ? "member " : "") + name + "(" + parameters.map(\.description).joined(separator: ", ") + ")"
    }

    /// Null is handed to a parameter that says it takes it; any other argument that is null fails as empty before the call.
    func takesNull(at index: Int) -> Bool {
        switch parameters[index] {
        case .dyn, .param, .nullable, .null: true
        default: false
        }
    }
}

/// Macros a library switches on.
public enum CELMacroSet: Sendable, Hashable { case standard, optional, twoVariable, bindings, block, math, lists }

/// A named set of declarations.
public struct CELLibrary: Sendable {
    public let name: String
    public let functions: [CELFunction]
    public let macros: Set<CELMacroSet>
    /// Type values an expression may name, such as `net.IP`.
    public let types: [String: CELType]

    public init(name: String, functions: [CELFunction], macros: Set<CELMacroSet> = [], types: [String: CELType] = [:]) {
        self.name = name
        self.functions = functions
        self.macros = macros
        self.types = types
    }
}

/// What the host knows of its record kinds.
public protocol CELTypeProvider: Sendable {
    /// nil when the kind has no such field. Fields that may be empty are `.nullable`.
    func fieldType(object: String, field: String) -> CELType?
    /// For "did you mean".
    func fieldNames(object: String) -> [String]
}

/// A host without record kinds.
public struct CELNoTypes: CELTypeProvider {
    public init() {}
    public func fieldType(object: String, field: String) -> CELType? { nil }
    public func fieldNames(object: String) -> [String] { [] }
}
