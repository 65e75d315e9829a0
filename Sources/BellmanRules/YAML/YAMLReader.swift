import SourceDiagnostics
import Yams

/// Reads a rule or configuration file into located nodes, or says what is wrong with it.
///
/// YAML 1.2 core without aliases, anchors, tags and tabs; limits are checked before libyaml recurses.
public struct YAMLReader {
    /// Bytes of one file.
    public static let maximumSize = 1 << 20
    /// Nested mappings and sequences.
    public static let maximumDepth = 32
    public static let maximumNodes = 100_000

    private let file: SourceFile
    private let bytes: [UInt8]
    private var problems: [Diagnostic] = []
    private var nodes = 0
    private var marks: MarkPlaces

    private init(_ file: SourceFile) {
        self.file = file
        bytes = Array(file.text.utf8)
        marks = MarkPlaces(bytes)
    }

    /// The root node (`nil` for an empty file or one that cannot be read) and all that was wrong.
    public static func read(_ file: SourceFile) -> (root: YAMLNode?, problems: [Diagnostic]) {
        var reader = YAMLReader(file)
        let root = reader.run()
        return (root, reader.problems)
    }

    private mutating func run() -> YAMLNode? {
        guard bytes.count <= YAMLReader.maximumSize else {
            report(.tooLarge(bytes: bytes.count, limit: YAMLReader.maximumSize), SourceRange(0, 0))
            return nil
        }
        if let range = YAMLPrecheck.firstUnreadable(in: file.bytes) {
            report(.notUTF8, range)
            return nil
        }
        if let found = YAMLPrecheck.firstUnprintable(in: bytes) {
            report(.controlCharacter(found.name), found.range)
            return nil
        }
        if let place = YAMLPrecheck.firstTab(in: bytes) {
            report(.tab, SourceRange(place, place + 1))
            return nil
        }
        let flow = YAMLPrecheck.tooDeep(in: bytes, limit: YAMLReader.maximumDepth)
        if let place = flow ?? YAMLPrecheck.tooDeepBlock(in: bytes, limit: 2 * YAMLReader.maximumDepth) {
            report(.tooDeep(limit: YAMLReader.maximumDepth), SourceRange(place, place + 1))
            return nil
        }
        do {
            // Every scalar is text here: which type it has is told by the field that it is for. Without the default
            // resolver no key is matched against regular expressions, and without the default encoding no file asks
            // the environment.
            // The mark that some editors write at the start is no text; libyaml would take it for one.
            let text = String(
                decoding: bytes.starts(with: YAMLReader.byteOrderMark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
            guard let root = try Yams.compose(yaml: text, .basic, .default, .utf8) else { return nil }
            return convert(root, depth: 0)
        } catch {
            explain(error)
            return nil
        }
    }

    private mutating func report(_ problem: YAMLProblem, _ range: SourceRange) {
        problems.append(Diagnostic(fact: problem, file: file, range: range))
    }

    // MARK: nodes

    private mutating func convert(_ node: Node, depth: Int) -> YAMLNode? {
        let begin = offset(node.mark)
        nodes += 1
        guard nodes <= YAMLReader.maximumNodes else {
            if nodes == YAMLReader.maximumNodes + 1 {
                report(.tooManyNodes(limit: YAMLReader.maximumNodes), SourceRange(begin, begin + 1))
            }
            return nil
        }
        guard depth <= YAMLReader.maximumDepth else {
            report(.tooDeep(limit: YAMLReader.maximumDepth), SourceRange(begin, begin + 1))
            return nil
        }
        if node.anchor != nil || (begin < bytes.count && bytes[begin] == UInt8(ascii: "&")) {
            reportAnchor(at: begin)
            return nil
        }
        if hasTag(at: begin) {
            let range = Slips.valueRange(in: bytes, from: begin)
            report(.tag(file.text(of: range)), range)
            return nil
        }
        switch node {
        case .scalar(let scalar): return convert(scalar, begin: begin)
        case .mapping(let mapping): return convert(mapping, begin: begin, depth: depth)
        case .sequence(let sequence): return convert(sequence, begin: begin, depth: depth)
        case .alias:
            reportAnchor(at: begin)
            return nil
        }
    }

    private mutating func reportAnchor(at begin: Int) {
        let range = Slips.wordRange(in: bytes, from: begin)
        report(.anchor(file.text(of: range)), range)
    }

    private func convert(_ scalar: Node.Scalar, begin: Int) -> YAMLNode {
        let style: YAMLScalar.Style =
            switch scalar.style {
            case .singleQuoted: .single
            case .doubleQuoted: .double
            case .literal: .literal
            case .folded: .folded
            default: .plain
            }
        let map = ScalarMap(cooked: scalar.string, style: style, source: bytes, begin: begin)
        let quoted = style == .single || style == .double
        let end = scalar.string.isEmpty && !quoted ? begin : min(map.end + (quoted ? 1 : 0), bytes.count)
        let value = YAMLScalar(text: scalar.string, style: style, map: map)
        return YAMLNode(content: .scalar(value), range: SourceRange(begin, max(begin, end)), isFlow: false)
    }

    private mutating func convert(_ mapping: Node.Mapping, begin: Int, depth: Int) -> YAMLNode {
        var pairs: [YAMLNode.Pair] = []
        for (keyNode, valueNode) in mapping where nodes <= YAMLReader.maximumNodes {
            guard let key = convert(keyNode, depth: depth + 1) else { continue }
            let value = convert(valueNode, depth: depth + 1)
            pairs.append(
                YAMLNode.Pair(key: key, value: value ?? YAMLNode(content: .broken, range: key.range, isFlow: false)))
        }
        let end = pairs.last?.value.range.end ?? begin + 1
        return YAMLNode(
            content: .mapping(pairs), range: SourceRange(begin, max(begin, end)),
            isFlow: begin < bytes.count && bytes[begin] == UInt8(ascii: "{"))
    }

    private mutating func convert(_ sequence: Node.Sequence, begin: Int, depth: Int) -> YAMLNode {
        var items: [YAMLNode] = []
        for item in sequence where nodes <= YAMLReader.maximumNodes {
            if let item = convert(item, depth: depth + 1) { items.append(item) }
        }
        let end = items.last?.range.end ?? begin + 1
        return YAMLNode(
            content: .sequence(items), range: SourceRange(begin, max(begin, end)),
            isFlow: begin < bytes.count && bytes[begin] == UInt8(ascii: "["))
    }

    /// libyaml puts a node's mark at its tag where it has one, so the byte there tells.
    private func hasTag(at offset: Int) -> Bool { offset < bytes.count && bytes[offset] == UInt8(ascii: "!") }

    // MARK: places

    private mutating func offset(_ mark: Mark?) -> Int {
        guard let mark, mark.line >= 1 else { return 0 }
        return marks.offset(line: mark.line, column: mark.column)
    }

    private func lineEnd(_ offset: Int) -> Int {
        var end = offset
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        return max(offset, end)
    }

    // MARK: libyaml's errors

    private mutating func explain(_ error: any Error) {
        guard let error = error as? YamlError else {
            report(.syntax("\(error)"), SourceRange(0, 0))
            return
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let at = offset(mark)
            let begun = context.map { offset($0.mark) } ?? at
            let found =
                Slips.find(in: bytes, near: at) ?? SyntaxSlips.find(problem, in: file, at: at, begun: begun)
            report(found?.problem ?? .syntax(problem), found?.range ?? SourceRange(at, at))
        case .duplicatedKeysInMapping(let duplicates, let context):
            reportDuplicates(duplicates, context.mark)
        case .reader(let problem, _, _, _):
            report(.syntax(problem), SourceRange(0, 0))
        default:
            report(.syntax("\(error)"), SourceRange(0, 0))
        }
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Each is looked for in the whole file.
    private static let greatestDuplicates = 20

    /// Yams names the keys but not where they stand: the second line that begins with the key is meant. A key that is
    /// written otherwise than it reads (with escapes) is not found; then the mapping is shown.
    private mutating func reportDuplicates(_ duplicates: [String], _ mapping: Mark) {
        for key in duplicates.prefix(YAMLReader.greatestDuplicates) {
            let places = Slips.places(ofKey: key, in: bytes)
            let at = places.dropFirst().first ?? places.first
            let begin = offset(mapping)
            let first = places.count > 1 ? file.line(at: places[0]) : nil
            report(
                .duplicateKey(key, firstLine: first),
                at.map { SourceRange($0, $0 + key.utf8.count) } ?? SourceRange(begin, begin))
        }
    }
}
