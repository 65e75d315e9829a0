import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// The instants at which time alone may bring something: a clock that need not run by the minute (rule tests) jumps
/// from one to the next. Between them a tick would decide nothing.
///
/// Made for the records of one moment: a write makes it stale. Timers of waiting steps and of levels are not in it,
/// because ticks themselves set them; ask `EngineView.nextTimer`.
public struct Agenda: Sendable {
    /// Due instants of dates, descending, each once.
    private var dates: [Instant]
    private var schedules: [(schedule: Schedule, next: Instant?)]

    /// The first instant after `now`; nil where nothing comes before the end that the agenda was made for.
    public mutating func next(after now: Instant) -> Instant? {
        while let last = dates.last, last <= now { dates.removeLast() }
        var found = dates.last
        for (index, entry) in schedules.enumerated() {
            guard let next = entry.next else { continue }
            if next <= now { schedules[index].next = entry.schedule.next(after: now) }
            if let next = schedules[index].next { found = min(found ?? next, next) }
        }
        guard let found, found <= end else { return nil }
        return found
    }

    private let end: Instant

    fileprivate init(dates: Set<Instant>, schedules: [Schedule], after now: Instant, through end: Instant) {
        self.dates = dates.sorted(by: >)
        self.schedules = schedules.map { ($0, $0.next(after: now)) }
        self.end = end
    }
}

extension EngineCore {
    /// What dates and schedules may bring in (now, through]. Cost follows what is found.
    public func agenda(after now: Instant, through end: Instant, view: any EngineView) throws -> Agenda {
        var dates: Set<Instant> = []
        var search = DateSearch(in: (after: now, through: end), view)
        for field in rules.dateFields {
            let found = try search.moments(
                field, of: rules.questions,
                mayHoldInstants: moments.mayHoldInstants(kind: field.kind, field: field.field))
            for (question, hits) in found {
                let offset = rules.questions[question].offset
                for hit in hits {
                    let at =
                        switch hit.value {
                        case .date(let date): offset.instant(for: date)
                        case .instant(let instant): offset.instant(for: instant)
                        }
                    if at > now, at <= end { dates.insert(at) }
                }
            }
        }
        let schedules = rules.scheduleRules.flatMap { rules.rules[$0].scheduleTriggers.map(\.schedule) }
        return Agenda(dates: dates, schedules: schedules, after: now, through: end)
    }
}
