/// Dates (promises 4, 5, 6 and 7).
extension Model {
    private struct Milestone {
        let offset: Int
        let at: Micros
    }

    mutating func dates(_ rule: StoryRule, _ changes: [Change]) {
        guard !fresh.contains(rule.id) || isFirst else { return }
        for (record, state) in records.sorted(by: { $0.key < $1.key }) {
            guard let due = state.due else { continue }
            let milestones = rule.offsets.map {
                Milestone(offset: $0, at: zone.instant(day: due + $0, rule.time))
            }
            // A record that went and came again is a new one.
            let mine = changes.filter { $0.record == record }
            let isRemade = mine.contains { $0.after == nil }
            let isOld = !isFirst && atLastTick[record]?.due == due && !isRemade
            let missed =
                isOld
                ? milestones.filter { isMissed($0, rule, due) }
                : arrived(rule, record, state, due, milestones, mine, isRemade)
            settle(rule, record, state, due, missed.filter { !isDecided(key(rule, record, due, $0.offset)) })
        }
    }

    /// Due since the last tick, or put before it by an edit of the time of day.
    private func isMissed(_ milestone: Milestone, _ rule: StoryRule, _ due: Int) -> Bool {
        guard milestone.at <= now else { return false }
        let from = max(start, since(rule, offset: milestone.offset))
        if milestone.at > from { return true }
        guard let former = former[rule.id], since(rule, offset: milestone.offset) < now else { return false }
        let old = zone.instant(day: due + milestone.offset, former)
        return old > start && milestone.at <= start
    }

    private mutating func arrived(
        _ rule: StoryRule, _ record: String, _ state: State, _ due: Int, _ milestones: [Milestone],
        _ changes: [Change], _ isRemade: Bool
    ) -> [Milestone] {
        let existed = !isFirst && atLastTick[record] != nil && !isRemade
        let moved = changes.last { $0.before?.due != $0.after?.due }?.at ?? now
        let arrival = existed ? min(max(start, moved), now) : now
        let missed = milestones.filter { $0.at > arrival && $0.at <= now }
        let past = milestones.filter { $0.at <= arrival }
        let isLeft = milestones.contains { $0.at > now }
        if missed.isEmpty, !isLeft, rule.arrivingLate, now < zone.instant(day: due + 1, 0), let nearest = nearest(past)
        {
            let key = key(rule, record, due, nearest.offset)
            ring(rule, key, holds: !rule.onlyOpen || state.isOpen, scheduled: nearest.at, late: true)
        }
        for milestone in past { decide(key(rule, record, due, milestone.offset), "skipped") }
        return missed
    }

    private mutating func settle(
        _ rule: StoryRule, _ record: String, _ state: State, _ due: Int, _ missed: [Milestone]
    ) {
        let expired = missed.filter { milestone in
            let from = milestone.offset <= 0 ? zone.instant(day: due + 1, 0) : milestone.at
            return from + Model.week < now
        }
        for milestone in expired { decide(key(rule, record, due, milestone.offset), "expired") }
        let open = missed.filter { one in !expired.contains { $0.offset == one.offset } }
        guard let nearest = nearest(open) else { return }
        switch rule.catchUp {
        case .all:
            for milestone in open.sorted(by: { $0.at < $1.at }) { ring(rule, record, state, due, milestone) }
            return
        case .skip where nearest.at + Model.late < now:
            for milestone in open { decide(key(rule, record, due, milestone.offset), "skipped") }
        default: ring(rule, record, state, due, nearest)
        }
        for milestone in open { decide(key(rule, record, due, milestone.offset), "superseded") }
    }

    private mutating func ring(
        _ rule: StoryRule, _ record: String, _ state: State, _ due: Int, _ milestone: Milestone
    ) {
        ring(
            rule, key(rule, record, due, milestone.offset), holds: !rule.onlyOpen || state.isOpen,
            scheduled: milestone.at, late: milestone.at + Model.late < now)
    }

    /// The one due last.
    private func nearest(_ milestones: [Milestone]) -> Milestone? { milestones.max { $0.at < $1.at } }

    private func key(_ rule: StoryRule, _ record: String, _ due: Int, _ offset: Int) -> Key {
        let length = offset < 0 ? "-P\(-offset)D" : "P\(offset)D"
        return Key(rule: rule.id, subject: "task/\(record)", occurrence: "due=\(PlainTime.date(due)) \(length)")
    }
}
