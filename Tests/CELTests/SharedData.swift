import Foundation

/// The folder of shared test data; nil where it is absent.
enum SharedData {
    static func url(_ path: String) -> URL? {
        let root: URL
        if let given = ProcessInfo.processInfo.environment["BELLMAN_SHARED"] {
            root = URL(fileURLWithPath: given)
        } else {
            root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appendingPathComponent("../shared")
        }
        let file = root.appendingPathComponent("data").appendingPathComponent(path)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    static func isThere(_ path: String) -> Bool { url(path) != nil }

    static func text(_ path: String) -> String {
        guard let url = url(path), let data = try? Data(contentsOf: url) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
