/// One overload of a function. Functions are pure and total: same arguments and context, same answer.
public struct CELFunction: Sendable {
    /// The work of a call. Arguments have the declared types; a receiver comes first. Throw a `CELFailure` for what the
    /// arguments do not allow.
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
    /// What a call gives; type parameters are those of `parameters`.
    public let result: CELType
    /// Cost of one call beside that of its arguments.
    public let cost: Int
    /// Called once all arguments are evaluated.
    public let implementation: Implementation
    /// How the work grows with the arguments' sizes.
    var growth = Growth.linear

    /// `keyless`: quadratic in the elements that cannot be hashed.
    enum Growth: Sendable { case linear, product, keyless }

    /// - Parameters:
    ///   - overload: nil derives one from name and parameters.
    ///   - cost: units of `CELLimits.cost` for one call; work in proportion to the arguments is counted besides.
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
    /// What messages and listings call it.
    public let name: String
    /// All overloads it adds.
    public let functions: [CELFunction]
    /// Macros it switches on.
    public let macros: Set<CELMacroSet>
    /// Type values an expression may name, such as `net.IP`.
    public let types: [String: CELType]

    /// A library of a host: usually functions only.
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
    /// There is nothing to set.
    public init() {}
    /// No kind has fields.
    public func fieldType(object: String, field: String) -> CELType? { nil }
    /// No names to suggest.
    public func fieldNames(object: String) -> [String] { [] }
}
