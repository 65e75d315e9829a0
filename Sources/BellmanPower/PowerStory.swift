import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Glibc

/// A bug that is planted to see that the losses find it.
public enum PowerPlant: String, Sendable, CaseIterable {
    /// The writing connection syncs only when the log is written back (`synchronous = NORMAL`).
    case normal
    /// Nothing is synced (`synchronous = OFF`, or a drive that lies).
    case noSync
    /// A torn write damages the sector before it, which drives promise not to do.
    case tornNeighbour
    /// Notices leave before the commit that holds them.
    case early
}

/// One store that loses its power again and again while the real engine and the real dispatcher work on it.
///
/// Everything comes from the seed. One story at a time in a process.
public final class PowerStory {
    /// Times that the power goes in a story, after which a new one begins with a new store.
    public static let instantsEach = 25
    /// States of the disk that are examined for each of them.
    public static let statesEach = 4
    private static let operationsEach = 60

    private let seed: UInt64
    private let plant: PowerPlant?
    private let rules: PowerRules
    private let folder: TemporaryFolder
    private let seen: TemporaryFolder
    private let other: TemporaryFolder
    private let witness = Witness()
    private let transport: PowerTransport
    private let clock: ManualClock
    private var dice: SeededRandom
    private var tally = PowerTally()
    private var now = Instant(seconds: 1_772_438_400)

    private var path: String { folder.file("bellman.db") }

    public init(seed: UInt64, plant: PowerPlant? = nil) throws {
        self.seed = seed
        self.plant = plant
        rules = try PowerRules.shared.get()
        folder = try TemporaryFolder()
        seen = try TemporaryFolder()
        other = try TemporaryFolder()
        dice = SeededRandom(seed: seed)
        transport = PowerTransport(witness: witness, seed: seed)
        clock = ManualClock(now)
    }

    /// Loses the power so many times, then lets everything end well.
    ///
    /// Throws `PowerTrouble` where the driver cannot go on; what is wrong with the store is in the tally.
    public func run(instants: Int = PowerStory.instantsEach) async throws -> PowerTally {
        let plants: [PowerPlant: PowerStage.Plants] = [
            .normal: .normal, .noSync: .noSync, .tornNeighbour: .tornNeighbour,
        ]
        try PowerStage.begin(
            folder: folder.path, seed: dice.next(), plants: plant.flatMap { plants[$0] } ?? [],
            checkpointPages: dice.pick([0, 4, 16, 64]))
        defer { PowerStage.end() }
        for _ in 0..<instants {
            PowerStage.setFuse(dice.int(1...dice.pick([8, 40, 160, 400])))
            try await live()
            try lose()
            if !tally.findings.isEmpty { break }
        }
        if tally.findings.isEmpty { try await heal() }
        (tally.commits, tally.sends) = (witness.commits, witness.sends)
        return tally
    }

    private func find(_ kind: PowerFinding.Kind, _ words: String) {
        tally.findings.append(PowerFinding(kind: kind, seed: seed, loss: tally.instants, words: words))
    }

    // MARK: Living

    private func open() throws -> SQLiteStore {
        try SQLiteStore(
            path: path, role: .daemon, schema: .builtIn, deriver: PowerRules.Deriver(moments: rules.moments))
    }

    /// A daemon's life, until the power goes.
    private func live() async throws {
        let store: SQLiteStore
        do { store = try open() } catch {
            // Without a fuse left this is no loss but a store that cannot be used.
            guard PowerStage.isOff else {
                find(.unusable, "cannot be opened: \(error)")
                return pullThePlug()
            }
            tally.whileOpening += 1
            return
        }
        if PowerStage.isOff { tally.whileOpening += 1 } else { witness.watch(path) }
        await work(on: store)
        pullThePlug()
        witness.lookAway()
        // Its writes fail: there is no power.
        store.abandon()
    }

    private func pullThePlug() {
        guard !PowerStage.isOff else { return }
        PowerStage.setFuse(1)
        transport.cut()
    }

    private func work(on store: SQLiteStore) async {
        let daemon = Daemon(store, plant, rules, witness, transport, clock)
        do { _ = try daemon.store.releaseClaims(endedBy: nil) } catch { return check(error) }
        for _ in 0..<PowerStory.operationsEach where !PowerStage.isOff && tally.findings.isEmpty {
            do { try await step(daemon) } catch { check(error) }
        }
    }

    private func check(_ error: any Error) {
        if !PowerStage.isOff { find(.unusable, "refuses its work: \(error)") }
    }

    private func step(_ daemon: Daemon) async throws {
        switch dice.int(0...19) {
        case 0...6: _ = try daemon.store.write(edits(), at: now)
        case 7...12:
            now = now.adding(seconds: dice.pick([60, 3_600, 32_400, 86_400]))
            clock.advance(to: now)
            _ = try await daemon.engine.tick(at: now)
        case 13...17: _ = await daemon.dispatcher.drain(now: now)
        case 18: daemon.store.store.checkpoint()
        default:
            try daemon.store.store.setDocument("note/\(dice.int(0...3))", "\(now) \(dice.next())")
            witness.committed()
        }
    }

