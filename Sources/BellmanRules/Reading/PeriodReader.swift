import Almanac
import SourceDiagnostics

/// Reads lengths of time where a rule file holds them.
enum PeriodReader {
    static func read(_ text: String, _ node: YAMLNode, _ sink: ProblemSink) -> Period? {
        do { return try Period.parse(text) } catch {
            sink.report(.badPeriod(error), node.range)
            return nil
        }
    }

    /// Longer than nothing, and without a sign.
    static func positive(_ text: String, _ node: YAMLNode, _ sink: ProblemSink) -> Period? {
        guard let period = read(text, node, sink) else { return nil }
        guard !period.isNegative, !period.isZero else {
            sink.report(.periodNotPositive(text), node.range)
            return nil
        }
        return period
    }
}
