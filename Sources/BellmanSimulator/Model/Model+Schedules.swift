/// Schedules and levels.
extension Model {
    private static let cap = 100

    mutating func schedule(_ rule: StoryRule, _ days: StoryRule.Days) {
        guard !isFirst else { return }
        let from = max(start, since(schedule: rule))
        guard from < now else { return }
        let all = (zone.day(from) - 1)...(zone.day(now) + 1)
        let runs = all.filter { Model.isDay($0, days) }.map { zone.instant(day: $0, rule.time) }
            .filter { $0 > from && $0 <= now }
        guard let last = runs.last else { return }
        let isLate = last + Model.late < now
        switch rule.catchUp {
        case .lateOnce: for run in runs.dropLast().prefix(Model.cap) { decide(key(rule, run), "superseded") }
        case .all: for run in runs.dropLast().prefix(Model.cap - 1) { ring(rule, run) }
        case .skip:
            for run in runs.dropLast().prefix(Model.cap) where run + Model.late < now {
                decide(key(rule, run), "skipped")
            }
            if isLate { return decide(key(rule, last), "skipped") }
        }
        ring(rule, last)
    }

    private mutating func ring(_ rule: StoryRule, _ run: Micros) {
        ring(rule, key(rule, run), holds: true, scheduled: run, late: run + Model.late < now)
    }

    private func key(_ rule: StoryRule, _ run: Micros) -> Key {
        Key(rule: rule.id, subject: "", occurrence: "at=\(PlainTime.text(run))")
    }

    private static func isDay(_ day: Int, _ days: StoryRule.Days) -> Bool {
        switch days {
        case .every: true
        case .weekday(let weekday): PlainTime.weekday(day) == weekday
        case .ofMonth(let number): PlainTime.calendar(day).day == number
        }
    }

    // MARK: levels

    mutating func level(_ rule: StoryRule, _ word: String, _ days: Int?, _ changes: [Change]) {
        var rang: [(record: String, span: Span, scheduled: Micros)] = []
        for change in changes {
            if let span = spans[change.record], !span.rung, let days {
                let end = zone.shifted(span.since, days: days)
                if end <= min(change.at, now) { ringLevel(rule, change.record, span, end) }
            }
            guard change.after?.status == word else {
                spans[change.record] = nil
                continue
            }
            guard spans[change.record] == nil else { continue }
            let span = Span(since: min(change.at, now), rise: change.sequence, rung: days == nil)
            spans[change.record] = span
            if days == nil { rang.append((change.record, span, change.at)) }
        }
        // What rang at once is decided when all changes are read: it needs its record.
        for one in rang { ringLevel(rule, one.record, one.span, one.scheduled, isSpan: false) }
        guard let days else { return }
        for (record, span) in spans.sorted(by: { $0.key < $1.key }) where !span.rung {
            let end = zone.shifted(span.since, days: days)
            if end <= now { ringLevel(rule, record, span, end) }
        }
    }

    private mutating func ringLevel(
        _ rule: StoryRule, _ record: String, _ span: Span, _ scheduled: Micros, isSpan: Bool = true
    ) {
        if spans[record]?.rise == span.rise { spans[record]?.rung = true }
        guard records[record] != nil else { return }
        let key = Key(rule: rule.id, subject: "task/\(record)", occurrence: "rise=\(span.rise)")
        ring(rule, key, holds: true, scheduled: scheduled, late: isSpan && scheduled + Model.late < now)
    }
}
