import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "What would have rung on the journal's history.",
        discussion: """
            Lives a stretch of the past again: records change as the journal has it, people acknowledge and silence as \
            they did, and the engine decides by the present rules, or by those in --rules. It happens in memory; there \
            is nothing in it that could send. Rules count as in force from --from on. What people answered to questions \
            by message is lived through as the journal has it.

            Example: bellman replay --from 2026-10-01 --to 2026-10-31
            Example: bellman replay --from 2026-10-01 --to 2026-11-01 --rules new-rules/ --rule B1-contract-renewal

            A date for --from is its beginning, for --to its end.
            Exit codes: 0 well, 1 a rule file or the store is wrong, 2 usage.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: ArgumentHelp("Date or time.", valueName: "time"))
    var from: String
    @Option(name: .long, help: ArgumentHelp("Date or time; now where it is left out.", valueName: "time"))
    var to: String?
    @Option(name: .long, help: ArgumentHelp("A folder with other rule files.", valueName: "dir"))
    var rules: String?
    @Option(name: .long, help: ArgumentHelp("Only these rules.", valueName: "id"), completion: Completing.rules)
    var rule: [String] = []
    @Option(name: .long, help: "table or json.")
    var format: Format = .table
    @Flag(name: .long, help: "Without the texts.")
    var brief = false

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        let zone = instance.configuration.timing.zone
        let start = try RunCommand.instant(from, zone: zone)
        let end = min(try to.map { try ReplayCommand.end($0, zone) } ?? instance.clock.now(), instance.clock.now())
        guard start < end else {
            throw Failure(.usage, "--from must be before --to, and before now", "--from 必须早于 --to，也早于现在")
        }
        let rules = try chosen(instance)
        let bar = ProgressBar(title: Words.pick("replaying", "回放中"))
        let replayed = try Replayer(instance).replay(rules: rules, only: rule, from: start, through: end) {
            bar.show(done: $0, of: $1, rows: $0)
        }
        bar.finish()
        switch format {
        case .table: Terminal.write(ReplayText(replayed, Words.language, zone: zone, isFull: !brief).text)
        case .json: Terminal.line(JSONText.write(replayed.json, indent: 2))
        }
    }

    private func chosen(_ instance: Instance) throws -> [Rule] {
        guard let folder = rules else {
            let all = try instance.presentRules()
            try RuleNames.know(rule, all)
            return all
        }
        let planned = Planner(instance).read(folder: folder)
        try PlanCommand.accept(planned)
        try RuleNames.know(rule, planned.rules)
        return planned.rules
    }

    /// A date means its end.
    private static func end(_ text: String, _ zone: Zone) throws -> Instant {
        if let date = CivilDate(iso: text) { return zone.startOfDay(date.adding(days: 1)).adding(microseconds: -1) }
        return try RunCommand.instant(text, zone: zone)
    }
}
