import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct AckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Takes a notice upon somebody: repetition and escalation end for all.",
        discussion: """
            Example: bellman ack contract-renewal contract/C-12 --by wang --comment "on the phone with them"
            Also by the id of a firing (bellman firings) or of one of its notices.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var actor: ActorOptions
    @Argument(help: "A firing, a notice or a rule.", completion: Completing.rules) var firing: String
    @Argument(help: "With a rule: its record.") var record: String?

    func run() async throws {
        let instance = try global.instance()
        let rules = try ActSupport.rules(instance)
        let entry = try ActSupport.find(firing, record: record, instance, rules)
        let by = try actor.person(instance)
        let outcome = try instance.peopleDesk(rules: rules).acknowledge(
            firing: entry.firing, by: by, comment: actor.comment, way: "command")
        let name = ActSupport.name(entry)
        switch outcome {
        case .done:
            let person = instance.shownName(by)
            Terminal.line(Words.pick("acknowledged: \(name) (\(person))", "已确认：\(name)（\(person)）"))
        case .already(let who, let at, _):
            let shown = at.shown(in: instance.configuration.timing.zone)
            let person = instance.shownName(who)
            Terminal.line(
                Words.pick(
                    "\(name) was acknowledged before, by \(person) at \(shown)", "\(name) 早已由 \(person) 在 \(shown) 确认"))
        case .unknown, .refused:
            throw Failure(.wrong, "there is no firing \(entry.firing)", "没有提醒 \(entry.firing)")
        }
    }
}
