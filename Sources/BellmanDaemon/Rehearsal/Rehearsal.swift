import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// The real engine on a store of which nothing stays, with a clock that jumps.
struct Rehearsal {
    /// Ticks of one rehearsal; a rule that rings every second for a year is nothing that anybody reads.
    static let tickLimit = 200_000

    let core: EngineCore
    let store: RehearsalStore
    private let shadow: SQLiteStore
    private(set) var ticks = 0
    private(set) var troubles: [String] = []

    /// In a shadow of the instance's store, as it is at this moment.
    init(shadowOf instance: Instance, rules: [Rule]) throws {
        let shadow = try SQLiteStore(
            path: instance.store.path, role: .shadow, schema: instance.workshop.language.schema,
            deriver: Instance.Deriver(moments: instance.deriver.moments))
        try self.init(shadow, instance: instance, rules: rules)
    }

    init(_ shadow: SQLiteStore, instance: Instance, rules: [Rule]) throws {
        self.shadow = shadow
        store = RehearsalStore(shadow)
        var settings = instance.workshop.engineSettings
        settings.storeID = try instance.storeID()
        core = EngineCore(rules: RuleSet(rules), settings: settings, moments: instance.deriver.moments)
    }

    func close() { try? shadow.close() }

    var isCut: Bool { ticks >= Rehearsal.tickLimit }

    /// True when rules changed records.
    @discardableResult
    mutating func tick(at now: Instant) throws -> Bool {
        let report = try core.settle(at: now, in: store)
        ticks += report.ticks
        troubles += report.troubles
        return report.ticks > 1
    }

    /// Ticks at every instant in (start, end] at which something may be due. `lived` is told each, with what it brought.
    mutating func live(
        after start: Instant, through end: Instant, _ lived: (Instant, Rehearsed) throws -> Void
    ) throws {
        guard start < end else { return }
        var walk = try TimeWalk(core, store, after: start, through: end)
        while !isCut, let next = try walk.next() {
            if try tick(at: next) { try walk.recordsChanged() }
            try lived(next, store.take())
        }
    }
}
