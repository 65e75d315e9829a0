import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Glibc
import SourceDiagnostics

/// Looks over everything that Bellman stands on and says what is wrong and how to mend it.
public struct Doctor: Sendable {
    public enum State: String, Sendable, CaseIterable {
        case good
        /// Works, but somebody should look.
        case warning
        case bad
    }

    /// A fact in both languages; worded by `DoctorWording`.
    public struct Finding: Sendable, Hashable {
        public let subject: DoctorSubject
        public let state: State
        public let fact: DoctorFact

        init(_ subject: DoctorSubject, _ state: State, _ fact: DoctorFact) {
            self.subject = subject
            self.state = state
            self.fact = fact
        }
    }

    private let instance: Instance
    private var configuration: Configuration { instance.configuration }

    public init(_ instance: Instance) { self.instance = instance }

    /// Reads the whole store: seconds for a large one. `progress` is told what is looked at.
    public func examine(progress: (DoctorSubject) -> Void = { _ in }) -> [Finding] {
        let now = instance.clock.now()
        let examinations: [(DoctorSubject, () throws -> [Finding])] = [
            (.configuration, examineConfiguration), (.files, examineFiles), (.store, examineStore),
            (.ledger, examineLedger),
            (.disk, examineDisk), (.clock, { try examineClock(now) }), (.zones, examineZones),
            (.calendar, { try examineCalendar(now) }), (.rules, examineRules), (.daemon, { try examineDaemon(now) }),
            (.heartbeat, { try examineHeartbeat(now) }),
            (.members, examineMembers), (.channels, examineChannels), (.deliveries, { try examineDeliveries(now) }),
            (.audit, examineAudit),
        ]
        return examinations.flatMap { subject, examination -> [Finding] in
            progress(subject)
            do { return try examination() } catch {
                return [Finding(subject, .bad, .failed("\(error)"))]
            }
        }
    }

    private func examineConfiguration() -> [Finding] {
        guard !instance.workshop.remarks.isEmpty else {
            return [Finding(.configuration, .good, .channels(configuration.channels.count))]
        }
        return instance.workshop.remarks.map { remark in
            Finding(
                .configuration, remark.severity == .error ? .bad : .warning,
                .remark(english: remark.fact.message(.en), chinese: remark.fact.message(.zh)))
        }
    }

    /// The store and what holds secrets is for its owner alone.
    private func examineFiles() -> [Finding] {
        let path = instance.store.path
        let open = [path, path + "-wal", ActKey.path(ofStore: path)].filter { Doctor.mode($0) & 0o077 != 0 }
        let rules = instance.workshop.rulesFolder.writableByOthers()
        let findings =
            open.map { Finding(.files, .warning, .openToOthers($0)) }
            + (rules.isEmpty ? [] : [Finding(.files, .warning, .changeableRules(rules))])
        return findings.isEmpty ? [Finding(.files, .good, .path(path))] : findings
    }

    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func examineStore() throws -> [Finding] {
        let problems = try instance.store.integrityProblems()
        guard problems.isEmpty else { return problems.map { Finding(.store, .bad, .damage($0)) } }
        let library = try instance.store.library()
        return [Finding(.store, library.canLoseCommits ? .warning : .good, .sound(library))]
    }

    private func examineLedger() throws -> [Finding] {
        let finding = try StoreGuard(instance).examine()
        if let doubt = finding.doubt { return [Finding(.ledger, .bad, .storeDoubt(doubt))] }
        if let remark = finding.remark { return [Finding(.ledger, .warning, .storeRemark(remark))] }
        let rows = try instance.store.reach().heads.values.reduce(0) { $0 + $1.sequence }
        return [Finding(.ledger, .good, .chained(rows: rows))]
    }

    private func examineDisk() -> [Finding] {
        guard let free = SelfWatch.free(instance.store.path) else { return [] }
        let room = Finding(.disk, free < SelfWatch.leastFreeMegabytes ? .warning : .good, .freeMegabytes(free))
        let log = instance.store.logSize >> 20
        return log < SelfWatch.longLogMegabytes ? [room] : [room, Finding(.disk, .warning, .longLog(log))]
    }

