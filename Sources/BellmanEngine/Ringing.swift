import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests

/// From an occurrence to its ledger row, notices and further steps.
extension Tick {
    func isDecided(_ key: OccurrenceKey) throws -> Bool {
        try decidedNow.contains(key) || view.decision(key) != nil
    }

    mutating func decide(
        _ rule: Rule, _ key: OccurrenceKey, _ outcome: Outcome, _ reason: Reason, at scheduled: Instant,
        firing: String? = nil
    ) {
        guard decidedNow.insert(key).inserted else { return }
        commit.ledger.append(
            LedgerEntry(
                key: key, outcome: outcome, reason: reason, scheduledAt: scheduled, decidedAt: now,
                firing: firing ?? firingID(key)))
    }

    /// Derived from the store's own id and the key: the same again in this store, never in another.
    func firingID(_ key: OccurrenceKey) -> String {
        "f-" + Digests.stableID(core.settings.storeID, key.rule, key.subject, key.occurrence)
    }

    /// Asks the condition and the limit, then fires. True when it rang. The caller has made sure that the store holds
    /// no decision of the key yet.
    mutating func ring(
        _ rule: Rule, _ key: OccurrenceKey, _ facts: FiringFacts, late: Bool, source: any RecordSource, depth: Int
    ) throws -> Bool {
        guard !decidedNow.contains(key) else { return false }
        var facts = facts
        facts.firing = firingID(key)
        let evaluator = evaluator(rule, source)
        let ended = try chainEnd(rule, key, &facts, evaluator)
        switch evaluator.condition(facts) {
        case .holds: break
        case .fails:
            decide(
                rule, key, .conditionFalse, Reason("condition_false"), at: facts.scheduledAt, firing: facts.firing)
            return false
        case .empty(let path):
            decide(rule, key, .conditionFalse, Reason("empty", path), at: facts.scheduledAt)
            return false
        case .broken(let why):
            decide(rule, key, .failed, Reason("evaluation", why), at: facts.scheduledAt)
            return false
        }
        if let ended {
            decide(rule, key, .skipped, ended, at: facts.scheduledAt)
            return false
        }
        if let silence = try silence(of: rule, key, facts, evaluator) {
            decide(rule, key, .silenced, Reason("silence", silence.id), at: facts.scheduledAt)
            return false
        }
        if let limit = rule.limit, try ringCount(rule, key.subject, limit) >= limit.count {
            decide(rule, key, .skipped, Reason("limit", "\(limit.count)"), at: facts.scheduledAt)
            return false
        }
        decide(
            rule, key, late ? .firedLate : .fired, Reason(late ? "late" : "on_time"), at: facts.scheduledAt,
            firing: facts.firing)
        if rule.limit != nil { ringsNow["\(rule.id)\n\(key.subject)", default: 0] += 1 }
        for step in rule.steps {
            if let wait = step.wait {
                plan(rule, key, facts, step: step.number, wait: wait, depth: depth)
            } else {
                run(rule, step, facts, evaluator, depth: depth)
            }
        }
        planRepetition(rule, key, facts, depth: depth)
        return true
    }

    private func ringCount(_ rule: Rule, _ subject: String, _ limit: RateLimit) throws -> Int {
        let start = rule.shifted(now, by: limit.window.negated)
        let former = try formerID(rule).map { try view.rings(rule: $0, subject: subject, after: start) } ?? 0
        return try former + view.rings(rule: rule.id, subject: subject, after: start)
            + (ringsNow["\(rule.id)\n\(subject)"] ?? 0)
    }

    // MARK: steps

