import BellmanRules
import SourceDiagnostics

/// The rules that the tests of one folder are about: those of the configuration, of the folder that was named, and
/// those beside the test file. Where two have one id, the nearer one counts.
final class RuleShelf {
    private let workshop: Workshop
    /// Nearest last; each file once.
    private let groups: [[(path: String, text: String)]]
    private(set) var unreadable: [(path: String, why: String)] = []
    private var readings: [RuleTestSettings: (rules: [Rule], problems: [Diagnostic])] = [:]

    /// `named` is the folder on the command line that led to the test; nil where the file itself was named.
    init(_ workshop: Workshop, named: String?, beside folder: String) {
        self.workshop = workshop
        var seen: Set<String> = []
        var groups: [[(path: String, text: String)]] = []
        var unreadable: [(path: String, why: String)] = []
        // The nearest first, so that a file that two ways lead to counts as near.
        let ways = [(folder, true)] + (named.map { [($0, false)] } ?? []) + [(workshop.rulesFolder.path, false)]
        for (path, isFlat) in ways where TextFile.isFolder(path) {
            let found = RuleShelf.scan(path, isFlat: isFlat)
            unreadable += found.unreadable
            groups.append(found.files.filter { seen.insert(TestFiles.real($0.path)).inserted })
        }
        self.groups = groups.reversed()
        self.unreadable = unreadable
    }

    private static func scan(_ path: String, isFlat: Bool) -> (
        files: [(path: String, text: String)], unreadable: [(path: String, why: String)]
    ) {
        switch RulesFolder(path: path).scan() {
        case .failure(.unreadable(let folder, let why)): return ([], [(folder, why)])
        case .success(let found):
            let files = found.files.filter {
                // A configuration beside a test is no rule file.
                !isFlat || !$0.path.contains("/") && $0.path != "bellman.yaml"
            }
            let troubles = found.troubles.map { trouble in
                switch trouble {
                case .unreadable(let file, let why): ("\(path)/\(file)", why)
                }
            }
            let prefix = path == "." ? "" : "\(path)/"
            return (files.map { (prefix + $0.path, $0.text) }, isFlat ? [] : troubles)
        }
    }

    /// The rules as they are with a test's zone and language.
    func rules(_ settings: RuleTestSettings) -> (rules: [Rule], problems: [Diagnostic]) {
        if let known = readings[settings] { return known }
        var defaults = workshop.ruleReader.defaults
        defaults.timing = settings.timing
        defaults.language = settings.language
        defaults.currency = settings.currency
        let reader = RuleFileReader(language: workshop.language, defaults: defaults)
        var rules: [String: Rule] = [:]
        var problems: [Diagnostic] = []
        for group in groups {
            var keeper = RuleKeeper(reader: reader, good: [:])
            let outcome = keeper.load(group)
            for rule in outcome.rules { rules[rule.id] = rule }
            problems += outcome.problems.filter { $0.severity == .error }
        }
        let reading = (rules: rules.values.sorted { $0.id < $1.id }, problems: problems)
        readings[settings] = reading
        return reading
    }
}
