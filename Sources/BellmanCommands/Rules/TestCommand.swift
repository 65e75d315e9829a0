import ArgumentParser
import BellmanDaemon
import Glibc

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Do the rules ring as their tests say?",
        discussion: """
            A test (a *.test.yaml file, best beside its rule) tells a story – records, what people do meanwhile, when \
            Bellman was stopped – and what must ring in it. It is lived on virtual time by the engine itself; nothing \
            is sent, and the store is not touched. Without PATH all tests of the rules folder run.

            Example: bellman test
            Example: bellman test rules/B1-contract-renewal.test.yaml
            Example: bellman test rules/ --filter renewal
            Example: bellman test --format junit --output report.xml

            Exit codes: 0 all passed, 1 a test failed or a file is wrong, 2 usage.
            The last line is always “N passed, N failed”. The format is told in docs/guides/rule-tests.md.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit }

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Test files or folders.")
    var paths: [String] = []
    @Option(name: .long, help: "text, json or junit.")
    var format: Format = .text
    @Option(name: .long, help: ArgumentHelp("Write the report there; the summary stays here.", valueName: "file"))
    var output: String?
    @Option(name: .long, help: ArgumentHelp("Only tests with this in file, name or rule.", valueName: "text"))
    var filter: String?
    @Option(name: .long, help: "Tests at the same time (default: one a core).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs wants a number above 0") }
    }

    func run() async throws {
        // Nothing is sent: rules are tested where the secrets of the real service are not at hand.
        let workshop = try global.workshop(needsSecrets: false)
        let bar = ProgressBar(title: Words.pick("testing", "测试"))
        let report = await RuleTestRunner(workshop).run(
            paths: paths, filter: filter, jobs: jobs ?? TestCommand.cores
        ) { done, total in
            bar.show(done: done, of: total, rows: done)
        }
        bar.finish()
        let isUntold = report.results.isEmpty && report.unreadable.isEmpty
        if isUntold, report.ruleProblems.isEmpty { throw nothingFound(workshop) }
        try show(report)
        if isUntold { throw nothingFound(workshop) }
        if !report.isWell { throw Failure(.wrong, "", "") }
    }

    private static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// A run that tests nothing must not look like one that passed.
    private func nothingFound(_ workshop: Workshop) -> Failure {
        let place = paths.isEmpty ? workshop.rulesFolder.path : paths.joined(separator: ", ")
        if let filter {
            return Failure(
                .wrong, "no test in \(place) has “\(filter)” in its file, name or rules; try without --filter",
                "\(place) 里没有文件名、名称或规则含“\(filter)”的测试；可以去掉 --filter 再试")
        }
        return Failure(
            .wrong,
            "no tests in \(place); write one beside a rule, such as rules/my-rule.test.yaml (docs/guides/rule-tests.md)",
            "\(place) 里没有测试；请在规则旁边写一个，例如 rules/my-rule.test.yaml（见 docs/guides/rule-tests.zh-CN.md）")
    }

    private func show(_ report: RuleTestReport) throws {
        let isFile = output != nil
        let text =
            switch format {
            case .text:
                report.text(Words.language, width: isFile ? 100 : Terminal.width, color: !isFile && Terminal.usesColor)
            case .json: report.json(Words.language)
            case .junit: report.junit(Words.language)
            }
        guard let output else {
            Terminal.write(text)
            // Programs read standard output, people the summary.
            if format != .text { Terminal.error(report.summary) }
            return
        }
        if case .failure(let failure) = TextFile.write(text, to: output) {
            throw Failure(.wrong, "cannot write \(output): \(failure.text)", "无法写入 \(output)：\(failure.text)")
        }
        Terminal.line(report.summary)
    }
}
