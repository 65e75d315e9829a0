import BellmanFuzz
import Foundation
import Testing

/// What comes of each hostile input; time and memory are for `make hostile`, whose table docs/limits.md shows.
@Suite struct HostileTests {
    static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Crashers/hostile.txt")

    static let expected: [String: String] = {
        let text = (try? String(contentsOf: golden, encoding: .utf8)) ?? ""
        let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
            guard let bar = line.range(of: " | ") else { return nil }
            return (String(line[..<bar.lowerBound]), String(line[bar.upperBound...]))
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    /// More than a second unoptimised: `make hostile` has them.
    static let long: Set<String> = [
        "33,000 terms of ||", "33,000 terms of ||, all false", "10^4 wrong zones", "60,000 keys, each twice",
        "20,000 unknown names", "130,000 keys", "1 MiB of commas in [ ]", "99,000 {{ }} in one text",
        "99,000 wrong {{ }} in one text", "10^5 rules", "20,000 wrong expressions", "2,500 whole rules",
        "indexOf of a letter in 1 MB, many times", "the same key 120,000 times", "maps of a thousand, many times",
    ]

    @Test(arguments: HostileInput.all.map(\.name).filter { !long.contains($0) }) func endsAsItShould(_ name: String)
        throws
    {
        let input = try #require(HostileInput.all.first { $0.name == name })
        #expect(input.outcome() == HostileTests.expected[name])
    }
}
