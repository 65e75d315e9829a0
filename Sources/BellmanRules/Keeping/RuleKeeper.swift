import SourceDiagnostics

/// Which rules are armed, given what stands in the folder and what was good before.
///
/// A broken file keeps its last good version and touches no other; if more than half of the rules vanish at once
/// they stay armed until someone confirms the loss. Pure: reading files and keeping texts is the caller's work.
public struct RuleKeeper: Sendable {
    public enum FileState: String, Sendable {
        case good
        /// Broken, and an earlier good version is in use.
        case kept
        /// Broken, and there never was a good version.
        case broken
        /// Gone, but held by the guard.
        case held
    }

    public struct FileReport: Sendable {
        public let path: String
        public let state: FileState
        public let problems: [Diagnostic]
        public let rules: [String]
    }

    public struct Outcome: Sendable {
        public let rules: [Rule]
        public let files: [FileReport]
        /// Rules that vanished and are held by the guard.
        public let held: [String]
        /// Texts to remember as last good, by path; `nil` forgets.
        public let remember: [(path: String, text: String?)]

        /// Words of status fields that the files name.
        public let words: [WordUse]

        public var problems: [Diagnostic] { files.flatMap(\.problems) }
    }

    /// Fewer rules than this may vanish together without a question.
    public static let guardFrom = 4

    private var reader: RuleFileReader
    /// Last good text by path.
    private var good: [String: String]
    /// Readings by path, so that an unchanged file is not compiled again.
    private var readings: [String: (text: String, reading: RuleFileReading)] = [:]

    public init(reader: RuleFileReader, good: [String: String]) {
        self.reader = reader
        self.good = good
    }

    /// What the reader knows of the world changed, such as a calendar: every file is read anew with the next `load`.
    public mutating func adopt(_ reader: RuleFileReader) {
        self.reader = reader
        readings = [:]
    }

    /// `acceptLoss` lets rules go that the guard would hold.
    public mutating func load(_ files: [(path: String, text: String)], acceptLoss: Bool = false) -> Outcome {
        var reports: [FileReport] = []
        var rules: [Rule] = []
        var remember: [(path: String, text: String?)] = []
        let present = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        var current = files.sorted { $0.path < $1.path }.map { ($0.path, read($0.path, $0.text)) }
        // After the files: where a good text still stands, it is read already.
        let before = rulesOfGood()
        refuseEmptied(&current, before)
        markRepeated(&current)
        for (path, reading) in current {
            if !reading.hasErrors {
                rules += reading.rules
                reports.append(
                    FileReport(path: path, state: .good, problems: reading.problems, rules: reading.rules.map(\.id)))
                if good[path] != present[path] { remember.append((path, present[path])) }
            } else if let kept = good[path] {
                let last = readGood(path, kept)
                rules += last.rules
                reports.append(
                    FileReport(path: path, state: .kept, problems: reading.problems, rules: last.rules.map(\.id)))
            } else {
                reports.append(FileReport(path: path, state: .broken, problems: reading.problems, rules: []))
            }
        }
        let lost = guardLoss(before: before, present: present, rules: &rules, reports: &reports, acceptLoss: acceptLoss)
        for path in good.keys.sorted() where present[path] == nil { remember.append((path, nil)) }
        // While a loss is not confirmed, the files it came from keep their last good text.
        let held = Set(lost.map(\.path))
        remember.removeAll { held.contains($0.path) }
        for (path, text) in remember { good[path] = text }
        readings = readings.filter { present[$0.key] != nil || good[$0.key] != nil }
        return Outcome(
            rules: RuleKeeper.unique(rules), files: reports, held: lost.map(\.rule), remember: remember,
            words: current.flatMap(\.1.words))
    }

    // MARK: parts

    private mutating func read(_ path: String, _ text: String) -> RuleFileReading {
        if let known = readings[path], known.text == text { return known.reading }
        let reading = reader.read(SourceFile(name: path, text: text))
        readings[path] = (text, reading)
        return reading
    }

