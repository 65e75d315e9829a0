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

    /// By file and line, A2 before A10.
    private static func stand(_ a: RuleReport, before b: RuleReport) -> Bool {
        (key(a.file), a.line) < (key(b.file), b.line)
    }

    /// Runs of digits get zeros before them, so that they compare as numbers.
    private static func key(_ text: String) -> String {
        var (key, digits) = ("", "")
        for character in text + "/" {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            key += String(repeating: "0", count: digits.isEmpty ? 0 : max(0, 9 - digits.count)) + digits
            digits = ""
            key.append(character)
        }
        return key
    }

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
                    .init("file", Words.pick("file", "文件"), rank: 1),
                    .init("last", Words.pick("last ring", "上次")), .init("next", Words.pick("next", "下次")),
                    .init("problem", Words.pick("problem", "问题")),
                ],
                nothing: Words.pick(
                    "no rules in \(instance.workshop.rulesFolder.path)", "\(instance.workshop.rulesFolder.path) 里没有规则"))
            for rule in report.rules.sorted(by: RulesCommand.stand(_:before:)) {
                listing.add([
                    .string(rule.id), .string(StateWords.text(rule.state, list.format)),
                    .string("\(rule.file):\(rule.line)"),
                    rule.lastRing.map { .string($0.shown(in: zone, list.format)) } ?? .null, .string(rule.nextRing),
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
