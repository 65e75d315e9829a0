import Glibc

/// Bytes that come in pieces and can be read again from the start (encodings are detected in a first pass).
public protocol ByteSource: AnyObject {
    /// The next piece, never empty; nil at the end. Throws `ImportProblem.cannotRead`.
    func next() throws -> [UInt8]?
    func rewind() throws
    /// Bytes in all, for progress.
    var size: Int { get }
}

/// Bytes held in memory (a request's body, a test).
public final class MemoryBytes: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private var position = 0

    public init(_ bytes: [UInt8], piece: Int = FileBytes.pieceSize) {
        self.bytes = bytes
        self.piece = max(1, piece)
    }

    public convenience init(_ text: String) { self.init(Array(text.utf8)) }

    public var size: Int { bytes.count }
    public func rewind() { position = 0 }

    public func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = min(bytes.count, position + piece)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}

/// A regular file, read in pieces so that memory does not grow with it.
public final class FileBytes: ByteSource {
    public static let pieceSize = 256 * 1024

    public let size: Int
    private let path: String
    private let descriptor: Int32

    /// Throws `ImportProblem.cannotRead` with the system's words.
    public init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImportProblem.cannotRead(path: path, why: FileBytes.systemWords()) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ImportProblem.cannotRead(path: path, why: "not a regular file")
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    public func rewind() throws {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw ImportProblem.cannotRead(path: path, why: FileBytes.systemWords())
        }
    }

    public func next() throws -> [UInt8]? {
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: FileBytes.pieceSize) { buffer, used in
            repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
            used = max(0, count)
        }
        guard count >= 0 else { throw ImportProblem.cannotRead(path: path, why: FileBytes.systemWords()) }
        return count == 0 ? nil : piece
    }

    static func systemWords() -> String { String(cString: strerror(errno)) }
}
