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

    /// Every rule file, by path. A file that cannot be read comes with empty text and a trouble of its own.
    public func scan() -> Result<(files: [Entry], troubles: [Trouble]), Trouble> {
        guard let root = realPath(path) else {
            return .failure(.unreadable(path: path, why: String(cString: strerror(errno))))
        }
        var files: [Entry] = []
        var troubles: [Trouble] = []
        if let failure = walk("", root: root, depth: 0, &files, &troubles) { return .failure(failure) }
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
        _ relative: String, root: String, depth: Int, _ files: inout [Entry], _ troubles: inout [Trouble]
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
            // A link may stay inside the folder, as Kubernetes lays them; one that leads out is not followed.
            guard let real = realPath("\(root)/\(child)"), real == root || real.hasPrefix(root + "/") else { continue }
            if TextFile.isFolder(real) {
                if depth < RulesFolder.depthLimit { _ = walk(child, root: root, depth: depth + 1, &files, &troubles) }
            } else if RulesFolder.isRuleFile(name) {
                switch TextFile.read(real, limit: RulesFolder.sizeLimit) {
                case .success(let bytes): files.append(Entry(path: child, text: String(decoding: bytes, as: UTF8.self)))
                case .failure(let failure):
                    troubles.append(.unreadable(path: child, why: failure.text))
                }
            }
        }
        return nil
    }

    private func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
