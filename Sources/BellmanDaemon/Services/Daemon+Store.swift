import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// The daemon and a store that refuses: it says so once, goes on serving, and tries again with every round; only where
/// writes were lost on their way to the disk does it end.
extension Daemon {
    /// Opens the store. On a disk so full that not even that goes, with the room of the reserve.
    static func open<T>(store path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let problem as StoreProblem {
            guard isForWantOfRoom(problem, path), DiskReserve(store: path).release() else { throw problem }
            return try body()
        }
    }

    /// SQLite names a full disk where it writes, and not where it only makes a file longer.
    private static func isForWantOfRoom(_ problem: StoreProblem, _ path: String) -> Bool {
        switch problem {
        case .diskFull: true
        case .other, .cannotOpen: SelfWatch.free(path) == 0
        default: false
        }
    }

    /// A round that came to nothing: said once for the same words, tried again with the next.
    func tickFailed(_ error: any Error) {
        if store.failure == nil, case .diskFull? = error as? StoreProblem, useReserve() { return }
        let words = StoreWording.text(of: error, instance.configuration.language)
        let isNew = health.withLock { health -> Bool in
            defer { health.lastError = words }
            if health.failingSince == nil { health.failingSince = pulse.present }
            return health.lastError != words
        }
        meter.noteFailedTick()
        if isNew {
            log.write(.tickFailed, [("error", words)])
            if store.failure == nil { tellPastTheStore(words) }
        }
        guard error is StoreProblem, store.failure == nil else { return }
        // It is no hang, and starting anew would mend nothing: the service manager hears that the daemon is there.
        if health.withLock({ $0.lastTick != nil }) { manager.tickFinished(status: { words }, isStuck: { false }) }
    }

    /// True where there was a reserve: the round is tried again at once, with its room.
    private func useReserve() -> Bool {
        guard DiskReserve(store: store.path).release() else { return false }
        log.write(.reserveUsed, [("bytes", "\(DiskReserve.size)")])
        alarm.ring()
        return true
    }

    /// A disk without room for a reserve is full, although this round found its place.
    private func lookAtReserve(_ now: Instant) throws {
        let desk = instance.adminDesk
        guard !DiskReserve(store: store.path).hold(), SelfWatch.free(store.path) ?? .max < DiskReserve.roomMegabytes
        else { return try desk.settled("reserve") }
        let words = SelfWording(instance.configuration.language)
        try desk.tell(
            "reserve", title: words.fullTitle, text: words.full(store.path), at: now, daily: true,
            zone: instance.configuration.timing.zone)
    }

    /// A round that went well, after others that did not.
    func tickWentWell(at now: Instant) throws {
        try lookAtReserve(now)
        let (failed, since) = health.withLock { health in
            defer { (health.lastError, health.failingSince) = (nil, nil) }
            return (health.lastError != nil, health.failingSince)
        }
        guard failed else { return }
        log.write(.storeMended)
        guard let since else { return }
        let words = SelfWording(instance.configuration.language)
        let zone = instance.configuration.timing.zone
        if try instance.adminDesk.tell(
            "store", title: words.mendedTitle, text: words.mended(since, now, zone), at: now), try flushTroubles(now)
        {
            dispatcher.nudge()
        }
    }

    private func flushTroubles(_ now: Instant) throws -> Bool { try instance.adminDesk.flush(at: now) }

    /// Ends the daemon where the store is used no more; its people are told first.
    func throwIfStoreFailed() async throws {
        guard let problem = store.failure else { return }
        log.write(.storeFailed, [("error", StoreWording.text(problem, instance.configuration.language))])
        await tellPastTheStoreAndWait(StoreWording.text(problem, instance.configuration.language))
        throw problem
    }
}
