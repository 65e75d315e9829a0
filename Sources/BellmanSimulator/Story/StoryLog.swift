import Digests

/// What happened, line by line. Its digest tells whether two runs were the same to the byte.
struct StoryLog {
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    private let isKept: Bool
    private var chain: [UInt8] = []

    /// Without being asked to keep all, the log keeps so much of its end.
    private static let kept = 1 << 18

    init(isKept: Bool) { self.isKept = isKept }

    mutating func add(_ at: Micros, _ line: String) {
        starts.append(bytes.count)
        bytes += "\(at) ".utf8
        bytes += line.utf8
        bytes.append(UInt8(ascii: "\n"))
        if !isKept, bytes.count > StoryLog.kept * 2 { cut() }
    }

    /// Takes the older half off, having added it to the digest.
    private mutating func cut() {
        let end = starts[starts.count / 2]
        chain = Digests.sha256(chain + bytes[..<end])
        bytes.removeFirst(end)
        starts = starts[(starts.count / 2)...].map { $0 - end }
    }

    var digest: String { TextCoding.hex(Digests.sha256(chain + bytes)) }

    /// The last lines, with readable times.
    func tail(_ count: Int = .max) -> [String] {
        let first = max(0, starts.count - count)
        return (first..<starts.count).map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            let line = String(decoding: bytes[starts[index]..<(end - 1)], as: UTF8.self)
            guard let space = line.firstIndex(of: " "), let at = Micros(line[..<space]) else { return line }
            let rest = at - PlainTime.floor(at, by: PlainTime.second) * PlainTime.second
            let fraction = String(1_000_000 + rest).dropFirst()
            return PlainTime.text(at).dropLast() + ".\(fraction)Z" + line[space...]
        }
    }
}
