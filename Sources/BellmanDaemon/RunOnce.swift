import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTransport

/// `bellman run --once`: one round of everything that is due, then the end.
public struct RunOnce {
    public struct Report: Sendable {
        public var decided = 0
        public var sent = 0
        public var waiting = 0
        public var dead = 0
        public var brokenFiles = 0
        /// Why the sign of life did not leave, in words.
        public var heartbeatFailure: String?
    }

    public struct LivedLater: Error, Sendable {
        public let watermark: Instant
    }

    /// The machine's clock is not to be believed.
    public struct ImplausibleClock: Error, Sendable {
        public let doubt: ClockGuard.Doubt
        public let now: Instant
    }

    /// With `--now` the caller vouches for the time.
    private static func presentTime(_ instance: Instance) throws -> Instant {
        let (now, memory) = (instance.clock.now(), instance.clockPast)
        let past = try memory.read()
        if let doubt = ClockGuard.doubt(now, past) { throw ImplausibleClock(doubt: doubt, now: now) }
        _ = try memory.apply(past, at: now)
        return now
    }

    /// The store is not what it was; nothing rings from it.
    public struct StoreInDoubt: Error, Sendable {
        public let doubt: StoreGuard.Doubt
    }

    private struct FixedClock: WallClock {
        let instant: Instant
        func now() -> Instant { instant }
    }

    /// - Parameter instant: `--now`; refused on a store that already lived later.
    public static func run(
        _ instance: Instance, at instant: Instant?, inboxLine: @escaping @Sendable (String) -> Void
    ) async throws -> Report {
        let lock = try DaemonLock(path: instance.store.path)
        defer { lock.release() }
        let guardian = StoreGuard(instance)
        if let doubt = try guardian.look().doubt { throw StoreInDoubt(doubt: doubt) }
        defer { _ = try? guardian.mark() }
        if let instant, let watermark = try instance.store.read({ try $0.progress()?.watermark }), watermark > instant {
            throw LivedLater(watermark: watermark)
        }
        let now = try instant ?? presentTime(instance)
        _ = try instance.store.releaseClaims(endedBy: nil)
        try instance.makeRulesFolder()
        var book = try instance.ruleBook()
        let watch = RuleNews(instance: instance)
        var report = Report()
        let reading = try book.read(remember: true, force: true)
        if let reading {
            try watch.tell(reading, at: now)
            try watch.tellCalendars(at: now)
            report.brokenFiles = reading.outcome.files.filter { $0.state != .good }.count
        }
        let engine = try instance.engine(rules: reading?.outcome.rules ?? [])
        let tick = try await engine.tick(at: now)
        try watch.tell(troubles: tick.troubles, at: now)
        try SelfWatch(instance: instance).look(now)
        try instance.adminDesk.flush(at: now)
        report.decided = tick.decided
        let dispatcher = instance.dispatcher(engine: engine, clock: FixedClock(instant: now), inboxLine: inboxLine)
        let counts = await dispatcher.drain(now: now)
        report.sent = counts.sent
        report.waiting = counts.waiting
        report.dead = counts.dead
        // A round that got this far is well, unless no channel is left to tell anybody.
        if let heart = instance.heart(), Heart.someChannelWorks(dispatcher.standings) {
            report.heartbeatFailure = await heart.beatAndWait(now)
        }
        return report
    }
}
