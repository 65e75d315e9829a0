/// Writes JSON with keys in the order given, Chinese left as it is and slashes not escaped: bytes count against
/// vendors' limits.
public indirect enum JSONText: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case string(String)
    case array([JSONText])
    case object([Member])

    public struct Member: Sendable, Hashable {
        public let key: String
        public let value: JSONText
        public init(_ key: String, _ value: JSONText) {
            self.key = key
            self.value = value
        }
    }

    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(1_024)
        write(to: &result)
        return result
    }

    private func write(to result: inout [UInt8]) {
        switch self {
        case .null: result += "null".utf8
        case .bool(let value): result += (value ? "true" : "false").utf8
        case .int(let value): result += String(value).utf8
        case .string(let text): JSONText.write(text, to: &result)
        case .array(let values): JSONText.list(values, "[", "]", &result) { $0.write(to: &$1) }
        case .object(let members):
            JSONText.list(members, "{", "}", &result) { member, result in
                JSONText.write(member.key, to: &result)
                result.append(UInt8(ascii: ":"))
                member.value.write(to: &result)
            }
        }
    }

    private static func list<T>(
        _ values: [T], _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ result: inout [UInt8],
        _ body: (T, inout [UInt8]) -> Void
    ) {
        result.append(UInt8(ascii: open))
        for (index, value) in values.enumerated() {
            if index > 0 { result.append(UInt8(ascii: ",")) }
            body(value, &result)
        }
        result.append(UInt8(ascii: close))
    }

    private static let hex = Array("0123456789abcdef".utf8)

    private static func write(_ text: String, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var from = 0
            var index = 0
            // What needs no escape is copied in runs.
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
                    result += bytes[from..<index]
                    escape(byte, to: &result)
                    from = index + 1
                }
                index += 1
            }
            result += bytes[from...]
        }
        result.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8, to result: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
        case 0x0A: result += "\\n".utf8
        case 0x0D: result += "\\r".utf8
        case 0x09: result += "\\t".utf8
        default: result += [UInt8(ascii: "\\")] + "u00".utf8 + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
}
