import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanDelivery
import BellmanModel
import BellmanRules
import SourceDiagnostics

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Every notice that time will bring, with text and recipients.",
        discussion: """
            The engine itself lives the coming days on virtual time, in a view of the store of which nothing stays: \
            nothing is sent, and neither store nor daemon notices. It counts with the records and rules as they are now; \
            what a change would bring cannot be foreseen, and the rules that ring on changes are named at the end.

            Example: bellman forecast
            Example: bellman forecast --days 90 --brief
            Example: bellman forecast --days 90 --person 王芳
            Example: bellman forecast --days 365 --format ics > bellman.ics

            Exit codes: 0 well, 1 a rule file or the store is wrong, 2 usage.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ics }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: "Days ahead, 1 to \(Forecaster.daysLimit).")
    var days = 30
    @Option(name: .long, help: "table, json or ics.")
    var format: Format = .table
    @Option(name: .long, help: ArgumentHelp("Only these rules.", valueName: "id"), completion: Completing.rules)
    var rule: [String] = []
    @Option(
        name: .long, help: ArgumentHelp("Only what is for this person: id, name or mail address.", valueName: "who"))
    var person: String?
    @Flag(name: .long, help: "Without the texts.")
    var brief = false

    func validate() throws {
        guard (1...Forecaster.daysLimit).contains(days) else {
            throw ValidationError("--days wants a number from 1 to \(Forecaster.daysLimit)")
        }
    }

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        let rules = try instance.presentRules()
        try RuleNames.know(rule, rules)
        let bar = ProgressBar(title: Words.pick("looking ahead", "推算中"))
        var forecast = try Forecaster(instance).forecast(rules: rules, from: instance.clock.now(), days: days) {
            bar.show(done: $0, of: $1, rows: $0)
        }
        bar.finish()
        forecast.keep(rules: rule, person: person)
        show(forecast, zone: instance.configuration.timing.zone)
    }

    private func show(_ forecast: Forecast, zone: Zone) {
        switch format {
        case .table: Terminal.write(ForecastText(forecast, Words.language, zone: zone, isFull: !brief).text)
        case .json: forecast.writeJSON(Words.language) { Terminal.write($0) }
        case .ics: Terminal.write(forecast.calendar(name: Words.pick("Bellman", "更夫")).text)
        }
    }
}

/// Ids of rules that a command was given.
enum RuleNames {
    /// Throws where one is no rule's, naming the nearest.
    static func know(_ ids: [String], _ rules: [Rule]) throws {
        for id in ids where !rules.contains(where: { $0.id == id }) {
            let near = nearest(id, among: rules.map(\.id))
            throw Failure(
                .wrong, "there is no rule \(id)" + (near.map { "; did you mean \($0)?" } ?? "; see bellman rules list"),
                "没有规则 \(id)" + (near.map { "；是不是 \($0)？" } ?? "；见 bellman rules list"))
        }
    }
}
