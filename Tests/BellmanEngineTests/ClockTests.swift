import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// What a clock that is set forward and back does to decisions (docs/decisions/0007).
@Suite struct ClockTests {
    private static let hourly = """
        id: hourly
        when: {every: 1 hour}
        then:
          - notify: {via: chat, title: "{{ firing.scheduled_at }}"}
        """
    private static let due = """
        id: due
        when: {before: task.due, by: [1 day, 0 days]}
        then:
          - notify: {via: chat}
        """

    private func rings(_ world: World, _ rule: String) throws -> [String] {
        try world.ledger.filter { $0.key.rule == rule && [.fired, .firedLate].contains($0.outcome) }
            .map { "\(Self.shanghai($0.scheduledAt)) \($0.outcome.rawValue)" }.sorted()
    }

    private static func shanghai(_ instant: Instant) -> String {
        guard let zone = try? Zone.named("Asia/Shanghai") else { return "" }
        let local = zone.local(instant)
        return "\(local.date.day) \("\(local.time)".prefix(5))"
    }

    /// Ticks every quarter of an hour, as a running daemon would.
    private func run(_ world: World, from: String, to: String) throws {
        var at = Instant.shanghai(from)
        let end = Instant.shanghai(to)
        while at <= end {
            try world.tick(at)
            at = at.adding(seconds: 900)
        }
    }

    @Test func aStepBackRingsNothingTwiceAndLosesNothing() throws {
        let world = try World(rules: ClockTests.hourly)
        try run(world, from: "2026-06-10T07:30", to: "2026-06-10T12:15")
        try run(world, from: "2026-06-10T10:20", to: "2026-06-10T14:20")
        let wanted = (8...14).map { "10 \($0 < 10 ? "0" : "")\($0):00 fired" }
        #expect(try rings(world, "hourly") == wanted)
        #expect(try world.store.read { try $0.progress()?.cursor } == nil)
    }

    @Test func theWatermarkStaysAndTheCursorIsKept() throws {
        let world = try World(rules: ClockTests.hourly)
        try world.tick(.shanghai("2026-06-10T12:15"))
        try world.tick(.shanghai("2026-06-10T10:20"))
        let progress = try world.store.read { try $0.progress() }
        #expect(progress?.watermark == .shanghai("2026-06-10T12:15"))
        #expect(progress?.cursor == .shanghai("2026-06-10T10:20"))
    }

    /// What comes newly into the time that is lived again rings there, at its time.
    @Test func aRecordThatCameAfterTheStepBackRingsInTime() throws {
        let world = try World(rules: ClockTests.due)
        try world.tick(.shanghai("2026-06-10T08:00"))
        try world.tick(.shanghai("2026-06-10T12:15"))
        try world.tick(.shanghai("2026-06-10T08:20"))
        try world.write("task/t", ["due": .date(CivilDate(iso: "2026-06-11")!)], at: .shanghai("2026-06-10T08:25"))
        try world.tick(.shanghai("2026-06-10T08:30"))
        #expect(try rings(world, "due") == [])
        try run(world, from: "2026-06-10T08:45", to: "2026-06-10T13:00")
        #expect(try rings(world, "due") == ["10 09:00 fired"])
    }

    /// The daemon was away while the clock was back: what fell due then is caught up from where the clock stood.
    @Test func downTimeWithinTheTimeLivedAgain() throws {
        let world = try World(rules: ClockTests.due)
        try world.tick(.shanghai("2026-06-10T12:15"))
        try world.tick(.shanghai("2026-06-10T08:20"))
        try world.write("task/t", ["due": .date(CivilDate(iso: "2026-06-11")!)], at: .shanghai("2026-06-10T08:25"))
        try world.tick(.shanghai("2026-06-10T08:30"))
        try world.tick(.shanghai("2026-06-10T13:00"))
        #expect(try rings(world, "due") == ["10 09:00 fired_late"])
    }

    @Test func aRuleThatCameUnderTheFastClockRingsInTheTimeLivedAgain() throws {
        let world = try World(rules: ClockTests.due)
        try world.tick(.shanghai("2026-06-10T08:00"))
        try world.load(ClockTests.hourly)
        try world.tick(.shanghai("2026-06-10T12:15"))
        try run(world, from: "2026-06-10T08:20", to: "2026-06-10T13:20")
        #expect(try rings(world, "hourly") == (9...13).map { "10 \($0 < 10 ? "0" : "")\($0):00 fired" })
    }

