import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct ActsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acts", abstract: "The audit log: who acknowledged, put off, silenced and decided what, and why.",
        discussion: """
            Example: bellman acts f-… --format csv
            The newest first. A target is a firing, a silence, or approval/ID.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions
    @Argument(help: "Only what was done to this.") var target: String?
    @Option(name: .long, help: "At most so many.") var limit = 200

    func run() async throws {
        let instance = try global.instance()
        let zone = instance.configuration.timing.zone
        var listing = Listing(
            [
                .init("at", Words.pick("when", "时间")), .init("by", Words.pick("who", "谁")),
                .init("verb", Words.pick("what", "做了什么")), .init("target", Words.pick("to what", "对象")),
                .init("about", Words.pick("about", "关于")), .init("way", Words.pick("way", "途径")),
                .init("detail", Words.pick("detail", "详情")), .init("comment", Words.pick("why", "说明")),
            ], nothing: Words.pick("nobody has done anything yet", "还没有人做过什么"))
        let entries = try instance.store.acts(target: target, limit: limit)
        let names = try instance.store.read { view in
            try entries.map { try about($0.target, view) }
        }
        for (entry, name) in zip(entries, names) {
            listing.add([
                .string(entry.at.shown(in: zone)), .string(entry.by.id),
                .string(list.format == .table ? entry.words(Words.language) : entry.verb), .string(entry.target),
                .string(name), .string(entry.way), .string(entry.facts), .string(entry.comment),
            ])
        }
        listing.show(list.format)
    }

    /// The rule and the record of the firing, or of the question.
    private func about(_ target: String, _ view: any EngineView) throws -> String {
        if let ref = RecordRef(target), ref.kind == ApprovalQuestion.kind {
            guard let question = try view.record(ref).map(ApprovalQuestion.init) else { return "" }
            return [question.rule, question.subject].filter { !$0.isEmpty }.joined(separator: " ")
        }
        return try view.decision(firing: target).map(ActSupport.name) ?? ""
    }
}
