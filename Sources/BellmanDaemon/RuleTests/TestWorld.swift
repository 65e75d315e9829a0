import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// One test's own Bellman: the real engine on a store in memory, with a clock that jumps from one due instant to the
/// next. Nothing is ever sent.
struct TestWorld {
    private let test: RuleTest
    private let store: SQLiteStore
    private let engine: EngineService
    private let core: EngineCore
    private let desk: TestDesk
    /// When notices that were snoozed are to come again.
    private var snoozed: [(at: Instant, item: OutboxItem)] = []
    private var cameAgain: [(at: Instant, notice: Notice)] = []
    private var outcome = TestStoryOutcome()
    private var ticks = 0

    init(_ test: RuleTest, rules: [Rule], workshop: Workshop) throws {
        self.test = test
        let configuration = workshop.configuration
        let presentation = Presentation(
            language: test.settings.language, currency: test.settings.currency, publicURL: configuration.publicURL)
        let moments = DerivedMoments(
            language: workshop.language, timing: test.settings.timing, presentation: presentation)
        store = try SQLiteStore(
            path: ":memory:", role: .scratch, schema: workshop.language.schema,
            deriver: Instance.Deriver(moments: moments))
        var settings = EngineSettings(
            presentation: presentation, channels: TestWorld.channels(workshop), zone: test.settings.zone)
        // One name for all runs, so that two runs tell the same.
        settings.storeID = "test"
        core = EngineCore(rules: RuleSet(rules), settings: settings, moments: moments)
        engine = EngineService(core: core, store: store)
        desk = TestDesk(
            store: store, language: workshop.language, timing: test.settings.timing, rules: rules,
            words: RuleTestWording(configuration.language))
    }

    /// Channels by the names that rules use. Where `mail` or `chat` is not configured a test still tells them apart.
    private static func channels(_ workshop: Workshop) -> [String: ChannelTrait] {
        var channels = workshop.engineSettings.channels
        for name in workshop.standIns { channels[name] = ChannelTrait(name: name, isRoom: name == "chat") }
        return channels
    }

    mutating func run() async throws -> TestStoryOutcome {
        defer { try? store.close() }
        try writeGiven()
        try await tick(test.clock)
        var now = test.clock
        var events = test.events[...]
        for span in test.down + [test.ends..<test.ends] {
            try await live(from: &now, through: span.lowerBound, isOpen: !span.isEmpty, &events)
            if outcome.isCut || span.isEmpty || span.lowerBound > test.ends { break }
            try sleep(until: span.upperBound, &events)
            now = min(span.upperBound, test.ends)
            // Back again: one tick for all that was missed.
            if span.upperBound <= test.ends { try await tick(now) }
        }
        try collect()
        return outcome
    }

    // MARK: time

    /// Up and running until `end`; with `isOpen` that instant itself does not belong to it.
    private mutating func live(
        from now: inout Instant, through end: Instant, isOpen: Bool, _ events: inout ArraySlice<RuleTest.Event>
    ) async throws {
        let end = isOpen ? min(end.adding(microseconds: -1), test.ends) : end
        while let event = events.first, event.at <= end {
            // The clock strikes first: what is due at the very instant of an event was due before somebody acted.
            try await advance(from: now, through: event.at)
            now = event.at
            while let next = events.first, next.at == now {
                try act(next)
                events.removeFirst()
            }
            try await tick(now)
        }
        try await advance(from: now, through: end)
        now = max(now, end)
    }

    /// Bellman is stopped, people are not.
    private mutating func sleep(until end: Instant, _ events: inout ArraySlice<RuleTest.Event>) throws {
        while let event = events.first, event.at < end, event.at <= test.ends {
            try act(event)
            events.removeFirst()
        }
    }

    /// Ticks at every instant in (from, through] at which something may be due.
    private mutating func advance(from start: Instant, through end: Instant) async throws {
        guard start < end else { return }
        var walk = try TimeWalk(core, store, after: start, through: end)
        while !outcome.isCut, let next = try walk.next(also: snoozed.map(\.at).filter { $0 > walk.now }.min()) {
            if try await tick(next) { try walk.recordsChanged() }
        }
    }