    @Test func changesAreDecidedAtOnceWhileTheClockIsBack() throws {
        let world = try World(
            rules: """
                id: started
                when: {changes: task.status, to: doing}
                then:
                  - notify: {via: chat}
                """)
        try world.write("task/t", ["status": .string("todo")], at: .shanghai("2026-06-10T12:00"))
        try world.tick(.shanghai("2026-06-10T12:15"))
        try world.write("task/t", ["status": .string("doing")], at: .shanghai("2026-06-10T10:00"))
        try world.tick(.shanghai("2026-06-10T10:01"))
        #expect(try world.notices.map(\.firedAt) == [.shanghai("2026-06-10T10:01")])
        #expect(try world.notices.map(\.late) == [false])
    }

    @Test func waitingStepsAndSpansGoOn() throws {
        let world = try World(
            rules: """
                id: stuck
                when: {while: "task.status == 'blocked'", for: 3 hours}
                then:
                  - notify: {via: chat}
                """)
        try world.tick(.shanghai("2026-06-10T12:00"))
        try world.write("task/t", ["status": .string("blocked")], at: .shanghai("2026-06-10T10:00"))
        try run(world, from: "2026-06-10T10:00", to: "2026-06-10T14:00")
        #expect(try rings(world, "stuck") == ["10 13:00 fired"])
    }

    @Test func aStepForwardIsDownTime() throws {
        let world = try World(rules: ClockTests.hourly)
        try run(world, from: "2026-06-10T07:30", to: "2026-06-10T08:15")
        try world.tick(.shanghai("2026-06-13T10:20"))
        #expect(try rings(world, "hourly") == ["10 08:00 fired", "13 10:00 fired_late"])
    }

    /// A step back over the end of summer time, through the hour that comes twice.
    @Test func aStepBackAcrossAChangeOfTheOffset() throws {
        let world = try World(
            rules: """
                id: quarter
                when: {every: 30 minutes}
                then:
                  - notify: {via: chat}
                """, zone: "Europe/Berlin")
        let zero = try #require(Instant(iso: "2026-10-24T23:30:00Z"))
        func live(_ minutes: ClosedRange<Int64>) throws {
            for minute in stride(from: minutes.lowerBound, through: minutes.upperBound, by: 5) {
                try world.tick(zero.adding(seconds: minute * 60))
            }
        }
        try live(0...150)
        try live(40...240)
        let seen = try world.ledger.filter { $0.outcome == .fired }.map { $0.scheduledAt.seconds - zero.seconds }
            .sorted()
        #expect(seen == (1...8).map { Int64($0) * 1_800 })
    }

    // MARK: a newer tz database

