/// A type of the expression language.
public indirect enum CELType: Sendable, Hashable {
    case dyn, null, bool, int, uint, double, string, bytes, timestamp, duration
    /// The type of type values: `type(int)` is the type of `int`.
    case type(CELType)
    case list(CELType)
    case map(CELType, CELType)
    /// A record kind of the host.
    case object(String)
    /// A host type with its own values, such as `date`.
    case opaque(String, [CELType])
    /// `T` or no value: may stand wherever `T` is wanted.
    case nullable(CELType)
    case optional(CELType)
    /// A type parameter of a function declaration.
    case param(String)
    /// The type of what could not be checked; fits everything, so that one mistake is reported once.
    case error

    /// `T` of `nullable(T)`, else the type itself.
    public var withoutNull: CELType {
        if case .nullable(let inner) = self { return inner.withoutNull }
        return self
    }

    /// Whether null may stand here as far as the checker knows.
    public var isNullable: Bool {
        switch self {
        case .nullable, .null, .dyn, .error: true
        default: false
        }
    }

    /// The name type values print and compare by.
    public var runtimeName: String {
        switch self {
        case .dyn, .error, .param: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .list: "list"
        case .map: "map"
        case .object(let name): name
        case .opaque(let name, _): name
        case .nullable(let inner): inner.runtimeName
        case .optional: "optional_type"
        }
    }
}

extension CELType: CustomStringConvertible {
    /// As `description`; type parameters say nothing to people.
    var shown: String {
        switch self {
        case .list(.param): "list"
        case .map(.param, .param): "map"
        case .param: "any value"
        default: description
        }
    }

    /// How messages spell the type: `list(string)`, `timestamp`.
    public var description: String {
        switch self {
        case .null: "null"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .type(let inner): "type(\(inner))"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .opaque(let name, let parameters):
            parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .nullable(let inner): inner.description
        case .optional(let inner): "optional(\(inner))"
        case .param(let name): name.hasPrefix("%") ? "dyn" : name
        default: runtimeName
        }
    }
}
