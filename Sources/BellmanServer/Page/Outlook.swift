import Almanac
import Synchronization

/// What the rules foresee, kept until something happens: several pages ask for it, and foreseeing reads many records.
final class Outlook: Sendable {
    private static let keptSeconds = 20

    private let dependencies: ServerDependencies
    private let kept = Mutex<(days: Int, at: Instant, event: Int64, notices: [ComingNotice])?>(nil)

    init(_ dependencies: ServerDependencies) { self.dependencies = dependencies }

    /// Those from now on, ascending in time.
    func notices(_ days: Int) throws -> [ComingNotice] {
        let now = dependencies.now()
        let event = dependencies.events.number
        let fresh = kept.withLock { kept in
            kept.flatMap {
                let isRecent = $0.at <= now && now < $0.at.adding(seconds: Outlook.keptSeconds)
                return $0.days == days && $0.event == event && isRecent ? $0.notices : nil
            }
        }
        if let fresh { return fresh.filter { $0.at >= now } }
        let notices = try dependencies.outlook(days).sorted { $0.at < $1.at }
        kept.withLock { $0 = (days, now, event, notices) }
        return notices.filter { $0.at >= now }
    }
}
