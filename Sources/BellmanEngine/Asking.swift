import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests

/// `approve`: asks people for a decision, one after the other.
extension Tick {
    /// Begins the asking. What stands in its way is told, and nobody is asked until it is out of the way: a decision
    /// that was to be made by several is not left to fewer.
    mutating func ask(
        _ rule: Rule, _ action: ApproveAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator,
        depth: Int
    ) {
        do {
            guard let key = try occurrence(of: facts.firing),
                try !wasAsked(facts.firing, step: step.number)
            else { return }
            var context = QuestionContext(
                facts: StepContext(
                    anchor: facts.anchor, offset: facts.offset, scheduledAt: facts.scheduledAt, firedAt: now,
                    changedBy: facts.changedBy, changedAt: facts.changedAt, late: facts.late, depth: depth),
                approval: "", parent: facts.approval?.ref.id ?? "", approvers: [], place: 0, choices: action.choices,
                asking: action.identity)
            if let obstacle = obstacle(action, facts, evaluator) {
                commit.troubles.append(obstacle.words(rule, facts, language))
                commit.steps.append(
                    PendingStep(
                        firing: facts.firing, step: QuestionRow.unasked(step: step.number), key: key, dueAt: .latest,
                        reason: obstacle.reason, context: context.text))
                return
            }
            context.approvers = evaluator.people(action.by, facts).map(\.id)
            openTurn(rule, action, step.number, key, context, facts, evaluator)
        } catch {
            questionFailure = questionFailure ?? error
        }
    }

    var language: AlmanacLanguage { core.settings.presentation.language }

    /// The row of a firing that this tick made, or an earlier one.
    private func occurrence(of firing: String) throws -> OccurrenceKey? {
        try commit.ledger.last { $0.firing == firing }?.key ?? view.decision(firing: firing)?.key
    }

    /// A repetition asks nothing again that was asked already, or is going to be.
    private func wasAsked(_ firing: String, step: Int) throws -> Bool {
        let rows = [QuestionRow.turn(step: step, place: 0), QuestionRow.unasked(step: step)]
        return try view.steps(firing: firing).contains { rows.contains($0.step) }
    }

    /// Why the people whom the step names cannot be asked; nil when they can.
    func obstacle(_ action: ApproveAction, _ facts: FiringFacts, _ evaluator: RuleEvaluator) -> QuestionTrouble? {
        if let place = evaluator.emptyApprover(action, facts) { return .nobody(place) }
        let count = evaluator.people(action.by, facts).count
        return count > QuestionRow.mostApprovers ? .tooMany(count) : nil
    }

    /// Puts the question to the approver at `context.place`: a record, a row that waits for it, a notice.
    mutating func openTurn(
        _ rule: Rule, _ action: ApproveAction, _ step: Int, _ key: OccurrenceKey, _ context: QuestionContext,
        _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        var context = context
        let row = QuestionRow.turn(step: step, place: context.place)
        context.approval = approvalID(facts.firing, row)
        let escalation = action.escalation.map { escalation in
            (at: rule.shifted(now, by: escalation.wait), people: evaluator.people(escalation.to, facts))
        }
        var asking = asking(context, evaluator)
        asking.escalation = escalation.map { ($0.at, $0.people.map(\.name)) }
        let words = evaluator.question(action, asking, facts)
        commit.writes.append(
            RecordWrite(
                ref: context.ref, operation: .createIfAbsent,
                fields: [
                    "subject": .string(key.subject), "question": .string(words.question),
                    "approver": .reference(context.approver), "choices": .list(context.choices.map(FieldValue.string)),
                    "rule": .string(rule.id), "firing": .string(facts.firing),
                ], actor: "rule \(rule.id)", depth: context.facts.depth + 1))
        let detail = context.ref.description
        commit.steps.append(
            PendingStep(
                firing: facts.firing, step: row, key: key, dueAt: .latest, reason: Reason("asked", detail),
                context: context.text))
        if let escalation {
            commit.steps.append(
                PendingStep(
                    firing: facts.firing, step: QuestionRow.timer(step: step, place: context.place), key: key,
                    dueAt: escalation.at, reason: Reason("escalates", detail), context: context.text))
        }
        tell(rule, action, row, [asking.approver], words.message, context, facts)
    }

    func asking(_ context: QuestionContext, _ evaluator: RuleEvaluator) -> QuestionFacts {
        var asking = QuestionFacts(
            approval: context.approval, approver: evaluator.person(context.approver), place: context.place,
            count: context.approvers.count, choices: context.choices)
        asking.earlier = earlier
        return asking
    }

