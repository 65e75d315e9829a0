import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Decisions are taken from their records, and questions end that have lost their reason.
///
/// A row of a question is finished by compare-and-set, so that one branch runs, whoever sees the decision first.
extension Tick {
    /// Looks at open questions when something was written since the last tick, and once an hour, since a condition may
    /// turn by time alone.
    mutating func runQuestions() throws {
        let hour: Int64 = 3_600_000_000
        let isNewHour = before.map { $0.lastTick.microseconds / hour != now.microseconds / hour } ?? true
        guard isNewHour || head > (before?.sequence ?? 0) else { return }
        for row in try view.openQuestions() where QuestionRow.step(of: row.step) != nil {
            if QuestionRow.isUnasked(row.step) {
                try lookAgain(at: row, isNewHour: isNewHour)
            } else {
                try look(at: row, isNewHour: isNewHour)
            }
        }
    }

    /// Puts a question that nobody could be asked, once there is somebody.
    private mutating func lookAgain(at row: PendingStep, isNewHour: Bool) throws {
        if core.rules.isPaused(row.key.rule) { return }
        guard var context = QuestionContext(text: row.context), let rule = rule(of: row),
            let step = QuestionRow.step(of: row.step), let action = rule.asking(step, identity: context.asking)
        else { return finish(row, .cancelled, Reason("rule_changed", row.key.rule)) }
        guard isNewHour || changedKinds.contains("member") || mayEnd(rule) else { return }
        let facts: FiringFacts
        switch try restored(rule, row, context) {
        case .success(let found): facts = found
        case .failure(let gone): return finish(row, .cancelled, gone.reason)
        }
        if let reason = try objection(rule, row.key, facts) { return finish(row, .cancelled, reason) }
        let evaluator = evaluator(rule)
        guard obstacle(action, facts, evaluator) == nil else { return }
        finish(row, .done, Reason("asked_late"))
        context.approvers = evaluator.people(action.by, facts).map(\.id)
        context.choices = action.choices
        context.asking = action.identity
        openTurn(rule, action, step, row.key, context, facts, evaluator)
    }

    private mutating func look(at row: PendingStep, isNewHour: Bool) throws {
        if core.rules.isPaused(row.key.rule) { return }
        guard let context = QuestionContext(text: row.context) else {
            return try close(row, Reason("rule_changed", row.key.rule), nil)
        }
        guard let rule = rule(of: row), let step = QuestionRow.step(of: row.step),
            let action = rule.asking(step, identity: context.asking)
        else { return try close(row, Reason("rule_changed", row.key.rule), context) }
        guard let record = source.record(context.ref) else {
            return try close(row, Reason("record_deleted", context.ref.description), nil)
        }
        let said = ApprovalQuestion(record)
        let isDecided = context.choices.contains(said.decision)
        if isDecided || said.isCancelled { try noteDecision(record, context.choices) }
        if said.isCancelled { return try finishTurn(row, .cancelled, Reason("taken_back", said.decidedBy)) }
        if !isDecided, !said.decision.isEmpty {
            commit.troubles.append(
                QuestionTrouble.noChoice(approval: said.id, said: said.decision, choices: context.choices)
                    .words(rule, nil, language))
        }
        guard isDecided || isNewHour || mayEnd(rule) else { return }
        let facts: FiringFacts
        switch try restored(rule, row, context) {
        case .success(let found): facts = found
        case .failure(let gone): return try close(row, gone.reason, context)
        }
        guard let change = try decision(record, context.choices) else {
            if let reason = try objection(rule, row.key, facts) { try close(row, reason, context) }
            return
        }
        // Whoever decided while the question stood has decided, whatever came before this tick saw it.
        if let reason = try objection(rule, row.key, facts, asOf: change) {
            let late = QuestionTrouble.late(approval: said.id, reason: reason.decisionWords(language) ?? reason.code)
            commit.troubles.append(late.words(rule, facts, language))
            return try close(row, reason, context)
        }
        try take(record, row, rule, action, step, context, facts)
    }

    /// The facts of a question's firing, and the decision whose branch it stands in.
    private mutating func restored(
        _ rule: Rule, _ row: PendingStep, _ context: QuestionContext
    ) throws -> Result<FiringFacts, Gone> {
        try restored(rule, row.key, row.firing, context.facts).map { found in
            guard !context.parent.isEmpty else { return found }
            var facts = found
            facts.approval = source.record(RecordRef(kind: ApprovalQuestion.kind, id: context.parent))
            return facts
        }
    }

