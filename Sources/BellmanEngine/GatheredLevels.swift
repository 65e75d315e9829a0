import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Levels over gathered records: each change moves the records that look at it between groups, alters what those groups
/// come to, and asks `while` of them alone.
extension Tick {
    // MARK: which gatherings are in force

    mutating func openGatherings() throws {
        let kept = try view.gatherings()
        guard !kept.isEmpty || !core.rules.gatheredLevels.isEmpty else { return }
        var heads: [String: GatheringHead] = [:]
        var used: Set<Int64> = []
        for index in core.rules.gatheredLevels {
            let rule = core.rules.rules[index]
            guard let signature = rule.gatheringSignature(currency: core.settings.presentation.currency) else {
                continue
            }
            let former = formerID(rule)
            let head = kept.first { ($0.rule == rule.id || $0.rule == former) && $0.signature == signature }
            if let head {
                heads[rule.id] = head
                used.insert(head.number)
            } else {
                heads[rule.id] = try view.addGathering(rule: rule.id, signature: signature)
                // Before a store's first tick the journal itself tells everything.
                if !isFirst { shelf.toLoad.insert(rule.id) }
            }
        }
        for head in kept where !used.contains(head.number) { try view.retireGathering(head.number) }
        shelf.set(heads)
    }

    mutating func closeGatherings() throws {
        try shelf.flush()
        _ = try view.forgetGathered(limit: EngineLimits.gatheringsForgotten) { [core] rule in
            core.rules[rule]?.levelTrigger != nil
        }
    }

    // MARK: changes

    mutating func runGathered(_ index: Int, _ change: Change) throws {
        let rule = core.rules.rules[index]
        guard !shelf.toLoad.contains(rule.id), let reads = core.rules.gatheredReads(of: index),
            reads.isTouched(by: change), let book = try shelf.book(rule)
        else { return }
        let links = links(along: reads.hops)
        let before = PastSource(
            base: source, history: History(view: view), sequence: change.sequence - 1, links: links)
        let after = PastSource(base: source, history: History(view: view), sequence: change.sequence, links: links)
        let moves = try moves(book, reads, change, to: after)
        for subject in moves.subjects where !editedSpans.contains(rule.id) {
            guard let state = try state(rule, subject), !state.rung else { continue }
            // A span that was full before this change counts, whatever the change makes of it.
            try look(book, state, at: min(change.at, now), before)
        }
        for move in moves.all { try book.move(move.ref, from: move.old, to: move.new) }
        for subject in moves.subjects {
            try turn(book, subject, at: Moment(at: change.at, sequence: change.sequence), after, depth: change.depth)
        }
    }

    struct GatheredMoves {
        var all: [(ref: RecordRef, old: GatheredBook.Place?, new: GatheredBook.Place?)] = []
        /// Groups that may turn, ascending.
        var subjects: [String] = []
    }

    /// What one change does to memberships, as `target` has the records: right after it, or before it.
    func moves(
        _ book: GatheredBook, _ reads: GatheringReads, _ change: Change, to target: PastSource
    ) throws -> GatheredMoves {
        let after = PastSource(
            base: source, history: History(view: view), sequence: change.sequence, links: target.links)
        let affected = reads.affected(by: change, after)
        let evaluator = evaluator(book.rule, target)
        var moves = GatheredMoves()
        var subjects: Set<String> = []
        for ref in affected.records {
            let old = try book.place(of: ref)
            let new = target.record(ref).flatMap { book.place(of: $0, evaluator) }
            if old != new { moves.all.append((ref, old, new)) }
            // What looks at the records themselves may see another value in one that stays where it is.
            guard old != new || book.aggregation.needsRecords else { continue }
            for place in [old, new] { if let place { subjects.insert(place.subject) } }
        }
        for group in affected.groups where book.aggregation.readsGroup {
            if try book.group(group.description) != nil { subjects.insert(group.description) }
        }
        moves.subjects = subjects.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return moves
    }

