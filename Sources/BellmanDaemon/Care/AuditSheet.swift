import Almanac
import BellmanEngine
import BellmanModel

/// A self-audit in words, as a command lists it.
public struct AuditSheet: Sendable {
    public struct Row: Sendable {
        /// For machines.
        public let kind: String
        public let name: String
        public let rule: String
        public let record: String
        public let occurrence: String
        public let at: Instant?
        public let fact: String
        public let remedy: String
    }

    public let rows: [Row]
    /// Differences in all; a long list ends before.
    public let total: Int
    /// What was looked at, in one line.
    public let extent: String
    /// What could not be judged.
    public let gaps: [String]

    init(_ report: AuditReport, _ words: AuditWording) {
        rows = report.findings.map { finding in
            Row(
                kind: finding.kind.rawValue, name: words.name(finding.kind), rule: finding.key.rule,
                record: finding.key.subject, occurrence: finding.key.occurrence, at: finding.at,
                fact: words.fact(finding), remedy: words.remedy(finding))
        }
        total = report.total
        extent = words.extent(report)
        gaps = report.gaps.map(words.text)
    }
}
