import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import Testing

@testable import BellmanDaemon

/// A forecast is what then happens. `BELLMAN_SEED` and `BELLMAN_OFFICES` choose which and how many.
@Suite struct ForecastTests {
    static let environment = ProcessInfo.processInfo.environment
    static let first = environment["BELLMAN_SEED"].flatMap(UInt64.init) ?? 1
    static let seeds = first..<(first + (environment["BELLMAN_OFFICES"].flatMap(UInt64.init) ?? 12))
    private static let days = 21

    /// One notice, as far as anybody sees it.
    private struct Seen: Hashable, Comparable, CustomStringConvertible {
        let at: Instant
        let rule: String
        let record: String
        let step: Int
        let channel: String
        let recipient: String
        let words: String

        init(_ notice: Notice) {
            (at, rule, record, step) = (notice.firedAt, notice.rule, notice.record, notice.step)
            (channel, recipient) = (notice.channel, notice.recipientKey)
            words = notice.title + "\n" + notice.text.map(\.words).joined()
        }

        var description: String { "\(at) \(rule) \(record) step \(step) \(channel) \(recipient) \(words)" }
        static func < (a: Seen, b: Seen) -> Bool { a.description < b.description }
    }

    private func outbox(_ office: RandomOffice) throws -> [Seen] {
        try office.instance.store.items(state: nil, channel: nil, limit: Int.max).map { Seen($0.notice) }.sorted()
    }

    private func difference(_ rang: [Seen], _ foreseen: [Seen]) -> String {
        let (rang, foreseen) = (Set(rang), Set(foreseen))
        return
            (rang.subtracting(foreseen).sorted().prefix(4).map { "rang only: \($0)" }
            + foreseen.subtracting(rang).sorted().prefix(4).map { "foreseen only: \($0)" }).joined(separator: " ;; ")
    }

    /// Day by day, at the hours at which rules of these offices ring, Bellman is run once; what it rings is what was
    /// foreseen on the first day, to the letter.
    @Test(arguments: seeds) func itIsWhatThenRings(_ seed: UInt64) async throws {
        let office = try RandomOffice(seed: seed)
        let rules = try office.instance.presentRules()
        let forecast = try Forecaster(office.instance).forecast(
            rules: rules, from: RandomOffice.start, days: ForecastTests.days)
        #expect(try office.instance.store.read { try $0.progress() } == nil, "a forecast leaves no trace")
        try await office.ring(at: RandomOffice.start)
        for day in 0...Int64(ForecastTests.days) {
            for hour in [8, 9, 18] as [Int64] {
                let at = RandomOffice.start.adding(seconds: day * 86_400 + (hour - 8) * 3_600)
                if at <= forecast.through { try await office.ring(at: at) }
            }
        }
        let foreseen = forecast.entries.map { Seen($0.notice) }.sorted()
        let rang = try outbox(office)
        #expect(rang == foreseen, "seed \(seed): \(difference(rang, foreseen))")
        #expect(!forecast.isCut && forecast.troubles.isEmpty, "seed \(seed): \(forecast.troubles)")
    }

    /// After some life, in the middle of spans, repetitions and waiting steps.
    @Test(arguments: seeds) func itIsWhatThenRingsAfterSomeLife(_ seed: UInt64) async throws {
        var office = try RandomOffice(seed: seed)
        var now = RandomOffice.start
        try await office.ring(at: now)
        for _ in 0..<8 {
            now = now.adding(seconds: 12 * 3_600)
            _ = try office.instance.store.write([office.edit()], at: now)
            try await office.ring(at: now)
        }
        // Nobody has looked at the last edits yet: they ring at once.
        for _ in 0..<2 { _ = try office.instance.store.write([office.edit()], at: now) }
        let before = Set(try outbox(office))
        let forecast = try Forecaster(office.instance).forecast(
            rules: try office.instance.presentRules(), from: now, days: 10)
        try await office.ring(at: now)
        for day in 0...10 as ClosedRange<Int64> {
            for hour in [0, 1, 10, 12] as [Int64] {
                let at = now.adding(seconds: day * 86_400 + hour * 3_600)
                if at > now, at <= forecast.through { try await office.ring(at: at) }
            }
        }
        let rang = try outbox(office).filter { !before.contains($0) }
        let foreseen = forecast.entries.map { Seen($0.notice) }.sorted()
        #expect(rang == foreseen, "seed \(seed): \(difference(rang, foreseen))")
    }

    @Test func quietHoursAndDigestsTellWhenItLeaves() async throws {
        let bench = try TestBench()
        try bench.write(
            "rules/r.yaml",
            """
            - id: early
              at: "07:00"
              when: {before: task.due, by: 1 day}
              then: [{notify: {via: inbox}}]
            - id: summed
              when: {before: task.due, by: 1 day}
              then: [{notify: {via: inbox, digest: day at 18:00}}]
            - id: edge
              when: {created: task}
              then: [{notify: {via: inbox}}]
            """)
        let text = "timezone: Asia/Shanghai\nlanguage: en\nquiet_hours: 21:00-08:00\n"
        try bench.write("bellman.yaml", text)
        let instance = try Instance(
            Workshop(Location(configuration: bench.folder.file("bellman.yaml"))), role: .daemon)
        let write = RecordWrite(
            ref: RecordRef(kind: "task", id: "T"),
            fields: ["title": .string("t"), "due": .date(CivilDate(iso: "2026-10-20")!)], actor: "test")
        _ = try instance.store.write([write], at: RandomOffice.start)
        var forecast = try Forecaster(instance).forecast(
            rules: try instance.presentRules(), from: RandomOffice.start, days: 10)
        #expect(forecast.entries.map(\.key.rule) == ["edge", "early", "summed"])
        #expect(forecast.entries.map(\.isAtOnce) == [true, false, false])
        #expect(forecast.entries[1].leaves == Instant(iso: "2026-10-19T08:00:00+08:00"))
        #expect(forecast.entries[2].leaves == Instant(iso: "2026-10-19T18:00:00+08:00"))
        #expect(forecast.unforeseen.map(\.rule) == ["edge"])
        let calendar = forecast.calendar(name: "x").text
        #expect(calendar.contains("DTSTART:20261018T230000Z\r\n"))
        #expect(calendar.components(separatedBy: "BEGIN:VEVENT").count == 4)
        forecast.keep(rules: ["summed"], person: nil)
        #expect(forecast.entries.count == 1 && forecast.unforeseen.isEmpty)
        forecast.keep(rules: [], person: "nobody")
        #expect(forecast.entries.isEmpty)
    }
}
