import Glibc

/// Files as bytes, for tests that play a killed process.
enum FileCopy {
    struct Failed: Error {
        let path: String
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Failed(path: path) }
        defer { fclose(file) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { all += buffer.prefix(count) }
        return all
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failed(path: path) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failed(path: path) }
    }

    static func remove(_ path: String) throws {
        guard unlink(path) == 0 else { throw Failed(path: path) }
    }

    static func copy(_ source: String, to target: String) throws { try write(bytes(source), to: target) }
}
