import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import SourceDiagnostics

/// Who acts, for commands about notices.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The member who does it (id, e-mail or name); else the system's user.", valueName: "member"))
    var by: String?

    @Option(name: .long, help: "Why, for the audit log.")
    var comment = ""

    /// Members that a mistyped name is held against.
    private static let looked = 2_000

    func person(_ instance: Instance) throws -> Person { try ActorOptions.person(by, instance) }

    static func person(_ by: String?, _ instance: Instance) throws -> Person {
        guard let by else { return Person("cli (\(CommandActor.name))") }
        if let member = try instance.member(by) { return Person(member.ref.id) }
        let near = nearest(by, among: try instance.memberNames(most: ActorOptions.looked))
        throw Failure(
            .wrong,
            "there is no member “\(by)”"
                + (near.map { "; did you mean \($0)?" } ?? "; members: bellman records list member"),
            "没有成员“\(by)”" + (near.map { "；是否指 \($0)？" } ?? "；查看成员：bellman records list member"))
    }
}

enum ActSupport {
    /// The rules in force, read without remembering anything.
    static func rules(_ instance: Instance) throws -> [Rule] {
        var book = try instance.ruleBook()
        return try book.read(remember: false, force: true)?.outcome.rules ?? []
    }

    static func find(_ text: String, record: String?, _ instance: Instance, _ rules: [Rule]) throws -> LedgerEntry {
        do { return try FiringFinder(store: instance.store, rules: rules).find(text, record: record) } catch let problem
            as FiringFinder.Problem
        {
            throw Failure(.wrong, problem.words(.en), problem.words(.zh))
        }
    }

    /// `contract-renewal contract/C-12`.
    static func name(_ entry: LedgerEntry) -> String {
        entry.key.subject.isEmpty ? entry.key.rule : "\(entry.key.rule) \(entry.key.subject)"
    }
}
