/// What a regular expression is made of.
indirect enum RegexNode: Sendable {
    case empty
    case characters(CharacterSet32)
    case sequence([RegexNode])
    case either([RegexNode])
    /// `isLazy`: as few as possible are tried first; it matters only for where a match ends.
    case repeated(RegexNode, least: Int, most: Int?, isLazy: Bool)
    /// `(…)`, numbered from 1.
    case group(RegexNode, Int)
    case assertion(RegexAssertion)
}

enum RegexAssertion: Sendable { case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary }

/// Why a pattern was refused, in RE2's words.
struct RegexRefusal: Error { let reason: String }

/// A set of unicode scalars as sorted, disjoint ranges.
struct CharacterSet32: Sendable, Hashable {
    static let last: UInt32 = 0x10FFFF
    private(set) var ranges: [ClosedRange<UInt32>] = []

    static let any = CharacterSet32([0...last])
    static let notNewline = CharacterSet32([0...9, 11...last])
    static let digit = CharacterSet32([48...57])
    static let word = CharacterSet32([48...57, 65...90, 95...95, 97...122])
    static let space = CharacterSet32([9...10, 12...13, 32...32])

    init(_ ranges: [ClosedRange<UInt32>] = []) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let previous = merged.last, range.lowerBound <= previous.upperBound &+ 1 {
                merged[merged.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    func union(_ other: CharacterSet32) -> CharacterSet32 { CharacterSet32(ranges + other.ranges) }

    var inverted: CharacterSet32 {
        var out: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { out.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= Self.last { out.append(next...Self.last) }
        return CharacterSet32(out)
    }

    func contains(_ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    /// With every letter's other cases.
    var caseFolded: CharacterSet32 {
        var out = ranges
        for (letter, others) in CaseOrbits.table where contains(letter) { out += others.map { $0...$0 } }
        return CharacterSet32(out)
    }
}

/// Letters that differ only in case, made once from the standard library's mappings.
enum CaseOrbits {
    static let table: [(UInt32, [UInt32])] = {
        var groups: [UInt32: [UInt32]] = [:]
        // The last cased letters stand in the block of Adlam.
        for value in (0x41 as UInt32)...0x1E943 {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isCased else { continue }
            let upper = scalar.properties.uppercaseMapping.unicodeScalars
            guard upper.count == 1, let first = upper.first else { continue }
            let lower = first.properties.lowercaseMapping.unicodeScalars
            guard lower.count == 1, let key = lower.first else { continue }
            groups[key.value, default: [key.value]].append(value)
        }
        var table: [(UInt32, [UInt32])] = []
        for key in groups.keys.sorted() {
            let members = Set(groups[key] ?? []).sorted()
            if members.count > 1 { for member in members { table.append((member, members)) } }
        }
        return table
    }()
}
