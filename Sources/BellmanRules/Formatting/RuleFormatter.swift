import SourceDiagnostics

/// Writes a rule file in one style: canonical key order, two blanks a level, one blank after a colon, flow collections
/// on one line where they fit. Comments stay with what they stand beside; quotes, block texts and line ends stay as
/// they are.
///
/// It is careful: what was written is read again and must be the same tree with the same characters, and formatting it
/// once more must change nothing. Where that does not hold, or a form of YAML is met that has no style here, the text
/// is left alone.
public enum RuleFormatter {
    public enum Outcome: Sendable {
        /// The text in its style; equal to what was given where nothing was to be done.
        case formatted([UInt8])
        /// It cannot be read.
        case refused([Diagnostic])
        /// It can be read, but is written in a way that is not laid out anew. `line` counts from 1.
        case leftAlone(line: Int)
    }

    /// Columns of one line, wide characters counting two.
    static let lineWidth = 120
    static let indentation = 2
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    public static func format(_ file: SourceFile) -> Outcome {
        let hasMark = file.bytes.starts(with: mark)
        let body = hasMark ? Array(file.bytes.dropFirst(mark.count)) : file.bytes
        let ends = LineEnds(body)
        guard ends.isSane else { return .leftAlone(line: ends.strangeLine) }
        switch formatLines(ends.plain, name: file.name) {
        case .formatted(let text): return .formatted((hasMark ? mark : []) + ends.restore(text))
        case .refused(let plain):
            // Of the text as it is, where its places are right.
            let problems = YAMLReader.read(file).problems
            return .refused(problems.isEmpty ? plain : problems)
        case .leftAlone(let line): return .leftAlone(line: line)
        }
    }

    /// Text whose lines end in LF.
    private static func formatLines(_ bytes: [UInt8], name: String) -> Outcome {
        let file = SourceFile(name: name, bytes: bytes)
        let (root, problems) = YAMLReader.read(file)
        if problems.contains(where: { $0.severity == .error }) { return .refused(problems) }
        guard let root else { return .formatted(onlyComments(bytes)) }
        do throws(LayoutDoubt) {
            let text = try LayoutWriter.write(root, bytes)
            let again = SourceFile(name: name, bytes: text)
            guard let other = YAMLReader.read(again).root, SameTree.check(root, other),
                SameTree.sameCharacters(bytes, text), try LayoutWriter.write(other, text) == text
            else { throw LayoutDoubt(at: root.range.start) }
            return .formatted(text)
        } catch {
            return .leftAlone(line: file.line(at: error.offset))
        }
    }

    /// A file without a node: nothing but comments and blank lines.
    private static func onlyComments(_ bytes: [UInt8]) -> [UInt8] {
        var lines = LineGaps(bytes).rest(from: 0).map { $0.text }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}

/// A form of YAML that has no style here.
struct LayoutDoubt: Error {
    let offset: Int
    init(at offset: Int) { self.offset = offset }
}

/// The line ends of a text: all LF, or all CR LF. Mixed ones become what most are; a lone CR is nobody's intention.
private struct LineEnds {
    /// With LF only.
    let plain: [UInt8]
    let isSane: Bool
    let strangeLine: Int
    private let usesCRLF: Bool

    init(_ bytes: [UInt8]) {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var (pairs, feeds) = (0, 0)
        var strange: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0D {
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                    pairs += 1
                    continue
                }
                strange = strange ?? pairs + feeds + 1
            }
            if byte == 0x0A { feeds += 1 }
            plain.append(byte)
        }
        self.plain = plain
        isSane = strange == nil
        strangeLine = strange ?? 1
        // Each CR LF was counted as a feed too.
        usesCRLF = pairs * 2 > feeds
    }

    func restore(_ text: [UInt8]) -> [UInt8] {
        guard usesCRLF else { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.count + text.count / 32)
        for byte in text {
            if byte == 0x0A { out.append(0x0D) }
            out.append(byte)
        }
        return out
    }
}