    /// True when rules changed records.
    @discardableResult
    private mutating func tick(_ now: Instant) async throws -> Bool {
        let report = try await engine.tick(at: now)
        outcome.troubles += report.troubles
        ticks += report.ticks
        if ticks >= Rehearsal.tickLimit { outcome.isCut = true }
        try wakeSnoozed(now)
        return report.ticks > 1
    }

    // MARK: records

    /// Records that tell when they were written were there long before; the others are new at the first tick.
    private func writeGiven() throws {
        var old: [(at: Instant, write: RecordWrite)] = []
        for record in test.records {
            guard let created = record.createdAt else { continue }
            let isEdited = record.updatedAt.map { $0 > created } ?? false
            let fields = isEdited ? [:] : record.fields
            old.append((created, TestWorld.write(record.ref, fields, quiet: true)))
            if isEdited, let updated = record.updatedAt {
                old.append((updated, TestWorld.write(record.ref, record.fields, quiet: true)))
            }
        }
        for (at, write) in old.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) })
            .map(\.element)
        {
            _ = try store.write([write], at: at)
        }
        let new = test.records.filter { $0.createdAt == nil }
        _ = try store.write(new.map { TestWorld.write($0.ref, $0.fields, quiet: false) }, at: test.clock)
    }

    private static func write(_ ref: RecordRef, _ fields: [String: FieldValue], quiet: Bool) -> RecordWrite {
        RecordWrite(ref: ref, fields: fields, actor: "test", quiet: quiet)
    }

    private mutating func act(_ event: RuleTest.Event) throws {
        switch event.act {
        case .delete:
            guard let ref = event.record else { return }
            let write = RecordWrite(ref: ref, operation: .delete, actor: event.actor, quiet: event.quiet)
            _ = try store.write([write], at: event.at)
        case .set(let fields), .create(let fields):
            guard let ref = event.record else { return }
            let write = RecordWrite(ref: ref, fields: fields, actor: event.actor, quiet: event.quiet)
            _ = try store.write([write], at: event.at)
        case .acknowledge, .snooze, .silence, .decide:
            if let why = try desk.act(event) { outcome.undone.append((event.place.line, why)) }
            try noteSnoozed()
        }
    }

    private mutating func noteSnoozed() throws {
        snoozed = try store.items(state: .held, channel: nil, limit: Int.max)
            .filter { item in item.reason.code == "snooze" && !cameAgain.contains { $0.notice.id == item.notice.id } }
            .map { ($0.notBefore, $0) }
    }

    /// What was put off comes again, unless it is not wanted any more.
    private mutating func wakeSnoozed(_ now: Instant) throws {
        for (at, item) in snoozed where at <= now {
            if try engine.objection(notice: item.notice, at: now) == nil { cameAgain.append((now, item.notice)) }
        }
        snoozed.removeAll { $0.at <= now }
    }

    // MARK: what came of it

    private mutating func collect() throws {
        let items = try store.items(state: nil, channel: nil, limit: Int.max).reversed()
        var order: [String] = []
        var notices: [String: [Notice]] = [:]
        for item in items where !["snooze", "snoozed_again"].contains(item.reason.code) {
            let key = "\(item.notice.firing) \(item.notice.step) \(item.notice.firedAt)"
            if notices[key] == nil { order.append(key) }
            notices[key, default: []].append(item.notice)
        }
        let again = cameAgain.compactMap { TestRing([$0.notice], at: $0.at) }
        outcome.rings = (order.compactMap { TestRing(notices[$0] ?? []) } + again).sorted {
            ($0.at, $0.rule, $0.record, $0.step) < ($1.at, $1.rule, $1.record, $1.step)
        }
        outcome.decisions = try store.ledger(rule: nil, subject: nil, outcomes: [], limit: Int.max).reversed()
        let waiting = Set(
            core.rules.rules.filter { $0.repetition != nil || $0.steps.contains { $0.wait != nil } }.map(\.id))
        let firings = outcome.decisions.filter { $0.outcome.rang && waiting.contains($0.key.rule) }.map(\.firing)
        outcome.steps = try store.read { view in try firings.flatMap { try view.steps(firing: $0) } }
        outcome.atEnd = try store.read { view in
            try EndRecordJudge(
                view: view, schema: desk.language.schema, zone: test.settings.zone, words: desk.words
            ).differences(test.atEnd)
        }
    }
}
