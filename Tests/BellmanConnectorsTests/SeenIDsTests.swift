import Testing

@testable import BellmanConnectors

@Suite struct SeenIDsTests {
    @Test func tellsTheFirstLineOfEachID() {
        var seen = SeenIDs()
        for line in 1...50_000 { #expect(seen.first(StableHash.of("T\(line)"), line: Int32(line)) == nil) }
        for line in 1...50_000 { #expect(seen.first(StableHash.of("T\(line)"), line: 0) == Int32(line)) }
    }

    /// Neighbouring and extreme numbers are told apart too; only 0 and 1 are not.
    @Test func anyNumberIsAKey() {
        var seen = SeenIDs()
        let hashes: [UInt64] = [1, 2, 3, .max, .max - 1, 1 << 63, 64, 128]
        for (index, hash) in hashes.enumerated() { #expect(seen.first(hash, line: Int32(index)) == nil) }
        for (index, hash) in hashes.enumerated() { #expect(seen.first(hash, line: 99) == Int32(index)) }
        #expect(seen.first(0, line: 7) == 0)
    }
}