    private func edits() -> [RecordWrite] {
        (0..<dice.int(1...3)).map { _ in
            if dice.chance(10) { return member() }
            let ref = RecordRef(kind: "task", id: "T\(dice.int(1...12))")
            if dice.chance(6) { return RecordWrite(ref: ref, operation: .delete, actor: "test") }
            var fields: [String: FieldValue] = [
                "title": .string("task \(ref.id)"), "assignee": .string(dice.pick(["wang", "li"])),
            ]
            if dice.chance(60) { fields["status"] = .string(dice.pick(["todo", "doing", "blocked", "done"])) }
            if dice.chance(50) { fields["due"] = .date(date(after: dice.int(-2...6))) }
            if dice.chance(10) { fields["note"] = .string(String(repeating: "long ", count: dice.int(1...2_000))) }
            return RecordWrite(ref: ref, fields: fields, actor: "test")
        }
    }

    private func member() -> RecordWrite {
        let id = dice.pick(["wang", "li"])
        let fields: [String: FieldValue] = ["name": .string(id), "email": .string("\(id)@example.com")]
        return RecordWrite(ref: RecordRef(kind: "member", id: id), fields: fields, actor: "test")
    }

    private func date(after days: Int) -> CivilDate { CivilDate(clampingDays: Int(now.seconds / 86_400) + days) }

    // MARK: Losing

    /// Several states that the disk may show after the same loss; the story goes on from the last.
    private func lose() throws {
        guard tally.findings.isEmpty else { return }
        if PowerStage.unsyncedBytes > 0 { tally.withUnsynced += 1 }
        tally.instants += 1
        let promised = witness.promised
        let left = witness.takeLeft().sorted()
        var dying: UInt64?
        for state in 1...PowerStory.statesEach {
            try PowerStage.show(in: other.path, survivors: dice.pick([0, 0, 10, 50, 90, 100]))
            tally.losses += 1
            let found = try examine(other.file("bellman.db"), promised, left, &dying)
            if state == PowerStory.statesEach, promised != nil, let found { witness.adopt(found) }
            if !tally.findings.isEmpty { return }
        }
        SQLiteStore.abandonKept()
        try PowerStage.resume()
    }

    /// Returns what stands in the store, where it can be read.
    private func examine(
        _ path: String, _ promised: UInt64?, _ left: [String], _ dying: inout UInt64?
    ) throws -> UInt64? {
        guard let reader = StoreReader(path: path), let found = reader.digest else {
            if promised != nil { find(.lost, "the store cannot be read") }
            return nil
        }
        if !reader.isSound { find(.damaged, "integrity_check complains") }
        if let promised, found != promised {
            // With what was promised there may be, whole, the one write that had not returned yet.
            if dying == nil {
                try PowerStage.copySeen(to: seen.path)
                dying = StoreReader(path: seen.file("bellman.db"))?.digest
            }
            if dying == found {
                tally.unacknowledgedKept += 1
            } else {
                find(.lost, "neither the last state that was promised nor the one that was being written")
            }
        }
        examine(reader, left)
        return found
    }

    private func examine(_ reader: StoreReader, _ left: [String]) {
        for id in left
        where reader.number("SELECT 1 FROM outbox WHERE id = ?1 OR bundle = ?1", id) != 1 {
            find(.sentBeforeDurable, "message \(id) left, and the outbox does not know it")
        }
        let bare =
            "SELECT count(*) FROM ledger WHERE outcome LIKE 'fired%' AND firing NOT IN (SELECT firing FROM outbox)"
        if let count = reader.number(bare), count > 0 { find(.half, "\(count) decisions without a notice") }
    }

    // MARK: In the end

    /// Power stays, receivers are kind: everything is delivered or given up.
    private func heal() async throws {
        transport.beKind()
        let store = try open()
        witness.watch(path)
        let daemon = Daemon(store, nil, rules, witness, transport, clock)
        do {
            _ = try daemon.store.releaseClaims(endedBy: nil)
            _ = try await daemon.engine.tick(at: now)
            var open = 1
            for _ in 0..<PowerStory.operationsEach where open > 0 {
                open = await daemon.dispatcher.drain(now: now).waiting
                now = now.adding(seconds: 10_800)
                clock.advance(to: now)
            }
            if open > 0 { find(.undelivered, "\(open) notices are still open") }
        } catch { check(error) }
        witness.lookAway()
        try store.close()
    }
}

/// The services of one life.
private struct Daemon {
    let store: WatchedStore
    let engine: EngineService
    let dispatcher: DispatchService

    init(
        _ sqlite: SQLiteStore, _ plant: PowerPlant?, _ rules: PowerRules, _ witness: Witness,
        _ transport: PowerTransport, _ clock: ManualClock
    ) {
        store = WatchedStore(store: sqlite, witness: witness, early: plant == .early ? transport : nil)
        engine = EngineService(core: rules.core, store: store)
        let around = DispatchSurroundings(store: store, http: transport, mail: transport, clock: clock, sleeper: clock)
        dispatcher = DispatchService(rules.channels, language: "en", surroundings: around, seed: 1, claimName: "power")
    }
}