    private mutating func turn(
        _ book: GatheredBook, _ subject: String, at moment: Moment, _ past: PastSource, depth: Int
    ) throws {
        let rule = book.rule
        guard try holds(book, subject, past) == .holds else {
            guard try state(rule, subject) != nil else { return }
            setState(rule, subject, nil)
            return try endRest(ofFallen: rule, subject)
        }
        guard try state(rule, subject) == nil else { return }
        var new = LevelState(
            rule: rule.id, subject: subject, isTrue: true, since: min(moment.at, now), rise: moment.sequence,
            rung: false, checkAt: nil)
        // With another span what is true is looked at as a whole, after all changes.
        guard !editedSpans.contains(rule.id) else { return setState(rule, subject, new) }
        guard book.level.span != nil || book.level.fresh != nil else {
            return try hold(book, new, scheduled: moment.at, past, depth: depth)
        }
        let clock = LevelClock(rule: rule, level: book.level)
        let measured = try measurements(book, clock, subject, after: 0, past)
        clock.note(clock.span.begin(at: new.since, measurements: measured), in: &new)
        setState(rule, subject, new)
    }

    /// `while`, asked of one group with the records as `source` has them.
    func holds(_ book: GatheredBook, _ subject: String, _ source: any RecordSource) throws -> ConditionVerdict {
        guard let group = try book.group(subject), group.tally.members > 0 else { return .fails }
        var facts = FiringFacts(record: nil, scheduledAt: now)
        if book.aggregation.readsGroup { facts.group = try groupValue(book, subject, source) }
        if book.aggregation.needsRecords { facts.records = try records(of: book, subject, source) }
        return try evaluator(book.rule, source)
            .holds(book.level, book.aggregation, group.tally, book.counts(group), facts)
    }

    /// A group's value: of a record its name tells, of others any member.
    func groupValue(_ book: GatheredBook, _ subject: String, _ source: any RecordSource) throws -> GroupValue {
        guard book.gathering.group != nil else { return .none }
        if book.gathering.groupKind != nil, let ref = RecordRef(subject) { return .record(ref) }
        let evaluator = evaluator(book.rule, source)
        for id in try book.ids(of: subject, limit: 1) {
            guard let record = source.record(RecordRef(kind: book.gathering.kind, id: id)) else { continue }
            if case .inside(let value) = evaluator.gathers(record, book.gathering) { return value }
        }
        return .none
    }

    func records(of book: GatheredBook, _ subject: String, _ source: any RecordSource) throws -> [Record] {
        records(try book.ids(of: subject), book.gathering.kind, book.rule, source)
    }

    /// In the order of messages.
    func records(_ ids: [String], _ kind: String, _ rule: Rule, _ source: any RecordSource) -> [Record] {
        let evaluator = evaluator(rule, source)
        let orders = ids.compactMap { source.record(RecordRef(kind: kind, id: $0)).map(evaluator.order) }
        return Gathered.records(orders, kind: kind, source)
    }

    // MARK: ringing

    /// A change made it ring: decided when all of them are read, with its members of now where it does not last.
    private mutating func hold(
        _ book: GatheredBook, _ state: LevelState, scheduled: Instant, _ past: PastSource, depth: Int
    ) throws {
        var state = state
        state.rung = true
        state.checkAt = nil
        setState(book.rule, state.subject, state)
        try hold(
            LevelRing(
                rule: book.rule, state: state, scheduled: scheduled, depth: depth, sequence: past.sequence,
                group: (try groupValue(book, state.subject, past), try book.ids(of: state.subject))))
    }

    /// Rings with the group as it is.
    mutating func ringGroup(_ book: GatheredBook, _ state: LevelState, scheduled: Instant, depth: Int) throws {
        var state = state
        state.rung = true
        state.checkAt = nil
        setState(book.rule, state.subject, state)
        var facts = FiringFacts(record: nil, scheduledAt: scheduled)
        facts.group = try groupValue(book, state.subject, source)
        facts.records = try records(of: book, state.subject, source)
        try ringGroup(book.rule, state, facts, source, depth: depth)
    }

