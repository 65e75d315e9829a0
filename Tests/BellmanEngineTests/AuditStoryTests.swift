import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Testing

@testable import BellmanEngine
@testable import BellmanStoreSQLite

/// The self-audit over random stories: nothing to find in what the engine did, and each planted damage found.
@Suite struct AuditStoryTests {
    @Test(arguments: [7, 30, 400]) func healthyStoriesHaveNoDifference(days: Int) throws {
        var expected = 0
        for offset in 0..<max(StoryTests.count / 2, 1) {
            let seed = StoryTests.firstSeed &+ UInt64(offset)
            var story = try Story(seed: seed)
            try story.run()
            let report = try story.world.audit(at: Story.instant(story.now), days: days)
            expected += report.expected
            #expect(
                report.isGood,
                "seed \(seed): \(report.findings.prefix(8))\n\(story.log.suffix(60).joined(separator: "\n"))")
            if !report.isGood { break }
        }
        #expect(expected > StoryTests.count / 2, "hardly anything was asked for")
    }

    /// Every kind of row that the audit answers for, damaged in turn in stories of their own.
    @Test(arguments: Damage.allCases) func damageIsFound(_ damage: Damage) throws {
        var (done, missed) = (0, [String]())
        for seed in UInt64(1)...60 {
            var story = try Story(seed: seed)
            try story.run()
            let now = Story.instant(story.now)
            var random = SeededRandom(seed: seed &* 77)
            guard let harm = try damage.plant(in: story.world, before: now, &random) else { continue }
            done += 1
            let report = try story.world.audit(at: now, days: 30)
            if !report.findings.contains(where: harm.isFound) {
                missed.append("seed \(seed) \(harm.text): \(report.findings.prefix(3))")
            }
        }
        #expect(missed.isEmpty, "\(missed.prefix(4).joined(separator: "\n"))")
        #expect(done >= 10, "only \(done) stories could be damaged so")
    }
}

extension World {
    func audit(at now: Instant, days: Int, longestWait: [String: Int64] = [:]) throws -> AuditReport {
        var audit = SelfAudit(core: core, store: store, longestWait: longestWait, now: now, days: days)
        try audit.run()
        return audit.report
    }

    /// One statement past all guarantees.
    func harm(_ sql: String) throws {
        try store.connection.transaction { db in _ = try db.query(sql).run() }
    }
}

/// What a broken disk, a bug or a hand in the file may do.
enum Damage: String, CaseIterable {
    case dateRowDeleted, edgeRowDeleted, runRowDeleted
    case dateRowInvented, edgeRowInvented, runRowInvented, otherRecordsChange
    case dateLeftOut, offsetLeftOut
    case noticeDeleted, wrongInstant

    struct Harm {
        let text: String
        let isFound: (AuditFinding) -> Bool
    }

    /// Nil where the story has nothing that could be damaged so.
    func plant(in world: World, before now: Instant, _ random: inout SeededRandom) throws -> Harm? {
        let from = now.adding(seconds: -29 * 86_400)
        let rows = try world.ledger.filter { $0.scheduledAt > from }.sorted { $0.key < $1.key }
        let dates = rows.filter { $0.key.occurrence.hasPrefix("due=") }
        switch self {
        case .dateRowDeleted:
            // Of a date that the record still has: what was moved may never have been seen.
            let present = try world.presentDates()
            return try delete(dates.filter { present.contains("\($0.key.subject) \(Damage.date($0))") }, world, &random)
        case .edgeRowDeleted:
            return try delete(rows.filter { $0.key.occurrence.hasPrefix("change=") }, world, &random)
        case .runRowDeleted: return try delete(rows.filter { $0.key.occurrence.hasPrefix("at=") }, world, &random)
        case .dateRowInvented:
            return try rename(dates, world, &random) { "due=2026-01-01 \($0.split(separator: " ")[1])" }
        case .edgeRowInvented:
            return try rename(rows.filter { $0.key.occurrence.hasPrefix("change=") }, world, &random) { _ in
                "change=999999"
            }
        case .runRowInvented:
            return try rename(rows.filter { $0.key.occurrence.hasPrefix("at=") }, world, &random) { _ in
                "at=2026-03-01T00:00:17Z"
            }
        case .otherRecordsChange:
            let edges = rows.filter { $0.key.occurrence.hasPrefix("change=") }
            guard let row = edges.isEmpty ? nil : random.pick(edges) else { return nil }
            try world.harm("UPDATE ledger SET subject = 'task/T99' WHERE firing = '\(row.firing)'")
            return Harm(text: "\(row.key)") { $0.kind == .invented && $0.key.subject == "task/T99" }
        case .dateLeftOut:
            return try rename(dates, world, &random) { "due= \($0.split(separator: " ")[1])" }
        case .offsetLeftOut: return try rename(dates, world, &random) { String($0.split(separator: " ")[0]) }
        case .noticeDeleted: return try deleteNotice(rows.filter(\.outcome.rang), world, &random)
        case .wrongInstant:
            guard let row = dates.isEmpty ? nil : random.pick(dates) else { return nil }
            try world.harm("UPDATE ledger SET scheduled_at = scheduled_at + 60000000 WHERE firing = '\(row.firing)'")
            return Harm(text: "\(row.key)") { $0.kind == .mistimed && $0.key == row.key }
        }
    }

    private static func date(_ row: LedgerEntry) -> String {
        String(row.key.occurrence.dropFirst("due=".count).prefix { $0 != " " })
    }

    private func delete(_ rows: [LedgerEntry], _ world: World, _ random: inout SeededRandom) throws -> Harm? {
        guard let row = rows.isEmpty ? nil : random.pick(rows) else { return nil }
        try world.harm("DELETE FROM ledger WHERE firing = '\(row.firing)'")
        return Harm(text: "\(row.key)") { $0.kind == .missing && $0.key == row.key && $0.at == row.scheduledAt }
    }

    private func rename(
        _ rows: [LedgerEntry], _ world: World, _ random: inout SeededRandom, _ name: (String) -> String
    ) throws -> Harm? {
        guard let row = rows.isEmpty ? nil : random.pick(rows) else { return nil }
        let made = name(row.key.occurrence)
        try world.harm("UPDATE ledger SET occurrence = '\(made)' WHERE firing = '\(row.firing)'")
        return Harm(text: "\(row.key)") { $0.kind == .invented && $0.key.occurrence == made }
    }

    private func deleteNotice(_ rows: [LedgerEntry], _ world: World, _ random: inout SeededRandom) throws -> Harm? {
        guard let row = rows.isEmpty ? nil : random.pick(rows) else { return nil }
        try world.harm("DELETE FROM outbox WHERE firing = '\(row.firing)'")
        return Harm(text: "\(row.key)") { $0.kind == .unheard && $0.key == row.key }
    }
}

extension World {
    /// `task/T1 2026-03-09` of every task that has a date.
    fileprivate func presentDates() throws -> Set<String> {
        try store.read { view in
            var found: Set<String> = []
            for id in try view.identifiers(kind: "task", after: nil, limit: 1_000) {
                let ref = RecordRef(kind: "task", id: id)
                if case .date(let date) = try view.record(ref)?["due"] ?? .null { found.insert("\(ref) \(date)") }
            }
            return found
        }
    }
}