    /// Runs one step now. What goes wrong in it is told in a plain notice, never silently.
    mutating func run(_ rule: Rule, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator, depth: Int) {
        guard evaluator.stepCondition(step, facts) == .holds else { return }
        let index = step.number
        switch step.action {
        case .notify(let action): notify(rule, action, index, facts, evaluator)
        case .set(let assignments):
            guard let ref = facts.record?.ref else { return }
            write(rule, assignments, facts, evaluator) { fields in
                RecordWrite(ref: ref, operation: .update, fields: fields, actor: "rule \(rule.id)", depth: depth + 1)
            }
        case .create(let kind, let assignments):
            // The id comes from the firing, so that a repeat makes no second record.
            let id = "\(rule.id)-\(Digests.stableID(facts.firing, "\(index)").prefix(12))"
            write(rule, assignments, facts, evaluator) { fields in
                RecordWrite(
                    ref: RecordRef(kind: kind, id: id), operation: .createIfAbsent, fields: fields,
                    actor: "rule \(rule.id)", depth: depth + 1)
            }
        case .approve(let action): ask(rule, action, step, facts, evaluator, depth: depth)
        case .invite(let action): invite(rule, action, step, facts, evaluator)
        case .call(let action): call(rule, action, step, facts, evaluator)
        }
    }

    private mutating func write(
        _ rule: Rule, _ assignments: [FieldAssignment], _ facts: FiringFacts, _ evaluator: RuleEvaluator,
        _ make: ([String: FieldValue]) -> RecordWrite
    ) {
        switch evaluator.values(assignments, facts) {
        case .success(let fields): commit.writes.append(make(fields))
        case .failure(let failure): commit.troubles.append("\(rule.id): \(failure.text)")
        }
    }

    private mutating func notify(
        _ rule: Rule, _ action: NotifyAction, _ index: Int, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        let people = evaluator.people(action, facts)
        let message = evaluator.message(action, facts, to: people)
        var seen: Set<String> = []
        for name in action.via {
            guard let channel = core.settings.channels[name] else { continue }
            // A direct channel with nobody to write to still makes a delivery, which then says so.
            let groups: [[Recipient]] = channel.isRoom || people.isEmpty ? [people] : people.map { [$0] }
            for group in groups {
                let recipient = channel.isRoom ? "" : (group.first?.id ?? "")
                let id = Digests.noticeID(
                    firing: facts.firing, step: index, channel: channel.name, recipient: recipient,
                    repetition: facts.repetition)
                guard seen.insert(id).inserted else { continue }
                let notice = notice(rule, action, index, facts, message, id, channel, recipient, group)
                commit.outbox.append(queued(notice, rule, action.digest))
            }
        }
    }

    /// With a digest the notice is held until that next comes round: for a person in their own zone.
    private func queued(_ notice: Notice, _ rule: Rule, _ digest: Every?) -> OutboxItem {
        guard let digest, !notice.urgent, let next = opening(of: digest, for: notice, rule) else {
            return OutboxItem(notice: notice, notBefore: now, createdAt: now)
        }
        return OutboxItem(
            notice: notice, state: .held, notBefore: next, reason: Reason("digest"), createdAt: now)
    }

    func opening(of digest: Every, for notice: Notice, _ rule: Rule, after: Instant? = nil) -> Instant? {
        var zone = core.settings.zone
        if !notice.recipientKey.isEmpty, let name = notice.recipients.first?.timezone, let own = Zone.find(name) {
            zone = own
        }
        return Schedule(every: digest, zone: zone, calendar: rule.timing.calendar, at: rule.timing.at)
            .next(after: after ?? now)
    }

    private func notice(
        _ rule: Rule, _ action: NotifyAction, _ index: Int, _ facts: FiringFacts, _ message: RenderedMessage,
        _ id: String, _ channel: ChannelTrait, _ recipient: String, _ group: [Recipient]
    ) -> Notice {
        Notice(
            id: id, firing: facts.firing, rule: rule.id, ruleTitle: rule.title,
            record: (facts.record?.ref ?? facts.group.record)?.description ?? "", step: index, channel: channel.name,
            recipientKey: recipient,
            recipients: group, title: message.title, text: message.text, links: message.links,
            priority: action.priority, urgent: rule.urgent, scheduledAt: facts.scheduledAt, firedAt: now,
            late: facts.late, language: core.settings.presentation.language.rawValue,
            acts: [.acknowledge, .snooze])
    }
}
