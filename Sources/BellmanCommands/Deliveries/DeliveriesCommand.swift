import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Notices on their way, sent and dead.",
        discussion: "Example: bellman deliveries list --state waiting",
        subcommands: [List.self, Show.self, Resend.self], defaultSubcommand: List.self)

    static func list(
        _ instance: Instance, state: DeliveryState?, channel: String? = nil, limit: Int, format: ListFormat
    ) throws {
        let zone = instance.configuration.timing.zone
        var listing = Listing(
            [
                .init("id", "id"), .init("state", Words.pick("state", "状态")),
                .init("channel", Words.pick("channel", "通道")),
                .init("to", Words.pick("to", "收件人")), .init("rule", Words.pick("rule", "规则"), rank: 3),
                .init("record", Words.pick("record", "记录"), rank: 4),
                .init("fired", Words.pick("fired", "触发于"), rank: 1),
                .init("late", Words.pick("late", "迟到"), rank: 6),
                .init("attempts", Words.pick("tries", "次数"), rank: 5),
                .init("next", Words.pick("not before", "不早于"), rank: 4),
                .init("reason", Words.pick("reason", "原因"), rank: 2),
                .init("title", Words.pick("title", "标题")),
            ], nothing: Words.pick("no deliveries", "没有投递"))
        for item in try instance.store.items(state: state, channel: channel, limit: limit) {
            let notice = item.notice
            let isOpen = item.state == .waiting || item.state == .held
            listing.add([
                .string(notice.id), .string(StateWords.text(item.state, format)), .string(notice.channel),
                .string(notice.recipients.map(\.name).joined(separator: ", ")), .string(notice.rule),
                .string(notice.record),
                .string(notice.firedAt.shown(in: zone, format)), Words.cell(notice.late, format),
                .int(Int64(item.attempts)),
                .string(isOpen ? item.notBefore.shown(in: zone, format) : ""),
                .string(StateWords.text(item.reason, format)),
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
        @Option(name: .long, help: "Only this channel.", completion: Completing.channels) var channel: String?
        @Option(name: .long, help: "At most so many.") var limit = 200

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let wanted = try state.map(DeliveriesCommand.state)
            if let channel { try DeliveriesCommand.know(channel, instance) }
            try DeliveriesCommand.list(
                instance, state: wanted, channel: channel, limit: limit, format: list.format)
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
            let text = item.notice.text.map(\.words).joined()
            var listing = Listing([.init("what", ""), .init("value", "")], nothing: "")
            let facts: [(String, String)] = [
                (Words.pick("id", "编号"), item.notice.id),
                (Words.pick("state", "状态"), StateWords.text(item.state, list.format)),
                (Words.pick("reason", "原因"), StateWords.text(item.reason, list.format)),
                (Words.pick("not before", "不早于"), item.notBefore.shown(in: zone)),
                (Words.pick("channel", "通道"), item.notice.channel),
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
            if let bundle = item.bundle, bundle != id {
                listing.add([.string(Words.pick("sent in", "合并于")), .string(bundle)])
            }
            for attempt in try instance.store.attempts(notice: id) {
                listing.add([
                    .string(Words.pick("try \(attempt.number)", "第 \(attempt.number) 次")),
                    .string(
                        "\(attempt.at.shown(in: zone)) \(StateWords.verdict(attempt.verdict, list.format)): \(attempt.answer)"
                    ),
                ])
            }
            listing.showLines(list.format)
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends again, with the same id.",
            discussion: """
                Example: bellman deliveries resend n-…
                Every dead letter of a channel that works again: bellman deliveries resend --dead --channel chat
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Ids of deliveries.") var ids: [String] = []
        @Flag(name: .long, help: "All dead letters.") var dead = false
        @Option(name: .long, help: "With --dead: only this channel.", completion: Completing.channels) var channel:
            String?

        func validate() throws {
            if ids.isEmpty != dead { throw ValidationError("give ids, or --dead") }
            if channel != nil, !dead { throw ValidationError("--channel goes with --dead") }
        }

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            if let channel { try DeliveriesCommand.know(channel, instance) }
            let chosen =
                dead ? try instance.store.items(state: .dead, channel: channel, limit: .max).map(\.notice.id) : ids
            defer { instance.nudge() }
            for id in chosen.reversed() { try resend(id, instance) }
            Terminal.line(Words.pick("\(chosen.count) waiting to be sent again", "\(chosen.count) 条等待重发"))
        }

        private func resend(_ id: String, _ instance: Instance) throws {
            if try instance.store.resend(id: id, now: instance.clock.now()) { return }
            guard try instance.store.item(id: id) != nil else {
                throw Failure(.wrong, "there is no delivery \(id)", "没有投递 \(id)")
            }
            throw Failure(.wrong, "delivery \(id) is on its way already", "投递 \(id) 还在发送途中，不必重发")
        }
    }

    static func state(_ text: String) throws -> DeliveryState {
        if let state = DeliveryState(rawValue: text) { return state }
        throw Failure(
            .usage, "no state “\(text)”: waiting, held, sent, dropped, dead",
            "没有状态“\(text)”：waiting、held、sent、dropped、dead")
    }

    static func know(_ channel: String, _ instance: Instance) throws {
        if instance.workshop.channels.policies[channel] == nil { throw unknown(channel, instance) }
    }

    /// Endpoints stand apart from channels: they are none to those who write rules.
    static func unknown(_ channel: String, _ instance: Instance) -> Failure {
        let endpoints = instance.configuration.endpoints.map(\.name).sorted()
        let channels = instance.workshop.channels.policies.keys.filter { !endpoints.contains($0) }.sorted()
        let (all, others) = (channels.joined(separator: ", "), endpoints.joined(separator: ", "))
        return Failure(
            .wrong,
            "there is no channel “\(channel)”; channels: \(all)" + (others.isEmpty ? "" : "; endpoints: \(others)"),
            "没有通道“\(channel)”；现有：\(all)" + (others.isEmpty ? "" : "；端点：\(others)"))
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
