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
    private var said = RehearsedTroubles()
    /// What went wrong in single rules, in words; the same of several records once.
    var troubles: [String] { said.lines }

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
        for trouble in report.troubles { said.add(trouble) }
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

/// Troubles are about a rule and a record (`rule (record): words`); a forecast of months has each many times.
struct RehearsedTroubles {
    private var order: [String] = []
    private var records: [String: [String]] = [:]

    mutating func add(_ trouble: String) {
        var (words, record) = (trouble, "")
        if let open = trouble.firstRange(of: " ("), let end = trouble.firstRange(of: "):"),
            open.upperBound < end.lowerBound
        {
            record = String(trouble[open.upperBound..<end.lowerBound])
            words = String(trouble[..<open.lowerBound]) + trouble[trouble.index(before: end.upperBound)...]
        }
        if records[words] == nil { order.append(words) }
        if !(records[words] ?? []).contains(record) { records[words, default: []].append(record) }
    }

    var lines: [String] {
        order.map { words in
            let named = (records[words] ?? []).filter { !$0.isEmpty }
            guard let first = named.first else { return words }
            return "\(words) (\(first)\(named.count > 1 ? " … \(named.count)" : ""))"
        }
    }
}
