import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Synchronization
import Testing

@testable import BellmanDelivery

/// A clock that is set moves what waits for time to pass, so that nothing stalls and nothing leaves in a crowd.
@Suite struct ClockMoveTests {
    static let shifts: [Int64] = [-7_200, -3 * 86_400, 7_200, 3 * 86_400]

    @Test(arguments: shifts) func robotsWaitAsLongAsBefore(shift: Int64) {
        let pace = Pace(count: 2, seconds: 60)
        var robot = Robot()
        robot.noteSent(start)
        robot.noteSent(start.adding(seconds: 10))
        let free = robot.nextSlot(pace, start.adding(seconds: 11))
        robot.move(by: shift * 1_000_000)
        let now = start.adding(seconds: 11 + shift)
        #expect(robot.nextSlot(pace, now) == free?.adding(seconds: shift))
        #expect(robot.nextSlot(pace, now.adding(seconds: 60)) == nil)
        _ = robot.noteThrottle(until: now.adding(seconds: 300), now)
        robot.move(by: shift * 1_000_000)
        #expect(robot.nextSlot(nil, now.adding(seconds: shift)) == now.adding(seconds: 300 + shift))
    }

    @Test(arguments: shifts) func channelsRestAsLongAsBefore(shift: Int64) {
        let policy = ChannelPolicy(
            isRoom: true, pace: nil, schedule: .standard, maxAgeSeconds: 86_400, fallback: nil, robot: "r")
        var core = DispatcherCore(
            channels: ["hook": policy, "dead": policy], language: "en", seed: 1,
            troubles: ["dead": ChannelTrouble(since: start, words: "gone")])
        for _ in 0..<DispatcherLimits.failuresBeforeRest { core.channels["hook"]?.noteFailure("no", start) }
        let until = core.standings(start).first { $0.name == "hook" }?.until
        #expect(until != nil)
        core.move(by: shift * 1_000_000)
        let moved = core.standings(start.adding(seconds: shift)).first { $0.name == "hook" }
        #expect(moved?.state == .resting && moved?.until == until?.adding(seconds: shift))
        let hour = DispatcherLimits.deadChannelSeconds
        #expect(core.channels["dead"]?.isShut(start.adding(seconds: shift + hour - 1)) == true)
        #expect(core.channels["dead"]?.isShut(start.adding(seconds: shift + hour)) == false)
    }

    /// What was decided and is not written yet waits on the clock that it was decided by.
    @Test(arguments: shifts) func decidedTriesWaitAsLongAsBefore(shift: Int64) {
        var core = DispatcherCore(channels: [:], language: "en", seed: 1)
        core.done = [
            Completion(message: "a", claim: "c", fate: .retry(at: start), attempt: nil),
            Completion(message: "b", claim: "c", fate: .held(until: start, Reason("quiet_hours")), attempt: nil),
        ]
        core.marks = [SendMark(robot: "r", at: start)]
        core.move(by: shift * 1_000_000)
        let moved = start.adding(seconds: shift)
        #expect(core.done.map(\.fate) == [.retry(at: moved), .held(until: start, Reason("quiet_hours"))])
        #expect(core.marks == [SendMark(robot: "r", at: moved)])
    }

    private func service(
        objection: @escaping @Sendable (Notice, Instant) async -> Reason? = { _, _ in nil }
    ) throws -> DispatchService {
        let store = MemoryOutbox()
        var held = Sample.item("n1", channel: "inbox")
        held.state = .held
        try store.enqueue([held])
        let clock = ManualClock(start)
        let transport = FakeTransport()
        var around = DispatchSurroundings(
            store: store, http: transport, mail: transport, clock: clock, sleeper: clock)
        around.objection = objection
        return DispatchService(
            ChannelSet.make([]).set, language: "en", surroundings: around, seed: 1, claimName: "t")
    }

    /// A turn goes by one instant: the clock moves before it or after it, though it waits for an answer meanwhile.
    @Test func theClockMovesBetweenTwoTurns() async throws {
        let order = Mutex<[String]>([])
        let (steps, step) = AsyncStream<Void>.makeStream()
        let (moves, moved) = AsyncStream<Void>.makeStream()
        let service = try service { _, _ in
            order.withLock { $0.append("asked") }
            step.yield()
            for _ in 0..<1_000 { await Task.yield() }
            order.withLock { $0.append("answered") }
            return nil
        }
        let mover = Task {
            for await _ in steps { break }
            await service.clockMoved(byMicroseconds: 3_600_000_000) { order.withLock { $0.append("moved") } }
            moved.yield()
        }
        _ = await service.drain(now: start)
        for await _ in moves { break }
        await mover.value
        #expect(order.withLock { $0 } == ["asked", "answered", "moved"])
    }

    @Test func whatTheStoreRefusesIsTold() async throws {
        struct Busy: Error {}
        let service = try service()
        await #expect(throws: Busy.self) { try await service.clockMoved(byMicroseconds: 1) { throw Busy() } }
    }
}
