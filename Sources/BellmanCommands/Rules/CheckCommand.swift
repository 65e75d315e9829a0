import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import SourceDiagnostics

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Is the configuration right, and are the rules?",
        discussion: """
            Without PATH it checks the configuration and its rules folder.

            Example: bellman check
            Example: bellman check rules/ --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Rule files or folders.")
    var paths: [String] = []
    @Option(name: .long, help: "text, json or sarif.")
    var format: Format = .text

    func run() async throws {
        let location = try global.location()
        var problems: [Diagnostic] = []
        var workshop: Workshop?
        let reading = try Workshop.read(location, needsSecrets: false)
        Words.choose(reading.configuration.language)
        do {
            // A secret that only the service has is a warning, and none of those who check rules alone.
            let made = try Workshop(location, needsSecrets: false)
            problems += paths.isEmpty ? made.remarks : made.remarksOnFile
            workshop = made
        } catch let troubles as ConfigurationTroubles {
            problems += troubles.problems
        }
        var rules: [Rule] = []
        var files = 0
        var unreadable = 0
        if let workshop {
            let found = try check(workshop)
            problems += found.problems
            rules = found.rules
            files = found.files
            unreadable = found.unreadable
        }
        show(problems, rules: rules, files: files, workshop: workshop)
        if let workshop, paths.isEmpty {
            members(workshop)
            if let words = OpenRules.words(workshop) { Terminal.error(Words.warning + words) }
        }
        if unreadable > 0 || problems.contains(where: { $0.severity == .error }) { throw Failure(.wrong, "", "") }
    }

    private struct Found {
        let problems: [Diagnostic]
        let rules: [Rule]
        let files: Int
        let unreadable: Int
    }

    private func check(_ workshop: Workshop) throws -> Found {
        var texts: [(path: String, text: String)] = []
        var troubles: [String] = []
        for path in paths.isEmpty ? [workshop.rulesFolder.path] : paths {
            if TextFile.isFolder(path) {
                switch RulesFolder(path: path).scan() {
                case .success(let found):
                    texts += found.files.map { ("\(path)/\($0.path)", $0.text) }
                    for case .unreadable(let file, let why) in found.troubles { troubles.append("\(file): \(why)") }
                case .failure(.unreadable(let folder, let why)): troubles.append("\(folder): \(why)")
                }
            } else {
                switch TextFile.read(path, limit: YAMLReader.maximumSize * 16) {
                case .success(let bytes): texts.append((path, String(decoding: bytes, as: UTF8.self)))
                case .failure(let failure): troubles.append("\(path): \(failure.text)")
                }
            }
        }
        var keeper = RuleKeeper(reader: workshop.ruleReader, good: [:])
        let outcome = keeper.load(texts)
        for trouble in troubles { Terminal.error(Words.prefix + Words.pick("cannot read ", "读不到 ") + trouble) }
        let coverage = CalendarCoverage.warnings(outcome.rules, texts, now: SystemClock().now())
        let broken = calendarProblems(workshop, told: workshop.remarks + outcome.problems)
        return Found(
            problems: (outcome.problems + SeenWords(workshop).warnings(outcome.words) + coverage + broken)
                .sortedByPosition(),
            rules: outcome.rules, files: texts.count, unreadable: troubles.count)
    }

    /// What is wrong in calendar files, without what is said already where they are named: one slip is one error.
    private func calendarProblems(_ workshop: Workshop, told: [Diagnostic]) -> [Diagnostic] {
        let words = told.filter { $0.severity == .error }.map { $0.fact.message(.en) }
        return workshop.configuration.calendars.reports.flatMap(\.problems).filter { problem in
            // That a file is not there is said where it is named.
            guard !problem.file.bytes.isEmpty else { return false }
            let place = "\(problem.file.name):\(problem.start.line):\(problem.start.column): "
            return !words.contains { $0.contains(place + problem.fact.message(.en)) }
        }
    }

    private func show(_ problems: [Diagnostic], rules: [Rule], files: Int, workshop: Workshop?) {
        let language: Language = Words.isChinese ? .zh : .en
        switch format {
        case .json: Terminal.line(JSONRenderer(language: language).render(problems))
        case .sarif:
            Terminal.line(
                SARIFRenderer(language: language, toolName: "bellman", toolVersion: BellmanVersion.text).render(
                    problems))
        case .text:
            if !problems.isEmpty {
                Terminal.write(TextRenderer(language: language, color: Terminal.usesColor).render(problems))
            }
            if let workshop { schedules(rules, workshop) }
            let errors = problems.filter { $0.severity == .error }.count
            let warnings = problems.count - errors
            Terminal.line(
                Words.pick(
                    "\(Words.count(files, "file")), \(Words.count(rules.count, "rule")), \(Words.count(errors, "error")), \(Words.count(warnings, "warning"))",
                    "\(files) 个文件，\(rules.count) 条规则，\(errors) 个错误，\(warnings) 个警告"))
        }
    }

    /// Of the store's members, whose own times no file can be wrong about; on standard error, so that every format stays
    /// what it is.
    private func members(_ workshop: Workshop) {
        let problems = MemberTimes.problems(workshop)
        for problem in problems.prefix(MemberTimes.shown) {
            Terminal.error(Words.warning + problem.words(Words.isChinese ? .zh : .en))
        }
        if problems.count > MemberTimes.shown {
            let more = problems.count - MemberTimes.shown
            Terminal.error(Words.pick("… and \(more) more", "……还有 \(more) 处"))
        }
    }

    /// The next three instants of every schedule, so that its author sees what it means.
    private func schedules(_ rules: [Rule], _ workshop: Workshop) {
        let now = SystemClock().now()
        for rule in rules {
            for case .schedule(let trigger) in rule.triggers {
                var at = now
                var next: [String] = []
                while next.count < 3, let instant = trigger.schedule.next(after: at) {
                    next.append(instant.shown(in: rule.timing.zone))
                    at = instant
                }
                // COUNT and UNTIL can lie behind us.
                let shown = next.isEmpty ? Words.pick("rings no more", "不会再响") : next.joined(separator: ", ")
                Terminal.line("\(rule.id): \(shown)")
            }
        }
    }
}
