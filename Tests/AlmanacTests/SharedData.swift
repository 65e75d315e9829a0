import Foundation

/// The folder with test data that lives outside the package.
enum SharedData {
    static var root: URL {
        let path = ProcessInfo.processInfo.environment["BELLMAN_SHARED"] ?? "../shared"
        return URL(fileURLWithPath: path).appendingPathComponent("data/time")
    }

    static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }
    static let absent = "test data folder absent: set BELLMAN_SHARED"

    static func bytes(_ name: String) throws -> Data { try Data(contentsOf: root.appendingPathComponent(name)) }

    static func records<T: Decodable>(_ name: String, as type: T.Type) throws -> [T] {
        let decoder = JSONDecoder()
        return try bytes(name).split(separator: 10).map { try decoder.decode(type, from: Data($0)) }
    }
}

/// Counts hits and misses of a family of cases and keeps the first misses.
struct Tally {
    private(set) var cases: [String: (right: Int, all: Int)] = [:]
    private(set) var misses: [String] = []

    mutating func add(_ family: String, _ right: Bool, _ miss: @autoclosure () -> String) {
        let old = cases[family] ?? (0, 0)
        cases[family] = (old.right + (right ? 1 : 0), old.all + 1)
        if !right, misses.count < 60 { misses.append(miss()) }
    }

    var report: String {
        cases.keys.sorted().map { "\($0) \(cases[$0]!.right)/\(cases[$0]!.all)" }.joined(separator: ", ")
    }
}
