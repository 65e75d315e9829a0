import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Decides a question that a rule put; without an id, lists the open ones.",
        discussion: """
            Example: bellman approve A-7Q2MXK4B --by wang --comment "within the budget"

            Without --by the decision is recorded as made at this machine. With --by the question must have been put to
            that member, or escalated to them.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions
    @Argument(help: "A-…, as the notice says.") var id: String?
    @Option(name: .long, help: "The answer; approve where the rule names no choices of its own.") var choice: String?
    @Flag(name: .long, help: "Short for --choice reject.") var reject = false
    @Option(name: .long, help: "Why; it is kept with the decision.") var comment: String?
    @Option(name: .long, help: "The member who decides: id, name or mail address.") var by: String?

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        guard let id else { return try listOpen(instance) }
        if reject, choice != nil {
            throw Failure(.usage, "give --choice or --reject, not both", "--choice 和 --reject 只能写一个")
        }
        let question = try question(id, instance)
        let wanted = try wanted(question)
        let person = try person(instance)
        let desk = instance.peopleDesk(rules: [])
        let outcome = try desk.decide(
            approval: question.id, choice: wanted, by: person, comment: comment ?? "", way: "command")
        try tell(outcome, question, wanted, person, instance)
    }

    // MARK: what is meant

    /// Ids are written in capitals; a person may type them small, and with or without the kind.
    private func question(_ id: String, _ instance: Instance) throws -> ApprovalQuestion {
        let bare = id.hasPrefix("approval/") ? String(id.dropFirst("approval/".count)) : id
        let found = try instance.store.read { view in
            try [bare, bare.uppercased()].lazy.compactMap {
                try view.record(RecordRef(kind: ApprovalQuestion.kind, id: $0))
            }.first
        }
        guard let found else { throw ApproveCommand.missing(bare) }
        return ApprovalQuestion(found)
    }

    private static func missing(_ id: String) -> Failure {
        Failure(
            .wrong, "there is no question \(id); open ones: bellman approve", "没有审批 \(id)；列出待决定的审批：bellman approve")
    }

    private func wanted(_ question: ApprovalQuestion) throws -> String {
        if let choice { return choice }
        let usual = reject ? "reject" : "approve"
        if question.choices.contains(usual) { return usual }
        let all = question.choices
        throw Failure(
            .usage, "say which: \(all.map { "--choice \"\($0)\"" }.joined(separator: ", "))",
            "请写明答复：\(all.map { "--choice \"\($0)\"" }.joined(separator: "、"))")
    }

    private func person(_ instance: Instance) throws -> Person {
        guard let by else { return Person("cli (\(CommandActor.name))") }
        switch try instance.store.read({ try $0.resolve(by, kind: "member") }) {
        case .found(let id): return Person(id)
        case .nothing:
            throw Failure(
                .wrong, "there is no member “\(by)”; members: bellman records list member",
                "没有成员“\(by)”；成员名单：bellman records list member")
        case .ambiguous(let count):
            throw Failure(.wrong, "“\(by)” may be \(count) members; write the id", "“\(by)”对应 \(count) 位成员，请写编号")
        }
    }

    // MARK: what became of it

    private func tell(
        _ outcome: ActOutcome, _ question: ApprovalQuestion, _ wanted: String, _ person: Person, _ instance: Instance
    ) throws {
        let language = Words.language
        let choice = ApprovalChoice.match(wanted, among: question.choices) ?? wanted
        switch outcome {
        case .done:
            instance.nudge()
            let label = ApprovalChoice.label(choice, language)
            Terminal.line(
                Words.pick("\(question.id): \(label), by \(person.id)", "\(question.id)：\(label)，答复人 \(person.id)"))
        case .already(let by, let at, let choice):
            let label = ApprovalChoice.label(choice, language)
            let when = at.shown(in: instance.configuration.timing.zone)
            throw Failure(
                .wrong, "\(question.id) was decided already: \(label), by \(by.id), \(when); the first answer stays",
                "\(question.id) 已有决定：\(label)，答复人 \(by.id)，\(when)；以第一次答复为准")
        case .unknown: throw ApproveCommand.missing(question.id)
        case .refused(let refusal): throw ApproveCommand.failure(refusal, question, wanted, person)
        }
    }

    private static func failure(
        _ refusal: ActRefusal, _ question: ApprovalQuestion, _ wanted: String, _ person: Person
    ) -> Failure {
        let (id, choices) = (question.id, question.choices)
        switch refusal {
        case .cancelled:
            let why = question.comment
            return Failure(
                .wrong, "\(id) was taken back; no answer is needed" + (why.isEmpty ? "" : " (\(why))"),
                "\(id) 已取消，无需答复" + (why.isEmpty ? "" : "（\(why)）"))
        case .notYours:
            let asked = ([question.approver] + question.deputies)
            return Failure(
                .wrong, "\(id) was put to \(asked.joined(separator: ", ")), not to \(person.id)",
                "\(id) 问的是 \(asked.joined(separator: "、"))，不是 \(person.id)")
        case .badChoice, .past:
            return Failure(
                .wrong, "“\(wanted)” is no choice of \(id); choices: \(choices.joined(separator: ", "))",
                "“\(wanted)”不是 \(id) 的答复；可写：\(choices.joined(separator: "、"))")
        }
    }

    // MARK: list

    private func listOpen(_ instance: Instance) throws {
        let zone = instance.configuration.timing.zone
        var listing = Listing(
            [
                .init("id", Words.pick("id", "编号")), .init("asked_at", Words.pick("asked", "提出于")),
                .init("approver", Words.pick("approver", "审批人")), .init("subject", Words.pick("record", "记录")),
                .init("choices", Words.pick("choices", "可选")), .init("escalated_to", Words.pick("told too", "已转告")),
                .init("rule", Words.pick("rule", "规则")), .init("question", Words.pick("question", "问题")),
            ], nothing: Words.pick("nothing waits for a decision", "没有待决定的审批"))
        let separator = Words.pick(", ", "、")
        try instance.store.read { view in
            for question in try view.waitingQuestions().open.map(ApprovalQuestion.init) {
                listing.add([
                    .string(question.id), .string(question.askedAt.shown(in: zone)), .string(question.approver),
                    .string(question.subject), .string(question.choices.joined(separator: separator)),
                    .string(question.deputies.joined(separator: separator)), .string(question.rule),
                    .string(question.question),
                ])
            }
        }
        listing.show(list.format)
    }
}
