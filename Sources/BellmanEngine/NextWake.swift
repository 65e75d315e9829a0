import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

extension EngineCore {
    /// When to tick next if nothing changes: the coming whole minute, or a moment before it.
    ///
    /// Dates and schedules fall on whole minutes; only timed values, waits and spans can fall between, and those
    /// are asked of the index.
    public func nextWake(after now: Instant, view: any EngineView) throws -> Instant {
        let minute: Int64 = 60_000_000
        let coming = Instant(microseconds: (now.microseconds / minute + 1) * minute)
        var wake = coming
        if let timer = try view.nextTimer(), timer > now { wake = min(wake, timer) }
        for question in rules.questions
        where moments.mayHoldInstants(kind: question.kind, field: question.field) {
            wake = min(wake, try nextInstant(question, now, before: wake, view))
        }
        return wake
    }

    private func nextInstant(
        _ question: DateQuestion, _ now: Instant, before limit: Instant, _ view: any EngineView
    ) throws -> Instant {
        let offset = question.offset
        guard let range = offset.instantRange(firingIn: (after: now, through: limit)) else { return limit }
        let found = try view.moments(kind: question.kind, field: question.field, instants: range)
        let due = found.compactMap { moment -> Instant? in
            guard case .instant(let instant) = moment.value else { return nil }
            let at = offset.instant(for: instant)
            return at > now && at < limit ? at : nil
        }
        return due.min() ?? limit
    }
}
