import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What the triggers bring beside what is decided already: what is to come, and why nothing came.
extension WhyInquiry {
    /// Present dates without a row.
    func dates(_ known: Set<String>) throws -> [WhyMoment] {
        guard let record = place.record, rule.kind == record.ref.kind else { return [] }
        let due = tick.due(rule, record)
        var moments: [WhyMoment] = []
        for one in due where !known.contains(one.occurrence(in: rule.timing.zone)) {
            let cause = WhyCause(one, rule)
            let fate: WhyMoment.Fate =
                one.at > now && rule.enabled
                ? .coming(try forecast(record, one)) : .none(obstacles(one, record))
            moments.append(WhyMoment(cause: cause, at: one.at, fate: fate))
        }
        return moments + undated(record, due)
    }

    private func forecast(_ record: Record, _ due: DueMilestone) throws -> WhyForecast {
        let (facts, evaluator) = core.coming(rule, record, due, tick)
        return WhyForecast(
            expectation: try core.expectation(rule, record, due, tick), conditions: evaluator.conditionTrees(facts))
    }

    /// Why a date that is past has no row.
    private func obstacles(_ due: DueMilestone, _ record: Record) -> [WhyObstacle] {
        guard rule.enabled else { return [.disabled] }
        let since = [due.milestone.signature, rule.timingSignatures[due.milestone.trigger]]
            .compactMap { armed[$0]?.since }.max()
        guard let since else { return [progress == nil ? .notLookedSince(nil) : .notSeenYet] }
        if due.at <= since { return [.newerThan(since)] }
        let isUnseen = record.version > progress?.sequence ?? 0 || due.at > progress?.lastTick ?? .earliest
        return [isUnseen ? .notLookedSince(progress?.lastTick) : .unexplained]
    }

    /// Triggers without a date: each field once.
    private func undated(_ record: Record, _ due: [DueMilestone]) -> [WhyMoment] {
        var moments: [WhyMoment] = []
        var empty: Set<String> = []
        for milestone in core.rules.milestones(of: rule)
        where !due.contains(where: { $0.milestone.signature == milestone.signature }) {
            let hasDate = core.moments.value(of: milestone.field, in: record) != .null
            if hasDate, case .own(let field, _, _) = milestone.offset {
                let cause = WhyCause.dateTrigger(field: milestone.field, offset: nil, offsetField: field)
                moments.append(WhyMoment(cause: cause, at: nil, fate: .none([.offsetEmpty(field: field)])))
            } else if empty.insert(milestone.field).inserted {
                let cause = WhyCause.dateTrigger(field: milestone.field, offset: nil, offsetField: nil)
                moments.append(WhyMoment(cause: cause, at: nil, fate: .none([.dateEmpty(field: milestone.field)])))
            }
        }
        return moments
    }

    // MARK: edges

    /// Writes that fit a trigger and have no row.
    func edges(_ known: Set<String>) throws -> [WhyMoment] {
        guard let ref = question.record, rule.kind == ref.kind, rule.triggers.contains(where: \.isEdge) else {
            return []
        }
        return try view.changes(of: ref, after: 0).compactMap { change in
            guard rule.fits(change), !known.contains("change=\(change.sequence)") else { return nil }
            return WhyMoment(
                cause: .change(sequence: change.sequence), at: change.at, fate: .none([obstacle(change)]))
        }
    }

    private func obstacle(_ change: Change) -> WhyObstacle {
        if change.quiet { return .quiet(change.at) }
        if !rule.enabled { return .disabled }
        guard let whole = armed[Tick.ruleSignature] else {
            return progress == nil ? .notLookedSince(nil) : .notSeenYet
        }
        if change.sequence <= whole.sequence {
            return change.operation == .created ? .createdBefore(change.at) : .newerThan(whole.since)
        }
        return change.sequence > progress?.sequence ?? 0 ? .notLookedSince(progress?.lastTick) : .unexplained
    }

    /// What edges wait for.
    func waits() -> [WhyMoment] {
        guard let ref = question.record, rule.kind == ref.kind else { return [] }
        func waits(_ cause: WhyCause, _ obstacle: WhyObstacle) -> WhyMoment {
            WhyMoment(cause: cause, at: nil, fate: .none(rule.enabled ? [obstacle] : [.disabled, obstacle]))
        }
        return rule.triggers.compactMap { trigger in
            switch trigger {
            case .created: place.record == nil ? waits(.created, .waitsForCreation) : nil
            case .deleted: place.record == nil ? nil : waits(.deleted, .waitsForDeletion)
            case .changes(let wanted):
                place.record.map { record in
                    waits(
                        .changes(field: wanted.field, from: wanted.from, to: wanted.to),
                        .waitsForChange(
                            field: wanted.field, to: wanted.to, now: wanted.field.map { record[$0] } ?? .null))
                }
            case .moment, .schedule, .level: nil
            }
        }
    }

    // MARK: schedules

