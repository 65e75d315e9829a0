import Almanac
import BellmanModel
import Failpoints
import Glibc

/// Where bytes are written to.
public protocol ByteSink: AnyObject {
    /// Throws `ImportProblem.cannotWrite`.
    func write(_ bytes: [UInt8]) throws
}

/// Collects in memory.
public final class MemorySink: ByteSink {
    public private(set) var bytes: [UInt8] = []
    public init() {}
    public func write(_ bytes: [UInt8]) { self.bytes += bytes }
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A file that is made with the first byte written to it: no rejects, no file.
public final class FileSink: ByteSink {
    private let path: String
    private var descriptor: Int32 = -1

    public init(path: String) { self.path = path }
    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether anything was written.
    public var exists: Bool { descriptor >= 0 }

    public func write(_ bytes: [UInt8]) throws {
        if descriptor < 0 {
            // Readable by its owner alone: rows may hold what the store's own rights protect.
            descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw ImportProblem.cannotWrite(path: path, why: FileBytes.systemWords()) }
        }
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ImportProblem.cannotWrite(path: path, why: FileBytes.systemWords()) }
            start += count
        }
    }
}

/// Writes rejected rows as a CSV that can be mended and imported again: line, reason, then the original columns.
struct RejectsFile {
    static let lineTitle = "reject_line"
    static let reasonTitle = "reject_reason"

    let sink: (any ByteSink)?
    let language: AlmanacLanguage
    private var started = false

    init(sink: (any ByteSink)?, language: AlmanacLanguage) {
        self.sink = sink
        self.language = language
    }

    mutating func add(line: Int, reason: RejectReason, cells: [String], header: [String]) throws {
        guard let sink else { return }
        if !started {
            started = true
            // The mark makes spreadsheets read the Chinese words as UTF-8.
            try sink.write(
                [0xEF, 0xBB, 0xBF] + CSVText.row([RejectsFile.lineTitle, RejectsFile.reasonTitle] + header))
        }
        try Failpoint.step(.rejectsWrite) {
            try sink.write(CSVText.row([String(line), reason.words(language)] + cells))
        }
    }
}

/// Writes RFC 4180 rows.
enum CSVText {
    /// A row with its CRLF.
    static func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(44) }
            append(cell, to: &bytes)
        }
        // A row of one empty cell would be a blank line, which readers skip.
        if cells == [""] { bytes += [34, 34] }
        return bytes + [13, 10]
    }

    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        let special = cell.utf8.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
        guard special || cell.utf8.first == 0x20 || cell.utf8.last == 0x20 else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(34)
        for byte in cell.utf8 {
            if byte == 34 { bytes.append(34) }
            bytes.append(byte)
        }
        bytes.append(34)
    }
}