    private static let clockToleranceSeconds: Int64 = 120

    private func examineClock(_ now: Instant) throws -> [Finding] {
        let past = try instance.clockPast.read()
        if let doubt = ClockGuard.doubt(now, past) { return [Finding(.clock, .bad, .clockDoubt(doubt, now: now))] }
        var findings: [Finding] = []
        if let watermark = past.watermark, watermark > now.adding(seconds: Doctor.clockToleranceSeconds) {
            findings.append(Finding(.clock, .warning, .behind(watermark: watermark, now: now)))
        }
        if let jump = try instance.clockPast.recentJump(now) {
            findings.append(Finding(.clock, .warning, .clockJump(jump)))
        }
        return findings.isEmpty ? [Finding(.clock, .good, .now(now))] : findings
    }

    private func examineZones() -> [Finding] {
        do {
            _ = try Zone.named("Asia/Shanghai")
            return [
                Finding(
                    .zones, .good, .zone(configuration.timing.zone.name, version: Zone.databaseVersion()))
            ]
        } catch {
            guard Zone.hasDatabase else { return [Finding(.zones, .bad, .noZones)] }
            return [Finding(.zones, .bad, .remark(english: error.message(.en), chinese: error.message(.zh)))]
        }
    }

    /// From October on the coming year counts too.
    private func examineCalendar(_ now: Instant) throws -> [Finding] {
        var book = try instance.ruleBook()
        let rules = try book.read(remember: false, force: true)?.outcome.rules ?? []
        let own = configuration.calendars.best(configuration.calendarNames)
        let today = configuration.timing.zone.date(now)
        let gaps = CalendarCoverage.gaps(rules, always: [own], today: today).map { gap in
            Finding(
                .calendar, .warning, .uncovered(english: gap.words(.en), chinese: gap.words(.zh), year: gap.year))
        }
        // What a broken file said last may be in use; as with rules, it is not what somebody wrote.
        let broken = configuration.calendars.reports.filter { $0.state != .good }.map { report in
            Finding(.calendar, .bad, .brokenCalendar(report.path))
        }
        let all = gaps + broken
        return all.isEmpty ? [Finding(.calendar, .good, .calendar(own.name))] : all
    }

    private func examineRules() throws -> [Finding] {
        var book = try instance.ruleBook()
        guard let reading = try book.read(remember: false, force: true) else { return [] }
        let broken = reading.outcome.files.filter { $0.state != .good }
        guard broken.isEmpty, reading.troubles.isEmpty else {
            return broken.map { Finding(.rules, .bad, .brokenRules($0.path)) }
                + reading.troubles.map { Finding(.rules, .bad, .failed("\($0)")) }
        }
        let count = reading.outcome.rules.filter(\.enabled).count
        return [Finding(.rules, count == 0 ? .warning : .good, .rules(count))]
    }

    private static let longestSilenceSeconds: Int64 = 180

    private func examineDaemon(_ now: Instant) throws -> [Finding] {
        guard instance.isDaemonRunning else { return [Finding(.daemon, .warning, .notRunning)] }
        guard let watermark = try instance.store.read({ try $0.progress()?.lastTick }) else {
            return [Finding(.daemon, .warning, .noTick)]
        }
        let silent = now.seconds - watermark.seconds
        return [Finding(.daemon, silent > Doctor.longestSilenceSeconds ? .bad : .good, .lastTick(watermark))]
    }

    /// Nothing to say where none is configured.
    private func examineHeartbeat(_ now: Instant) throws -> [Finding] {
        guard let heartbeat = configuration.heartbeat else { return [] }
        guard let last = try instance.lastHeartbeat() else { return [Finding(.heartbeat, .warning, .noHeartbeat)] }
        if let failure = last.failure { return [Finding(.heartbeat, .bad, .heartbeatFailed(last.at, words: failure))] }
        let isOld = now > last.at.adding(seconds: heartbeat.every + Doctor.longestSilenceSeconds)
        return [Finding(.heartbeat, isOld ? .warning : .good, .heartbeat(last.at))]
    }

