import Glibc

/// Turns a source of bytes into pieces of valid UTF-8, whatever its encoding, without its byte order mark.
///
/// A piece may end inside a character; the pieces together are valid. Bytes that the encoding does not have are
/// refused with their line: half a row of guesses is worse than none.
public final class TextDecoder {
    public let detected: DetectedEncoding
    /// Bytes of the source read so far.
    public private(set) var bytesRead = 0
    private let source: any ByteSource
    private var check = UTF8Check()
    private var converter: Converter?

    /// Reads the source from its start. Throws `ImportProblem`.
    public convenience init(_ source: any ByteSource, setting: TextEncoding? = nil) throws {
        try self.init(source, detected: try EncodingDetection.detect(source, setting: setting))
    }

    /// For a source whose encoding is known already: detection reads it whole.
    init(_ source: any ByteSource, detected: DetectedEncoding) throws {
        try source.rewind()
        self.source = source
        self.detected = detected
        if detected.encoding != .utf8 { converter = try Converter(from: detected.encoding) }
    }

    /// Nil at the end.
    public func next() throws -> [UInt8]? {
        while var piece = try source.next() {
            let mark = min(piece.count, max(0, detected.mark - bytesRead))
            bytesRead += piece.count
            if mark > 0 { piece.removeFirst(mark) }
            let text = try decode(piece)
            if !text.isEmpty { return text }
        }
        try finish()
        return nil
    }

    private func decode(_ piece: [UInt8]) throws -> [UInt8] {
        guard let converter else {
            guard check.accepts(piece) else { throw ImportProblem.badBytes(encoding: .utf8, line: check.line) }
            return piece
        }
        return try converter.convert(piece)
    }

    private func finish() throws {
        let complete = converter.map(\.isComplete) ?? check.isComplete
        let line = converter.map(\.line) ?? check.line
        guard complete else { throw ImportProblem.badBytes(encoding: detected.encoding, line: line) }
    }
}

/// glibc's iconv, fed piece by piece.
private final class Converter {
    private let handle: iconv_t
    private let encoding: TextEncoding
    private var pending: [UInt8] = []
    private(set) var line = 1

    var isComplete: Bool { pending.isEmpty }

    init(from encoding: TextEncoding) throws {
        handle = iconv_open("UTF-8", encoding.rawValue)
        self.encoding = encoding
        // iconv_open answers (iconv_t)-1 when the conversion's module is not installed.
        guard handle != iconv_t(bitPattern: -1) else { throw ImportProblem.encodingUnavailable(encoding) }
    }

    deinit { if handle != iconv_t(bitPattern: -1) { iconv_close(handle) } }

    func convert(_ piece: [UInt8]) throws -> [UInt8] {
        var input = pending + piece
        var consumed = 0
        var failure: Int32 = 0
        // The longest growth is from two bytes to three (GBK), so twice the input always has room.
        let output = [UInt8](unsafeUninitializedCapacity: input.count * 2 + 16) { buffer, used in
            input.withUnsafeMutableBytes { bytes in
                var from = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = bytes.count
                var to = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var room = buffer.count
                if iconv(handle, &from, &left, &to, &room) == -1 { failure = errno }
                consumed = bytes.count - left
                used = buffer.count - room
            }
        }
        for byte in output where byte == 0x0A { line += 1 }
        guard failure == 0 || failure == EINVAL else { throw ImportProblem.badBytes(encoding: encoding, line: line) }
        pending = Array(input[consumed...])
        return output
    }
}
