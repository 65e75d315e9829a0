import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import SourceDiagnostics

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "What another set of rules would add, cancel, move or reword.",
        discussion: """
            Compares two forecasts on the present records: by the rules in NEW_RULES_DIR, and by those that count now. \
            Nothing is sent and nothing is stored. A file with errors ends it, with the problems.

            Example: bellman plan new-rules/
            Example: git worktree add ../proposal renewals && bellman plan ../proposal/rules --days 90
            Example: bellman plan new-rules/ --exit-code --format json

            Exit codes: 0 well, 1 a rule file is wrong – or, with --exit-code, something would be different –, 2 usage.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("Folder with the new rule files.", valueName: "new-rules-dir"))
    var folder: String
    @Option(name: .long, help: "Days ahead, 1 to \(Forecaster.daysLimit).")
    var days = 90
    @Option(name: .long, help: "table or json.")
    var format: Format = .table
    @Flag(name: .long, help: "End with 1 where anything would be different.")
    var exitCode = false

    func validate() throws {
        guard (1...Forecaster.daysLimit).contains(days) else {
            throw ValidationError("--days wants a number from 1 to \(Forecaster.daysLimit)")
        }
    }

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        let planner = Planner(instance)
        let planned = planner.read(folder: folder)
        try PlanCommand.accept(planned)
        let bar = ProgressBar(title: Words.pick("comparing", "比较中"))
        let plan = try planner.plan(
            old: try instance.presentRules(), new: planned.rules, from: instance.clock.now(), days: days
        ) { bar.show(done: $0, of: $1, rows: $0) }
        bar.finish()
        let zone = instance.configuration.timing.zone
        switch format {
        case .table: Terminal.write(PlanText(plan, Words.language, zone: zone).text)
        case .json: Terminal.line(BellmanModel.JSONText.write(plan.json(Words.language), indent: 2))
        }
        if exitCode, !plan.isEmpty { throw Failure(.wrong, "", "") }
    }

    /// Shows what is wrong with files; ends where anything is.
    static func accept(_ planned: PlannedRules) throws {
        if !planned.problems.isEmpty {
            Terminal.error(
                TextRenderer(language: Words.isChinese ? .zh : .en, color: Terminal.usesColor).render(planned.problems))
        }
        if let first = planned.unreadable.first {
            throw Failure(.wrong, "cannot read \(first.path): \(first.why)", "读不到 \(first.path)：\(first.why)")
        }
        if !planned.isWell { throw Failure(.wrong, "", "") }
    }
}
