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
    func adopt(_ rules: [Rule]) async {
        let timing = instance.configuration.presentTiming
        guard DerivedMoments.mark(timing) != instance.deriver.mark else { return await engine.replaceRules(rules) }
        let moments = instance.workshop.presentMoments
        do {
            try await engine.replaceRules(rules, moments: moments) { [instance] in try instance.adopt(moments) }
        } catch {
            // The old index and the old dates fit each other; the new rules need not wait for them.
            log.write(.rulesUnreadable, [("error", "\(error)")])
            await engine.replaceRules(rules)
        }
    }

    /// Once a day, and when rules or calendars changed.
    func tellCoverage(_ now: Instant) throws {
        let today = instance.configuration.timing.zone.date(now)
        let isNew = coverageDay.withLock { day -> Bool in
            defer { day = today }
            return day != today
        }
        if isNew { try RuleNews(instance: instance).tellCoverage(board.rules, at: now) }
    }
}
