import Almanac

extension Rule {
    /// Whether its working calendar decides when it rings or what it says: working days in an offset, a schedule, a
    /// wait, a limit or an expression. A record's own duration field may hold working days, too.
    public var countsWorkingDays: Bool {
        triggers.contains(where: \.countsWorkingDays) || limit.map { $0.window.workingDays > 0 } ?? false
            || steps.contains { ($0.wait?.workingDays ?? 0) > 0 || $0.digestNeedsCalendar }
            || [condition, exclusion].compactMap(\.self).contains(where: \.mentionsWorkingDays)
    }
}

extension Trigger {
    fileprivate var countsWorkingDays: Bool {
        switch self {
        case .created, .deleted, .changes: return false
        case .moment(let moment):
            return moment.offsets.contains { offset in
                switch offset {
                case .fixed(let period): period.workingDays > 0
                case .own: true
                }
            }
        case .schedule(let trigger):
            guard case .every(let every) = trigger.schedule.recurrence else { return false }
            return every.needsCalendar
        case .level(let level): return (level.span?.workingDays ?? 0) > 0
        }
    }
}

extension Step {
    fileprivate var digestNeedsCalendar: Bool {
        guard case .notify(let notify) = action else { return false }
        return notify.digest?.needsCalendar ?? false
            || [notify.title, notify.text].compactMap(\.self).flatMap(\.parts).contains { part in
                if case .value(let expression) = part { expression.mentionsWorkingDays } else { false }
            }
    }
}

extension Expression {
    fileprivate var mentionsWorkingDays: Bool {
        ["working_day", "working day", "workday", "工作日", "工作天"].contains { source.contains($0) }
    }
}
