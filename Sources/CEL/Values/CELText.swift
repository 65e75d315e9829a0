extension CELValue {
    /// As an expression would write it: for messages, logs and tests.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): "\(value)u"
        case .double(let value): NumberText.general(value)
        case .string(let value): Self.quoted(value)
        case .bytes(let value): "b\"" + value.bytes.map { "\\x" + Self.hex($0) }.joined() + "\""
        case .timestamp(let value): "timestamp(\"\(value.text)\")"
        case .duration(let value): "duration(\"\(value.text)\")"
        case .list(let list): "[" + list.elements.map(\.text).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + zip(map.keys, map.values).map { "\($0.text): \($1.text)" }.joined(separator: ", ") + "}"
        case .type(let name): name
        case .optional(let optional): optional.value.map { "optional.of(\($0.text))" } ?? "optional.none()"
        case .object(let object): object.typeName
        case .opaque(let opaque): opaque.text
        }
    }

    /// A number as people write it, without an exponent: `1234567.5`; nil for anything else.
    public var plainDecimal: String? {
        switch self {
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): NumberText.plain(value)
        default: nil
        }
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    /// In double quotes, with the escapes of the language.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{7}": out += "\\a"
            case "\u{8}": out += "\\b"
            case "\u{C}": out += "\\f"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{B}": out += "\\v"
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

extension CELValue: CustomDebugStringConvertible {
    /// As an expression would write it.
    public var debugDescription: String { text }
}
