import Foundation
import Testing

/// Keys of decisions live as long as the store: one that is forgotten would ring again (docs/faults.md, I7).
@Suite struct LedgerKeepingTests {
    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

    @Test func nothingDeletesFromTheLedger() throws {
        let walk = try #require(FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
        for case let url as URL in walk where url.pathExtension == "swift" {
            let text = try String(contentsOf: url, encoding: .utf8)
            #expect(
                text.firstMatch(of: /(?i)(DELETE\s+FROM|REPLACE\s+INTO|DROP\s+TABLE)\s+ledger\b/) == nil,
                "\(url.lastPathComponent)")
        }
    }
}
