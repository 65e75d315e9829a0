import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import Foundation
import Testing

/// Down times of every length from 0 to 400 days, beginning on every day of a year before, at and after the date of a
/// record: each milestone has exactly one outcome, a record is rung for at most once a rule, and the ledger is the
/// reference model's.
///
/// What counts for a date rule is where the down time lies from the date. So a world holds a record for every day around
/// one down time: 401 worlds answer 401 × 365 down times. Where in the calendar it begins goes round with its length,
/// and `BELLMAN_SWEEP=full` begins it on every day of a year in truth. Schedules have no records to stand for other
/// days: they are asked on a sample, and with `full` on every day.
@Suite struct DownTimeSweepTests {
    private static let isFull = ProcessInfo.processInfo.environment["BELLMAN_SWEEP"] == "full"
    private static let lengths = 0...400
    /// 2026-01-01.
    private static let newYear = 20_454
    private static let parts = 4

    private static let rules = """
        - id: before
          when: {before: task.due, by: [60 days, 30 days, 7 days]}
          then: [{notify: {via: inbox}}]
        - id: after
          when: {after: task.due, by: [1 day, 3 days, 7 days]}
          then: [{notify: {via: inbox}}]
        """
    private static let model: [ReferenceModel.Rule] = [
        .date(.init(id: "before", offsets: [-60, -30, -7], onlyOpen: false)),
        .date(.init(id: "after", offsets: [1, 3, 7], onlyOpen: false)),
    ]
    private static let schedules = """
        - id: weekly
          when: {every: friday at 15:00}
          then: [{notify: {via: inbox}}]
        - id: monthly
          when: {every: month on 31 at 10:00}
          then: [{notify: {via: inbox}}]
        """
    private static let scheduleModel: [ReferenceModel.Rule] = [
        .weekly(id: "weekly", weekday: 5, at: 900), .monthly(id: "monthly", day: 31, at: 600),
    ]

    @Test(arguments: 0..<parts) func everyMilestoneHasOneOutcome(_ part: Int) throws {
        let engine = try World(rules: Self.rules).core
        var sum = SweepSum()
        for length in Self.lengths where length % Self.parts == part {
            let starts = Self.isFull ? Array(0..<365) : [length * 131 % 365]
            for start in starts {
                var sweep = Sweep(engine, Self.model, left: Self.newYear + start, minute: 480 + length * 7 % 720)
                // Dates that lie further off have all their milestones on one side of the down time; some stand for them.
                let near = Self.newYear + start - 16...Self.newYear + start + length + 62
                let far = stride(from: Self.newYear + start - 300, to: Self.newYear + start + 500, by: 29)
                sweep.populate(days: Array(near) + far.filter { !near.contains($0) })
                try sweep.run(days: length, sum: &sum)
            }
        }
        Terminal.note("down times \(part + 1)/\(Self.parts): \(sum)")
        #expect(sum.faults.isEmpty, "\(sum.faults.prefix(10).joined(separator: "\n"))")
        #expect(sum.outcomes["superseded", default: 0] > 0 && sum.outcomes["expired", default: 0] > 0)
    }

    @Test func everyRunOfAScheduleIsAnswered() throws {
        let engine = try World(rules: Self.schedules).core
        var sum = SweepSum()
        for length in Self.lengths {
            let starts = Self.isFull ? Array(0..<365) : stride(from: length % 61, to: 365, by: 61).map { $0 }
            for start in starts {
                var sweep = Sweep(engine, Self.scheduleModel, left: Self.newYear + start, minute: length * 37 % 1440)
                try sweep.run(days: length, sum: &sum)
            }
        }
        Terminal.note("schedules: \(sum)")
        #expect(sum.faults.isEmpty, "\(sum.faults.prefix(10).joined(separator: "\n"))")
    }
}

struct SweepSum: CustomStringConvertible {
    var windows = 0
    var decisions = 0
    var outcomes: [String: Int] = [:]
    var faults: [String] = []

    var description: String {
        "\(windows) worlds, \(decisions) decisions; "
            + outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

/// One down time in one world, beside the model.
struct Sweep {
    private let engine: EngineCore
    private let rules: [ReferenceModel.Rule]
    private var model: ReferenceModel
    private var view: MemoryView
    /// Minutes since 1970 on the wall clock of Shanghai.
    private let left: Int

    init(_ engine: EngineCore, _ rules: [ReferenceModel.Rule], left day: Int, minute: Int) {
        self.engine = engine
        self.rules = rules
        model = ReferenceModel(rules: rules)
        left = day * 1440 + minute
        view = MemoryView(due: [], at: Sweep.instant(left))
    }

    private static func instant(_ minute: Int) -> Instant { Instant(seconds: Int64(minute - 480) * 60) }

    mutating func populate(days: [Int]) {
        view = MemoryView(
            due: days.map { ("\($0)", CivilDate(clampingDays: $0)) }, at: Sweep.instant(left - 1))
        for day in days { model.write("\(day)", at: left - 1, .init(due: day, status: "todo")) }
    }

    /// A last tick, the down time, the tick on return and the same again, which must decide nothing.
    mutating func run(days: Int, sum: inout SweepSum) throws {
        try tick(left)
        model.tick(at: left)
        let back = left + days * 1440
        let new = try tick(back)
        model.tick(at: back)
        if try !tick(back).isEmpty { sum.faults.append("a repeated tick decides again, \(days) days from \(left)") }
        let rings = Dictionary(grouping: new.filter(\.outcome.rang)) { "\($0.key.rule) \($0.key.subject)" }
        for (what, all) in rings where all.count > 1 { sum.faults.append("\(what) rang \(all.count) times: \(all)") }
        compare(days, &sum)
        sum.windows += 1
        sum.decisions += new.count
        for entry in new { sum.outcomes[entry.outcome.rawValue, default: 0] += 1 }
    }

    @discardableResult
    private mutating func tick(_ minute: Int) throws -> [LedgerEntry] {
        view.apply(try engine.tick(at: Sweep.instant(minute), view: view))
    }

    private func compare(_ days: Int, _ sum: inout SweepSum) {
        let wanted = model.ledger
        var found = 0
        for entry in view.entries {
            let key = ReferenceModel.Key(
                rule: entry.key.rule, subject: entry.key.subject, occurrence: entry.key.occurrence)
            if wanted[key] == entry.outcome.rawValue {
                found += 1
            } else {
                sum.faults.append(
                    "\(days) days from \(left): \(key) \(entry.outcome), model \(wanted[key] ?? "nothing")")
            }
        }
        if found < wanted.count { sum.faults.append("\(days) days from \(left): \(wanted.count - found) missing") }
    }
}
