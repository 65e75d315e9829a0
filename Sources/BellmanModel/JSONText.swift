/// JSON text to `JSONValue` and back (RFC 8259, and I-JSON's rules on unique keys and whole surrogate pairs).
///
/// Strict: no comments, trailing commas, leading zeros, control characters in strings, or text after the value.
public enum JSONText {
    /// Arrays and objects inside each other.
    public static let maximumDepth = 64

    public static func parse(_ text: String) throws(JSONProblem) -> JSONValue {
        try parse(utf8: Array(text.utf8))
    }

    /// UTF-8 bytes; a byte order mark at the start is skipped, bytes that are not UTF-8 are refused.
    public static func parse(utf8 bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
        var result: Result<JSONValue, JSONProblem> = .success(.null)
        bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer)
            do throws(JSONProblem) {
                result = .success(try reader.document())
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    /// One line without spaces. `indent` > 0 gives one member a line, so many spaces a level.
    /// Numbers that JSON has no form for (infinite, not a number) are written as null.
    public static func write(_ value: JSONValue, indent: Int = 0) -> String {
        String(decoding: bytes(value, indent: indent), as: UTF8.self)
    }

    public static func bytes(_ value: JSONValue, indent: Int = 0) -> [UInt8] {
        var writer = JSONWriter(indent: indent)
        writer.write(value, level: 0)
        return writer.output
    }
}

/// What is wrong with a JSON text, and where.
public struct JSONProblem: Error, Sendable, Hashable {
    public enum Fact: Sendable, Hashable {
        case endsEarly
        case unexpected(String)
        case textAfterValue
        case badNumber
        case numberTooLarge
        case badEscape
        case loneSurrogate
        case controlCharacter(UInt8)
        case notUTF8
        case duplicateKey(String)
        case tooDeep(limit: Int)
    }

    public let fact: Fact
    /// Both count from 1; the column counts bytes.
    public let line: Int
    public let column: Int

    public init(_ fact: Fact, line: Int, column: Int) {
        self.fact = fact
        self.line = line
        self.column = column
    }
}
