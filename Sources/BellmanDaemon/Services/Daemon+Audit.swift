import Almanac
import BellmanEngine
import BellmanModel
import BellmanServer
import BellmanStore
import BellmanTransport
import Glibc
import Synchronization

/// The daily self-audit: off the tick's path, on a thread of its own with the lowest priority, a page at a time.
extension Daemon {
    /// Where the audit stands.
    struct AuditState {
        let stop = StopSignal()
        var isRunning = false
        var wasRead = false
        var last: LastAudit?
        /// Not before, after a failure.
        var notBefore = Instant.earliest
    }

    /// After each page it rests as long as the page took, and at least so long. Milliseconds.
    private static let shortestPause: Int32 = 10
    private static let longestPause: Int32 = 2_000

    /// With every good tick, so never while the clock is doubted: starts the audit when its time has come.
    func auditIfDue(_ now: Instant) {
        do {
            guard try takeAuditTurn(now) else { return }
        } catch {
            return auditFailed(error, now)
        }
        let stop = audits.withLock { $0.stop }
        let (engine, instance) = (engine, instance)
        let started = WorkerThread.start { [self] in
            // Of this thread alone (setpriority(2), "C library/kernel differences").
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
            do {
                let began = instance.clock.monotonicMicroseconds()
                var audit = engine.selfAudit(
                    of: instance.store, longestWait: instance.longestWaits, now: now, days: Instance.auditDays)
                while !stop.isSet {
                    let pageBegan = instance.clock.monotonicMicroseconds()
                    guard try audit.step() else { break }
                    let took = (instance.clock.monotonicMicroseconds() - pageBegan) / 1_000
                    let pause = min(max(Int32(clamping: took), Daemon.shortestPause), Daemon.longestPause)
                    _ = stop.wait(for: -1, milliseconds: pause)
                }
                guard !stop.isSet else { return }
                try auditDone(audit.report, now, took: (instance.clock.monotonicMicroseconds() - began) / 1_000)
            } catch {
                auditFailed(error, now)
            }
        }
        if !started { audits.withLock { $0.isRunning = false } }
    }

    /// False when it is not due, or under way.
    private func takeAuditTurn(_ now: Instant) throws -> Bool {
        guard now >= meter.startedAt.adding(seconds: AuditHour.rest) else { return false }
        let hour = try auditHour.withLock { kept -> AuditHour in
            if let kept { return kept }
            let made = try instance.auditHour()
            kept = made
            return made
        }
        return try audits.withLock { state in
            guard !state.isRunning, now >= state.notBefore else { return false }
            if !state.wasRead {
                state.last = try instance.lastAudit()
                state.wasRead = true
            }
            state.isRunning = hour.isDue(now, last: state.last?.at)
            return state.isRunning
        }
    }

    private func auditDone(_ report: AuditReport, _ now: Instant, took: Int64) throws {
        try instance.note(report, at: now, took: took)
        let last = try instance.lastAudit()
        audits.withLock { state in
            state.last = last
            state.isRunning = false
        }
        var fields = [
            ("asked", "\(report.expected)"), ("rows", "\(report.ledgerRows)"), ("milliseconds", "\(took)"),
        ]
        if report.isGood { return log.write(.auditGood, fields) }
        fields.append(("differences", "\(report.total)"))
        let words = instance.auditWording
        if let first = report.findings.first { fields.append(("first", words.line(first))) }
        log.write(.auditDiffers, fields)
        alarm.ring()
    }

    private func auditFailed(_ error: any Error, _ now: Instant) {
        audits.withLock { state in
            state.isRunning = false
            state.notBefore = now.adding(seconds: AuditHour.rest)
        }
        log.write(.auditFailed, [("error", "\(error)")])
    }

    /// What the dashboard says of it; nil where nothing is amiss.
    var auditTrouble: String? {
        let last = audits.withLock { state -> LastAudit? in
            if !state.wasRead, let read = try? instance.lastAudit() {
                state.last = read
                state.wasRead = true
            }
            return state.last
        }
        guard let last, last.total > 0 else { return nil }
        return instance.auditWording.result(last.total, from: last.from, through: last.through, at: last.at)
    }

    func auditSamples() -> [MetricSample] {
        guard let last = audits.withLock({ $0.last }) else { return [] }
        return [
            MetricSample(
                "bellman_audit_differences", help: "What the last self-audit found between rules and ledger.",
                value: Double(last.total)),
            MetricSample(
                "bellman_audit_expected", help: "Occurrences that the last self-audit asked for.",
                value: Double(last.expected)),
            MetricSample(
                "bellman_audit_timestamp_seconds", help: "When the last self-audit began.",
                value: Daemon.seconds(last.at)),
            MetricSample(
                "bellman_audit_duration_seconds", help: "How long the last self-audit took, its rests included.",
                value: Double(last.took) / 1_000),
        ]
    }
}
