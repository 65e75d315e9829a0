import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import Testing

@testable import BellmanDaemon

/// A replay of what happened is what happened.
@Suite struct ReplayTests {
    /// An office lives for some days; Bellman looks whenever somebody writes and whenever something is due.
    private func live(_ office: inout RandomOffice, days: Int64) async throws -> Instant {
        try await office.ring(at: RandomOffice.start)
        var edits: Set<Int64> = []
        for _ in 0..<10 { edits.insert(Int64(office.number(1...Int(days) * 8)) * 3 * 3_600 + 777) }
        let end = RandomOffice.start.adding(seconds: days * 86_400)
        var now = RandomOffice.start
        for at in edits.sorted().map({ RandomOffice.start.adding(seconds: $0) }).filter({ $0 < end }) + [end] {
            try await office.wait(from: now, until: at)
            if at < end { _ = try office.instance.store.write([office.edit()], at: at) }
            try await office.ring(at: at)
            now = at
        }
        return end
    }

    @Test(arguments: ForecastTests.seeds) func theSameRulesRingTheSame(_ seed: UInt64) async throws {
        var office = try RandomOffice(seed: seed)
        let end = try await live(&office, days: 12)
        let rules = try office.instance.presentRules()
        let start = RandomOffice.start.adding(seconds: 3 * 86_400 + 60)
        let replayed = try Replayer(office.instance).replay(rules: rules, from: start, through: end)
        #expect(replayed.missed.isEmpty, "seed \(seed): \(replayed.missed.map(\.key))")
        let new = replayed.entries.filter { !replayed.rangThen.contains($0.notice.firing) }
        #expect(new.isEmpty, "seed \(seed): \(new.map { "\($0.at) \($0.key)" })")
        let rang = try office.instance.store.items(state: nil, channel: nil, limit: Int.max)
            .filter { $0.notice.firedAt > start }
        let (then, now) = (Set(rang.map(\.notice.id)), Set(replayed.entries.map(\.notice.id)))
        let lacks = rang.filter { !now.contains($0.notice.id) }.map {
            "\($0.notice.firedAt) \($0.notice.rule) \($0.notice.record) \($0.notice.step)"
        }
        let adds = replayed.entries.filter { !then.contains($0.notice.id) }.map { "\($0.at) \($0.key)" }
        #expect(lacks.isEmpty && adds.isEmpty, "seed \(seed): lacks \(lacks), adds \(adds)")
        #expect(replayed.journalBegins == nil && !replayed.isCut)
    }

    @Test func otherRulesShowTheDifference() async throws {
        var office = try RandomOffice(seed: 3)
        let end = try await live(&office, days: 8)
        try office.bench.write(
            "new/one.yaml",
            "- {id: each, when: {changes: task}, then: [{notify: {via: inbox, text: \"{{task.id}}\"}}]}\n")
        let planned = Planner(office.instance).read(folder: office.bench.folder.file("new"))
        #expect(planned.isWell, "\(planned.problems)")
        let before = try office.instance.store.items(state: nil, channel: nil, limit: Int.max).count
        let replayed = try Replayer(office.instance).replay(
            rules: planned.rules, from: RandomOffice.start, through: end)
        let edits = try office.instance.store.read { try $0.changes(after: 0, limit: Int.max) }
            .filter { $0.operation == .updated && $0.depth == 0 && $0.at > RandomOffice.start }
        #expect(replayed.entries.map(\.key.occurrence) == edits.map { "change=\($0.sequence)" })
        #expect(replayed.rangThen.isEmpty)
        // Nothing left, nothing was queued, nothing changed.
        #expect(try office.instance.store.items(state: nil, channel: nil, limit: Int.max).count == before)
    }
}
