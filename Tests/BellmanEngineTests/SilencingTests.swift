import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// Which occurrences a silence keeps from ringing.
@Suite struct SilencingTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        let scope: SilenceScope
        var from = "2026-03-02T08:00"
        var until: String? = "2026-03-02T12:00"
        var recurrence: SilenceRecurrence?
        var ended: String?
        /// When the status changes, and when the engine looks.
        var at = "2026-03-02T09:00"
        var tick: String?
        let isSilenced: Bool

        var testDescription: String { name }
    }

    private static let weekend = try? SilenceRecurrence(
        every: "friday at 18:00", length: Period(seconds: 60 * 3600), zone: Zone.named("Asia/Shanghai"))

    static let rows: [Row] = [
        Row(name: "rule", scope: SilenceScope(rule: "r"), isSilenced: true),
        Row(name: "former id of the rule", scope: SilenceScope(rule: "was"), isSilenced: true),
        Row(name: "another rule", scope: SilenceScope(rule: "x"), isSilenced: false),
        Row(name: "tag", scope: SilenceScope(tag: "finance"), isSilenced: true),
        Row(name: "another tag", scope: SilenceScope(tag: "legal"), isSilenced: false),
        Row(name: "kind", scope: SilenceScope(kind: "task"), isSilenced: true),
        Row(name: "another kind", scope: SilenceScope(kind: "contract"), isSilenced: false),
        Row(name: "record", scope: SilenceScope(record: "task/A"), isSilenced: true),
        Row(name: "another record", scope: SilenceScope(record: "task/B"), isSilenced: false),
        Row(
            name: "expression", scope: SilenceScope(kind: "task", condition: "task.title == \"T\""), isSilenced: true),
        Row(
            name: "an expression that does not hold",
            scope: SilenceScope(kind: "task", condition: "task.title == \"U\""), isSilenced: false),
        Row(
            name: "an empty value silences nothing",
            scope: SilenceScope(kind: "task", condition: "task.priority > 3"), isSilenced: false),
        Row(
            name: "an expression of former kinds silences nothing",
            scope: SilenceScope(kind: "task", condition: "task.nothing == 1"), isSilenced: false),
        Row(name: "all must fit", scope: SilenceScope(rule: "r", tag: "legal"), isSilenced: false),
        Row(name: "not yet", scope: SilenceScope(rule: "r"), from: "2026-03-02T09:01", isSilenced: false),
        Row(name: "its first instant", scope: SilenceScope(rule: "r"), from: "2026-03-02T09:00", isSilenced: true),
        Row(name: "its end", scope: SilenceScope(rule: "r"), until: "2026-03-02T09:00", isSilenced: false),
        Row(name: "ended by hand", scope: SilenceScope(rule: "r"), ended: "2026-03-02T08:30", isSilenced: false),
        Row(name: "without end", scope: SilenceScope(rule: "r"), until: nil, isSilenced: true),
        Row(
            name: "weekend, on a Monday", scope: SilenceScope(rule: "r"), until: nil, recurrence: weekend,
            isSilenced: false),
        Row(
            name: "weekend, on Sunday", scope: SilenceScope(rule: "r"), until: nil, recurrence: weekend,
            at: "2026-03-08T09:00", isSilenced: true),
        Row(
            name: "weekend, its last minute", scope: SilenceScope(rule: "r"), until: nil, recurrence: weekend,
            at: "2026-03-09T05:59", isSilenced: true),
        Row(
            name: "weekend, just over", scope: SilenceScope(rule: "r"), until: nil, recurrence: weekend,
            at: "2026-03-09T06:00", isSilenced: false),
        Row(
            name: "meant for a silent time, seen after it", scope: SilenceScope(rule: "r"), tick: "2026-03-02T13:00",
            isSilenced: true),
        Row(
            name: "meant for before, seen in a silent time", scope: SilenceScope(rule: "r"), from: "2026-03-02T09:30",
            tick: "2026-03-02T10:00", isSilenced: true),
    ]

    @Test(arguments: rows) func silences(_ row: Row) throws {
        let world = try World(
            rules: """
                id: r
                was: was
                tags: [finance]
                urgent: true
                when: {changes: task.status}
                then: [{notify: {via: inbox}}]
                """, inMemory: true)
        try world.tick(.shanghai("2026-03-02T07:00"))
        try world.write("task/A", ["title": .string("T"), "status": .string("new")], at: .shanghai("2026-03-02T07:10"))
        try world.tick(.shanghai("2026-03-02T07:20"))
        let silence = Silence(
            id: "s-1", scope: row.scope, from: .shanghai(row.from), until: row.until.map { .shanghai($0) },
            recurrence: row.recurrence, by: Person("wang"), at: .shanghai("2026-03-02T07:30"), reason: "盘点",
            ended: row.ended.map { Silence.End(at: .shanghai($0), by: Person("li")) })
        #expect(try world.store.silence(silence, way: "test"))
        try world.write("task/A", ["status": .string("done")], at: .shanghai(row.at))
        try world.tick(.shanghai(row.tick ?? row.at))
        let entry = try #require(try world.ledger.first)
        #expect(entry.outcome == (row.isSilenced ? .silenced : .fired))
        if row.isSilenced { #expect(entry.reason == Reason("silence", "s-1")) }
        #expect(try world.notices.isEmpty == row.isSilenced)
    }

    /// Once silenced, an occurrence stays so.
    @Test func whatWasSilencedNeverRings() throws {
        let world = try World(
            rules: "id: r\nwhen: {before: task.due, by: 1 day}\nthen: [{notify: {via: inbox}}]", inMemory: true)
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write("task/A", ["due": .date(CivilDate(iso: "2026-03-03")!)], at: .shanghai("2026-03-01T09:00"))
        _ = try world.store.silence(
            Silence(
                id: "s-1", scope: SilenceScope(rule: "r"), from: .shanghai("2026-03-01T09:00"), until: nil,
                by: Person("wang"), at: .shanghai("2026-03-01T09:00"), reason: "x"), way: "test")
        try world.tick(.shanghai("2026-03-02T09:00"))
        _ = try world.store.endSilence(
            "s-1", by: Person("wang"), at: .shanghai("2026-03-02T09:05"), comment: "", way: "test")
        world.restart()
        try world.tick(.shanghai("2026-03-02T09:10"))
        #expect(try world.ledger.map(\.outcome) == [.silenced])
    }
}
