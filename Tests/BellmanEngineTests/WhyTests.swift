import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// What `why` tells of each outcome, in a store of ten thousand records, and how long it takes.
@Suite struct WhyTests {
    /// Milliseconds that one answer may take: 200 by the promise, more without optimisation and beside other tests.
    #if DEBUG
        private static let limit = 2_000.0
    #else
        private static let limit = 200.0
    #endif
    private static let filler = 10_000

    private static let rules = """
        - id: due
          when: {before: task.due, by: [7 days, 3 days, 0 days]}
          if: 'task.open && task.priority < 4'
          then: [{notify: {via: chat}}, {wait: 3 days, notify: {via: mail, to: task.assignee}}]
        - id: strict
          when: {before: task.due, by: 3 days}
          catch_up: skip
          if: task.assignee.name == "Wang"
          then: [{notify: {via: chat}}]
        - id: broken
          when: {changes: task.status, to: [doing, done]}
          if: '[10, 20, 30][task.priority] > 5'
          limit: 1 per 7 days
          then: [{notify: {via: chat}}]
        - id: nudge
          when: {every: day at 09:00}
          select: task
          where: task.status == "blocked"
          group: task.assignee
          then: [{notify: {via: chat}}]
        - id: brief
          when: {every: day at 09:00}
          select: task
          where: task.status == "blocked"
          if: records.size() > 5
          then: [{notify: {via: chat}}]
        - id: stuck
          when: {while: 'task.status == "blocked" && task.priority < 3', for: 2 days}
          then: [{notify: {via: chat}}]
        """

    struct Row: CustomTestStringConvertible {
        let rule: String
        let record: String
        let occurrence: String
        let outcome: Outcome
        let reason: String
        /// `text: state` of parts of its condition, and wishes as `→ text`.
        var parts: [String] = []
        var wishes: [String] = []
        var testDescription: String { "\(rule) \(record) \(outcome.rawValue) \(reason)" }
    }

    static let rows: [Row] = [
        Row(
            rule: "due", record: "task/A", occurrence: "due=2026-03-12 -P7D", outcome: .fired, reason: "on_time",
            parts: ["task.open: holds", "task.status: value(\"todo\")", "task.priority < 4: holds"]),
        Row(
            rule: "due", record: "task/A", occurrence: "due=2026-03-12 -P3D", outcome: .firedLate, reason: "late",
            parts: ["task.priority: value(\"1\")"]),
        Row(
            rule: "due", record: "task/B", occurrence: "due=2026-03-14 -P7D", outcome: .superseded,
            reason: "nearer_offset"),
        Row(
            rule: "due", record: "task/C", occurrence: "due=2026-03-12 -P7D", outcome: .conditionFalse,
            reason: "condition_false",
            parts: ["task.open: fails", "task.priority < 4: notAsked"], wishes: ["task.open", "task.priority"]),
        Row(
            rule: "due", record: "task/D", occurrence: "due=2026-03-12 -P7D", outcome: .conditionFalse,
            reason: "empty", parts: ["task.priority < 4: empty(\"task.priority\")"],
            wishes: ["task.priority", "task.priority"]),
        Row(rule: "due", record: "task/E", occurrence: "due=2026-03-12 -P7D", outcome: .silenced, reason: "silence"),
        Row(
            rule: "due", record: "task/F", occurrence: "due=2026-03-08 -P7D", outcome: .skipped,
            reason: "arrived_after"),
        Row(
            rule: "due", record: "task/G", occurrence: "due=2026-03-13 ", outcome: .expired, reason: "expired"),
        Row(
            rule: "strict", record: "task/A", occurrence: "due=2026-03-12 -P3D", outcome: .skipped,
            reason: "catch_up_skip",
            parts: ["task.assignee.name == \"Wang\": holds", "task.assignee.name: value(\"Wang\")"]),
        Row(
            rule: "broken", record: "task/H", occurrence: "change=", outcome: .failed, reason: "evaluation",
            parts: ["task.priority: value(\"9\")"]),
        Row(rule: "broken", record: "task/A", occurrence: "change=", outcome: .skipped, reason: "limit"),
        Row(rule: "nudge", record: "member/wang", occurrence: "at=", outcome: .fired, reason: "on_time"),
        // Asks ten thousand records.
        Row(
            rule: "brief", record: "", occurrence: "at=", outcome: .conditionFalse, reason: "condition_false",
            parts: ["records.size() > 5: fails", "records.size(): value(\"1\")"], wishes: ["records.size()"]),
        Row(
            rule: "stuck", record: "task/B", occurrence: "rise=", outcome: .firedLate, reason: "late",
            parts: ["task.status == \"blocked\": holds"]),
    ]

    /// Where no row is: the obstacle of the moment, or what is to come.
    static let silent: [(rule: String, record: String, says: String)] = [
        ("due", "task/N", "dateEmpty(field: \"due\")"),
        ("due", "task/L", "coming rings"),
        ("due", "task/M", "coming conditionFalse(BellmanRules.ConditionVerdict.fails)"),
        ("broken", "task/N", "waitsForChange"),
        ("stuck", "task/N", "levelFalse"),
        ("due", "task/X", "recordGone"),
        ("due", "member/wang", "wrongKind(rule: \"task\", record: \"member\")"),
    ]

