import BellmanTesting

/// Changes an input as typing, editors, transmission and malice do.
struct Mutator {
    static let greatestLength = 8_000

    var random: SeededRandom

    mutating func mutated(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0..<random.int(1...4) { change(&bytes, other) }
        return bytes.count > Self.greatestLength ? Array(bytes.prefix(Self.greatestLength)) : bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        let at = random.int(0...bytes.count)
        switch random.int(0...13) {
        case 0 where !bytes.isEmpty: bytes[min(at, bytes.count - 1)] ^= 1 << UInt8(random.int(0...7))
        case 1 where !bytes.isEmpty: bytes[min(at, bytes.count - 1)] = UInt8(random.int(0...255))
        case 2: bytes.removeSubrange(slice(bytes))
        case 3: bytes.insert(contentsOf: Array(bytes[slice(bytes)]), at: at)
        case 4: bytes.insert(contentsOf: other[slice(other)], at: at)
        case 5: bytes.replaceSubrange(slice(bytes), with: other[slice(other)])
        case 6: bytes = Array(bytes[..<at])
        case 7: nest(&bytes)
        case 8: swapWords(&bytes)
        case 9:
            let piece = Array(bytes[slice(bytes)].prefix(20))
            bytes.insert(contentsOf: (0..<random.int(2...60)).flatMap { _ in piece }, at: at)
        case 10: bytes = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        default: bytes.insert(contentsOf: Array(random.pick(Literals.tokens).utf8), at: at)
        }
    }

    private mutating func slice(_ bytes: [UInt8]) -> Range<Int> {
        let start = random.int(0...bytes.count)
        return start..<min(bytes.count, start + random.int(0...min(64, bytes.count)))
    }

    private mutating func nest(_ bytes: inout [UInt8]) {
        let pairs = [
            ("(", ")"), ("[", "]"), ("{'a': ", "}"), ("-(", ")"), ("!", ""), ("-", ""), ("!-", ""), ("{{", "}}"),
            ("f(", ")"),
        ]
        let (open, close) = random.pick(pairs)
        let times = random.chance(10) ? random.int(100...400) : random.int(1...12)
        let part = slice(bytes)
        bytes.insert(contentsOf: Array(String(repeating: close, count: times).utf8), at: part.upperBound)
        bytes.insert(contentsOf: Array(String(repeating: open, count: times).utf8), at: part.lowerBound)
    }

    private mutating func swapWords(_ bytes: inout [UInt8]) {
        var words = bytes.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        guard words.count > 1 else { return }
        words.swapAt(random.int(0...(words.count - 1)), random.int(0...(words.count - 1)))
        bytes = Array(words.joined(separator: [0x20]))
    }
}
