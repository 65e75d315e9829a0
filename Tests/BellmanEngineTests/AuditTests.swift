import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

@testable import BellmanEngine

/// What the self-audit asks for and what it leaves alone, case by case.
@Suite struct AuditTests {
    private static let start = Instant.shanghai("2026-03-02T08:00")
    private func day(_ number: Int, _ hour: Int = 8) -> Instant {
        AuditTests.start.adding(seconds: Int64(number) * 86_400 + Int64(hour - 8) * 3_600)
    }
    private func date(_ text: String) throws -> FieldValue { .date(try #require(CivilDate(iso: text))) }

    private static let dueRule =
        "- id: r\n  when: {before: task.due, by: [7 days, 1 day]}\n  then: [{notify: {via: inbox}}]\n"

    /// One task, ticked every six hours for so many days.
    private func world(_ rules: String, due: String = "2026-03-17", days: Int) throws -> World {
        let world = try World(rules: rules, inMemory: true)
        try world.tick(day(0))
        try world.write(
            "task/A", ["title": .string("A"), "due": try date(due), "status": .string("todo")], at: day(0, 9))
        for number in 0...days { for hour in [9, 15, 21] { try world.tick(day(number, hour)) } }
        return world
    }

    @Test func aStoreThatNeverTickedHasNothingToCompare() throws {
        let world = try World(rules: AuditTests.dueRule, inMemory: true)
        let report = try world.audit(at: day(0), days: 30)
        #expect(report.gaps == [.neverTicked])
        #expect(report.isGood && report.expected == 0)
    }

    /// Each line: what is done to the store, and the findings as `kind rule subject occurrence`.
    static let damages: [(sql: [String], finds: [String])] = [
        ([], []),
        (
            ["DELETE FROM ledger WHERE occurrence = 'due=2026-03-17 -P7D'"],
            ["missing r task/A due=2026-03-17 -P7D", "rows_gone"]
        ),
        (["DELETE FROM outbox"], ["unheard r task/A due=2026-03-17 -P7D", "unheard r task/A due=2026-03-17 -P1D"]),
        (["DELETE FROM outbox WHERE sequence = 1"], ["unheard r task/A due=2026-03-17 -P7D", "rows_gone"]),
        (["DELETE FROM outbox_notice WHERE sequence = 2"], ["rows_gone"]),
        (
            ["UPDATE ledger SET subject = 'task/B' WHERE sequence = 1"],
            ["invented r task/B due=2026-03-17 -P7D", "missing r task/A due=2026-03-17 -P7D"]
        ),
        (
            ["UPDATE ledger SET subject = 'contract/A' WHERE sequence = 1"],
            ["invented r contract/A due=2026-03-17 -P7D", "missing r task/A due=2026-03-17 -P7D"]
        ),
        (
            ["UPDATE ledger SET occurrence = 'due=2026-03-17 -P8D' WHERE sequence = 1"],
            ["invented r task/A due=2026-03-17 -P8D", "missing r task/A due=2026-03-17 -P7D"]
        ),
        (
            ["UPDATE ledger SET occurrence = 'rise=1' WHERE sequence = 1"],
            ["invented r task/A rise=1", "missing r task/A due=2026-03-17 -P7D"]
        ),
        (
            ["UPDATE ledger SET decided_at = scheduled_at - 3600000000 WHERE sequence = 1"],
            ["mistimed r task/A due=2026-03-17 -P7D"]
        ),
        // The date was read as another, and nothing else is wrong with the row.
        (
            [
                "UPDATE ledger SET scheduled_at = scheduled_at + 86400000000, decided_at = decided_at + 86400000000 WHERE sequence = 1"
            ],
            ["mistimed r task/A due=2026-03-17 -P7D"]
        ),
        (
            ["UPDATE outbox SET state = 'waiting', finished_at = NULL, claim = 'x', lease = not_before"],
            ["stuck_claim", "stuck_claim"]
        ),
        (["UPDATE outbox SET state = 'waiting', finished_at = NULL"], ["overdue"]),
        (["UPDATE outbox SET state = 'held', finished_at = NULL"], []),
        (
            ["UPDATE ledger SET rule = 'gone'"],
            ["missing r task/A due=2026-03-17 -P7D", "missing r task/A due=2026-03-17 -P1D"]
        ),
    ]

    @Test(arguments: damages) func eachDamageIsNamed(_ damage: (sql: [String], finds: [String])) throws {
        let world = try world(AuditTests.dueRule, days: 20)
        try world.harm("UPDATE outbox SET state = 'sent', finished_at = created_at")
        for sql in damage.sql { try world.harm(sql) }
        // The first notice is eleven days old at the end, the second five.
        let report = try world.audit(at: day(20, 21), days: 30, longestWait: ["inbox": 8 * 86_400])
        let found = report.findings.map { finding in
            [finding.kind.rawValue, finding.key.rule, finding.key.subject, finding.key.occurrence]
                .filter { !$0.isEmpty }.joined(separator: " ")
        }
        #expect(found.sorted() == damage.finds.sorted(), "\(damage.sql)")
        #expect(report.total == damage.finds.count)
    }

    /// Rules are audited as they are now, from then on.
    @Test func anEditedRuleIsAskedForFromTheEditOn() throws {
        let world = try world(AuditTests.dueRule, days: 9)
        let other = AuditTests.dueRule.replacing("7 days", with: "6 days").replacing("1 day]", with: "5 days]")
        try world.load(other)
        try world.tick(day(9, 22))
        for number in 10...14 { for hour in [9, 15] { try world.tick(day(number, hour)) } }
        let report = try world.audit(at: day(14, 15), days: 30)
        #expect(report.isGood, "\(report.findings)")
        #expect(report.gaps.contains(.ruleEdited(rule: "r", since: day(9, 22))))
        #expect(report.gaps.contains(.rowsBeforeEdit(1)))
        // What the new text rang is asked for.
        try world.harm("DELETE FROM ledger WHERE occurrence = 'due=2026-03-17 -P5D'")
        #expect(try world.audit(at: day(14, 15), days: 30).counts[.missing] == 1)
    }

    /// An edge that is edited has no other date; the rule's shape tells it.
    @Test func anEditedEdgeIsNoDifference() throws {
        func rule(_ word: String) -> String {
            "- id: r\n  when: {changes: task.status, to: \(word)}\n  then: [{notify: {via: inbox}}]\n"
        }
        let world = try world(rule("doing"), days: 1)
        for (number, word) in ["doing", "done", "doing"].enumerated() {
            try world.write("task/A", ["status": .string(word)], at: day(2 + number))
            try world.tick(day(2 + number, 9))
        }
        try world.load(rule("done"))
        try world.tick(day(5))
        try world.write("task/A", ["status": .string("done")], at: day(6))
        try world.tick(day(6, 9))
        #expect(try world.audit(at: day(7), days: 30).isGood)
        try world.harm("DELETE FROM ledger WHERE sequence = (SELECT max(sequence) FROM ledger)")
        let report = try world.audit(at: day(7), days: 30)
        #expect(report.findings.map(\.kind) == [.missing])
    }

    /// A date that was moved before it came is not asked for; one that a tick saw is.
    @Test(arguments: [true, false]) func aMovedDateIsAskedForWhereATickSawIt(isDown: Bool) throws {
        let rules =
            AuditTests.dueRule + "- id: daily\n  when: {every: \"day at 12:00\"}\n  then: [{notify: {via: inbox}}]\n"
        let world = try world(rules, days: 2)
        if !isDown { for number in 3...11 { for hour in [9, 15] { try world.tick(day(number, hour)) } } }
        try world.write("task/A", ["due": try date("2026-04-20")], at: day(12))
        for number in 12...14 { try world.tick(day(number, 15)) }
        let healthy = try world.audit(at: day(14, 16), days: 30)
        #expect(healthy.isGood, "\(healthy.findings)")
        #expect(healthy.gaps.contains(.movedUnseen(1)) == isDown)
        try world.harm("DELETE FROM ledger WHERE occurrence = 'due=2026-03-17 -P7D'")
        let found = try world.audit(at: day(14, 16), days: 30)
        #expect(found.findings.contains { $0.kind == .missing } == !isDown)
    }

    @Test func whatARestoreSettledIsNotAskedFor() throws {
        let world = try world(AuditTests.dueRule, days: 3)
        // An older state was put back, and the gap skipped: the seventh day before fell into it.
        _ = try world.store.settleGap(now: day(12))
        try world.store.setDocument("restore/\(day(12))", "backup.db gap=skip")
        for number in 12...20 { try world.tick(day(number, 9)) }
        let report = try world.audit(at: day(20, 9), days: 30)
        #expect(report.isGood, "\(report.findings)")
        #expect(report.gaps.contains(.restored(at: day(12))))
        #expect(report.expected == 1)
    }

    /// A schedule that missed more than one catch-up writes down is no alarm.
    @Test(arguments: ["late_once", "all", "skip"]) func aLongRestIsNoDifference(catchUp: String) throws {
        let rule = "- id: r\n  when: {every: 15 minutes}\n  catch_up: \(catchUp)\n  then: [{notify: {via: inbox}}]\n"
        let world = try World(rules: rule, inMemory: true)
        try world.tick(day(0))
        try world.tick(day(0).adding(seconds: 900))
        try world.tick(day(3))
        try world.tick(day(3).adding(seconds: 4_000))
        let report = try world.audit(at: day(3).adding(seconds: 4_000), days: 30)
        #expect(report.isGood, "\(report.findings.prefix(3))")
        #expect(report.gaps.contains { if case .beyondCap = $0 { true } else { false } })
    }

    /// With `skip`, a run that was missed by minutes only is superseded by the one that rings.
    @Test func noMissedRunIsWithoutARow() throws {
        let rule = "- id: r\n  when: {every: 2 minutes}\n  catch_up: skip\n  then: [{notify: {via: inbox}}]\n"
        let world = try World(rules: rule, inMemory: true)
        try world.tick(day(0))
        try world.tick(day(0).adding(seconds: 480))
        #expect(try world.ledger.count == 4)
        #expect(try world.audit(at: day(0).adding(seconds: 480), days: 1).isGood)
    }

    /// The steps of the work can be rested between, and the store may change meanwhile.
    @Test func whatIsWrittenMeanwhileIsNoDifference() throws {
        let world = try world(AuditTests.dueRule, days: 20)
        var audit = SelfAudit(core: world.core, store: world.store, now: day(20, 21), days: 30)
        var steps = 0
        while try audit.step() {
            steps += 1
            try world.write("task/N\(steps)", ["title": .string("N"), "due": try date("2026-03-23")], at: day(20, 22))
            try world.write("task/A", ["due": try date("2026-03-2\(steps % 10)")], at: day(20, 22))
            try world.tick(day(20, 22).adding(seconds: Int64(steps)))
        }
        #expect(audit.report.isGood, "\(audit.report.findings)")
        #expect(steps > 4 && audit.report.expected == 2)
    }
}
