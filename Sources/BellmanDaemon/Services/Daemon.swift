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
import SourceDiagnostics
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
    /// Of the rules.
    private let rulesNumber = Atomic<UInt64>(0)
    /// Whether the coverage of the calendars is to be looked at.
    let coverage = Mutex(DailyLook())
    let manager: ServiceManager
    let pulse: PulseClock
    let clockGuard = Mutex(ClockGuard())
    let clockDebts = Mutex(ClockDebts())
    let zonesMark = Mutex<Zone.DatabaseMark?>(nil)
    /// Stored times are to be computed anew before the next tick.
    let replanning = Mutex(false)
    let heart: Heart?
    let audits = Mutex(AuditState())
    let auditHour = Mutex<AuditHour?>(nil)
    let meter: DaemonMeter
    /// Where the configuration is read anew from.
    let location: Location?
    private let lock: DaemonLock
    /// Whether the store was what it should be at the start.
    let storeFinding: StoreGuard.Finding
    /// Asks for the mark beside the store to be written.
    let marks: MarkBell
    let marked = Mutex(Marked())

    struct Marked {
        /// What the mark says.
        var reach: StoreReach?
        /// Why it could not be written.
        var trouble: String?
    }

    struct Health {
        var lastTick: Instant?
        var lastError: String?
        /// Since when rounds fail.
        var failingSince: Instant?
        /// Why nothing may ring from this store.
        var storeDoubt: String?
        /// Why the clock is not believed; nothing is decided meanwhile.
        var clockDoubt: String?
        /// Why the clock could not be judged, or its step not be written.
        var clockError: String?
        var ticks = 0
        var decided = 0
    }

    public init(
        _ workshop: Workshop, location: Location? = nil, manager: ServiceManager = .ofProcess(),
        inboxLine: (@Sendable (String) -> Void)?
    ) throws {
        Hardening.apply()
        manager.excuseLongStart()
        self.manager = manager
        self.location = location
        let path = workshop.configuration.resolve(workshop.configuration.storePath)
        lock = try DaemonLock(path: path)
        instance = try Daemon.open(store: path) { try Instance(workshop, role: .daemon) }
        // Before the engine gives a store that has none an id.
        storeFinding = try StoreGuard(instance).look()
        let marks = MarkBell()
        self.marks = marks
        let log = Log(
            clock: instance.clock, zone: workshop.configuration.timing.zone,
            style: .ofProcess(workshop.configuration.log, Workshop.processEnvironment),
            language: workshop.configuration.language)
        self.log = log
        alarm = Alarm(clock: instance.clock)
        engine = try instance.engine(rules: [])
        pulse = PulseClock(instance.clock)
        dispatcher = instance.dispatcher(
            engine: engine, clock: pulse, sleeper: pulse, inboxLine: inboxLine, knocks: true,
            settled: { [events] in
                marks.ring()
                events.publish(LiveEvent(.delivery, [.init("count", .int(Int64($0)))]))
            },
            report: { [alarm, language = workshop.configuration.language] in
                log.write(.deliveryTrouble, [("error", StoreWording.text(of: $0, language))])
                if case .syncFailed = $0 as? StoreProblem { alarm.ring() }
            }, log: { log.write($0, $1) })
        try instance.makeRulesFolder()
        book = Mutex(try instance.ruleBook())
        heart = instance.heart()
        meter = try DaemonMeter(
            store: instance.store, channels: Array(workshop.channels.channels.keys), clock: instance.clock)
    }

    public var store: SQLiteStore { instance.store }

    /// Runs until SIGTERM or SIGINT. `started` is called when the first tick is done and the server listens.
    public func run(started: @escaping @Sendable (Daemon) -> Void) async throws {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        log.write(.started, [("version", BellmanVersion.text), ("store", store.path)])
        if !log.style.isForPeople { logRemarks(instance.workshop) }
        tellStore()
        if storeFinding.doubt == nil, try store.releaseClaims(endedBy: nil) > 0 { log.write(.claimsResumed) }
        _ = await lookAtClock()
        lookAtZones(isStart: true)
        try await readRules(force: true)
        await tick()
        try await throwIfStoreFailed()
        let quiet = Logger(label: "bellman") { _ in SwiftLogNoOpLogHandler() }
        let server = try BellmanServer.service(serverDependencies(), logger: quiet) { _ in
            started(self)
            self.manager.listening(status: self.statusLine())
            self.log.write(.ready, [("listen", self.instance.configuration.listen.shown)])
        }
        let loops: [any Service] = [
            Loop { try await self.engineLoop() }, Loop { await self.watchLoop() }, Loop { await self.nudgeLoop() },
            Loop { await self.markLoop() },
        ]
        let delivery: [any Service] = storeFinding.doubt == nil ? [Loop { await self.deliverLoop() }] : []
        // What comes last is told first, one after the other: the service manager must know of the stop before anything
        // takes time, and delivery must claim nothing more.
        let services: [any Service] =
            loops + [server] + delivery + [Loop { await self.signalLoop() }]
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: Daemon.endSignals, logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(Grace.seconds + Daemon.serverGraceSeconds)
        defer { audits.withLock { $0.stop.set() } }
        try await ServiceGroup(configuration: configuration).run()
        writeMark()
        lock.release()
        log.write(.stopped)
    }

    // MARK: engine

    private func engineLoop() async throws {
        while !Task.isCancelled {
            try await throwIfStoreFailed()
            let now = instance.clock.now()
            let wish = (try? await engine.nextWake(after: now)) ?? now.adding(seconds: 60)
            // Whatever is wished for, a loop that cannot get on does not run hot.
            let wake = max(wish, now.adding(microseconds: Daemon.shortestRest))
            meter.noteWake(wake)
            await alarm.wait(until: manager.rest(until: wake, from: now))
            if Task.isCancelled { return }
            // Before anything else reads the time, or wakes somebody who does.
            _ = await lookAtClock()
            if lookAtZones(isStart: false) || instance.clock.now() >= wake { readRulesNow() }
            await tick()
        }
    }

    /// Microseconds between a tick and the next that nothing else asks for.
    private static let shortestRest: Int64 = 10_000

    func tick() async {
        guard let now = await lookAtClock() else {
            return manager.tickFinished(status: statusLine, isStuck: { false })
        }
        // A store that is not what it was is shown, and decides nothing.
        guard storeFinding.doubt == nil else {
            return manager.tickFinished(status: statusLine, isStuck: { false })
        }
        await replanIfAsked(at: now)
        let began = instance.clock.monotonicMicroseconds()
        do {
            let report = try await engine.tick(at: now)
            try RuleNews(instance: instance).tell(troubles: report.troubles, at: now)
            tellCoverage(now)
            auditIfDue(now)
            try watchSelf(now)
            if try instance.adminDesk.flush(at: now, spaced: true) { dispatcher.nudge() }
            health.withLock { health in
                health.lastTick = now
                health.ticks += report.ticks
                health.decided += report.decided
            }
            try tickWentWell(at: now)
            marks.ring()
            beat(now)
            if report.queued > 0 || !report.troubles.isEmpty { dispatcher.nudge() }
            tickFinished(report, began: began, at: now)
            if report.queued > 0 { events.publish(LiveEvent(.firing, [.init("queued", .int(Int64(report.queued)))])) }
            events.publish(LiveEvent(.tick, [.init("at", .string(now.iso))]))
        } catch {
            tickFailed(error)
        }
    }

    // MARK: rules

    /// Milliseconds between two looks where inotify is not to be had.
    private static let rescan: Int32 = 1_000

    /// inotify makes it quick; every tick looks too, by content, which makes it right.
    private func watchLoop() async {
        let path = instance.workshop.rulesFolder.path
        let watch = FolderWatch()
        watch?.watch(path)
        watchCalendars(watch)
        await StopSignal().loop { stop in
            while !stop.isSet {
                if let watch {
                    guard watch.wait(milliseconds: -1, stop) else { continue }
                    Daemon.settle(watch, stop)
                    watch.watch(path)
                } else {
                    _ = stop.wait(for: -1, milliseconds: Daemon.rescan)
                }
                if !stop.isSet { self.readRulesNow() }
                // What was read may name calendars in folders that nobody watches yet.
                self.watchCalendars(watch)
            }
        }
    }

    /// Several files that change together are read together: else a mass loss would come in harmless pieces.
    private static func settle(_ watch: FolderWatch, _ stop: StopSignal) {
        var rounds = 0
        while rounds < settleRounds, watch.wait(milliseconds: settleMilliseconds, stop) { rounds += 1 }
    }

    private static let settleMilliseconds: Int32 = 300
    private static let settleRounds = 4

    private func readRulesNow() {
        do {
            guard let outcome = try loadRules(force: false) else { return }
            Task {
                await adopt(outcome.rules, outcome.number)
                alarm.ring()
                dispatcher.nudge()
            }
        } catch {
            log.write(.rulesUnreadable, [("error", "\(error)")])
        }
    }

    func readRules(force: Bool) async throws {
        if let outcome = try loadRules(force: force) { await adopt(outcome.rules, outcome.number) }
    }

    /// With the number of the reading: several threads read, and an older reading must not replace a newer one.
    private func loadRules(force: Bool) throws -> (rules: [Rule], number: UInt64)? {
        let numbered = try book.withLock { book -> (reading: RuleBook.Reading, number: UInt64)? in
            guard let reading = try book.read(remember: true, force: force) else { return nil }
            board.update(reading.outcome)
            return (reading, rulesNumber.wrappingAdd(1, ordering: .relaxed).newValue)
        }
        guard let (reading, number) = numbered else { return nil }
        events.publish(LiveEvent(.rules, [.init("rules", .int(Int64(reading.outcome.rules.count)))]))
        let news = RuleNews(instance: instance)
        try news.tell(reading, at: pulse.present)
        try news.tellCalendars(at: pulse.present)
        // At start there may be more to come with the first tick.
        if !force, try instance.adminDesk.flush(at: pulse.present, spaced: true) { dispatcher.nudge() }
        coverage.withLock { $0.again() }
        for problem in reading.outcome.files.flatMap(\.problems) where problem.severity == .error {
            log(problem, as: .ruleBroken)
        }
        for case .unreadable(let path, let why) in reading.troubles {
            log.write(.rulesUnreadable, [("at", path), ("error", why)])
        }
        let broken = reading.outcome.files.filter { $0.state != .good }.map(\.path)
        let names = broken.isEmpty ? [] : [("broken", broken.joined(separator: ","))]
        log.write(.rulesLoaded, [("rules", "\(reading.outcome.rules.count)")] + names)
        return (reading.outcome.rules, number)
    }

    // MARK: nudges

    private func nudgeLoop() async {
        guard let descriptor = NudgeSocket.listen(store: store.path) else {
            log.write(.nudgesMissing)
            return
        }
        await StopSignal().loop { stop in
            while !stop.isSet {
                let news = NudgeSocket.wait(descriptor, stop)
                if news.isEmpty { continue }
                if news.contains(.rules) { self.readRulesNow() }
                self.alarm.ring()
                self.noteMended()
                self.dispatcher.nudge()
            }
        }
        close(descriptor)
        unlink(NudgeSocket.path(ofStore: store.path))
    }
}

extension Daemon {
    /// Channels that a command has found to work again.
    private func noteMended() {
        let dead = dispatcher.standings.filter { $0.state == .dead }.map(\.name)
        guard !dead.isEmpty, let troubles = try? instance.channelTroubles.all() else { return }
        dispatcher.mended(dead.filter { troubles[$0] == nil })
    }
}

/// A loop as a service: graceful shutdown cancels it.
private struct Loop: Service {
    let body: @Sendable () async throws -> Void
    init(_ body: @escaping @Sendable () async throws -> Void) { self.body = body }
    func run() async throws { try await cancelWhenGracefulShutdown { try await body() } }
}

extension Daemon {
    /// Armed rules.
    public var ruleCount: Int { board.rules.count }
}
