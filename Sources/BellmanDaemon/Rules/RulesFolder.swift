import Glibc

/// Reads the rules folder: every rule file in it, and nothing that leads out of it.
public struct RulesFolder: Sendable {
    public let path: String

    public struct Entry: Sendable {
        /// Relative to the folder.
        public let path: String
        public let text: String
    }

    public enum Trouble: Error, Sendable {
        case unreadable(path: String, why: String)
    }

    /// Bytes of one file, as the reader of rule files has it too.
    static let sizeLimit = 1 << 20
    static let depthLimit = 16
    static let filesLimit = 20_000

    public init(path: String) { self.path = path }

    /// Texts of an earlier scan, for files that the file system says are untouched since.
    public struct Memory: Sendable {
        fileprivate struct Kept: Sendable {
            let mark: FileMark
            let text: String
        }
        fileprivate var kept: [String: Kept] = [:]

        public init() {}
    }

    /// Every rule file, by path. A file that cannot be read comes with a trouble of its own.
    public func scan() -> Result<(files: [Entry], troubles: [Trouble]), Trouble> {
        var memory = Memory()
        return scan(&memory)
    }

    /// The same, reading only what was touched since `memory` was filled.
    public func scan(_ memory: inout Memory) -> Result<(files: [Entry], troubles: [Trouble]), Trouble> {
        guard let root = realPath(path) else {
            return .failure(.unreadable(path: path, why: String(cString: strerror(errno))))
        }
        var files: [Entry] = []
        var troubles: [Trouble] = []
        var fresh = Memory()
        let failure = walk("", root: root, depth: 0, &files, &troubles) {
            RulesFolder.read($0, root: root, memory, &fresh)
        }
        if let failure { return .failure(failure) }
        memory = fresh
        return .success((files.sorted { $0.path < $1.path }, troubles))
    }

    /// `*.yaml` and `*.yml`; hidden files, editors' leftovers and rule tests are none.
    public static func isRuleFile(_ name: String) -> Bool {
        guard !name.hasPrefix("."), !name.hasSuffix("~"), !name.hasSuffix(".swp"), !name.hasSuffix(".tmp"),
            !name.hasSuffix(".test.yaml"), !name.hasSuffix(".test.yml")
        else { return false }
        return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    private func walk(
        _ relative: String, root: String, depth: Int, _ files: inout [Entry], _ troubles: inout [Trouble],
        _ read: (String) -> Result<String, TextFile.Failure>
    ) -> Trouble? {
        let folder = relative.isEmpty ? root : "\(root)/\(relative)"
        guard let directory = opendir(folder) else {
            let trouble = Trouble.unreadable(path: folder, why: String(cString: strerror(errno)))
            if relative.isEmpty { return trouble }
            troubles.append(trouble)
            return nil
        }
        defer { closedir(directory) }
        while let entry = readdir(directory), files.count < RulesFolder.filesLimit {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let child = relative.isEmpty ? name : "\(relative)/\(name)"
            let isFile = entry.pointee.d_type == UInt8(DT_REG)
            if isFile, !RulesFolder.isRuleFile(name) { continue }
            guard let real = isFile ? "\(root)/\(child)" : inside(child, root: root) else { continue }
            if !isFile, TextFile.isFolder(real) {
                if depth < RulesFolder.depthLimit {
                    _ = walk(child, root: root, depth: depth + 1, &files, &troubles, read)
                }
            } else if RulesFolder.isRuleFile(name) {
                switch read(real) {
                case .success(let text): files.append(Entry(path: child, text: text))
                case .failure(let failure): troubles.append(.unreadable(path: child, why: failure.text))
                }
            }
        }
        return nil
    }

    /// A link may stay inside the folder, as Kubernetes lays them; one that leads out is not followed. A plain file
    /// needs no such look: it stands where its folder stands.
    private func inside(_ child: String, root: String) -> String? {
        guard let real = realPath("\(root)/\(child)"), real == root || real.hasPrefix(root + "/") else { return nil }
        return real
    }

    private static func read(
        _ path: String, root: String, _ memory: Memory, _ fresh: inout Memory
    ) -> Result<String, TextFile.Failure> {
        let mark = FileMark(path)
        if let mark, let kept = memory.kept[path], kept.mark == mark {
            fresh.kept[path] = kept
            return .success(kept.text)
        }
        let inner = String(path.dropFirst(root == "/" ? 1 : root.count + 1))
        return TextFile.read(inner, beneath: root, limit: RulesFolder.sizeLimit).map { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            // Taken before the reading: what changes meanwhile has another mark the next time.
            if let mark, mark.isSettled { fresh.kept[path] = Memory.Kept(mark: mark, text: text) }
            return text
        }
    }

    private func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}

/// What the file system changes whenever a file's contents change.
private struct FileMark: Sendable, Equatable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: [Int]

    /// Nil when there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }

    /// File systems count time in steps: of two writes close together the second may leave the mark as it is.
    /// False while that may still happen, and for times that lie ahead.
    var isSettled: Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return modified[2] + FileMark.settlingSeconds < now.tv_sec
    }

    private static let settlingSeconds = 3
}

extension RulesFolder {
    /// The folder itself, and files and folders in it, that others than their owner may change: who may do that decides
    /// what rings, and for whom.
    public func writableByOthers() -> [String] {
        guard let root = realPath(path) else { return [] }
        var found = RulesFolder.isWritableByOthers(root) ? [path] : []
        var files: [Entry] = []
        var troubles: [Trouble] = []
        _ = walk("", root: root, depth: 0, &files, &troubles) { _ in .success("") }
        let folders = Set(
            files.compactMap { file in
                file.path.lastIndex(of: "/").map { String(file.path[..<$0]) }
            })
        for inner in folders.sorted() + files.map(\.path).sorted()
        where RulesFolder.isWritableByOthers("\(root)/\(inner)") {
            found.append("\(path)/\(inner)")
        }
        return found
    }

    private static func isWritableByOthers(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & 0o022 != 0
    }
}
