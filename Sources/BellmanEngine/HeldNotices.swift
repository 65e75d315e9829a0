import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests

/// A notice that was held (quiet hours, a digest) is asked about again before it leaves.
extension EngineCore {
    /// Why the notice of that firing should no longer leave; nil where it should.
    ///
    /// What a date or a level rang is asked like a waiting step: the date must be unchanged and the condition still
    /// hold. What an edge rang has happened and stays true; only its record must still be there, unless its going was
    /// the news. A rule that is gone has no objection.
    func objection(firing: String, step: Int? = nil, at now: Instant, view: any EngineView) throws -> Reason? {
        guard let entry = try view.decision(firing: firing), let rule = rules[entry.key.rule] else { return nil }
        var tick = try Tick(core: self, now: now, view: view)
        if rule.gathering != nil {
            var facts = FiringFacts(record: nil, scheduledAt: entry.scheduledAt)
            facts.firing = firing
            facts.acknowledged = try view.acknowledgement(firing: firing) != nil
            // Without an index of its groups the whole kind would be walked for each notice that is held: a report of
            // what was so at its hour stays true.
            if rule.levelTrigger == nil, rule.gathering?.groupReference == nil { return nil }
            guard let again = try tick.gatherAgain(rule, entry.key.subject, facts) else { return Reason("no_records") }
            return try tick.stepEnd(rule, step, again) ?? tick.objection(rule, entry.key, again)
        }
        guard let ref = RecordRef(entry.key.subject) else { return nil }
        let isEdge = entry.key.occurrence.hasPrefix("change=")
        guard let record = tick.source.record(ref) else {
            return isEdge && rule.ringsOnDeletion ? nil : Reason("record_deleted", ref.description)
        }
        // What a decision brought, or a rule that writes into its own record, is not taken back by what it wrote itself.
        if step.map({ $0 >= Step.nested }) ?? false { return nil }
        if isEdge { return nil }
        var facts = FiringFacts(record: record, scheduledAt: entry.scheduledAt)
        facts.firing = firing
        facts.acknowledged = try view.acknowledgement(firing: firing) != nil
        if !entry.key.occurrence.hasPrefix("rise=") {
            let due = tick.due(rule, record)
            // A rule that got another zone since counts a timed value for another day: its instant tells it again.
            let same =
                due.first { $0.occurrence(in: rule.timing.zone) == entry.key.occurrence }
                ?? due.first { $0.at == entry.scheduledAt && entry.key.occurrence.hasSuffix(" \($0.period.canonical)") }
            guard let same else { return Reason("date_changed") }
            facts.anchor = same.anchor
            facts.offset = same.period
            facts.field = same.milestone.field
            facts.daysLeft = tick.daysLeft(rule, same.anchor)
        }
        if let over = tick.stepEnd(rule, step, facts) { return over }
        return rule.writesItsRecord ? nil : try tick.objection(rule, entry.key, facts)
    }
}

extension Tick {
    /// What ends a notice that was held after its step ran: the step's own `if` and `unless` where it waited (somebody
    /// acknowledged meanwhile), and `until`.
    fileprivate func stepEnd(_ rule: Rule, _ number: Int?, _ facts: FiringFacts) -> Reason? {
        let asked = evaluator(rule)
        if let number, let step = rule.step(number), step.wait != nil, asked.stepCondition(step, facts) != .holds {
            return Reason("step_condition")
        }
        if let until = rule.until, asked.holds(until, facts) == .holds { return Reason("until") }
        return nil
    }
}

extension EngineCore {
    /// The same, and: what comes again (a snoozed notice, a repetition) is not wanted any more once somebody
    /// acknowledged the firing.
    public func objection(notice: Notice, at now: Instant, view: any EngineView) throws -> Reason? {
        let first = Digests.noticeID(
            firing: notice.firing, step: notice.step, channel: notice.channel, recipient: notice.recipientKey)
        if notice.id != first, notice.acts.contains(.acknowledge),
            let acknowledgement = try view.acknowledgement(firing: notice.firing)
        {
            return Reason("acknowledged", acknowledgement.by.id)
        }
        return try objection(firing: notice.firing, step: notice.step, at: now, view: view)
    }
}

extension Rule {
    /// One of its steps, also in branches, writes into the record that it is about.
    fileprivate var writesItsRecord: Bool { Rule.write(steps) }

    private static func write(_ steps: [Step]) -> Bool {
        steps.contains { step in
            switch step.action {
            case .set: true
            case .approve(let action): action.branches.values.contains(where: write)
            default: false
            }
        }
    }

    fileprivate var ringsOnDeletion: Bool {
        triggers.contains { if case .deleted = $0 { true } else { false } }
    }
}

extension EngineService {
    /// `EngineCore.objection` on the present state of the store.
    public nonisolated func objection(notice: Notice, at now: Instant) throws -> Reason? {
        try ask { core, view in try core.objection(notice: notice, at: now, view: view) }
    }
}
