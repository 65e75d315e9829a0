import Almanac
import BellmanRules
import Synchronization

/// Working calendars while the daemon runs: their files are watched, and years without data told.
extension Daemon {
    /// The folders of calendar files, without those below them.
    func watchCalendars(_ watch: FolderWatch?) {
        for folder in instance.configuration.calendars.folders { watch?.watch(alone: folder) }
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