    private func readGood(_ path: String, _ text: String) -> RuleFileReading {
        reader.read(SourceFile(name: path, text: text))
    }

    private func rulesOfGood() -> [String: [Rule]] {
        var found: [String: [Rule]] = [:]
        for (path, text) in good.sorted(by: { $0.key < $1.key }) {
            let rules =
                readings[path].flatMap { $0.text == text ? $0.reading.rules : nil } ?? readGood(path, text).rules
            if !rules.isEmpty { found[path] = rules }
        }
        return found
    }

    /// An editor that truncates before it writes, a copy that was cut short, a disk that filled up: an empty file takes
    /// no rule away, deleting it does.
    private func refuseEmptied(_ files: inout [(String, RuleFileReading)], _ before: [String: [Rule]]) {
        let elsewhere = Set(files.flatMap { $0.1.rules.map(\.id) })
        for (index, file) in files.enumerated() where file.1.rules.isEmpty && !file.1.hasErrors {
            let lost = (before[file.0] ?? []).map(\.id).filter { !elsewhere.contains($0) }
            guard !lost.isEmpty, let text = readings[file.0]?.text else { continue }
            let source = SourceFile(name: file.0, text: text)
            let problem = Diagnostic(fact: RuleProblem.emptied(lost), file: source, range: source.lineRange(1))
            files[index].1 = RuleFileReading(
                rules: [], problems: file.1.problems + [problem], words: file.1.words)
        }
    }

    /// An id in two files: both are refused, because neither can be known to be the meant one.
    private func markRepeated(_ files: inout [(String, RuleFileReading)]) {
        var places: [String: [Int]] = [:]
        for (index, file) in files.enumerated() {
            for id in Set(file.1.rules.map(\.id)) { places[id, default: []].append(index) }
        }
        for (id, indices) in places.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
            for index in indices {
                let other = indices.first { $0 != index } ?? index
                files[index].1 = refuse(id, files[index], other: files[other])
            }
        }
    }

    private func refuse(
        _ id: String, _ file: (String, RuleFileReading), other: (String, RuleFileReading)
    ) -> RuleFileReading {
        let line = other.1.rules.first { $0.id == id }?.place.line ?? 1
        let own = file.1.rules.first { $0.id == id }?.place.line ?? 1
        guard let text = readings[file.0]?.text else { return file.1 }
        let source = SourceFile(name: file.0, text: text)
        let fact = RuleProblem.duplicateIdentifier(id, otherFile: other.0, otherLine: line)
        let problem = Diagnostic(fact: fact, file: source, range: source.lineRange(own))
        return RuleFileReading(rules: file.1.rules, problems: file.1.problems + [problem], words: file.1.words)
    }

    private func guardLoss(
        before: [String: [Rule]], present: [String: String], rules: inout [Rule], reports: inout [FileReport],
        acceptLoss: Bool
    ) -> [(path: String, rule: String)] {
        let known = before.values.reduce(0) { $0 + $1.count }
        // A rule with a new id that names its old one is the same rule.
        let alive = Set(rules.map(\.id) + rules.compactMap(\.was))
        let lost = before.sorted { $0.key < $1.key }.flatMap { path, list in
            list.filter { !alive.contains($0.id) }.map { (path, $0) }
        }
        guard !acceptLoss, known >= RuleKeeper.guardFrom, lost.count * 2 > known else { return [] }
        for (path, list) in Dictionary(grouping: lost, by: \.0).sorted(by: { $0.key < $1.key }) {
            rules += list.map(\.1)
            if present[path] == nil {
                reports.append(FileReport(path: path, state: .held, problems: [], rules: list.map(\.1.id)))
            }
        }
        return lost.map { (path: $0.0, rule: $0.1.id) }
    }

    /// One rule an id, the first in the order of files.
    private static func unique(_ rules: [Rule]) -> [Rule] {
        var seen: Set<String> = []
        return rules.filter { seen.insert($0.id).inserted }
    }
}
