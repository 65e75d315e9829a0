import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

/// A clock that jumps from one instant of the agenda to the next decides what a clock decides that ticks every minute.
@Suite struct AgendaTests {
    private static let rules = """
        - id: dates
          when: {before: task.due, by: [3 days, 1 day, 90 minutes]}
          then: [{notify: {via: inbox}}, {wait: 5 hours, notify: {via: inbox}}]
        - id: cancel
          when: {before: contract.cancel_by, by: 2 days}
          then: [{notify: {via: inbox}}]
        - id: own
          when: {before: contract.expires_on, by: contract.notice_period}
          then: [{notify: {via: inbox}}]
        - id: silent
          when: {after: customer.last_contact, by: 2 days}
          then: [{notify: {via: inbox}}]
        - id: schedule
          when: {every: working day at 17:30}
          then: [{create: {kind: task, fields: {title: Look, due: "{{ now }}"}}}]
        - id: level
          when: {while: contract.usage < 0.3, for: 30 hours}
          then: [{notify: {via: inbox}}]
        """

    /// Sunday 25 October 2026: the clocks go back in Berlin in these days.
    private static let start = Instant(seconds: 1_792_800_000)
    private static let end = start.adding(seconds: 4 * 86_400)

    private func world(_ seed: UInt64) throws -> World {
        let world = try World(rules: Self.rules, zone: "Europe/Berlin")
        var random = SeededRandom(seed: seed)
        let day = try Zone.named("Europe/Berlin").date(Self.start)
        func instant() -> Instant { Self.start.adding(seconds: Int64.random(in: -200_000...400_000, using: &random)) }
        for number in 0..<12 {
            let due: FieldValue =
                number % 2 == 0
                ? .date(day.adding(days: Int.random(in: 0...6, using: &random))) : .instant(instant())
            try world.write("task/T-\(number)", ["title": .string("t"), "due": due], at: Self.start)
            try world.write(
                "contract/C-\(number)",
                [
                    "expires_on": .date(day.adding(days: Int.random(in: 3...12, using: &random))),
                    "notice_period": .period(try Period.parse("\(Int.random(in: 1...6, using: &random)) days")),
                    "usage": .double(number % 3 == 0 ? 0.1 : 0.5),
                ], at: Self.start)
            try world.write("customer/K-\(number)", ["last_contact": .instant(instant())], at: Self.start)
        }
        try world.tick(Self.start)
        return world
    }

    private func decisions(_ world: World) throws -> [String] {
        try world.store.ledger(rule: nil, subject: nil, outcomes: [], limit: .max).map {
            "\($0.key.rule) \($0.key.subject) \($0.key.occurrence) \($0.outcome) \($0.decidedAt)"
        }.sorted()
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func jumpingMissesNothing(_ seed: UInt64) throws {
        let steady = try world(seed)
        var now = Self.start
        while now < Self.end {
            now = min(try steady.store.read { try steady.core.nextWake(after: now, view: $0) }, Self.end)
            try steady.tick(now)
        }
        let jumping = try world(seed)
        now = Self.start
        var ticks = 0
        while true {
            var agenda = try jumping.store.read { try jumping.core.agenda(after: now, through: Self.end, view: $0) }
            let timer = try jumping.store.read { try $0.nextTimer() }.flatMap { $0 > now ? $0 : nil }
            guard let next = [agenda.next(after: now), timer].compactMap({ $0 }).min(), next <= Self.end else { break }
            now = next
            ticks += 1
            try jumping.tick(now)
        }
        let found = try decisions(jumping)
        #expect(found == (try decisions(steady)))
        #expect(found.count > 30)
        #expect(ticks < 200)
    }
}
