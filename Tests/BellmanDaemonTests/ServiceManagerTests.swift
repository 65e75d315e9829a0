import Almanac
import BellmanTesting
import Glibc
import Synchronization
import Testing

@testable import BellmanDaemon

@Suite struct ServiceManagerTests {
    /// Monotonic time that the test moves; microseconds.
    private final class Hands: Sendable {
        private let at = Mutex<Int64>(1_000_000)
        func move(seconds: Int64) { at.withLock { $0 += seconds * 1_000_000 } }
        func now() -> Int64 { at.withLock { $0 } }
    }

    private struct Stage {
        let receiver: NotifyReceiver
        let hands = Hands()
        let manager: ServiceManager

        init(_ environment: [String: String] = [:], name: String = Stage.freshName()) {
            receiver = NotifyReceiver(name)
            let hands = hands
            manager = ServiceManager(
                environment: environment.merging(["NOTIFY_SOCKET": name]) { $1 }, process: 42,
                monotonic: { hands.now() })
        }

        static func freshName() -> String {
            var generator = SystemRandomNumberGenerator()
            return "@bellman-test-\(UInt64.random(in: .min ... .max, using: &generator))"
        }

        func tick(isStuck: Bool = false) { manager.tickFinished(status: { "fine" }, isStuck: { isStuck }) }
    }

    private static let threeMinutes = ["WATCHDOG_USEC": "180000000", "WATCHDOG_PID": "42"]

    @Test(arguments: [true, false]) func readyNeedsTickAndServer(tickFirst: Bool) {
        let stage = Stage()
        if tickFirst { stage.tick() } else { stage.manager.listening(status: "fine") }
        #expect(stage.receiver.take() == [])
        if tickFirst { stage.manager.listening(status: "fine") } else { stage.tick() }
        #expect(stage.receiver.take() == ["READY=1\nSTATUS=fine"])
        stage.tick()
        stage.manager.listening(status: "fine")
        #expect(stage.receiver.take() == [])
    }

    @Test func reachesASocketByPath() throws {
        let folder = try TemporaryFolder()
        let stage = Stage(name: folder.path + "/notify")
        stage.manager.reloaded(status: "fine")
        #expect(stage.receiver.take() == ["READY=1\nSTATUS=fine"])
    }

    @Test(arguments: [nil, "", "notify", "vsock:2:1", "/" + String(repeating: "x", count: 200)])
    func nobodyListens(name: String?) {
        #expect(NotifySocket(name) == nil)
    }

    @Test func pathsFitToTheLastByte() {
        #expect(NotifySocket("/" + String(repeating: "x", count: 106)) != nil)
        #expect(NotifySocket("/" + String(repeating: "x", count: 107)) == nil)
        #expect(NotifySocket("@" + String(repeating: "x", count: 107)) != nil)
        #expect(NotifySocket("@" + String(repeating: "x", count: 108)) == nil)
    }

    @Test func aVanishedManagerHurtsNobody() {
        #expect(NotifySocket("@bellman-test-nobody")?.send(["READY=1"]) == false)
    }

    @Test func pingsComeFromFinishedTicksOnly() {
        let stage = Stage(ServiceManagerTests.threeMinutes)
        stage.manager.listening(status: "fine")
        stage.tick()
        #expect(stage.receiver.take() == ["WATCHDOG=1", "READY=1\nSTATUS=fine"])
        stage.hands.move(seconds: 3_600)
        #expect(stage.receiver.take() == [])
        stage.tick()
        #expect(stage.receiver.take() == ["STATUS=fine\nWATCHDOG=1"])
    }

    @Test func quickTicksPingOnceAQuarter() {
        let stage = Stage(ServiceManagerTests.threeMinutes)
        stage.tick()
        #expect(stage.receiver.take() == ["WATCHDOG=1"])
        for _ in 0..<44 {
            stage.hands.move(seconds: 1)
            stage.tick()
        }
        #expect(stage.receiver.take() == [])
        stage.hands.move(seconds: 1)
        stage.tick()
        #expect(stage.receiver.take() == ["WATCHDOG=1"])
    }

    /// Whatever the interval, ticks no further apart than `rest` allows keep the gap between pings below it.
    @Test(arguments: [1, 30, 90, 180, 3_600] as [Int64]) func restsKeepTheDogQuiet(seconds: Int64) {
        var watchdog = Watchdog(interval: seconds * 1_000_000)
        let step = min(watchdog.longestRest, 60_000_000)
        var last: Int64 = 0
        var widest: Int64 = 0
        for at in stride(from: Int64(0), through: step * 100, by: Int(step)) where watchdog.tickFinished(at: at) {
            widest = max(widest, at - last)
            last = at
        }
        #expect(widest <= seconds * 1_000_000 * 3 / 4)
        #expect(last > 0)
    }