    /// `A-` and eight letters, more where another firing has those already.
    private func approvalID(_ firing: String, _ row: Int) -> String {
        let letters = Digests.stableID("approval", firing, "\(row)").uppercased()
        for count in stride(from: 8, through: letters.count, by: 4) {
            let id = "A-" + letters.prefix(count)
            guard let taken = source.record(RecordRef(kind: ApprovalQuestion.kind, id: id)) else { return id }
            if ApprovalQuestion(taken).firing == firing { return id }
        }
        return "A-" + letters
    }

    /// One notice for each channel, and in a direct one for each person.
    mutating func tell(
        _ rule: Rule, _ action: ApproveAction, _ row: Int, _ people: [Recipient], _ message: RenderedMessage,
        _ context: QuestionContext, _ facts: FiringFacts
    ) {
        let acts = context.choices.map { NoticeAct.decide(approval: context.approval, choice: $0) }
        for name in action.via.isEmpty ? ["mail"] : action.via {
            guard let channel = core.settings.channels[name] else { continue }
            for group in channel.isRoom ? [people] : people.map({ [$0] }) {
                let recipient = channel.isRoom ? "" : (group.first?.id ?? "")
                let id = Digests.noticeID(
                    firing: facts.firing, step: row, channel: channel.name, recipient: recipient)
                let notice = Notice(
                    id: id, firing: facts.firing, rule: rule.id, ruleTitle: rule.title,
                    record: facts.record?.ref.description ?? "", step: row, channel: channel.name,
                    recipientKey: recipient, recipients: group, title: message.title, text: message.text,
                    links: message.links, priority: .high, urgent: rule.urgent, scheduledAt: facts.scheduledAt,
                    firedAt: now, late: facts.late, language: language.rawValue, acts: acts)
                commit.outbox.append(OutboxItem(notice: notice, notBefore: now, createdAt: now))
            }
        }
    }
}

/// What keeps an asking from beginning or from going on, as the admin channel hears it.
enum QuestionTrouble {
    /// The entry of `by`, from 1.
    case nobody(Int)
    case tooMany(Int)
    case deputies
    case noChoice(approval: String, said: String, choices: [String])
    case chain
    case late(approval: String, reason: String)

    /// Of the row that waits until it is out of the way.
    var reason: Reason {
        switch self {
        case .nobody(let place): Reason("nobody_to_ask", "\(place)")
        case .tooMany(let count): Reason("too_many_to_ask", "\(count)")
        case .deputies: Reason("no_recipient")
        case .noChoice, .chain, .late: Reason("evaluation")
        }
    }

    func words(_ rule: Rule, _ facts: FiringFacts?, _ language: AlmanacLanguage) -> String {
        let record = facts?.record.map { " (\($0.ref))" } ?? ""
        return "\(rule.id)\(record): " + language.pick(en: english, zh: chinese)
    }

    private var english: String {
        switch self {
        case .nobody(let place):
            "approve: entry \(place) of “by” leads to nobody, so nobody was asked; fill in that member in the record (or the role in the member), or name another in the rule: then the question is put by itself, within the hour"
        case .tooMany(let count):
            "approve: \(count) approvers; at most \(QuestionRow.mostApprovers) are asked, so nobody was; name fewer under “by”: then the question is put by itself, within the hour"
        case .deputies:
            "approve: “escalate: to” leads to nobody; the question stays with its approver; name somebody in the rule"
        case .noChoice(let approval, let said, let choices):
            "approval/\(approval): “\(said)” decides nothing; the question is still open; possible: \(choices.joined(separator: ", "))"
        case .chain:
            "approve: rules set each other off more than \(EngineLimits.chainDepth) times; the branch did not run"
        case .late(let approval, let reason):
            "approval/\(approval): the decision came too late (\(reason)), and no branch ran; tell whoever decided"
        }
    }

    private var chinese: String {
        switch self {
        case .nobody(let place):
            "approve：“by”的第 \(place) 项找不到人，因此没有询问任何人；请在记录里补上该成员（或给成员填上该角色），或在规则里改写，补上后一小时内自动发出审批"
        case .tooMany(let count):
            "approve：审批人有 \(count) 位，最多 \(QuestionRow.mostApprovers) 位，因此没有询问任何人；请减少“by”里的人，改好后一小时内自动发出审批"
        case .deputies: "approve：“escalate: to”找不到人；问题仍在原审批人处；请在规则里写明转告谁"
        case .noChoice(let approval, let said, let choices):
            "approval/\(approval)：“\(said)”不是可选的答复，审批仍未决定；可写：\(choices.joined(separator: "、"))"
        case .chain: "approve：规则互相触发超过 \(EngineLimits.chainDepth) 层；分支没有执行"
        case .late(let approval, let reason): "approval/\(approval)：决定来得太晚（\(reason)），没有执行任何分支；请告诉作决定的人"
        }
    }
}
