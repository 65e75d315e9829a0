import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct SnoozeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "One person's notice comes again later, unless somebody acknowledges it.",
        discussion: """
            Example: bellman snooze contract-renewal contract/C-12 --by wang --for 1d
            A date alone means the configured time of that day: --until 2026-10-08
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var actor: ActorOptions
    @Argument(help: "A firing, a notice or a rule.", completion: Completing.rules) var firing: String
    @Argument(help: "With a rule: its record.") var record: String?
    @Option(name: .customLong("for"), help: ArgumentHelp("How long: 1d, 3 hours, 2 working days.", valueName: "length"))
    var length: String?
    @Option(name: .long, help: ArgumentHelp("Until when: 2026-10-08 or 2026-10-08T14:00.", valueName: "time"))
    var until: String?

    func validate() throws {
        if (length == nil) == (until == nil) { throw ValidationError("give --for or --until") }
    }

    func run() async throws {
        let instance = try global.instance()
        let rules = try ActSupport.rules(instance)
        let until = try moment(instance)
        let entry = try ActSupport.find(firing, record: record, instance, rules)
        let desk = instance.peopleDesk(rules: rules)
        let by = try person(instance, desk, entry)
        let outcome = try desk.snooze(
            firing: entry.firing, by: by, until: until, comment: actor.comment, way: "command")
        let zone = instance.configuration.timing.zone
        let name = ActSupport.name(entry)
        let shown = until.shown(in: zone)
        switch outcome {
        case .done:
            Terminal.line(
                Words.pick(
                    "\(name) comes again to \(instance.shownName(by)) at \(shown)",
                    "\(name) 将在 \(shown) 再次提醒 \(instance.shownName(by))"))
        case .already(let who, let at, let choice):
            let what = Words.pick(choice.isEmpty ? "acknowledged" : "put off", choice.isEmpty ? "确认" : "推迟")
            let when = at.shown(in: zone)
            let person = instance.shownName(who)
            Terminal.line(
                Words.pick(
                    "\(name) was \(what) before, by \(person) at \(when)", "\(name) 早已由 \(person) 在 \(when) \(what)"))
        case .refused(.past):
            throw Failure(.wrong, "\(shown) is past; name a later time", "\(shown) 已经过去，请写更晚的时间")
        case .refused, .unknown: throw try notTheirs(by, desk, entry)
        }
    }

    private func moment(_ instance: Instance) throws -> Instant {
        let timing = instance.configuration.timing
        if let length {
            guard let period = ActTimes.length(length) else {
                throw Failure(
                    .usage, "“\(length)” is no length of time; write it like 1d, 3 hours or 2 working days",
                    "“\(length)”不是时长；请写成 1d、3 小时 或 2 个工作日 这样的形式")
            }
            return OffsetRule(period: period, at: timing.at, zone: timing.zone, calendar: timing.calendar)
                .instant(for: instance.clock.now())
        }
        let text = until ?? ""
        guard let moment = ActTimes.moment(text, zone: timing.zone, day: { $1.resolve($0, timing.at) }) else {
            throw Failure(
                .usage, "“\(text)” is no time; write 2026-10-08 or 2026-10-08T14:00",
                "“\(text)”不是时间；请写成 2026-10-08 或 2026-10-08T14:00")
        }
        return moment
    }

    /// Without `--by` the system's user, where they are a member who had the notice.
    private func person(_ instance: Instance, _ desk: PeopleDesk, _ entry: LedgerEntry) throws -> Person {
        if actor.by != nil { return try actor.person(instance) }
        let people = try desk.recipients(firing: entry.firing)
        if people.contains(where: { $0.id == CommandActor.name }) { return Person(CommandActor.name) }
        throw try notTheirs(nil, desk, entry)
    }

    private func notTheirs(_ by: Person?, _ desk: PeopleDesk, _ entry: LedgerEntry) throws -> Failure {
        let people = try desk.recipients(firing: entry.firing).map(\.id)
        let name = ActSupport.name(entry)
        guard !people.isEmpty else {
            return Failure(
                .wrong, "\(name) has no notice to anybody that could come again; acknowledge it with: bellman ack",
                "\(name) 没有发给任何人的通知，无从推迟；可以确认：bellman ack")
        }
        let english = people.joined(separator: ", ")
        let chinese = people.joined(separator: "、")
        guard let by else {
            return Failure(
                .usage, "whose notice? say --by, one of: \(english)", "推迟谁的通知？请写 --by，可以是：\(chinese)")
        }
        return Failure(
            .wrong, "no notice of \(name) went to \(by.id); it went to: \(english)",
            "\(name) 没有发给 \(by.id)；发给了：\(chinese)")
    }
}
