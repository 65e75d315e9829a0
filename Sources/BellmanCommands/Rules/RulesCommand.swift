import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanServer
import SourceDiagnostics

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The rules and their state.",
        discussion: "Example: bellman rules list", subcommands: [List.self, Accept.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every rule with state, file and last ring.",
            discussion: "Example: bellman rules list --format json")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let board = RulesBoard()
            var book = try instance.ruleBook()
            if let reading = try book.read(remember: false, force: true) { board.update(reading.outcome) }
            let zone = instance.configuration.timing.zone
            let report = board.report(
                store: instance.store, zone: zone, now: instance.clock.now(), language: instance.configuration.language)
            var listing = Listing(
                [
                    .init("id", "id"), .init("state", Words.pick("state", "状态")),
                    .init("file", Words.pick("file", "文件")),
                    .init("last", Words.pick("last ring", "上次")), .init("next", Words.pick("next", "下次")),
                    .init("problem", Words.pick("problem", "问题")),
                ],
                nothing: Words.pick(
                    "no rules in \(instance.workshop.rulesFolder.path)", "\(instance.workshop.rulesFolder.path) 里没有规则"))
            for rule in report.rules {
                listing.add([
                    .string(rule.id), .string(rule.state.rawValue), .string("\(rule.file):\(rule.line)"),
                    rule.lastRing.map { .string($0.shown(in: zone)) } ?? .null, .string(rule.nextRing),
                    .string(rule.problem),
                ])
            }
            listing.show(list.format)
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirms that vanished rules are really gone.", discussion: "Example: bellman rules accept")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            try RuleBook.accept(instance.store, at: instance.clock.now())
            instance.nudge(.rules)
            Terminal.line(Words.pick("accepted; it takes effect with the next look at the folder", "已确认，下次读取规则目录时生效"))
        }
    }
}
