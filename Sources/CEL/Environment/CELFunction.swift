/// One overload of a function. Functions are pure and total: same arguments and context, same answer.
///
/// A reference inside: checking hands overloads about by the dozen.
public struct CELFunction: Sendable {
    /// The work of a call. Arguments have the declared types; a receiver comes first. Throw a `CELFailure` for what the
    /// arguments do not allow.
    public typealias Implementation =
        @Sendable (_ arguments: [CELValue], _ context: CELContext) throws(CELFailure) -> CELValue
    /// One argument, handed over without a list around it.
    public typealias Unary = @Sendable (_ argument: CELValue, _ context: CELContext) throws(CELFailure) -> CELValue
    /// Two arguments, handed over without a list around them.
    public typealias Binary =
        @Sendable (_ first: CELValue, _ second: CELValue, _ context: CELContext) throws(CELFailure) -> CELValue

    enum Form: Sendable {
        case unary(Unary)
        case binary(Binary)
        case list(Implementation)
    }

    private final class Storage: Sendable {
        let name: String
        let overload: String
        let isMember: Bool
        let parameters: [CELType]
        let result: CELType
        let isGeneric: Bool
        let form: Form
        let implementation: Implementation

        init(
            _ name: String, _ overload: String?, _ isMember: Bool, _ parameters: [CELType], _ result: CELType,
            _ form: Form
        ) {
            self.name = name
            self.overload = overload ?? CELFunction.overloadName(name, isMember, parameters)
            self.isMember = isMember
            self.parameters = parameters
            self.result = result
            self.form = form
            isGeneric = (parameters + [result]).contains(where: \.hasParameters)
            implementation =
                switch form {
                case .list(let implementation): implementation
                case .unary(let function): { v, context throws(CELFailure) in try function(v[0], context) }
                case .binary(let function): { v, context throws(CELFailure) in try function(v[0], v[1], context) }
                }
        }
    }

    private let storage: Storage
    /// Cost of one call beside that of its arguments.
    public let cost: Int
    /// How the work grows with the arguments' sizes.
    var growth = Growth.linear
    /// Looks at literal arguments when an expression is compiled.
    var literalCheck: LiteralCheck?
    /// Whether an empty value on the way to the first argument counts as that argument being empty.
    var takesFirstFilled = false
    /// Whether the context has no say in the answer, so that a call of constants is a constant.
    var isClosed = false
    /// An operator that the planner evaluates without a call.
    var isNative = false

    /// `size`, `math.abs`, or an operator's name such as `_<_`.
    public var name: String { storage.name }
    /// Unique among all overloads.
    public var overload: String { storage.overload }
    /// Called as `receiver.name(…)`; the receiver is the first parameter.
    public var isMember: Bool { storage.isMember }
    /// Type parameters are written `.param("T")`.
    public var parameters: [CELType] { storage.parameters }
    /// What a call gives; type parameters are those of `parameters`.
    public var result: CELType { storage.result }
    /// Called once all arguments are evaluated.
    public var implementation: Implementation { storage.implementation }
    /// Whether its types hold type parameters.
    var isGeneric: Bool { storage.isGeneric }
    var form: Form { storage.form }

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
        storage = Storage(name, overload, isMember, parameters, result, .list(implementation))
        self.cost = cost
    }

    private init(_ storage: Storage, cost: Int) {
        self.storage = storage
        self.cost = cost
    }

    /// A function of one argument, called without a list around it.
    public static func unary(
        _ name: String, overload: String? = nil, isMember: Bool = false, parameter: CELType, result: CELType,
        cost: Int = 1, implementation: @escaping Unary
    ) -> CELFunction {
        CELFunction(Storage(name, overload, isMember, [parameter], result, .unary(implementation)), cost: cost)
    }

    /// A function of two arguments, called without a list around them.
    public static func binary(
        _ name: String, overload: String? = nil, isMember: Bool = false, parameters: (CELType, CELType),
        result: CELType, cost: Int = 1, implementation: @escaping Binary
    ) -> CELFunction {
        let both = [parameters.0, parameters.1]
        return CELFunction(Storage(name, overload, isMember, both, result, .binary(implementation)), cost: cost)
    }

    /// The same function, evaluated as a choice: its value is the first argument that is not empty, and an argument
    /// behind it is not evaluated. For it `a.b.c` is empty where `a` or `a.b` is.
    public func takingFirstFilled() -> CELFunction {
        var copy = self
        copy.takesFirstFilled = true
        return copy
    }

    func growing(_ growth: Growth) -> CELFunction {
        var copy = self
        copy.growth = growth
        return copy
    }

    /// The same, known to give one answer whatever the context.
    func closed() -> CELFunction {
        var copy = self
        copy.isClosed = true
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

extension CELType {
    /// Whether a type parameter occurs in it.
    var hasParameters: Bool {
        switch self {
        case .param: true
        case .list(let inner), .nullable(let inner), .optional(let inner), .type(let inner): inner.hasParameters
        case .map(let key, let value): key.hasParameters || value.hasParameters
        case .opaque(_, let parameters): parameters.contains(where: \.hasParameters)
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
    /// How objects of the kind give the field, looked up once when an expression is compiled; nil: by `member`.
    func fieldReader(object: String, field: String) -> CELFieldReader?
}

/// Reads one field of objects of one kind; nil for an object of another kind, which is then asked by name.
public typealias CELFieldReader = @Sendable (any CELObject) -> CELValue?

extension CELTypeProvider {
    /// No short way: the object is asked by name.
    public func fieldReader(object: String, field: String) -> CELFieldReader? { nil }
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
