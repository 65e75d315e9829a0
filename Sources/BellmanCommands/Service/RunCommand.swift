import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStoreSQLite

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "The daemon: evaluates rules, delivers notices, serves the dashboard.",
        discussion: """
            Example: bellman run
            Example: bellman run --once --now 2026-10-01T09:00:00+08:00

            --once evaluates and delivers what is due and exits: 0 when nothing is left over, 3 when deliveries still
            wait, 1 on error.
            """)

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long, help: "One round of what is due, then exit.")
    var once = false
    @Option(name: .long, help: ArgumentHelp("With --once: as if it were that instant.", valueName: "time"))
    var now: String?

    func run() async throws {
        guard now == nil || once else {
            throw Failure(.usage, "--now goes with --once", "--now 要和 --once 一起用")
        }
        guard Zone.hasDatabase else {
            throw Failure(.wrong, ClockWording(.en, .utc).noZones, ClockWording(.zh, .utc).noZones)
        }
        let location = try global.location()
        let workshop = try Workshop(location)
        Words.choose(workshop.configuration.language)
        if once || RunCommand.logStyle(workshop).isForPeople { RunCommand.warn(workshop) }
        if once { return try await runOnce(workshop) }
        try await RunCommand.daemon(workshop, location: location)
    }

    private func runOnce(_ workshop: Workshop) async throws {
        let instance = try Instance(workshop, role: .daemon)
        let instant = try now.map { try RunCommand.instant($0, zone: workshop.configuration.timing.zone) }
        do {
            let report = try await RunOnce.run(instance, at: instant) { Terminal.line($0) }
            Terminal.error(
                Words.pick(
                    "decided \(report.decided), sent \(report.sent), waiting \(report.waiting), dead \(report.dead)",
                    "判定 \(report.decided)，已发 \(report.sent)，等待 \(report.waiting)，死信 \(report.dead)"))
            if report.waiting > 0 { throw Failure(.unfinished, "", "") }
        } catch let clock as RunOnce.ImplausibleClock {
            let words = instance.clockWording
            throw Failure(.wrong, words.text(clock.doubt, clock.now), words.text(clock.doubt, clock.now))
        } catch let store as RunOnce.StoreInDoubt {
            let zone = workshop.configuration.timing.zone
            throw Failure(
                .wrong, StoreGuardWording(.en, zone).text(store.doubt), StoreGuardWording(.zh, zone).text(store.doubt))
        } catch let later as RunOnce.LivedLater {
            let zone = workshop.configuration.timing.zone
            throw Failure(
                .wrong,
                "this store has already lived until \(later.watermark.shown(in: zone)); --now cannot go back. Use a copy of an earlier store.",
                "这个存储已经运行到 \(later.watermark.shown(in: zone))，--now 不能倒退。请用更早的副本。")
        }
    }

    static func daemon(_ workshop: Workshop, location: Location? = nil) async throws {
        let configuration = workshop.configuration
        let descriptors = Descriptors.ensure()
        guard descriptors >= Descriptors.least else {
            throw Failure(
                .wrong,
                "only \(descriptors) files may be open at once; the daemon needs \(Descriptors.least). Raise it: ulimit -n, or LimitNOFILE= of the service",
                "最多只能同时打开 \(descriptors) 个文件，守护进程需要 \(Descriptors.least) 个。请用 ulimit -n 或服务的 LimitNOFILE= 调高")
        }
        let isQuiet = !Terminal.isInteractive
        let daemon = try Daemon(workshop, location: location) { line in if !isQuiet { Terminal.line(line) } }
        if !configuration.listen.isLocal {
            guard try !daemon.store.tokens().isEmpty else {
                throw Failure(
                    .wrong,
                    "will not listen on \(configuration.listen.shown) while no API token exists; make one: bellman token create --role admin",
                    "没有任何 API 令牌时不会在 \(configuration.listen.shown) 上监听；请先创建：bellman token create --role admin")
            }
        }
        try await daemon.run { daemon in
            // Elsewhere the log says it, in its own form.
            guard RunCommand.logStyle(workshop).isForPeople else { return }
            let rules = daemon.ruleCount
            Terminal.error(
                Words.pick(
                    "bellman \(BellmanVersion.text): \(rules) rules armed · dashboard \(configuration.listen.shown) · Ctrl-C ends",
                    "更夫 \(BellmanVersion.text)：\(rules) 条规则已生效 · 看板 \(configuration.listen.shown) · Ctrl-C 结束"
                ))
        }
    }

    private static func logStyle(_ workshop: Workshop) -> LogStyle {
        .ofProcess(workshop.configuration.log, Workshop.processEnvironment)
    }

    static func instant(_ text: String, zone: Zone) throws -> Instant {
        if let instant = Instant(iso: text) { return instant }
        if let local = CivilDateTime(iso: text) ?? CivilDateTime(iso: text + ":00") { return zone.resolve(local) }
        if let date = CivilDate(iso: text) { return zone.startOfDay(date) }
        throw Failure(
            .usage, "“\(text)” is no time; write 2026-10-01T09:00:00+08:00",
            "“\(text)”不是时间，请写成 2026-10-01T09:00:00+08:00")
    }

    /// Warnings of the configuration, and which of `mail` and `chat` only reach the inbox.
    static func warn(_ workshop: Workshop) {
        Diagnose.show(workshop.remarks)
        guard !workshop.standIns.isEmpty else { return }
        let names = workshop.standIns.joined(separator: ", ")
        Terminal.error(
            Words.pick(
                "note: \(names) not configured; these notices land in the inbox", "提示：未配置 \(names)，这些提醒会进入收件箱"))
    }
}
