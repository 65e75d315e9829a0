import Foundation
import Testing

/// Style is a test (docs/architecture.md): what a reviewer would have to say again and again is checked here.
@Suite struct TidyTests {
    private struct Source {
        let path: String
        let lines: [String]
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func sources(_ folder: String) -> [Source] {
        let base = root.appendingPathComponent(folder)
        guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.compactMap { url in
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
            let path = folder + url.path.dropFirst(base.path.count)
            return Source(path: path, lines: text.components(separatedBy: "\n"))
        }
    }

    static let fileLimit = 600
    static let functionLimit = 70

    @Test func filesAreShort() {
        for source in TidyTests.sources("Sources") + TidyTests.sources("Tests") {
            #expect(source.lines.count <= TidyTests.fileLimit, "\(source.path) has \(source.lines.count) lines")
        }
    }

    /// A function ends at the first closing brace with the indentation of its `func`.
    @Test func functionsAreShort() {
        for source in TidyTests.sources("Sources") {
            var open: (line: Int, indent: Int)?
            for (number, line) in source.lines.enumerated() {
                let indent = line.prefix { $0 == " " }.count
                let code = line.dropFirst(indent)
                if code.contains("func ") && !code.hasPrefix("//") && !code.hasPrefix("///") && open == nil {
                    open = (number, indent)
                } else if let start = open, code.hasPrefix("}"), indent == start.indent {
                    let length = number - start.line + 1
                    #expect(length <= TidyTests.functionLimit, "\(source.path):\(start.line + 1) has \(length) lines")
                    open = nil
                } else if let start = open, number == start.line + 1, indent <= start.indent, !code.isEmpty,
                    !code.hasPrefix(")")
                {
                    open = nil
                }
            }
        }
    }

    /// Calls that would let the clock, the terminal or a crash into places that must not have them.
    @Test func bannedCalls() {
        let banned = ["Date()", "Task.sleep", "try!", "fatalError(", "usleep(", "Thread.sleep"]
        for source in TidyTests.sources("Sources") where !source.path.hasSuffix("SystemClock.swift") {
            for (number, line) in source.lines.enumerated()
            where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
                for call in banned {
                    let isUsed =
                        line.range(
                            of: "(^|[^A-Za-z.])" + NSRegularExpression.escapedPattern(for: call),
                            options: .regularExpression) != nil
                    #expect(!isUsed, "\(source.path):\(number + 1) uses \(call)")
                }
                let prints = line.range(of: #"(^|[^A-Za-z. ]|[^c] )print\("#, options: .regularExpression) != nil
                #expect(!prints, "\(source.path):\(number + 1) prints; write through Terminal")
            }
        }
    }

    @Test func testsDoNotSleep() {
        for source in TidyTests.sources("Tests") where source.target != "TidyTests" {
            for (number, line) in source.lines.enumerated() {
                let sleeps = line.contains("Task.sleep") || line.contains("usleep(")
                #expect(!sleeps, "\(source.path):\(number + 1) sleeps")
            }
        }
    }

    /// Who may import whom (docs/architecture.md). Targets that are not listed here may import all.
    static let allowed: [String: Set<String>] = [
        "Failpoints": [],
        "SourceDiagnostics": [],
        "CEL": ["SourceDiagnostics"],
        "Almanac": [],
        "Digests": ["Crypto"],
        "BellmanModel": ["Almanac"],
        "BellmanRules": ["SourceDiagnostics", "CEL", "Almanac", "BellmanModel", "Yams"],
        "BellmanStore": ["BellmanModel", "Almanac"],
        "BellmanStoreSQLite": [
            "BellmanStore", "BellmanModel", "Almanac", "Digests", "Failpoints", "CShadowVFS", "GRDB", "GRDBSQLite",
        ],
        "BellmanEngine": ["BellmanRules", "BellmanStore", "BellmanModel", "Almanac", "Digests", "Failpoints"],
        "BellmanTransport": ["BellmanModel", "Almanac"],
        "BellmanTransportCurl": ["BellmanTransport", "BellmanModel", "Almanac", "CLibcurl", "Failpoints"],
        "BellmanDelivery": ["BellmanStore", "BellmanTransport", "BellmanModel", "Almanac", "Digests", "Failpoints"],
        "BellmanConnectors": ["BellmanStore", "BellmanTransport", "BellmanModel", "Almanac", "Failpoints"],
        "BellmanServer": [
            "BellmanStore", "BellmanModel", "Almanac", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore",
            "NIOPosix", "ServiceLifecycle", "Logging",
        ],
    ]
    private static let system: Set<String> = [
        "Glibc", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
    ]

    @Test func importsPointDown() {
        for source in TidyTests.sources("Sources") {
            guard let allowed = TidyTests.allowed[source.target] else { continue }
            for line in source.lines where line.hasPrefix("import ") || line.hasPrefix("@preconcurrency import ") {
                let module = line.split(separator: " ").last.map(String.init) ?? ""
                #expect(
                    allowed.contains(module) || TidyTests.system.contains(module),
                    "\(source.path) imports \(module)")
            }
        }
    }

    /// Each outside library is imported by exactly one target.
    @Test func librariesHaveOneHome() {
        let libraries = ["Yams", "GRDB", "Crypto", "Hummingbird", "ArgumentParser", "CLibcurl"]
        for library in libraries {
            let homes = Set(
                TidyTests.sources("Sources").filter { $0.lines.contains("import \(library)") }.map(\.target))
            #expect(homes.count <= 1, "\(library) is imported by \(homes.sorted())")
        }
    }
}
