import Failpoints
import Foundation
import Testing

/// That the list of points, the calls in the sources and the page about them are the same thing.
@Suite struct FailpointsTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Sources outside the target itself, joined.
    private static func sources() throws -> String {
        let base = root.appendingPathComponent("Sources")
        let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        let files = (walk?.compactMap { $0 as? URL } ?? []).filter {
            $0.pathExtension == "swift" && !$0.path.contains("/Sources/Failpoints/")
        }
        return try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
    }

    @Test func everyPointStandsSomewhere() throws {
        let sources = try FailpointsTests.sources()
        for name in FailpointName.allCases {
            let calls = ["step", "pass", "before", "fails"].map { "Failpoint.\($0)(.\(name)" }
            let used = calls.filter { call in
                sources.contains("\(call))") || sources.contains("\(call),")
            }
            #expect(!used.isEmpty, "\(name) stands nowhere")
            let throwing = used.contains { $0.contains(".step(") || $0.contains(".before(") }
            #expect(throwing == name.modes.contains(.lost), "\(name): its modes are not those of its calls \(used)")
            let failing = used.contains { $0.contains(".fails(") }
            #expect(throwing || failing == name.modes.contains(.error), "\(name): error is not told by \(used)")
        }
    }

    @Test func whatBeginsEnds() throws {
        let sources = try FailpointsTests.sources()
        for name in FailpointName.allCases {
            if sources.contains("Failpoint.before(.\(name))") {
                #expect(sources.contains("Failpoint.after(.\(name))"), "\(name)")
            }
            if sources.contains("Failpoint.fails(.\(name))") {
                #expect(sources.contains("Failpoint.passed(.\(name))"), "\(name)")
            }
        }
    }

    @Test func namesAreWordsOfTheirOwn() {
        #expect(Set(FailpointName.allCases.map(\.step)).count == FailpointName.allCases.count)
        for name in FailpointName.allCases {
            #expect(name.step != name.rawValue, "\(name) has no words")
            #expect(name.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(name)")
        }
    }

    @Test func thePageHasTheTable() throws {
        let rows = FailpointName.allCases.map { name in
            "| `\(name.rawValue)` | \(name.step) | \(name.modes.map(\.rawValue).joined(separator: ", ")) |"
        }
        let page = try FailpointsTests.text("docs/failpoints.md")
        let lines = page.split(separator: "\n").map(String.init)
        let table = lines.drop { $0 != "## Points" }.filter { $0.hasPrefix("| `") }
        #expect(table == rows, "docs/failpoints.md wants:\n\(rows.joined(separator: "\n"))")
    }

    /// Nothing is armed here, so every call is its body.
    @Test func anUnarmedPointIsItsBody() throws {
        #expect(try Failpoint.step(.commit) { 7 } == 7)
        #expect(Failpoint.pass(.send) { 8 } == 8)
        #expect(!Failpoint.fails(.httpStart))
        struct Own: Error, Equatable {}
        #expect(throws: Own()) { try Failpoint.step(.commit) { throw Own() } }
        #expect(throws: Own()) { try Failpoint.pass(.keyFile) { () throws(Own) in throw Own() } }
    }
}
