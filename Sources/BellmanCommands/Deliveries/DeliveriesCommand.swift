import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Notices on their way, sent and dead.",
        discussion: "Example: bellman deliveries list --state waiting",
        subcommands: [List.self, Show.self, Resend.self], defaultSubcommand: List.self)

    static func list(_ instance: Instance, state: DeliveryState?, limit: Int, format: ListFormat) throws {
        let zone = instance.configuration.timing.zone
        var listing = Listing(
            [
                .init("id", "id"), .init("state", Words.pick("state", "状态")),
                .init("channel", Words.pick("channel", "通道")),
                .init("to", Words.pick("to", "收件人")), .init("rule", Words.pick("rule", "规则")),
                .init("record", Words.pick("record", "记录")), .init("fired", Words.pick("fired", "触发于")),
                .init("late", Words.pick("late", "迟到")), .init("attempts", Words.pick("tries", "次数")),
                .init("reason", Words.pick("reason", "原因")), .init("title", Words.pick("title", "标题")),
            ], nothing: Words.pick("no deliveries", "没有投递"))
        for item in try instance.store.items(state: state, channel: nil, limit: limit) {
            let notice = item.notice
            listing.add([
                .string(notice.id), .string(item.state.rawValue), .string(notice.channel),
                .string(notice.recipients.map(\.name).joined(separator: ", ")), .string(notice.rule),
                .string(notice.record),
                .string(notice.firedAt.shown(in: zone)), .bool(notice.late), .int(Int64(item.attempts)),
                .string(item.reason.detail.isEmpty ? item.reason.code : "\(item.reason.code): \(item.reason.detail)"),
                .string(notice.title),
            ])
        }
        listing.show(format)
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The newest first.", discussion: "Example: bellman deliveries list --state dead --format json")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Option(name: .long, help: "waiting, held, sent, dropped or dead.") var state: String?
        @Option(name: .long, help: "At most so many.") var limit = 200

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            var wanted: DeliveryState?
            if let state {
                wanted = DeliveryState(rawValue: state)
                guard wanted != nil else {
                    throw Failure(
                        .usage, "no state “\(state)”: waiting, held, sent, dropped, dead",
                        "没有状态“\(state)”：waiting、held、sent、dropped、dead")
                }
            }
            try DeliveriesCommand.list(instance, state: wanted, limit: limit, format: list.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One notice with its text and every try.", discussion: "Example: bellman deliveries show n-…")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Argument(help: "Id of the delivery.") var id: String

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            guard let item = try instance.store.item(id: id) else {
                throw Failure(.wrong, "there is no delivery \(id)", "没有投递 \(id)")
            }
            let zone = instance.configuration.timing.zone
            let text = item.notice.text.map { part in
                switch part {
                case .authored(let words), .value(let words): words
                }
            }.joined()
            var listing = Listing([.init("what", ""), .init("value", "")], nothing: "")
            let facts: [(String, String)] = [
                (Words.pick("state", "状态"), item.state.rawValue), (Words.pick("channel", "通道"), item.notice.channel),
                (
                    Words.pick("to", "收件人"),
                    item.notice.recipients.map { "\($0.name) <\($0.email ?? $0.id)>" }.joined(separator: ", ")
                ),
                (Words.pick("rule", "规则"), item.notice.rule), (Words.pick("record", "记录"), item.notice.record),
                (Words.pick("meant for", "应在"), item.notice.scheduledAt.shown(in: zone)),
                (Words.pick("fired", "触发于"), item.notice.firedAt.shown(in: zone)),
                (Words.pick("title", "标题"), item.notice.title), (Words.pick("text", "正文"), text),
            ]
            for (name, value) in facts { listing.add([.string(name), .string(value)]) }
            for attempt in try instance.store.attempts(notice: id) {
                listing.add([
                    .string(Words.pick("try \(attempt.number)", "第 \(attempt.number) 次")),
                    .string("\(attempt.at.shown(in: zone)) \(attempt.verdict): \(attempt.answer)"),
                ])
            }
            listing.show(list.format)
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends again, with the same id.", discussion: "Example: bellman deliveries resend n-…")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Ids of deliveries.") var ids: [String]

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            for id in ids {
                guard try instance.store.resend(id: id, now: instance.clock.now()) else {
                    throw Failure(.wrong, "there is no delivery \(id)", "没有投递 \(id)")
                }
            }
            instance.nudge()
            Terminal.line(Words.pick("\(ids.count) waiting to be sent again", "\(ids.count) 条等待重发"))
        }
    }
}

struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead", abstract: "Dead letters: what could not be delivered, and why.",
        discussion: "Example: bellman dead\nSend again: bellman deliveries resend ID")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        try DeliveriesCommand.list(instance, state: .dead, limit: 1_000, format: list.format)
    }
}