    /// The write that decided: the first one stays.
    private func decision(_ record: Record, _ choices: [String]) throws -> Change? {
        let decisions = choices.map(FieldValue.string)
        guard decisions.contains(record["decision"]) else { return nil }
        return try view.changes(of: record.ref, after: 0).first { change in
            change.fields.contains { $0.name == "decision" && decisions.contains($0.new) }
        }
    }

    /// What stood against the question when that write was made.
    private mutating func objection(
        _ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, asOf change: Change
    ) throws -> Reason? {
        guard facts.approval == nil, rule.gathering == nil, let ref = facts.record?.ref else {
            return try objection(rule, key, facts)
        }
        let past = PastSource(base: source, history: History(view: view), sequence: change.sequence)
        guard let record = past.record(ref) else { return Reason("record_deleted", ref.description) }
        var facts = facts
        facts.record = record
        return try objection(rule, key, facts, past, at: min(change.at, now))
    }

    /// Something was written that the rule's condition reads.
    private func mayEnd(_ rule: Rule) -> Bool {
        let hops =
            (rule.condition?.hops ?? []) + (rule.exclusion?.hops ?? []) + (rule.levelTrigger?.expression.hops ?? [])
        return ([rule.kind].compactMap { $0 } + hops.flatMap { [$0.source, $0.target] }).contains(
            where: changedKinds.contains)
    }

    // MARK: a decision

    /// A decision that was written into the record by an edit belongs in the audit log like any other. One that came
    /// by a link, a page or a command has its line already.
    private mutating func noteDecision(_ record: Record, _ choices: [String]) throws {
        let words = ApprovalQuestion(record).isCancelled ? [ApprovalChoice.cancelled] : choices
        guard let change = try decision(record, words),
            case .string(let choice)? = change.fields.first(where: { $0.name == "decision" })?.new
        else { return }
        commit.acts.append(
            ActEntry(
                verb: "decide", target: record.ref.description, by: Person(change.actor), at: change.at,
                comment: ApprovalQuestion(record).comment, detail: "edit \(choice)"))
    }

    private mutating func take(
        _ record: Record, _ row: PendingStep, _ rule: Rule, _ action: ApproveAction, _ step: Int,
        _ context: QuestionContext, _ facts: FiringFacts
    ) throws {
        var (context, facts) = (context, facts)
        let (decided, depth) = try completed(record, rule, context.choices)
        let choice = ApprovalQuestion(decided).decision
        context.facts.depth = max(context.facts.depth, depth)
        try finishTurn(row, .done, Reason("decided", choice))
        guard context.facts.depth < EngineLimits.chainDepth else {
            return commit.troubles.append(QuestionTrouble.chain.words(rule, facts, language))
        }
        if choice == context.choices.first, context.place + 1 < context.approvers.count {
            let evaluator = evaluator(rule)
            earlier = try consents(row.firing, step, through: context.place, evaluator)
            defer { earlier = [] }
            context.place += 1
            return openTurn(rule, action, step, row.key, context, facts, evaluator)
        }
        facts.approval = decided
        let evaluator = evaluator(rule)
        for branch in action.branches[choice] ?? [] {
            if let wait = branch.wait {
                plan(rule, row.key, facts, step: branch.number, wait: wait, depth: context.facts.depth)
            } else {
                run(rule, branch, facts, evaluator, depth: context.facts.depth)
            }
        }
    }

    /// The decision as the journal knows it: the first one stays, and it is of whoever wrote it, whatever else the record
    /// was made to say before this tick. And how many rule actions led to it.
    private mutating func completed(
        _ record: Record, _ rule: Rule, _ choices: [String]
    ) throws -> (record: Record, depth: Int) {
        let change = try decision(record, choices)
        guard let change, let decision = change.fields.first(where: { $0.name == "decision" })?.new else {
            return (record, 0)
        }
        var record = record
        var told: [String: FieldValue] = ["decision": decision, "decided_by": .reference(change.actor)]
        if record["decided_at"].isNull { told["decided_at"] = .instant(change.at) }
        told = told.filter { record[$0.key] != $0.value }
        if !told.isEmpty {
            record.fields.merge(told) { $1 }
            commit.writes.append(
                RecordWrite(
                    ref: record.ref, operation: .update, fields: told, actor: "rule \(rule.id)",
                    depth: change.depth + 1))
        }
        return (record, change.depth)
    }

