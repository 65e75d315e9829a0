import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct FiringsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firings", abstract: "What rang, and who acknowledged it.",
        discussion: "Example: bellman firings list --rule contract-renewal", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The newest first; with --all also what was decided not to ring.",
            discussion: "Example: bellman firings list --record contract/C-12 --format json")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Option(name: .long, help: "Only this rule.", completion: Completing.rules) var rule: String?
        @Option(name: .long, help: ArgumentHelp("Only this record.", valueName: "kind/id")) var record: String?
        @Flag(name: .long, help: "Every decision, whatever its outcome.") var all = false
        @Option(name: .long, help: "At most so many.") var limit = 100

        func run() async throws {
            let instance = try global.instance()
            let zone = instance.configuration.timing.zone
            var listing = Listing(
                [
                    .init("id", "id"), .init("rule", Words.pick("rule", "规则")),
                    .init("record", Words.pick("record", "记录")), .init("outcome", Words.pick("outcome", "结果")),
                    .init("reason", Words.pick("reason", "原因"), rank: 1),
                    .init("at", Words.pick("meant for", "应在"), rank: 2),
                    .init("decided", Words.pick("decided", "判定于"), rank: 3),
                    .init("acknowledged", Words.pick("acknowledged by", "确认人")),
                ], nothing: Words.pick("nothing has rung yet", "还没有响过"))
            let outcomes: Set<Outcome> = all ? [] : [.fired, .firedLate]
            let entries = try instance.store.ledger(rule: rule, subject: record, outcomes: outcomes, limit: limit)
            let people = try instance.store.read { view in
                try entries.map { try view.acknowledgement(firing: $0.firing)?.by }
            }.map { person in
                // Programs get the id.
                person.map { list.format == .table ? instance.shownName($0) : $0.id } ?? ""
            }
            for (entry, person) in zip(entries, people) {
                let reason =
                    list.format == .table
                    ? entry.reason.decisionWords(Words.language) ?? entry.reason.code
                    : entry.reason.detail.isEmpty ? entry.reason.code : "\(entry.reason.code) \(entry.reason.detail)"
                listing.add([
                    .string(entry.firing), .string(entry.key.rule), .string(entry.key.subject),
                    .string(StateWords.text(entry.outcome, list.format)), .string(reason),
                    .string(entry.scheduledAt.shown(in: zone, list.format)),
                    .string(entry.decidedAt.shown(in: zone, list.format)), .string(person),
                ])
            }
            listing.show(list.format)
        }
    }
}
