import Almanac
import BellmanStore
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
            channels: ["hook": policy, "dead": policy], admin: "inbox", language: "en", seed: 1,
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
}
