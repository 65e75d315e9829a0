/// A value of the expression language. Payloads wider than two words are boxed, so that a value copies in 24 bytes or less.
public enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes(CELBytes)
    case timestamp(CELTimestamp)
    case duration(CELDuration)
    case list(CELList)
    case map(CELMap)
    /// A type as a value, by its name.
    case type(String)
    case optional(CELOptional)
    case object(any CELObject)
    case opaque(any CELOpaque)
}

/// A record of the host. Fields are asked for when an expression reads them.
public protocol CELObject: AnyObject, Sendable {
    /// The record kind: the name in `CELType.object`.
    var typeName: String { get }
    /// nil: there is no such field; `.null`: the field is empty.
    func member(_ name: String) -> CELValue?
    /// Whether both stand for the same record.
    func isSame(as other: any CELObject) -> Bool
}

extension CELObject {
    /// By identity, where a host says nothing else.
    public func isSame(as other: any CELObject) -> Bool { self === other }
}

/// A value of a host type such as a date or an amount of money.
public protocol CELOpaque: AnyObject, Sendable {
    /// The name in `CELType.opaque`.
    var typeName: String { get }
    func isEqual(_ other: any CELOpaque) -> Bool
    /// Negative, zero or positive; nil when the two have no order.
    func compare(_ other: any CELOpaque) -> Int?
    /// What messages and debug output show.
    var text: String { get }
}

extension CELOpaque {
    /// Values without an order.
    public func compare(_ other: any CELOpaque) -> Int? { nil }
}

/// Bytes, boxed.
public final class CELBytes: Sendable {
    /// The octets.
    public let bytes: [UInt8]
    /// A box around these octets.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A list, boxed.
public final class CELList: Sendable {
    /// In order; their types may differ.
    public let elements: [CELValue]
    /// See `CELValue.footprint`.
    let footprint: Int

    /// A box around these elements.
    public init(_ elements: [CELValue]) {
        self.elements = elements
        footprint = CELValue.footprint(elements, each: CELValue.inlineBytes)
    }

    static let empty = CELList([])
}

/// A value or none.
public final class CELOptional: Sendable {
    /// nil: none.
    public let value: CELValue?
    /// See `CELValue.footprint`.
    let footprint: Int

    /// A value, or none for nil.
    public init(_ value: CELValue?) {
        self.value = value
        footprint = CELValue.footprint(value.map { [$0] } ?? [], each: CELValue.inlineBytes)
    }

    /// No value.
    public static let none = CELOptional(nil)
}

extension CELValue {
    /// A list of these elements.
    public static func list(_ elements: [CELValue]) -> CELValue { .list(CELList(elements)) }
    /// A byte string.
    public static func bytes(_ bytes: [UInt8]) -> CELValue { .bytes(CELBytes(bytes)) }

    /// A map from Swift; of repeated keys the first stays.
    public static func map(_ entries: [(String, CELValue)]) -> CELValue {
        var builder = CELMap.Builder()
        for (key, value) in entries { _ = builder.insert(.string(key), value) }
        return .map(builder.finish())
    }

    /// Whether it is null.
    public var isNull: Bool { if case .null = self { true } else { false } }
    /// The bool; nil for a value of another type.
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The int; nil for a value of another type, `uint` among them.
    public var intValue: Int64? { if case .int(let value) = self { value } else { nil } }
    /// The double; nil for a value of another type, whole numbers among them.
    public var doubleValue: Double? { if case .double(let value) = self { value } else { nil } }
    /// The text; nil for a value of another type.
    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    /// The elements; nil for a value of another type.
    public var listValue: [CELValue]? { if case .list(let value) = self { value.elements } else { nil } }
    /// The record; nil for a value of another type.
    public var objectValue: (any CELObject)? { if case .object(let value) = self { value } else { nil } }
    /// The host's value; nil for a value of another type.
    public var opaqueValue: (any CELOpaque)? { if case .opaque(let value) = self { value } else { nil } }

    /// The name of the value's type, as `type(x)` gives it.
    public var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .optional: "optional_type"
        case .object(let object): object.typeName
        case .opaque(let opaque): opaque.typeName
        }
    }
}