    /// The next runs.
    func runs() throws -> [WhyMoment] {
        guard rule.enabled else { return [] }
        let coming = rule.scheduleTriggers.flatMap { trigger -> [Instant] in
            var found: [Instant] = []
            while found.count < WhyLimits.runs, let next = trigger.schedule.next(after: found.last ?? now) {
                found.append(next)
            }
            return found
        }
        // All of them gather the records as they are now: once is enough, unless a run asks for its own instant.
        var gathered: WhyGatherer.Group?
        return try Set(coming).sorted().prefix(WhyLimits.runs).map { at in
            if let gathering = rule.gathering, let group, gathered == nil || gathering.readsRun {
                gathered = try WhyGatherer(tick: tick, rule: rule).group(group, gathering, tick.source, at: at)
            }
            return WhyMoment(cause: .run, at: at, fate: .coming(try forecast(run: at, gathered)))
        }
    }

    private func forecast(run at: Instant, _ gathered: WhyGatherer.Group?) throws -> WhyForecast {
        var facts = FiringFacts(record: nil, scheduledAt: at)
        let evaluator = RuleEvaluator(
            rule: rule, source: tick.source, now: at, presentation: core.settings.presentation)
        if rule.gathering != nil {
            guard let gathered else { return WhyForecast(expectation: .rings, conditions: []) }
            guard !gathered.records.isEmpty else {
                return WhyForecast(expectation: .conditionFalse(.empty("records")), conditions: [])
            }
            (facts.records, facts.group) = (gathered.records, gathered.value)
        }
        let conditions = evaluator.conditionTrees(facts)
        let verdict = evaluator.condition(facts)
        guard verdict == .holds else {
            return WhyForecast(expectation: .conditionFalse(verdict), conditions: conditions)
        }
        let key = OccurrenceKey(rule: rule.id, subject: group ?? "", occurrence: "at=\(at)")
        let silence = try tick.silence(
            of: rule, key, facts, evaluator, at: [at], among: view.silences(notOverAt: now))
        return WhyForecast(expectation: silence.map { .silenced($0) } ?? .rings, conditions: conditions)
    }

    /// The ledger's name of what a run or a level is about; nil where it may be any of several groups.
    private var group: String? { place.ledger ?? (rule.gathering?.group == nil ? "" : nil) }

    // MARK: levels

    func level() throws -> WhyLevel? {
        guard let level = rule.levelTrigger else { return nil }
        let state = try group.flatMap { try view.level(rule: rule.id, subject: $0) }
        return WhyLevel(
            tree: try levelFacts().map { tick.evaluator(rule).tree(.level, level.expression, $0) },
            since: state.flatMap { $0.since == .latest ? nil : $0.since }, isRung: state?.rung ?? false,
            fullAt: state.flatMap { $0.rung ? nil : $0.checkAt })
    }

    /// What `while` is asked of now; nil where there is nothing.
    private func levelFacts() throws -> FiringFacts? {
        guard let gathering = rule.gathering else {
            guard let record = place.record, rule.kind == record.ref.kind else { return nil }
            return FiringFacts(record: record, scheduledAt: now)
        }
        guard let subject = group,
            let group = try WhyGatherer(tick: tick, rule: rule).group(subject, gathering, tick.source, at: now),
            !group.records.isEmpty
        else { return nil }
        var facts = FiringFacts(record: nil, scheduledAt: now)
        (facts.records, facts.group) = (group.records, group.value)
        return facts
    }

    /// The level without a row for its present rise.
    func levels(_ known: Set<String>) throws -> [WhyMoment] {
        guard let level = rule.levelTrigger, let subject = group else { return [] }
        guard let state = try view.level(rule: rule.id, subject: subject) else {
            let isGone = question.record != nil && place.record == nil
            return isGone ? [] : [WhyMoment(cause: .level(rise: nil), at: nil, fate: .none([.levelFalse]))]
        }
        guard !known.contains("rise=\(state.rise)") else { return [] }
        let cause = WhyCause.level(rise: state.rise)
        if state.rung { return [WhyMoment(cause: cause, at: state.since, fate: .none([.levelCounted]))] }
        guard let facts = try levelFacts(), let at = state.checkAt else { return [] }
        let full = state.since == .latest ? at : LevelClock(rule: rule, level: level).span.end(state.since)
        let verdict = tick.evaluator(rule).condition(facts)
        let forecast = WhyForecast(
            expectation: verdict == .holds ? .rings : .conditionFalse(verdict),
            conditions: tick.evaluator(rule).conditionTrees(facts))
        return [WhyMoment(cause: cause, at: full, fate: .coming(forecast))]
    }
}

extension Rule {
    /// Whether a trigger of the rule is about such a write, quiet or not.
    func fits(_ change: Change) -> Bool {
        change.ref.kind == kind
            && triggers.contains { trigger in
                switch trigger {
                case .created: change.operation == .created
                case .deleted: change.operation == .deleted
                case .changes(let wanted): change.operation == .updated && wanted.fits(change.fields)
                case .moment, .schedule, .level: false
                }
            }
    }
}

extension ChangeTrigger {
    fileprivate func fits(_ fields: [Change.Field]) -> Bool {
        fields.contains { written in
            guard let field else { return true }
            return written.name == field && (from.isEmpty || from.contains(written.old))
                && (to.isEmpty || to.contains(written.new))
        }
    }
}