    private func examineMembers() throws -> [Finding] {
        let problems = try MemberTimes.problems(in: instance.store)
        guard !problems.isEmpty else {
            return [Finding(.members, .good, .members(try instance.store.read { try $0.count(kind: "member") }))]
        }
        let shown = problems.prefix(MemberTimes.shown).map { Finding(.members, .warning, .memberTime($0)) }
        let more = problems.count - shown.count
        return shown + (more > 0 ? [Finding(.members, .warning, .moreMemberTimes(more))] : [])
    }

    private func examineChannels() throws -> [Finding] {
        let troubles = try instance.channelTroubles.all().sorted { $0.key < $1.key }
        let standIns = instance.workshop.standIns.map { Finding(.channels, .warning, .standIn($0)) }
        let out = troubles.map { Finding(.channels, .bad, .outOfUse($0.key, words: $0.value.words)) }
        return out + standIns + (out.isEmpty && standIns.isEmpty ? [Finding(.channels, .good, .allWork)] : [])
    }

    /// The last daily self-audit; the examination itself makes none.
    private func examineAudit() throws -> [Finding] {
        guard let last = try instance.lastAudit() else { return [Finding(.audit, .good, .noAudit)] }
        return [Finding(.audit, last.total == 0 ? .good : .bad, .audit(last))]
    }

    private static let longestWaitSeconds: Int64 = 86_400

    private func examineDeliveries(_ now: Instant) throws -> [Finding] {
        let summary = try instance.store.summary()
        var findings: [Finding] = []
        if let dead = summary.counts[.dead], dead > 0 { findings.append(Finding(.deliveries, .warning, .dead(dead))) }
        if let oldest = summary.oldestWaiting, now.seconds - oldest.seconds > Doctor.longestWaitSeconds {
            findings.append(Finding(.deliveries, .warning, .waitingSince(oldest)))
        }
        return findings.isEmpty ? [Finding(.deliveries, .good, .sent(summary.counts[.sent] ?? 0))] : findings
    }
}

public enum DoctorSubject: String, Sendable, CaseIterable {
    case configuration, files, store, ledger, disk, clock, zones, calendar, rules, daemon, heartbeat, members, channels,
        deliveries, audit
}

public enum DoctorFact: Sendable, Hashable {
    case failed(String)
    case remark(english: String, chinese: String)
    case channels(Int)
    case path(String)
    case openToOthers(String)
    /// Rule files and folders.
    case changeableRules([String])
    case sound(SQLiteLibrary)
    case chained(rows: Int64)
    case storeDoubt(StoreGuard.Doubt)
    case storeRemark(StoreGuard.Remark)
    case damage(String)
    case freeMegabytes(Int64)
    /// Megabytes.
    case longLog(Int)
    case now(Instant)
    case behind(watermark: Instant, now: Instant)
    case clockDoubt(ClockGuard.Doubt, now: Instant)
    case clockJump(ClockPast.Jump)
    case zone(String, version: String?)
    case noZones
    case calendar(String)
    case uncovered(english: String, chinese: String, year: Int)
    case brokenCalendar(String)
    case rules(Int)
    case brokenRules(String)
    case notRunning
    case noTick
    case lastTick(Instant)
    case noHeartbeat
    case heartbeat(Instant)
    case heartbeatFailed(Instant, words: String)
    case outOfUse(String, words: String)
    case standIn(String)
    case members(Int)
    case memberTime(MemberTimeProblem)
    case moreMemberTimes(Int)
    case allWork
    case dead(Int)
    case waitingSince(Instant)
    case sent(Int)
    case noAudit
    case audit(LastAudit)
}
