import Almanac
import Synchronization

/// What the rules foresee, kept for a moment: several pages ask for it, and foreseeing reads many records.
final class Outlook: Sendable {
    private static let keptSeconds = 20

    private let dependencies: ServerDependencies
    private let kept = Mutex<(days: Int, at: Instant, notices: [ComingNotice])?>(nil)

    init(_ dependencies: ServerDependencies) { self.dependencies = dependencies }

    /// Those from now on, ascending in time.
    func notices(_ days: Int) throws -> [ComingNotice] {
        let now = dependencies.now()
        let fresh = kept.withLock { kept in
            kept.flatMap {
                $0.days == days && $0.at <= now && now < $0.at.adding(seconds: Outlook.keptSeconds) ? $0.notices : nil
            }
        }
        if let fresh { return fresh.filter { $0.at >= now } }
        let notices = try dependencies.outlook(days).sorted { $0.at < $1.at }
        kept.withLock { $0 = (days, now, notices) }
        return notices.filter { $0.at >= now }
    }
}