    @Test func restIsCutShortOnlyWhereTheDogIsQuicker() {
        let now = Instant(microseconds: 0)
        let minute = now.adding(seconds: 60)
        #expect(Stage(ServiceManagerTests.threeMinutes).manager.rest(until: minute, from: now) == minute)
        #expect(Stage().manager.rest(until: minute, from: now) == minute)
        let quick = Stage(["WATCHDOG_USEC": "30000000"]).manager
        #expect(quick.rest(until: minute, from: now) == now.adding(seconds: 15))
    }

    @Test func stuckDeliveryWithholdsThePing() {
        let stage = Stage(ServiceManagerTests.threeMinutes)
        stage.tick(isStuck: true)
        #expect(stage.receiver.take() == [])
        stage.hands.move(seconds: 60)
        stage.tick()
        #expect(stage.receiver.take() == ["WATCHDOG=1"])
    }

    @Test func stuckMeansOverdueAndNotTurning() {
        let bound = DeliveryWatch.bound
        #expect(!DeliveryWatch.isStuck(overdue: nil, sinceTurn: .max))
        #expect(!DeliveryWatch.isStuck(overdue: bound + 1, sinceTurn: bound))
        #expect(!DeliveryWatch.isStuck(overdue: bound, sinceTurn: bound + 1))
        #expect(DeliveryWatch.isStuck(overdue: bound + 1, sinceTurn: bound + 1))
    }

    @Test func anotherProcessesDogIsNotFed() {
        #expect(Watchdog(environment: ["WATCHDOG_USEC": "9", "WATCHDOG_PID": "41"], process: 42) == nil)
        #expect(Watchdog(environment: ["WATCHDOG_USEC": "9"], process: 42)?.interval == 9)
        #expect(Watchdog(environment: ["WATCHDOG_USEC": "0"], process: 42) == nil)
        #expect(Watchdog(environment: ["WATCHDOG_USEC": "often"], process: 42) == nil)
        #expect(Watchdog(environment: [:], process: 42) == nil)
    }

    @Test func longStartsAreExcusedForAnHourAndUntilReady() {
        let stage = Stage()
        #expect(stage.manager.stillStarting(elapsed: 10_000_000))
        #expect(stage.receiver.take() == ["EXTEND_TIMEOUT_USEC=30000000"])
        #expect(stage.manager.stillStarting(elapsed: ServiceManager.longestStart - 1))
        #expect(!stage.manager.stillStarting(elapsed: ServiceManager.longestStart))
        stage.tick()
        stage.manager.listening(status: "fine")
        _ = stage.receiver.take()
        #expect(!stage.manager.stillStarting(elapsed: 1))
        #expect(stage.receiver.take() == [])
    }

    @Test func reloadAndStop() {
        let stage = Stage()
        stage.manager.reloading()
        stage.manager.reloaded(status: "read\nMAINPID=1")
        stage.manager.stopping(status: "bye")
        stage.manager.stopping(status: "bye")
        #expect(
            stage.receiver.take() == [
                "RELOADING=1\nMONOTONIC_USEC=1000000", "READY=1\nSTATUS=read MAINPID=1", "STOPPING=1\nSTATUS=bye",
            ])
    }
}

@Suite struct GraceTests {
    private let clock = ManualClock(Instant(microseconds: 0))
    private var grace: Grace { Grace(clock: clock, sleeper: clock) }

    /// Ends when it is told to, not when it is cancelled.
    private actor Work {
        private var waiter: CheckedContinuation<Void, Never>?
        private var isDone = false
        private var begun: CheckedContinuation<Void, Never>?
        private var hasBegun = false

        func run() async {
            hasBegun = true
            begun?.resume()
            if isDone { return }
            await withCheckedContinuation { waiter = $0 }
        }
        func beginning() async {
            if hasBegun { return }
            await withCheckedContinuation { begun = $0 }
        }
        func finish() {
            isDone = true
            waiter?.resume()
            waiter = nil
        }
    }

    @Test func workThatEndsIsWaitedFor() async {
        let work = Work()
        let task = Task { await grace.run { await work.run() } }
        await work.beginning()
        task.cancel()
        #expect(await clock.nextAlarm() == Instant(microseconds: 0).adding(seconds: Grace.seconds))
        await work.finish()
        #expect(await task.value == .finished)
        clock.advance(seconds: Grace.seconds)
    }

    @Test func workThatHangsIsGivenUp() async {
        let work = Work()
        let task = Task { await grace.run { await work.run() } }
        await work.beginning()
        task.cancel()
        _ = await clock.nextAlarm()
        clock.advance(seconds: Grace.seconds)
        #expect(await task.value == .abandoned)
        await work.finish()
    }
}
