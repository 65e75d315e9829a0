import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

extension EngineCore {
    /// When to tick next if nothing changes: the coming whole minute, or a moment before it.
    ///
    /// Dates and schedules fall on whole minutes, unless a rule names seconds; timed values, waits and spans can fall
    /// between, and those are asked of the index.
    public func nextWake(after now: Instant, view: any EngineView) throws -> Instant {
        let minute: Int64 = 60_000_000
        let coming = Instant(microseconds: (now.microseconds / minute + 1) * minute)
        var wake = coming
        if let timer = try view.nextTimer(), timer > now { wake = min(wake, timer) }
        // Each field is asked once for all its offsets, in the time that is left before what is found already.
        for field in rules.dateFields where moments.mayHoldInstants(kind: field.kind, field: field.field) {
            wake = min(wake, try nextInstant(field, now, before: wake, view))
        }
        guard rules.mayRingBetweenMinutes else { return wake }
        var agenda = try agenda(after: now, through: wake, view: view)
        return agenda.next(after: now) ?? wake
    }

    private func nextInstant(
        _ field: DateField, _ now: Instant, before limit: Instant, _ view: any EngineView
    ) throws -> Instant {
        guard limit > now else { return limit }
        let search = DateSearch(in: (after: now, through: limit), view)
        var wake = limit
        for (question, found) in try search.instants(field, of: rules.questions) {
            for case .instant(let instant) in found.lazy.map(\.value) {
                let at = rules.questions[question].offset.instant(for: instant)
                if at > now { wake = min(wake, at) }
            }
        }
        return wake
    }
}