    @Test func waitingStepsAreComputedAnewFromTheirFiring() throws {
        let world = try World(
            rules: """
                id: later
                when: {created: task}
                then:
                  - {wait: 3 days, notify: {via: chat}}
                """, zone: "America/Santiago")
        let fired = try #require(Instant(iso: "2026-06-10T13:00:00Z"))
        try world.tick(fired.adding(seconds: -60))
        try world.write("task/t", ["title": .string("t")], at: fired)
        try world.tick(fired)
        let meant = fired.adding(seconds: 3 * 86_400)
        // As an older database would have had it: an hour off.
        _ = try world.store.tick { view in
            var commit = TickCommit(progress: try #require(try view.progress()))
            let step = try #require(try view.stepsDue(through: .latest).first)
            commit.steps = [
                PendingStep(
                    firing: step.firing, step: step.step, key: step.key, dueAt: meant.adding(seconds: 3_600),
                    reason: step.reason, context: step.context)
            ]
            return commit
        }
        let core = world.core
        _ = try world.store.tick { view in try #require(try core.replan(at: fired, view: view)) }
        #expect(try world.store.read { try $0.stepsDue(through: .latest).map(\.dueAt) } == [meant])
        #expect(try world.store.read { try core.replan(at: fired, view: $0)?.steps.isEmpty } == true)
        try world.tick(meant)
        #expect(try world.notices.map(\.firedAt) == [meant])
    }

    @Test func spansAreLookedAtOnceAndWaitOn() throws {
        let world = try World(
            rules: """
                id: stuck
                when: {while: "task.status == 'blocked'", for: 3 days}
                then:
                  - notify: {via: chat}
                """)
        let began = Instant.shanghai("2026-06-10T10:00")
        try world.tick(began)
        try world.write("task/t", ["status": .string("blocked")], at: began)
        try world.tick(began.adding(seconds: 60))
        let (core, later) = (world.core, began.adding(seconds: 3_600))
        _ = try world.store.tick { view in try #require(try core.replan(at: later, view: view)) }
        #expect(try world.store.read { try $0.nextTimer() } == later)
        try world.tick(later)
        #expect(try world.notices.isEmpty)
        #expect(try world.store.read { try $0.nextTimer() } == began.adding(seconds: 3 * 86_400))
    }

    // MARK: stored times

    @Test func whatWaitsForATryMovesWithTheClockAndWhatIsHeldStays() throws {
        let world = try World(rules: ClockTests.hourly)
        try run(world, from: "2026-06-10T07:30", to: "2026-06-10T09:15")
        let items = try world.store.items(state: nil, channel: nil, limit: 10)
        let until = Instant.shanghai("2026-06-11T08:00")
        let claimed = try world.store.claim(
            ClaimRequest(
                now: .shanghai("2026-06-10T09:15"), limit: 10, bundleAbove: 20, bundleSize: 20,
                lease: .shanghai("2026-06-10T09:30"), claim: "c"))
        #expect(items.count == 2 && claimed.count == 2)
        let retry = Instant.shanghai("2026-06-10T09:45")
        _ = try world.store.complete(
            [
                Completion(message: claimed[0].id, claim: "c", fate: .retry(at: retry), attempt: nil),
                Completion(
                    message: claimed[1].id, claim: "c", fate: .held(until: until, Reason("quiet_hours")), attempt: nil),
            ], now: .shanghai("2026-06-10T09:15"))
        try world.store.moveWaiting(byMicroseconds: -7_200_000_000)
        func notBefore(_ state: DeliveryState) throws -> [Instant] {
            try world.store.items(state: state, channel: nil, limit: 10).map(\.notBefore)
        }
        #expect(try notBefore(.waiting) == [retry.adding(seconds: -7_200)])
        #expect(try notBefore(.held) == [until])
        let held = try world.store.items(state: .held, channel: nil, limit: 10).map(\.notice.id)
        try world.store.moveHeld(held.map { ($0, retry) } + [("nobody", retry)])
        #expect(try notBefore(.held) == [retry])
    }

    @Test func theAdministratorMayTurnTheStoreBack() throws {
        let world = try World(rules: ClockTests.hourly)
        try world.tick(.shanghai("2026-06-10T07:30"))
        try world.tick(.shanghai("2026-09-10T07:30"))
        let rung = try world.ledgerLines
        try world.store.turnBack(to: .shanghai("2026-06-10T08:30"))
        #expect(try world.store.read { try $0.progress()?.watermark } == .shanghai("2026-06-10T08:30"))
        #expect(try world.ledgerLines == rung)
        // It never moves forward by this.
        try world.store.turnBack(to: .shanghai("2026-07-10T08:30"))
        #expect(try world.store.read { try $0.progress()?.watermark } == .shanghai("2026-06-10T08:30"))
    }

    /// What the fast clock armed is remembered from tick to tick, and must not be believed once the clock is right.
    @Test func aRuleThatCameUnderAFalseFutureRingsWhenTheStoreIsTurnedBack() throws {
        let world = try World(rules: ClockTests.due)
        try world.tick(.shanghai("2026-06-10T07:30"))
        try world.load(ClockTests.hourly)
        try world.tick(.shanghai("2026-09-10T07:30"))
        try world.tick(.shanghai("2026-09-10T07:31"))
        try world.store.turnBack(to: .shanghai("2026-06-10T08:30"))
        try world.tick(.shanghai("2026-06-10T08:30"))
        try world.tick(.shanghai("2026-06-10T09:00"))
        #expect(try rings(world, "hourly") == ["10 09:00 fired"])
    }
}
