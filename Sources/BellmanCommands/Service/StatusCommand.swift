import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import SourceDiagnostics

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Is all well? Rules, deliveries, what expired, what is missing.",
        discussion: """
            Example: bellman status --format json

            --healthy says nothing when a daemon runs whose last tick is at most three minutes old, and fails otherwise.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions
    @Flag(name: .long, help: "Only the exit code: 0 when the daemon lives, else 1.") var healthy = false

    /// Seconds; ticks come once a minute.
    private static let oldestTick: Int64 = 180

    private func checkHealth(_ instance: Instance) throws {
        let last = try instance.store.read { try $0.progress()?.lastTick }
        guard instance.isDaemonRunning else {
            throw Failure(.wrong, "no daemon runs on \(instance.store.path)", "\(instance.store.path) 上没有守护进程")
        }
        guard let last, instance.clock.now() <= last.adding(seconds: StatusCommand.oldestTick) else {
            let shown = last?.shown(in: instance.configuration.timing.zone) ?? "-"
            throw Failure(.wrong, "the last tick is too old: \(shown)", "最近一次判定太久了：\(shown)")
        }
    }

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        if healthy { return try checkHealth(instance) }
        let zone = instance.configuration.timing.zone
        var book = try instance.ruleBook()
        let reading = try book.read(remember: false, force: true)
        var listing = Listing(
            [.init("what", Words.pick("what", "项目")), .init("state", Words.pick("state", "状态"))], nothing: "")
        func add(_ name: String, _ value: String) { listing.add([.string(name), .string(value)]) }
        let running = instance.isDaemonRunning
        add(Words.pick("daemon", "守护进程"), running ? Words.pick("running", "运行中") : Words.pick("not running", "未运行"))
        add(Words.pick("store", "存储"), instance.store.path)
        try addStore(instance, add)
        let progress = try instance.store.read { try $0.progress() }
        let last = progress.map { $0.lastTick.shown(in: zone) } ?? Words.pick("never", "从未")
        let isSilent = progress.map { instance.clock.now() > $0.lastTick.adding(seconds: StatusCommand.oldestTick) }
        let silence = Words.pick(
            " – it decides nothing any more; its log says why", "——此后没有再判定；原因见守护进程的日志")
        add(Words.pick("last tick", "最近一次判定"), running && isSilent == true ? last + silence : last)
        addRules(reading, add)
        if let words = OpenRules.words(instance.workshop) { add(Words.pick("rules folder", "规则目录"), words) }
        try addDeliveries(instance, add)
        try addQuestions(instance, add)
        try addExpired(instance, add)
        try addSilences(instance, add)
        addCalendars(instance, reading?.outcome.rules ?? [], add)
        try addClock(instance, add)
        for (channel, trouble) in try instance.channelTroubles.all().sorted(by: { $0.key < $1.key }) {
            add(
                Words.pick("channel \(channel)", "通道 \(channel)"),
                Words.pick("out of use: \(trouble.words)", "已停用：\(trouble.words)"))
        }
        if instance.configuration.heartbeat != nil {
            let last = try instance.lastHeartbeat()
            let words = last.map { $0.at.shown(in: zone) + ($0.failure.map { " – \($0)" } ?? "") }
            add(Words.pick("heartbeat", "心跳"), words ?? Words.pick("none yet", "还没有过"))
        }
        let audit = try instance.lastAudit()
        let auditWords = AuditWording(Words.isChinese ? .zh : .en, zone)
        add(
            Words.pick("self-audit", "自查"),
            audit.map { auditWords.result($0.total, from: $0.from, through: $0.through, at: $0.at) }
                ?? auditWords.never)
        for name in instance.workshop.standIns {
            add(
                Words.pick("channel \(name)", "通道 \(name)"),
                Words.pick("not configured: lands in the inbox", "未配置：进入收件箱"))
        }
        listing.show(list.format)
    }

    /// The library, and the store itself only where something is the matter with it.
    private func addStore(_ instance: Instance, _ add: (String, String) -> Void) throws {
        let words = StoreGuardWording(Words.language, instance.configuration.timing.zone)
        add("SQLite", words.library(try instance.store.library()))
        let finding = try StoreGuard(instance).look()
        if let doubt = finding.doubt { add(Words.pick("ledger", "账本"), words.text(doubt)) }
        if let remark = finding.remark { add(Words.pick("ledger", "账本"), words.text(remark)) }
    }

    private func addRules(_ reading: RuleBook.Reading?, _ add: (String, String) -> Void) {
        guard let reading else { return }
        add(Words.pick("rules", "规则"), "\(reading.outcome.rules.filter(\.enabled).count)")
        for file in reading.outcome.files where file.state != .good {
            let problem = file.problems.first { $0.severity == .error }
            let place =
                problem.map { ":\($0.start.line):\($0.start.column) \($0.fact.message(Words.isChinese ? .zh : .en))" }
                ?? ""
            let state: String
            switch file.state {
            case .kept: state = Words.pick("broken, last good version in use", "有错，仍用上一个正确的版本")
            case .held:
                state = Words.pick(
                    "gone, still armed; confirm with: bellman rules accept", "已消失但仍生效；确认请运行 bellman rules accept")
            default: state = Words.pick("broken", "有错")
            }
            add("\(file.path)\(place)", state)
        }
        for case .unreadable(let path, let why) in reading.troubles { add(path, why) }
    }

    private func addDeliveries(_ instance: Instance, _ add: (String, String) -> Void) throws {
        let summary = try instance.store.summary()
        let text = DeliveryState.allCases.map { "\(StateWords.text($0)) \(summary.counts[$0] ?? 0)" }.joined(
            separator: Words.pick(", ", "，"))
        add(Words.pick("deliveries", "投递"), text)
        if let oldest = summary.oldestWaiting {
            add(Words.pick("waiting since", "最早等待于"), oldest.shown(in: instance.configuration.timing.zone))
        }
    }

    /// Those that wait for a decision, and each that nobody could be asked.
    private func addQuestions(_ instance: Instance, _ add: (String, String) -> Void) throws {
        let waiting = try instance.store.read { try $0.waitingQuestions() }
        let count = waiting.open.count
        if let oldest = waiting.open.first {
            let since = oldest.createdAt.shown(in: instance.configuration.timing.zone)
            add(
                Words.pick("open questions", "待决定的审批"),
                Words.pick(
                    "\(count), the oldest since \(since); list them with: bellman approve",
                    "\(count) 项，最早于 \(since)；列出请运行 bellman approve"))
        }
        for row in waiting.unasked {
            add(
                Words.pick(
                    "not asked: \(row.key.rule) \(row.key.subject)", "没有发出的审批：\(row.key.rule) \(row.key.subject)"),
                row.reason.decisionWords(Words.language) ?? row.reason.code)
        }
    }

    private func addExpired(_ instance: Instance, _ add: (String, String) -> Void) throws {
        for entry in try instance.store.ledger(rule: nil, subject: nil, outcomes: [.expired, .failed], limit: 20) {
            add(
                "\(entry.key.rule) \(entry.key.subject) \(entry.key.occurrence)",
                "\(StateWords.text(entry.outcome, list.format)) \(entry.reason.detail)")
        }
    }

    /// Those that are not over.
    private func addSilences(_ instance: Instance, _ add: (String, String) -> Void) throws {
        let words = SilenceWords(Words.language, timing: instance.configuration.timing)
        let now = instance.clock.now()
        for silence in try instance.store.read({ try $0.silences(notOverAt: now) }) {
            let facts = [silence.scope.text, words.state(silence, at: now), words.when(silence), silence.by.id]
            add(
                Words.pick("silence \(silence.id)", "静默 \(silence.id)"),
                facts.joined(separator: Words.pick(", ", "，")) + Words.pick(": ", "：") + silence.reason)
        }
    }

    /// The tz database; the clock only where something is the matter with it.
    private func addClock(_ instance: Instance, _ add: (String, String) -> Void) throws {
        let words = ClockWording(Words.isChinese ? .zh : .en, instance.configuration.timing.zone)
        add("tzdata", Zone.hasDatabase ? Zone.databaseVersion() ?? words.unknownVersion : words.noZones)
        let now = instance.clock.now()
        if let doubt = ClockGuard.doubt(now, try instance.clockPast.read()) {
            add(Words.pick("clock", "时钟"), words.text(doubt, now))
        }
        if let jump = try instance.clockPast.recentJump(now) {
            add(Words.pick("clock", "时钟"), words.jump(jump.by, at: jump.at))
        }
    }

    /// A calendar without data for this or the coming year counts the days of the week alone, and says so.
    private func addCalendars(_ instance: Instance, _ rules: [Rule], _ add: (String, String) -> Void) {
        let configuration = instance.configuration
        let own = configuration.calendars.best(configuration.calendarNames)
        let today = configuration.timing.zone.date(instance.clock.now())
        for gap in CalendarCoverage.gaps(rules, always: [own], today: today) {
            let name = gap.calendar.name
            add(
                Words.pick("calendar \(name)", "日历 \(name)"),
                gap.calendar.uncoveredText(year: gap.year, Words.language))
        }
        for report in configuration.calendars.reports where report.state != .good {
            let state =
                report.state == .kept
                ? Words.pick("broken, last good version in use", "有错，仍用上一个正确的版本")
                : Words.pick("broken, not used", "有错，没有使用")
            let words = report.problems.first { $0.severity == .error }.map { problem in
                let place = problem.file.bytes.isEmpty ? "" : "\(problem.start.line):\(problem.start.column): "
                return Words.pick(": ", "：") + place + problem.fact.message(Words.isChinese ? .zh : .en)
            }
            add(Words.pick("calendar \(report.path)", "日历 \(report.path)"), state + (words ?? ""))
        }
    }
}