    @Test func everyOutcomeIsToldInTime() throws {
        let world = try WhyTests.story()
        let now = Instant.shanghai("2026-03-21T12:00")
        var slowest = (0.0, "")
        func timed(_ question: WhyQuestion) throws -> WhyReport {
            let clock = ContinuousClock()
            var best = Double.infinity
            var report = try world.core.why(question, store: world.store)
            for _ in 0..<2 {
                let length = try clock.measure { report = try world.core.why(question, store: world.store) }
                best = min(best, Double(length.components.attoseconds) / 1e15 + Double(length.components.seconds) * 1e3)
            }
            let name = "\(question.rule.id) \(question.record?.description ?? "")"
            if best > slowest.0 { slowest = (best, name) }
            #expect(best <= WhyTests.limit, "\(name) took \(best) ms")
            return report
        }
        for row in WhyTests.rows {
            let rule = try #require(world.core.rules[row.rule])
            let found = try world.ledger.filter {
                $0.key.rule == row.rule && $0.key.subject == row.record && $0.key.occurrence.hasPrefix(row.occurrence)
                    && $0.outcome == row.outcome && $0.reason.code == row.reason
            }
            let entry = try #require(found.first, "no such row: \(row)")
            let time = WhyTime(entry.scheduledAt, in: rule.timing.zone)
            let report = try timed(
                WhyQuestion(rule: rule, record: RecordRef(row.record), time: time, now: now))
            let all = try world.store.ledger(rule: row.rule, subject: row.record, outcomes: [], limit: 100)
            #expect(report.moments.filter(\.isDecided).count == all.count, "\(row)")
            let decision = try #require(
                try WhyTests.decision(world, rule, row, entry, now), "\(row) is not told")
            #expect(decision.agreement == .agrees, "\(row): \(decision.agreement)")
            WhyTests.compare(decision, row)
        }
        for (id, record, says) in WhyTests.silent {
            let rule = try #require(world.core.rules[id])
            let report = try timed(WhyQuestion(rule: rule, record: RecordRef(record), now: now))
            #expect(report.decisions.isEmpty, "\(id) \(record)")
            let told = report.obstacles.map { "\($0)" } + report.moments.flatMap(\.told)
            #expect(told.contains { $0.contains(says) }, "\(id) \(record): \(told)")
        }
        Terminal.note("why: slowest of \(WhyTests.filler) records \(slowest.0) ms (\(slowest.1))")
    }

    /// The rows of one tick lie so near that a time alone means one of them.
    private static func decision(
        _ world: World, _ rule: Rule, _ row: Row, _ entry: LedgerEntry, _ now: Instant
    ) throws -> WhyDecision? {
        let question = WhyQuestion(
            rule: rule, record: RecordRef(row.record),
            time: WhyTime(rule.timing.zone.date(entry.scheduledAt), in: rule.timing.zone), now: now)
        return try world.core.why(question, store: world.store).decisions.first { $0.entry == entry }
    }

    private static func compare(_ decision: WhyDecision, _ row: Row) {
        let parts = decision.conditions.flatMap { $0.root.all }.map { "\($0.text): \($0.state)" }
        for part in row.parts { #expect(parts.contains(part), "\(row): \(part) in \(parts)") }
        let wishes = decision.conditions.flatMap(\.wishes).map(\.text)
        if !row.wishes.isEmpty { #expect(wishes == row.wishes, "\(row)") }
        switch row.outcome {
        case .fired, .firedLate: #expect(!decision.notices.isEmpty, "\(row): notices")
        case .superseded: #expect(decision.instead?.outcome.rang == true, "\(row): instead")
        case .silenced: #expect(decision.silence?.reason == "holiday", "\(row): silence")
        case .skipped where row.reason == "limit": #expect(decision.earlier.count == 1, "\(row): counted")
        default: break
        }
        if row.rule == "due", row.outcome.rang { #expect(decision.steps.map(\.step) == [1], "\(row): steps") }
        #expect(decision.record != nil || decision.gathered != nil, "\(row): record")
    }

    @Test func aTimeWithoutADecisionSaysHowThingsStood() throws {
        let world = try WhyTests.story(filler: 10)
        let rule = try #require(world.core.rules["due"])
        let day = try #require(CivilDate(iso: "2026-03-03"))
        let question = WhyQuestion(
            rule: rule, record: RecordRef(kind: "task", id: "A"), time: WhyTime(day, in: rule.timing.zone),
            now: .shanghai("2026-03-20T12:00"))
        let report = try world.core.why(question, store: world.store)
        let then = try #require(report.then)
        #expect(report.decisions.isEmpty)
        #expect(then.record?["priority"] == .int(1))
        #expect(then.dates.first?.at == .shanghai("2026-03-05T09:00"))
        #expect(then.after?.key.occurrence == "due=2026-03-12 -P7D" && then.before == nil)
        #expect(then.obstacles.isEmpty)
    }

    @Test func itReadsOnly() throws {
        let world = try WhyTests.story(filler: 10)
        let before = try world.store.read { try ($0.lastSequence(), $0.progress(), $0.armed().count) }
        for rule in world.core.rules.rules {
            _ = try world.core.why(
                WhyQuestion(rule: rule, record: RecordRef(kind: "task", id: "A"), now: .shanghai("2026-03-21T12:00")),
                store: world.store)
        }
        let after = try world.store.read { try ($0.lastSequence(), $0.progress(), $0.armed().count) }
        #expect(before == after)
    }

    // MARK: the story

    private static func story(filler: Int = WhyTests.filler) throws -> World {
        let world = try World(rules: rules)
        func at(_ text: String) -> Instant { .shanghai(text) }
        func task(_ id: String, _ due: String?, _ fields: [String: FieldValue], _ time: String) throws {
            var all: [String: FieldValue] = [
                "title": .string(id), "status": .string("todo"), "priority": .int(1), "assignee": .reference("wang"),
            ]
            if let due { all["due"] = CivilDate(iso: due).map { .date($0) } ?? .null }
            all.merge(fields) { $1 }
            try world.write("task/\(id)", all, at: at(time))
        }
        try world.tick(at("2026-03-02T08:00"))
        try world.write("member/wang", ["name": .string("Wang"), "email": .string("w@x")], at: at("2026-03-02T08:00"))
        try fill(world, filler)
        try task("A", "2026-03-12", [:], "2026-03-02T08:10")
        try task("B", "2026-03-14", [:], "2026-03-02T08:10")
        try task("C", "2026-03-12", ["status": .string("done"), "priority": .int(5)], "2026-03-02T08:10")
        try task("D", "2026-03-12", ["priority": .null], "2026-03-02T08:10")
        try task("E", "2026-03-12", [:], "2026-03-02T08:10")
        try task("F", "2026-03-08", [:], "2026-03-02T08:10")
        try task("H", nil, ["priority": .int(9)], "2026-03-02T08:10")
        try task("L", "2026-04-20", [:], "2026-03-02T08:10")
        try task("M", "2026-04-20", ["priority": .int(5)], "2026-03-02T08:10")
        try task("N", nil, [:], "2026-03-02T08:10")
        try task("X", nil, [:], "2026-03-02T08:10")
        try world.delete("task/X", at: at("2026-03-02T08:11"))
        try world.tick(at("2026-03-02T08:12"))
        _ = try world.store.silence(
            Silence(
                id: "s-1", scope: SilenceScope(record: "task/E"), from: at("2026-03-03T08:00"),
                until: at("2026-03-10T08:00"), by: Person("wang"), at: at("2026-03-03T08:00"), reason: "holiday"),
            way: "test")
        try world.write("task/H", ["status": .string("doing")], at: at("2026-03-04T10:00"))
        try world.write("task/A", ["status": .string("doing")], at: at("2026-03-04T10:00"))
        try world.tick(at("2026-03-04T10:01"))
        try world.write("task/A", ["status": .string("done")], at: at("2026-03-04T11:00"))
        try world.write("task/A", ["status": .string("todo")], at: at("2026-03-04T11:30"))
        try world.tick(at("2026-03-04T11:31"))
        try world.tick(at("2026-03-05T09:00"))
        try world.write("task/B", ["status": .string("blocked")], at: at("2026-03-06T10:00"))
        try world.tick(at("2026-03-06T10:01"))
        // Came while Bellman was down.
        try world.tick(at("2026-03-11T20:00"))
        try world.tick(at("2026-03-12T09:00"))
        try task("G", "2026-03-13", [:], "2026-03-12T10:00")
        try world.tick(at("2026-03-12T10:01"))
        try world.tick(at("2026-03-21T11:00"))
        return world
    }

    private static func fill(_ world: World, _ count: Int) throws {
        let writes = (0..<count).map { number in
            RecordWrite(
                ref: RecordRef(kind: "task", id: "Z\(number)"),
                fields: [
                    "title": .string("Z\(number)"), "status": .string(number.isMultiple(of: 3) ? "todo" : "doing"),
                    "priority": .int(Int64(number % 5 + 1)),
                    "due": .date(CivilDate(clampingDays: 20_600 + number % 300)),
                ], actor: "import fill.csv (test)")
        }
        for start in stride(from: 0, to: count, by: 1_000) {
            _ = try world.store.write(
                Array(writes[start..<min(count, start + 1_000)]), at: .shanghai("2026-03-02T08:05"))
        }
    }
}

extension WhyMoment {
    fileprivate var isDecided: Bool { if case .decided = fate { true } else { false } }

    fileprivate var told: [String] {
        switch fate {
        case .decided: []
        case .coming(let forecast): ["coming \(forecast.expectation)"]
        case .none(let obstacles): obstacles.map { "\($0)" }
        }
    }
}

extension ConditionPart {
    fileprivate var all: [ConditionPart] { [self] + parts.flatMap(\.all) }
}
