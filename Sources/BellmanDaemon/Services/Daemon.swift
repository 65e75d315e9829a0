import Almanac
import BellmanConnectors
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import BellmanStoreSQLite
import BellmanTransport
import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The daemon: rules, engine, delivery and server on one store, until a signal ends it.
public final class Daemon: Sendable {
    let instance: Instance
    let engine: EngineService
    let dispatcher: DispatchService
    let board = RulesBoard()
    /// For open pages.
    let events = EventHub()
    let log: Log
    let alarm: Alarm
    let book: Mutex<RuleBook>
    let health = Mutex(Health())
    private let lock: DaemonLock

    struct Health {
        var lastTick: Instant?
        var lastError: String?
        var ticks = 0
        var decided = 0
    }

    public init(_ workshop: Workshop, inboxLine: (@Sendable (String) -> Void)?) throws {
        let path = workshop.configuration.resolve(workshop.configuration.storePath)
        lock = try DaemonLock(path: path)
        instance = try Instance(workshop, role: .daemon)
        let log = Log(clock: instance.clock, zone: workshop.configuration.timing.zone)
        self.log = log
        alarm = Alarm(clock: instance.clock)
        engine = try instance.engine(rules: [])
        dispatcher = instance.dispatcher(inboxLine: inboxLine) { log.write(.error, "delivery: \($0)") }
        try instance.makeRulesFolder()
        book = Mutex(try instance.ruleBook())
    }

    public var store: SQLiteStore { instance.store }

    /// Runs until SIGTERM or SIGINT. `started` is called when the first tick is done.
    public func run(started: @escaping @Sendable (Daemon) -> Void) async throws {
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        if try store.releaseClaims(endedBy: nil) > 0 { log.write(.info, "deliveries of an earlier run go on") }
        try await readRules(force: true)
        await tick()
        started(self)
        let quiet = Logger(label: "bellman") { _ in SwiftLogNoOpLogHandler() }
        let server = try BellmanServer.make(serverDependencies(), logger: quiet)
        let loops: [any Service] = [
            Loop { await self.engineLoop() }, Loop { await self.dispatcher.run() },
            Loop { await self.watchLoop() }, Loop { await self.nudgeLoop() },
        ]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: loops.map { .init(service: $0) } + [.init(service: server)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        try await group.run()
        lock.release()
    }

    // MARK: engine

    private func engineLoop() async {
        while !Task.isCancelled {
            let now = instance.clock.now()
            let wake = (try? await engine.nextWake(after: now)) ?? now.adding(seconds: 60)
            await alarm.wait(until: wake)
            if Task.isCancelled { return }
            await tick()
        }
    }

    func tick() async {
        let now = instance.clock.now()
        do {
            let report = try await engine.tick(at: now)
            try RuleNews(instance: instance).tell(troubles: report.troubles, at: now)
            let failed = health.withLock { health -> Bool in
                health.lastTick = now
                health.ticks += report.ticks
                health.decided += report.decided
                defer { health.lastError = nil }
                return health.lastError != nil
            }
            if failed { log.write(.info, "the store works again") }
            if report.queued > 0 || !report.troubles.isEmpty { dispatcher.nudge() }
            if report.queued > 0 { events.publish(LiveEvent(.firing, [.init("queued", .int(Int64(report.queued)))])) }
            events.publish(LiveEvent(.tick, [.init("at", .string(now.iso))]))
        } catch {
            let words = "\(error)"
            let isNew = health.withLock { health -> Bool in
                defer { health.lastError = words }
                return health.lastError != words
            }
            if isNew { log.write(.error, "tick failed; trying again every minute", [("error", words)]) }
        }
    }

    // MARK: rules

    /// Milliseconds between two looks where inotify tells nothing.
    private static let rescan: Int32 = 1_000

    /// inotify makes it quick, the rescan by content makes it right.
    private func watchLoop() async {
        let path = instance.workshop.rulesFolder.path
        let watch = FolderWatch()
        watch?.watch(path)
        let stop = StopFlag()
        await withTaskCancellationHandler {
            await stop.onThread {
                while !stop.isSet {
                    if let watch {
                        if watch.wait(milliseconds: Daemon.rescan) {
                            Daemon.settle(watch)
                            watch.watch(path)
                        }
                    } else {
                        usleepMilliseconds(Daemon.rescan)
                    }
                    if stop.isSet { return }
                    self.readRulesNow()
                }
            }
        } onCancel: {
            stop.set()
        }
    }

    /// Several files that change together are read together: else a mass loss would come in harmless pieces.
    private static func settle(_ watch: FolderWatch) {
        var rounds = 0
        while rounds < settleRounds, watch.wait(milliseconds: settleMilliseconds) { rounds += 1 }
    }

    private static let settleMilliseconds: Int32 = 300
    private static let settleRounds = 4

    private func readRulesNow() {
        do {
            guard let outcome = try loadRules(force: false) else { return }
            Task {
                await engine.replaceRules(outcome.rules)
                alarm.ring()
                dispatcher.nudge()
            }
        } catch {
            log.write(.error, "rules could not be read", [("error", "\(error)")])
        }
    }

    func readRules(force: Bool) async throws {
        if let outcome = try loadRules(force: force) { await engine.replaceRules(outcome.rules) }
    }

    private func loadRules(force: Bool) throws -> RuleKeeper.Outcome? {
        guard let reading = try book.withLock({ try $0.read(remember: true, force: force) }) else { return nil }
        board.update(reading.outcome)
        events.publish(LiveEvent(.rules, [.init("rules", .int(Int64(reading.outcome.rules.count)))]))
        try RuleNews(instance: instance).tell(reading, at: instance.clock.now())
        let broken = reading.outcome.files.filter { $0.state != .good }.map(\.path)
        log.write(
            broken.isEmpty ? .info : .warning, "rules loaded",
            [("rules", "\(reading.outcome.rules.count)"), ("broken", broken.joined(separator: ","))])
        return reading.outcome
    }

    // MARK: nudges

    private func nudgeLoop() async {
        guard let descriptor = NudgeSocket.listen(store: store.path) else {
            log.write(.warning, "no nudge socket; writes of other commands are seen within a minute")
            return
        }
        let stop = StopFlag()
        await withTaskCancellationHandler {
            await stop.onThread {
                while !stop.isSet {
                    if NudgeSocket.wait(descriptor, milliseconds: 500) {
                        self.alarm.ring()
                        self.dispatcher.nudge()
                    }
                }
            }
        } onCancel: {
            stop.set()
        }
        close(descriptor)
        unlink(NudgeSocket.path(ofStore: store.path))
    }
}

/// A loop as a service: graceful shutdown cancels it.
private struct Loop: Service {
    let body: @Sendable () async -> Void
    init(_ body: @escaping @Sendable () async -> Void) { self.body = body }
    func run() async throws { await cancelWhenGracefulShutdown { await body() } }
}

/// Blocking waits stay off the cooperative threads.
private final class StopFlag: Sendable {
    private let flag = Mutex(false)
    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }

    func onThread(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let started = WorkerThread.start {
                body()
                continuation.resume()
            }
            if !started { continuation.resume() }
        }
    }
}

private func usleepMilliseconds(_ milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }

extension Daemon {
    /// Armed rules.
    public var ruleCount: Int { board.rules.count }
}
