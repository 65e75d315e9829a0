import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStoreSQLite

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a rule rang for a record, or did not, or never could.",
        discussion: """
            Shows each moment that the rule has for the record, past and to come; the latest decision with the record as
            it stood then, the condition part by part, and what became of its notices; and what would have to be
            otherwise for the rule to ring. Changes nothing, and works beside a running daemon.

            Example: bellman why contract-renewal contract/C-12
            Example: bellman why contract-renewal C-12 --at 2026-10-01
            Example: bellman why weekly-report --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Id of the rule.", completion: Completing.rules) var rule: String
    @Argument(help: "kind/id; or the id, name or title where the rule is about one kind. None for a schedule.")
    var record: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The decision nearest to that time, on its day; a date means the day.", valueName: "time"))
    var at: String?
    @Option(name: .long, help: "table or json.") var format: Format = .table

    func run() async throws {
        let workshop = try global.workshop(needsSecrets: false)
        let path = workshop.configuration.resolve(workshop.configuration.storePath)
        // Asking must not make a store: there is nothing in it to tell.
        guard TextFile.exists(path) else {
            throw Failure(
                .wrong, "there is no store at \(path) yet; bellman import or bellman run makes it",
                "\(path) 还没有存储；运行 bellman import 或 bellman run 会创建它")
        }
        let instance = try Instance(workshop, role: .command)
        let zone = instance.configuration.timing.zone
        do {
            let report = try instance.whyDesk().answer(rule: rule, record: record, at: at)
            switch format {
            case .table:
                for line in WhyText.lines(report, language: Words.language, zone: zone) { Terminal.line(line) }
            case .json:
                Terminal.line(
                    BellmanModel.JSONText.write(WhyJSON.value(report, language: Words.language, zone: zone)))
            }
        } catch let problem as WhyProblem {
            throw Failure(problem.isUsage ? .usage : .wrong, problem.words(.en), problem.words(.zh))
        }
    }
}

extension WhyProblem {
    /// The question itself is wrong, whatever the store holds.
    fileprivate var isUsage: Bool {
        switch self {
        case .badTime, .recordMissing: true
        case .unknownRule, .unknownRecord, .ambiguous: false
        }
    }
}
