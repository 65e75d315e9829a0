import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Glibc
import ServiceLifecycle
import SourceDiagnostics
import UnixSignals

/// The daemon as its service manager and its administrator see it: ready, alive, reloading, stopping.
extension Daemon {
    /// What the server has left for open requests after deliveries have ended.
    static let serverGraceSeconds: Int64 = 10

    /// On a terminal, SIGHUP means that the terminal went away; elsewhere it means "read anew".
    private static var endsOnHangUp: Bool { isatty(STDERR_FILENO) == 1 }
    static var endSignals: [UnixSignal] { endsOnHangUp ? [.sigterm, .sigint, .sighup] : [.sigterm, .sigint] }

    /// What `systemctl status` shows.
    func statusLine() -> String {
        let rules = board.rules.filter(\.enabled).count
        let broken = board.brokenFiles
        let open = (try? store.noticeCount([.waiting, .held])) ?? 0
        guard instance.configuration.language == .zh else {
            return "\(rules) rules armed, \(broken) rule files broken, \(open) notices waiting"
        }
        return "\(rules) 条规则生效，\(broken) 个规则文件有误，\(open) 条提醒等待"
    }

    /// - Parameter began: monotonic, microseconds.
    func tickFinished(_ report: TickReport, began: Int64, at now: Instant) {
        let took = instance.clock.monotonicMicroseconds() - began
        meter.noteTick(report.ticks, microseconds: took)
        if report.decided > 0 {
            log.write(
                .ticked,
                [("decided", "\(report.decided)"), ("queued", "\(report.queued)"), ("microseconds", "\(took)")])
        }
        manager.tickFinished(status: statusLine, isStuck: { isDeliveryStuck(now) })
    }

    private func isDeliveryStuck(_ now: Instant) -> Bool {
        guard let due = try? store.nextDue(excluding: []) else { return false }
        let overdue = now.microseconds - due.microseconds
        guard DeliveryWatch.isStuck(overdue: overdue, sinceTurn: pulse.sinceTurn) else { return false }
        log.write(.deliveriesStuck, [("due", due.iso)])
        return true
    }

    /// Delivers until the stop. Exchanges that do not end in time are given back: they leave after the next start,
    /// with the same id, so that a receiver that took one can tell.
    func deliverLoop() async {
        let grace = Grace(clock: instance.clock, sleeper: instance.clock)
        guard await grace.run({ [dispatcher] in await dispatcher.run() }) == .abandoned else { return }
        let count = (try? store.releaseClaims(endedBy: nil)) ?? 0
        log.write(.deliveriesGivenBack, [("notices", "\(count)")])
    }

    // MARK: signals

    /// Reloads on SIGHUP; ends with the daemon, and tells the service manager so.
    func signalLoop() async {
        if Daemon.endsOnHangUp {
            let (stop, never) = AsyncStream<Never>.makeStream()
            for await _ in stop {}
            never.finish()
        } else {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { await reload() }
        }
        log.write(.stopping)
        manager.stopping(status: LogEvent.stopping.words(instance.configuration.language))
    }

    /// Rules and channels are read anew; of the rest it is said that it takes a restart.
    func reload() async {
        manager.reloading()
        log.write(.reloading)
        let good = await readConfiguration()
        do {
            try await readRules(force: true)
            alarm.ring()
            dispatcher.nudge()
        } catch {
            log.write(.rulesUnreadable, [("error", "\(error)")])
        }
        meter.noteReload(good: good, at: instance.clock.now())
        if good { log.write(.reloaded) }
        manager.reloaded(status: statusLine())
    }

    /// Warnings of the configuration, and which of `mail` and `chat` only reach the inbox.
    func logRemarks(_ workshop: Workshop) {
        for remark in workshop.remarks { log(remark, as: .remark) }
        if !workshop.standIns.isEmpty { log.write(.standIns, [("channels", workshop.standIns.joined(separator: ","))]) }
    }

    func log(_ problem: Diagnostic, as event: LogEvent) {
        let place = "\(problem.file.name):\(problem.start.line):\(problem.start.column)"
        let words = problem.fact.message(instance.configuration.diagnosticLanguage)
        log.write(event, [("at", place), ("problem", words)])
    }

    /// False when the configuration is wrong; then nothing of it is taken.
    private func readConfiguration() async -> Bool {
        guard let location else { return true }
        let workshop: Workshop
        do {
            workshop = try Workshop(location)
        } catch let troubles as ConfigurationTroubles {
            for problem in troubles.problems where problem.severity == .error { log(problem, as: .reloadRefused) }
            return false
        } catch {
            log.write(.reloadRefused, [("error", "\(error)")])
            return false
        }
        logRemarks(workshop)
        let keys = instance.configuration.keysForRestart(workshop.configuration)
        if !keys.isEmpty { log.write(.restartNeeded, [("keys", keys.joined(separator: ", "))]) }
        guard !keys.contains("channels") else { return true }
        await dispatcher.configure(workshop.channels)
        meter.forgetVerdicts()
        return true
    }
}
