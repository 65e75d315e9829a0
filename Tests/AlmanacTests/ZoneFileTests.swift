import Testing

@testable import Almanac

@Suite struct ZoneFileTests {
    @Test func damagedFilesAreRefusedNotFollowed() throws {
        let root = try #require(ZoneDirectory.root)
        let bytes = try #require(SystemFile.read("\(root)/Europe/Berlin", limit: ZoneFile.byteLimit))
        #expect(ZoneFile.parse(bytes) != nil)
        for length in stride(from: 0, to: bytes.count, by: 13) { _ = ZoneFile.parse(Array(bytes[..<length])) }
        #expect(ZoneFile.parse([]) == nil && ZoneFile.parse(Array(bytes[..<60])) == nil)
        print("seed", PropertyTests.seed)
        var random = SeededGenerator(seed: PropertyTests.seed)
        for _ in 0..<150 {
            var broken = bytes
            for _ in 0..<3 {
                broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let table = ZoneFile.parse(broken) else { continue }
            let zone = Zone(name: "broken", table: table)
            _ = zone.local(Instant(seconds: Int64.random(in: -4_000_000_000...9_000_000_000, using: &random)))
        }
    }

    /// Rule, year, and its two changes in seconds of UTC after the start of the year.
    static let rules: [(String, Int, [Int64])] = [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 2026, [87 * 86_400 + 3600, 297 * 86_400 + 3600]),
        ("XXX5YYY,J60,J300/0", 2024, [60 * 86_400 + 7 * 3600, 300 * 86_400 + 4 * 3600]),
        ("XXX0YYY,59/0,299/0", 2024, [59 * 86_400, 299 * 86_400 - 3600]),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, [87 * 86_400 + 3600, 297 * 86_400 + 3600]),
    ]

    @Test(arguments: rules) func closingRules(text: String, year: Int, wanted: [Int64]) throws {
        let rule = try #require(PosixRule(bytes: Array(text.utf8)))
        let newYear = Int64(CivilDate.dayNumber(year: year, month: 1, day: 1)) * 86_400
        #expect(rule.changes(year: year).map { $0.at - newYear } == wanted)
    }

    @Test func refusesBrokenRules() {
        for text in ["", "C-1", "CET", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x"] {
            #expect(PosixRule(bytes: Array(text.utf8)) == nil, "\(text)")
        }
    }
}
