import BellmanRules
import Glibc

/// Finds `*.test.yaml` files: those named, and those in the folders named, in order of path.
public enum TestFiles {
    public struct Found: Sendable {
        public var files: [String] = []
        /// What could not be read, with the system's words.
        public var troubles: [(path: String, why: String)] = []
    }

    private static let depthLimit = 16

    public static func find(_ paths: [String]) -> Found {
        var found = Found()
        for path in paths {
            let path = trimmed(path)
            if TextFile.isFolder(path) {
                walk(path, depth: 0, &found)
            } else if TextFile.exists(path) {
                found.files.append(path)
            } else {
                found.troubles.append((path, String(cString: strerror(ENOENT))))
            }
        }
        var seen: Set<String> = []
        found.files = found.files.sorted().filter { seen.insert(real($0)).inserted }
        return found
    }

    static func isTest(_ name: String) -> Bool {
        !name.hasPrefix(".") && RuleTestFileReader.endings.contains(where: name.hasSuffix)
    }

    private static func walk(_ folder: String, depth: Int, _ found: inout Found) {
        guard depth < depthLimit else { return }
        guard let directory = opendir(folder) else {
            found.troubles.append((folder, String(cString: strerror(errno))))
            return
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = "\(folder)/\(name)"
            // A link to a folder is not followed: it may lead round in a circle.
            if entry.pointee.d_type == UInt8(DT_DIR) {
                walk(path, depth: depth + 1, &found)
            } else if isTest(name) {
                found.files.append(path)
            }
        }
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// The path without links; as it is where there is no such file.
    static func real(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// The folder that a file stands in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}
