/// Appends JSON text to a byte buffer. Only what RFC 8259 demands is escaped, so every code point comes back.
struct JSONWriter {
    let indent: Int
    private(set) var output: [UInt8] = []

    init(indent: Int) { self.indent = indent }

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .int(let value): raw(String(value))
        case .double(let value): raw(value.isFinite ? value.description : "null")
        case .string(let text): string(text)
        case .array(let items): array(items, level: level)
        case .object(let object): members(object.members, level: level)
        }
    }

    private mutating func array(_ items: [JSONValue], level: Int) {
        output.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            line(level + 1)
            write(item, level: level + 1)
        }
        if !items.isEmpty { line(level) }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func members(_ members: [JSONObject.Member], level: Int) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            line(level + 1)
            string(member.key)
            output.append(UInt8(ascii: ":"))
            if indent > 0 { output.append(0x20) }
            write(member.value, level: level + 1)
        }
        if !members.isEmpty { line(level) }
        output.append(UInt8(ascii: "}"))
    }

    private mutating func line(_ level: Int) {
        guard indent > 0 else { return }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: indent * level))
    }

    private mutating func raw(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func string(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x0A: raw("\\n")
            case 0x0D: raw("\\r")
            case 0x09: raw("\\t")
            case 0..<0x20:
                raw(byte < 0x10 ? "\\u000" : "\\u00")
                raw(String(byte, radix: 16))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