    /// What the approvers before the next one said.
    private func consents(
        _ firing: String, _ step: Int, through place: Int, _ evaluator: RuleEvaluator
    ) throws -> [(name: String, comment: String)] {
        let rows = try view.steps(firing: firing)
        return (0...place).compactMap { place in
            guard let row = rows.first(where: { $0.step == QuestionRow.turn(step: step, place: place) }),
                let context = QuestionContext(text: row.context), let record = source.record(context.ref)
            else { return nil }
            let said = ApprovalQuestion(record)
            return (evaluator.person(said.decidedBy.isEmpty ? said.approver : said.decidedBy).name, said.comment)
        }
    }

    // MARK: ends

    /// A level fell: a question of its last rise is over, also when it rises again at once. A question inside a branch is
    /// of a decision that stands.
    mutating func closeQuestion(_ row: PendingStep, _ reason: Reason) throws {
        guard let step = QuestionRow.step(of: row.step), step < Step.nested, row.state == .waiting,
            !settled.contains(row.place)
        else { return }
        let context = QuestionContext(text: row.context)
        if let context, let record = source.record(context.ref), ApprovalQuestion(record).isDecided { return }
        try close(row, reason, context)
    }

    /// Ends an asking for a reason, and says so in its record, where that is still there.
    private mutating func close(_ row: PendingStep, _ reason: Reason, _ context: QuestionContext?) throws {
        try finishTurn(row, .cancelled, reason)
        let ref = context?.ref ?? RecordRef(row.reason.detail)
        guard let ref, let record = source.record(ref) else { return }
        var words = reason.decisionWords(language) ?? reason.code
        let said = ApprovalQuestion(record)
        if !said.decision.isEmpty {
            let label = ApprovalChoice.label(said.decision, language)
            words += language.pick(en: "; “\(label)” came too late", zh: "；“\(label)”来得太晚")
        }
        commit.writes.append(
            RecordWrite(
                ref: ref, operation: .update,
                fields: [
                    "decision": .string(ApprovalChoice.cancelled), "decided_at": .instant(now),
                    "comment": .string(words),
                ], actor: "rule \(row.key.rule)", depth: 1))
    }

    /// The row and the timer beside it.
    private mutating func finishTurn(_ row: PendingStep, _ state: PendingStep.State, _ reason: Reason) throws {
        finish(row, state, reason)
        guard !QuestionRow.isUnasked(row.step) else { return }
        closedTurns.insert("\(row.firing) \(row.step)")
        let timer = try view.steps(firing: row.firing).first { $0.step == row.step + 1 && $0.state == .waiting }
        if let timer { finish(timer, .cancelled, reason) }
    }

    // MARK: escalation

    /// The approver's time is over: others are told once, and may decide as well. It falls due also long after its time,
    /// since the question is as open as it was.
    mutating func escalate(_ timer: PendingStep) throws {
        guard !closedTurns.contains("\(timer.firing) \(timer.step - 1)"), !core.rules.isPaused(timer.key.rule) else {
            return
        }
        let rows = try view.steps(firing: timer.firing)
        guard let turn = rows.first(where: { $0.step == timer.step - 1 && $0.state == .waiting }),
            let context = QuestionContext(text: timer.context), let rule = rule(of: timer),
            let step = QuestionRow.step(of: turn.step),
            let action = rule.asking(step, identity: context.asking),
            let escalation = action.escalation
        else { return finish(timer, .cancelled, Reason("rule_changed", timer.key.rule)) }
        if try view.acknowledgement(firing: timer.firing) != nil {
            return finish(timer, .cancelled, Reason("acknowledged"))
        }
        let facts: FiringFacts
        switch try restored(rule, timer, context) {
        case .success(let found): facts = found
        case .failure(let gone): return try close(turn, gone.reason, context)
        }
        if let reason = try objection(rule, timer.key, facts) { return try close(turn, reason, context) }
        let evaluator = evaluator(rule)
        let people = evaluator.people(escalation.to, facts)
        guard !people.isEmpty else {
            commit.troubles.append(QuestionTrouble.deputies.words(rule, facts, language))
            return finish(timer, .failed, Reason("no_recipient"))
        }
        finish(timer, .done, Reason("escalated"))
        var asking = asking(context, evaluator)
        asking.isEscalated = true
        commit.writes.append(
            RecordWrite(
                ref: context.ref, operation: .update,
                fields: ["escalated_to": .list(people.map { .reference($0.id) })], actor: "rule \(rule.id)",
                depth: context.facts.depth + 1))
        tell(rule, action, timer.step, people, evaluator.question(action, asking, facts).message, context, facts)
    }
}
