import Glibc

/// Memory that outlives a worker: the input it was at, and how far it had come.
struct Board {
    private static let head = 64
    private static let capacity = 1 << 21
    private static let messageCapacity = 4_096

    private let base: UnsafeMutableRawPointer

    init?(path: String) {
        let file = open(path, O_RDWR | O_CREAT, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard ftruncate(file, off_t(Self.head + Self.capacity + Self.messageCapacity)) == 0 else { return nil }
        let size = Self.head + Self.capacity + Self.messageCapacity
        guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED else {
            return nil
        }
        base = memory
    }

    /// Inputs begun.
    var count: Int {
        get { base.load(as: Int.self) }
        nonmutating set { base.storeBytes(of: newValue, as: Int.self) }
    }

    var input: [UInt8] {
        let length = min(base.load(fromByteOffset: 8, as: Int.self), Self.capacity)
        return [UInt8](UnsafeRawBufferPointer(start: base + Self.head, count: length))
    }

    /// What was broken, when the worker could still say it.
    var message: String {
        let length = min(base.load(fromByteOffset: 16, as: Int.self), Self.messageCapacity)
        let start = base + Self.head + Self.capacity
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    func begin(_ input: [UInt8]) {
        let length = min(input.count, Self.capacity)
        input.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { (base + Self.head).copyMemory(from: start, byteCount: length) }
        }
        base.storeBytes(of: length, toByteOffset: 8, as: Int.self)
        base.storeBytes(of: 0, toByteOffset: 16, as: Int.self)
        count += 1
    }

    func tell(_ message: String) {
        let bytes = Array(message.utf8.prefix(Self.messageCapacity))
        bytes.withUnsafeBytes { text in
            guard let start = text.baseAddress else { return }
            (base + Self.head + Self.capacity).copyMemory(from: start, byteCount: bytes.count)
        }
        base.storeBytes(of: bytes.count, toByteOffset: 16, as: Int.self)
    }
}
