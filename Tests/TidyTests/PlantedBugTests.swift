import Foundation
import Testing

/// A planted bug whose place is gone proves nothing: each says where it goes, and that is there once.
@Suite struct PlantedBugTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func bugs() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Tests/PlantedBugs/Bugs"), includingPropertiesForKeys: nil)
    }

    @Test func thereAreEnough() throws { #expect(try PlantedBugTests.bugs().count >= 40) }

    @Test func everyPlaceIsThereOnce() throws {
        for bug in try PlantedBugTests.bugs() {
            let parts = try String(contentsOf: bug, encoding: .utf8).components(separatedBy: "\n--- in\n")
            try #require(parts.count == 2, "\(bug.lastPathComponent) has no place")
            let heading = parts[0].split(separator: "\n")
            let file = try #require(heading.first { $0.hasPrefix("File: ") }, "\(bug.lastPathComponent) names no file")
            let place = parts[1].components(separatedBy: "\n--- becomes\n")[0].filter { $0 != "⟦" && $0 != "⟧" }
            let source = try String(
                contentsOf: PlantedBugTests.root.appending(path: String(file.dropFirst("File: ".count))),
                encoding: .utf8)
            #expect(
                source.components(separatedBy: place).count == 2,
                "\(bug.lastPathComponent) has lost its place in \(file)")
        }
    }
}
