/// `int(x)`, `string(x)` and their kin.
enum Conversions {
    private static let a = CELType.param("A")

    static var all: [CELFunction] { integers + unsigned + doubles + texts + others }

    static func failure(_ value: CELValue, _ to: String) -> CELFailure {
        CELFailure(.conversion(from: value.typeName, to: to, value: value.text))
    }

    private static var integers: [CELFunction] {
        [
            global("int", [.int], .int) { v in v[0] },
            global("int", [.uint], .int) { v throws(CELFailure) in
                guard let value = Int64(exactly: v[0].asUInt) else { throw CELFailure(.overflow(type: "int")) }
                return .int(value)
            },
            global("int", [.double], .int) { v throws(CELFailure) in
                let value = v[0].asDouble
                guard value > -0x1p63, value < 0x1p63 else { throw CELFailure(.overflow(type: "int")) }
                return .int(Int64(value))
            },
            global("int", [.string], .int) { v throws(CELFailure) in
                guard let value = Int64(v[0].asString) else { throw failure(v[0], "int") }
                return .int(value)
            },
            global("int", [.timestamp], .int) { v throws(CELFailure) in
                guard case .timestamp(let instant) = v[0] else { throw failure(v[0], "int") }
                return .int(instant.seconds)
            },
        ]
    }

    private static var unsigned: [CELFunction] {
        [
            global("uint", [.uint], .uint) { v in v[0] },
            global("uint", [.int], .uint) { v throws(CELFailure) in
                guard let value = UInt64(exactly: v[0].asInt) else { throw CELFailure(.overflow(type: "uint")) }
                return .uint(value)
            },
            global("uint", [.double], .uint) { v throws(CELFailure) in
                let value = v[0].asDouble
                guard value >= 0, value < 0x1p64 else { throw CELFailure(.overflow(type: "uint")) }
                return .uint(UInt64(value))
            },
            global("uint", [.string], .uint) { v throws(CELFailure) in
                // Swift would take -0.
                guard !v[0].asString.utf8.starts(with: "-".utf8), let value = UInt64(v[0].asString) else {
                    throw failure(v[0], "uint")
                }
                return .uint(value)
            },
        ]
    }

    private static var doubles: [CELFunction] {
        [
            global("double", [.double], .double) { v in v[0] },
            global("double", [.int], .double) { v in .double(Double(v[0].asInt)) },
            global("double", [.uint], .double) { v in .double(Double(v[0].asUInt)) },
            global("double", [.string], .double) { v throws(CELFailure) in
                let text = v[0].asString
                guard let value = Double(text) else { throw failure(v[0], "double") }
                // Digits beyond the range are a mistake; a written infinity is not.
                if value.isInfinite, text.utf8.contains(where: isDigit) { throw failure(v[0], "double") }
                return .double(value)
            },
        ]
    }

    private static var texts: [CELFunction] {
        let forms: [CELType] = [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration]
        return forms.map { form in
            CELFunction.unary("string", parameter: form, result: .string) { value, _ throws(CELFailure) in
                .string(try text(value))
            }.closed()
        }
    }

    /// `string(x)`
    static func text(_ value: CELValue) throws(CELFailure) -> String {
        switch value {
        case .string(let text): return text
        case .uint(let number): return String(number)
        case .bytes(let bytes):
            guard let text = String(validating: bytes.bytes, as: UTF8.self) else { throw CELFailure(.invalidUTF8) }
            return text
        case .timestamp(let instant): return instant.text
        case .duration(let span): return span.text
        default: return value.text
        }
    }

    private static var others: [CELFunction] {
        [
            global("bool", [.bool], .bool) { v in v[0] },
            global("bool", [.string], .bool) { v throws(CELFailure) in
                switch v[0].asString {
                case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
                case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
                default: throw failure(v[0], "bool")
                }
            },
            global("bytes", [.bytes], .bytes) { v in v[0] },
            global("bytes", [.string], .bytes) { v in .bytes(Array(v[0].asString.utf8)) },
            global("type", [a], .type(a)) { v in .type(v[0].typeName) },
            global("dyn", [a], .dyn) { v in v[0] },
        ]
    }
}
