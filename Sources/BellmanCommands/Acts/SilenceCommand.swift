import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct SilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "What should not ring for a time.",
        discussion: """
            Example: bellman silence contract-renewal --for 3d --reason "moving house"
            Every weekend: bellman silence add --kind task --every "friday at 18:00" --for "60 hours" --reason weekend
            What would ring meanwhile is written down as silenced, with the silence's id.
            """, subcommands: [Add.self, List.self, End.self], defaultSubcommand: Add.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes one; what is given must all fit.",
            discussion: """
                Example: bellman silence add --kind task --if 'task.priority == "low"' --until 2026-10-08 --reason holiday
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "A rule.", completion: Completing.rules) var ruleName: String?
        @Option(name: .long, help: "A rule.", completion: Completing.rules) var rule: String?
        @Option(name: .long, help: "Rules with this tag.") var tag: String?
        @Option(name: .long, help: "Rules about this kind of record.", completion: Completing.kinds)
        var kind: String?
        @Option(name: .long, help: ArgumentHelp("One record.", valueName: "kind/id")) var record: String?
        @Option(name: .customLong("if"), help: "An expression over the record of the kind.") var condition: String?
        @Option(name: .customLong("for"), help: "How long: 3d, 60 hours; with --every, each time.") var length: String?
        @Option(name: .long, help: "Until when; a date means its end.") var until: String?
        @Option(name: .long, help: "From when; now.") var from: String?
        @Option(name: .long, help: "When it comes again: “friday at 18:00”.") var every: String?
        @Option(name: .long, help: "Why; shown to everybody who asks.") var reason: String?
        @Option(name: .long, help: ArgumentHelp("The member who does it.", valueName: "member")) var by: String?

        func validate() throws {
            if ruleName != nil, rule != nil { throw ValidationError("name the rule once") }
        }

        func run() async throws {
            let instance = try global.instance()
            var request = SilenceRequest(
                scope: SilenceScope(
                    rule: ruleName ?? rule, tag: tag, kind: kind, record: record, condition: condition))
            request.from = from ?? ""
            request.until = until ?? ""
            request.length = length ?? ""
            request.every = every ?? ""
            request.reason = reason ?? ""
            let person = try ActorOptions.person(by, instance)
            let silence: Silence
            do {
                silence = try instance.peopleDesk(rules: ActSupport.rules(instance)).silence(
                    request, by: person, way: "command")
            } catch let problem as SilenceProblem {
                throw Failure(.wrong, Add.located(problem, .en), Add.located(problem, .zh))
            }
            let words = SilenceWords(Words.language, timing: instance.configuration.timing)
            Terminal.line(
                Words.pick(
                    "\(silence.id): \(silence.scope.text) is silent, \(words.when(silence))",
                    "\(silence.id)：\(silence.scope.text) 静默，\(words.when(silence))"))
        }

        /// With the option that is to be mended.
        private static func located(_ problem: SilenceProblem, _ language: AlmanacLanguage) -> String {
            let words = problem.words(language)
            return problem.field.isEmpty ? words : "--\(problem.field): \(words)"
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Those that are not over; with --all those that are.",
            discussion: "Example: bellman silence list --format json")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Flag(name: .long, help: "Also those that are over.") var all = false
        @Option(name: .long, help: "At most so many.") var limit = 1_000

        func run() async throws {
            let instance = try global.instance()
            let timing = instance.configuration.timing
            let words = SilenceWords(Words.language, timing: timing)
            let now = instance.clock.now()
            var listing = Listing(
                [
                    .init("id", "id"), .init("scope", Words.pick("what", "静默什么")),
                    .init("state", Words.pick("state", "状态")), .init("from", Words.pick("from", "开始")),
                    .init("until", Words.pick("until", "结束")), .init("every", Words.pick("every", "周期")),
                    .init("for", Words.pick("each time", "每次")), .init("by", Words.pick("by", "设置人")),
                    .init("made", Words.pick("made", "设置时间")), .init("reason", Words.pick("reason", "原因")),
                ], nothing: Words.pick("nothing is silenced", "没有静默"))
            for silence in try instance.store.silences(limit: limit)
            where all || (silence.over.map { $0 > now } ?? true) {
                let state = list.format == .table ? words.state(silence, at: now) : words.code(silence, at: now)
                listing.add([
                    .string(silence.id), .string(silence.scope.text), .string(state),
                    .string(silence.from.shown(in: timing.zone)),
                    .string(silence.over?.shown(in: timing.zone) ?? ""), .string(silence.recurrence?.every ?? ""),
                    .string(silence.recurrence?.length.canonical ?? ""), .string(silence.by.id),
                    .string(silence.at.shown(in: timing.zone)), .string(silence.reason),
                ])
            }
            listing.show(list.format)
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends one before its time.", discussion: "Example: bellman silence end s-k3v9q2ab --by wang")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the silence.") var id: String

        func run() async throws {
            let instance = try global.instance()
            let by = try actor.person(instance)
            let desk = instance.peopleDesk(rules: [])
            switch try desk.endSilence(id, by: by, comment: actor.comment, way: "command") {
            case .ended: Terminal.line(Words.pick("\(id) is ended", "\(id) 已结束"))
            case .already(let silence):
                let at = (silence.over ?? silence.at).shown(in: instance.configuration.timing.zone)
                Terminal.line(Words.pick("\(id) was over before, at \(at)", "\(id) 早已在 \(at) 结束"))
            case .unknown:
                throw Failure(
                    .wrong, "there is no silence \(id); to see those there are: bellman silence list",
                    "没有静默 \(id)；查看现有的：bellman silence list")
            }
        }
    }
}
