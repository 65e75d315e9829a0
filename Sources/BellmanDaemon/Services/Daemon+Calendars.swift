import Almanac
import BellmanEngine
import BellmanRules
import Synchronization

/// Working calendars while the daemon runs: their files are watched, and years without data told.
extension Daemon {
    /// The folders of calendar files, without those below them.
    func watchCalendars(_ watch: FolderWatch?) {
        for folder in instance.configuration.calendars.folders { watch?.watch(alone: folder) }
    }

    /// Hands rules to the engine, and with them the dates that a changed calendar makes otherwise.
    /// `reading` numbers the readings of the rules: what an older one brings late is passed over.
    func adopt(_ rules: [Rule], _ reading: UInt64) async {
        let timing = instance.configuration.presentTiming
        guard DerivedMoments.mark(timing) != instance.deriver.mark else {
            return await engine.replaceRules(rules, reading: reading)
        }
        let moments = instance.workshop.presentMoments
        do {
            try await engine.replaceRules(rules, moments: moments, reading: reading) { [instance] in
                try instance.adopt(moments)
            }
        } catch {
            // The old index and the old dates fit each other; the new rules need not wait for them.
            log.write(.rulesUnreadable, [("error", "\(error)")])
            await engine.replaceRules(rules, reading: reading)
        }
    }

    /// Once a day, and when rules or calendars changed. What the store refuses is tried again with the next tick; the
    /// tick itself was good.
    func tellCoverage(_ now: Instant) {
        let today = instance.configuration.timing.zone.date(now)
        guard let ticket = coverage.withLock({ $0.ticket(today) }) else { return }
        do {
            try RuleNews(instance: instance).tellCoverage(board.rules, at: now)
            coverage.withLock { $0.done(ticket) }
        } catch {
            log.write(.adminUntold, [("error", "\(error)")])
        }
    }
}

/// Something that is looked at once a day, and again when what it depends on changed.
struct DailyLook: Sendable {
    /// What was looked at: the day, and which state of what it depends on.
    struct Ticket: Sendable, Hashable {
        let day: CivilDate
        let state: Int
    }

    private var last: Ticket?
    private var state = 0

    mutating func again() { state += 1 }

    /// Nil where nothing is to be done.
    func ticket(_ today: CivilDate) -> Ticket? {
        let ticket = Ticket(day: today, state: state)
        return ticket == last ? nil : ticket
    }

    /// A look that failed is not done, and what changed meanwhile is looked at again.
    mutating func done(_ ticket: Ticket) { last = ticket }
}
