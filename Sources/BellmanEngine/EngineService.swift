import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Failpoints
import Synchronization

/// What one call to the engine brought about.
public struct TickReport: Sendable {
    public var ticks = 0
    public var decided = 0
    public var queued = 0
    /// What went wrong in single rules, in words.
    public var troubles: [String] = []
}

extension EngineCore {
    /// Takes a snapshot, decides, commits, and goes on while the decisions themselves changed records: until nothing is
    /// left to decide at this instant. The chain limit bounds the rounds.
    @discardableResult
    public func settle(at now: Instant, in store: any EngineStore) throws -> TickReport {
        var report = TickReport()
        for _ in 0...(EngineLimits.chainDepth + 1) {
            var troubles: [String] = []
            var wrote = false
            let receipt = try store.tick { view in
                let commit = try Failpoint.step(.dueScan) { try tick(at: now, view: view) }
                troubles = commit.troubles
                wrote = !commit.writes.isEmpty
                return commit
            }
            report.ticks += 1
            report.decided += receipt.decided
            report.queued += receipt.queued
            report.troubles += troubles
            if !wrote { break }
        }
        return report
    }
}

/// The shell around the core: takes a snapshot, lets the core decide, commits, and goes on while the decisions
/// themselves changed records.
public actor EngineService {
    private var core: EngineCore
    private let store: any EngineStore
    /// The same core for questions that must not wait for a tick.
    private let published: Mutex<EngineCore>
    /// Which reading of the rules is in force, where its caller numbers them.
    private var lastReading: UInt64 = 0

    public init(core: EngineCore, store: any EngineStore) {
        self.core = core
        self.store = store
        published = Mutex(core)
    }

    /// The core with the rules in force.
    nonisolated var present: EngineCore { published.withLock { $0 } }

    /// Asks the rules about the present state of the store; never waits for a tick, and changes nothing.
    nonisolated func ask<T>(_ question: (EngineCore, any EngineView) throws -> T) throws -> T {
        let core = present
        return try store.read { try question(core, $0) }
    }

    /// A self-audit by the rules that are in force now. `longestWait` is each channel's `max_age` in seconds.
    public nonisolated func selfAudit(
        of store: any AuditStore, longestWait: [String: Int64], now: Instant, days: Int
    ) -> SelfAudit {
        SelfAudit(core: present, store: store, longestWait: longestWait, now: now, days: days)
    }

    /// A tick sees one rule set: the change waits for the running tick. Where several threads read rules, `reading`
    /// numbers what they read: an older reading that comes late changes nothing.
    public func replaceRules(_ rules: [Rule], reading: UInt64? = nil) {
        guard isNewest(reading) else { return }
        core.rules = RuleSet(rules)
        published.withLock { [core] in $0 = core }
    }

    /// The same with other derived dates, where a calendar changed. No tick comes between the index that `reindex` makes
    /// from them and the rules; where it throws, the old dates stay.
    public func replaceRules(
        _ rules: [Rule], moments: DerivedMoments, reading: UInt64? = nil, reindex: @Sendable () throws -> Void
    ) throws {
        guard isNewest(reading) else { return }
        try reindex()
        core.moments = moments
        replaceRules(rules, reading: reading)
    }

    private func isNewest(_ reading: UInt64?) -> Bool {
        guard let reading else { return true }
        guard reading >= lastReading else { return false }
        lastReading = reading
        return true
    }

    /// `EngineCore.settle` with the rules that are in force.
    @discardableResult
    public func tick(at now: Instant) throws -> TickReport { try core.settle(at: now, in: store) }

    /// After a new tz database: computes stored times anew (`EngineCore.replan`). How many steps moved.
    public func replan(at now: Instant) throws -> Int {
        let core = core
        // A store that never ticked has nothing to plan, and must not look as if it had.
        guard let plan = try store.read({ try core.replan(at: now, view: $0) }) else { return 0 }
        _ = try store.tick { try core.replan(at: now, view: $0) ?? plan }
        return plan.steps.count
    }

    public func nextWake(after now: Instant) throws -> Instant {
        let core = core
        return try store.read { try core.nextWake(after: now, view: $0) }
    }

    public var watermark: Instant? {
        get throws { try store.read { try $0.progress()?.watermark } }
    }
}