    mutating func ringGroup(
        _ rule: Rule, _ state: LevelState, _ facts: FiringFacts, _ source: any RecordSource, depth: Int
    ) throws {
        let scheduled = facts.scheduledAt
        let key = OccurrenceKey(rule: rule.id, subject: state.subject, occurrence: "rise=\(state.rise)")
        guard try !isDecided(key), try !isDecidedUnderFormerName(rule, key) else { return }
        guard depth < EngineLimits.chainDepth else {
            return decide(
                rule, key, .failed, Reason("chain_too_long", "\(EngineLimits.chainDepth)"), at: scheduled)
        }
        var facts = facts
        facts.late = isLate(scheduled) && rule.levelTrigger?.span != nil
        _ = try ring(rule, key, facts, late: facts.late, source: source, depth: depth)
    }

    // MARK: timers

    mutating func lookAtGroup(_ rule: Rule, _ subject: String) throws {
        guard let book = try shelf.book(rule), let state = try state(rule, subject), !state.rung else { return }
        guard try book.group(subject) != nil else { return setState(rule, subject, nil) }
        try look(book, state, at: now, source)
    }

    private mutating func look(
        _ book: GatheredBook, _ state: LevelState, at limit: Instant, _ source: any RecordSource
    ) throws {
        // Nothing is old or full before that instant.
        if let check = state.checkAt, check > limit, state.since != .latest { return }
        let clock = LevelClock(rule: book.rule, level: book.level)
        let measured = try measurements(book, clock, state.subject, after: state.rise - 1, source)
        let standing = clock.span.advance(clock.standing(of: state), measurements: measured, through: limit)
        var state = state
        clock.note(standing, in: &state)
        setState(book.rule, state.subject, state)
        guard case .full(_, let end) = standing else { return }
        // Before a change that may break it: later ones decide what it shows.
        if let past = source as? PastSource { return try hold(book, state, scheduled: end, past, depth: 0) }
        try ringGroup(book, state, scheduled: end, depth: 0)
    }

    /// Of every member of the group: one that was measured keeps the group fresh.
    private func measurements(
        _ book: GatheredBook, _ clock: LevelClock, _ subject: String, after sequence: Int64,
        _ source: any RecordSource
    ) throws -> [ClosedRange<Instant>] {
        guard clock.span.stale != nil else { return [] }
        var found: Set<ClosedRange<Instant>> = []
        for id in try book.ids(of: subject) {
            let ref = RecordRef(kind: book.gathering.kind, id: id)
            found.formUnion(try measurements(book.level, clock, ref, after: sequence, source))
        }
        return found.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    // MARK: another span

    /// `for` or `fresh` was edited: what is true and has not rung counts by the new length from its rise.
    mutating func respan() throws {
        for index in core.rules.gatheredLevels where !editedSpans.isEmpty {
            let rule = core.rules.rules[index]
            guard editedSpans.contains(rule.id), !shelf.toLoad.contains(rule.id), let book = try shelf.book(rule) else {
                continue
            }
            let kept = try view.levelSubjects(rule: formerID(rule) ?? rule.id)
            let new = levels.values.compactMap { $0 }.filter { $0.rule == rule.id }.map(\.subject)
            for subject in Set(kept + new).sorted() {
                guard let state = try state(rule, subject), !state.rung else { continue }
                let change = try view.changes(after: state.rise - 1, limit: 1).first
                try stand(book, subject, Moment(at: change?.at ?? min(state.since, now), sequence: state.rise))
            }
        }
    }

    /// A level that is true since that moment and of which nothing rang.
    mutating func stand(_ book: GatheredBook, _ subject: String, _ began: Moment) throws {
        let (rule, level) = (book.rule, book.level)
        var state = LevelState(
            rule: rule.id, subject: subject, isTrue: true, since: min(began.at, now), rise: began.sequence, rung: true,
            checkAt: nil)
        if level.span != nil || level.fresh != nil {
            let clock = LevelClock(rule: rule, level: level)
            let measured = try measurements(book, clock, subject, after: 0, source)
            let begun = clock.span.begin(at: state.since, measurements: measured)
            let standing = clock.span.advance(begun, measurements: measured, through: now)
            clock.note(standing, in: &state)
            if case .full = standing { state.checkAt = nil } else { state.rung = false }
        }
        setState(rule, subject, state)
        if state.rung, rule.existing == .fire { try ringGroup(book, state, scheduled: now, depth: 0) }
    }
}
