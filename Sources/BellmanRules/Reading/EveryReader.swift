import Almanac
import SourceDiagnostics

/// Reads the `every` grammar where it stands in a rule file: as a trigger, and as a notice's `digest`.
enum EveryReader {
    static func read(_ scalar: YAMLScalar, _ node: YAMLNode, _ sink: ProblemSink) -> Every? {
        do {
            return try Every(scalar.text)
        } catch {
            sink.report(.badSchedule(error), fileRange(error.range, in: scalar, node))
            return nil
        }
    }

    /// Where Unicode scalars of a text stand in the file; an empty place is the whole text.
    static func fileRange(_ scalars: Range<Int>, in scalar: YAMLScalar, _ node: YAMLNode) -> SourceRange {
        let range = scalar.fileRange(bytes(scalars, in: scalar.text))
        return range.length > 0 ? range : node.range
    }

    /// Unicode-scalar offsets as UTF-8 offsets.
    private static func bytes(_ range: Range<Int>, in text: String) -> SourceRange {
        let scalars = Array(text.unicodeScalars)
        func offset(_ index: Int) -> Int { scalars.prefix(index).reduce(0) { $0 + String($1).utf8.count } }
        return SourceRange(offset(range.lowerBound), offset(range.upperBound))
    }
}
