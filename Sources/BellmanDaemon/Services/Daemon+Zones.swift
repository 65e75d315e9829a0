import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// The daemon and the tz database: read at the start, and again when a newer one comes (docs/decisions/0008).
extension Daemon {
    /// Under which the store keeps the release of the tz database that its instants were computed with.
    static let zonesDocument = "zones/version"

    /// Looks whether the database changed: one look at each file in use. True when zones were read anew.
    @discardableResult
    func lookAtZones(isStart: Bool) -> Bool {
        let mark = Zone.databaseMark()
        let isNew = zonesMark.withLock { kept -> Bool in
            // A zone that came into use since is no news of the database.
            defer { kept = mark }
            return kept.map { mark.differs(from: $0) } ?? false
        }
        if isStart { return startWithZones() }
        guard isNew else { return false }
        let refresh = Zone.readAnew()
        // Read once more at the next look where an upgrade is under way: its files come one after the other.
        guard refresh.isNews else { return false }
        let names = refresh.changed.prefix(Daemon.namedZones).joined(separator: ",")
        log.write(
            .zonesChanged,
            [
                ("from", refresh.from ?? "-"), ("to", refresh.to ?? "-"), ("zones", "\(refresh.changed.count)"),
                ("changed", names),
            ])
        replanLater()
        return true
    }

    private static let namedZones = 10

    private func startWithZones() -> Bool {
        let version = Zone.databaseVersion()
        log.write(.zonesRead, [("tzdata", version ?? "-"), ("zone", instance.configuration.timing.zone.name)])
        let known = (try? store.document(Daemon.zonesDocument)) ?? nil
        guard known != version ?? "" else { return false }
        if let known {
            log.write(.zonesChanged, [("from", known.isEmpty ? "-" : known), ("to", version ?? "-")])
            replanLater()
        } else {
            keepVersion()
        }
        return false
    }

    /// With the next tick: rules must have been read, and no tick may be under way.
    private func replanLater() { replanning.withLock { $0 = true } }

    private func keepVersion() {
        do { try store.setDocument(Daemon.zonesDocument, Zone.databaseVersion() ?? "") } catch {
            log.write(.deliveryTrouble, [("error", "\(error)")])
        }
    }

    /// Stored instants that stand for a wall-clock time are computed anew, once for each change of the database.
    func replanIfAsked(at now: Instant) async {
        guard replanning.withLock({ $0 }) else { return }
        do {
            // The rules hold plans of their own that were made with the old zones.
            try await readRules(force: true)
            let steps = try await engine.replan(at: now)
            var (digests, quiet) = (0, 0)
            try store.eachHeld(atOnce: Daemon.heldAtOnce) { held in
                let openings = try engine.openings(
                    of: held.filter { $0.reason == Reason("digest") }.map(\.notice), at: now)
                // Quiet hours are asked again when a notice is claimed: claimed now, it is held until the right instant.
                let asked = held.filter { $0.reason.code == "quiet_hours" }.map { ($0.notice.id, now) }
                try store.moveHeld(openings.map { ($0.key, $0.value) } + asked)
                (digests, quiet) = (digests + openings.count, quiet + asked.count)
            }
            replanning.withLock { $0 = false }
            keepVersion()
            dispatcher.nudge()
            log.write(.replanned, [("steps", "\(steps)"), ("digests", "\(digests)"), ("held", "\(quiet)")])
        } catch {
            log.write(.tickFailed, [("error", "\(error)")])
        }
    }

    /// Held notices looked at together after a change of the database.
    private static let heldAtOnce = 1_000
}
