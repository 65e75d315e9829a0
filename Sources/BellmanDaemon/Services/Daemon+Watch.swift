import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import BellmanStoreSQLite
import Glibc

/// The daemon looks after itself: what is wrong with it goes to the admin channel, and a sign of life leaves while
/// nothing is.
extension Daemon {
    /// With every tick.
    func watchSelf(_ now: Instant) throws {
        try SelfWatch(instance: instance).look(now)
        try tellHeartbeat(now)
    }

    private func tellHeartbeat(_ now: Instant) throws {
        guard let heart else { return }
        let words = SelfWording(instance.configuration.language)
        guard let failure = heart.lastingFailure else { return try instance.adminDesk.settled("heartbeat") }
        try instance.adminDesk.tell(
            "heartbeat", title: words.heartbeatTitle, text: words.heartbeat(failure), at: now, daily: true,
            zone: instance.configuration.timing.zone)
    }

    /// A sign of life where one is due and all is well: `/readyz`, and not every channel out of use.
    func beat(_ now: Instant) {
        guard let heart, heart.isDue(now), healthReport().ready, Heart.someChannelWorks(dispatcher.standings) else {
            return
        }
        heart.beat(now)
    }

    /// A store that cannot be written keeps no notice either, so the word goes straight to the channel, once.
    func tellPastTheStore(_ error: String) { Task { await tellPastTheStoreAndWait(error) } }

    func tellPastTheStoreAndWait(_ error: String) async {
        let words = SelfWording(instance.configuration.language)
        await say(title: words.storeTitle, text: words.store(error))
    }

    func tellDirectly(title: String, text: String) { Task { await say(title: title, text: text) } }

    private func say(title: String, text: String) async {
        let (channel, person) = (instance.adminDesk.channel, instance.adminDesk.person)
        guard channel != "inbox" else { return }
        let answer = await dispatcher.sendDirectly(
            channel, id: "n-store-\(pulse.present.microseconds)", title: title, text: [.value(text)],
            to: person.map { [$0] } ?? [], language: instance.configuration.language.rawValue)
        if let answer, answer.verdict != .delivered { log.write(.adminUntold, [("error", answer.words)]) }
    }
}

/// What Bellman looks at of itself with every round: the disk, and the data that should come.
struct SelfWatch {
    let instance: Instance

    static let leastFreeMegabytes: Int64 = 200

    private var words: SelfWording { SelfWording(instance.configuration.language) }

    func look(_ now: Instant) throws {
        try lookAtDisk(now)
        try lookAtLog(now)
        for (kind, period) in instance.configuration.expectedData.sorted(by: { $0.key < $1.key }) {
            try lookAtData(kind, period, now)
        }
    }

    /// Four times what an import lets it grow to: only a reader that never ends does that.
    static let longLogMegabytes = (4 * SQLiteStore.importLogBytes) >> 20

    private func lookAtLog(_ now: Instant) throws {
        let megabytes = instance.store.logSize >> 20
        guard megabytes >= SelfWatch.longLogMegabytes else { return try instance.adminDesk.settled("log") }
        try instance.adminDesk.tell(
            "log", title: words.logTitle, text: words.log(megabytes, instance.store.path), at: now, daily: true,
            zone: instance.configuration.timing.zone)
    }

    /// Megabytes; nil where the system does not say.
    static func free(_ path: String) -> Int64? {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { return nil }
        return (Int64(system.f_bavail) * Int64(system.f_frsize)) >> 20
    }

    private func lookAtDisk(_ now: Instant) throws {
        guard let free = SelfWatch.free(instance.store.path) else { return }
        guard free < SelfWatch.leastFreeMegabytes else { return try instance.adminDesk.settled("disk") }
        try instance.adminDesk.tell(
            "disk", title: words.diskTitle, text: words.disk(free, instance.store.path), at: now, daily: true,
            zone: instance.configuration.timing.zone)
    }

    /// Counted from the newest write of any record of the kind. Before the first there is nothing to miss.
    private func lookAtData(_ kind: String, _ period: Period, _ now: Instant) throws {
        let key = "data/\(kind)"
        let timing = instance.configuration.presentTiming
        guard let last = try instance.store.lastWrite(kind: kind) else { return try instance.adminDesk.settled(key) }
        let limit = OffsetRule(period: period, at: timing.at, zone: timing.zone, calendar: timing.calendar)
            .instant(for: last)
        guard now > limit else { return try instance.adminDesk.settled(key) }
        try instance.adminDesk.tell(
            key, title: words.dataTitle(kind), text: words.data(kind, period, last, timing.zone), at: now, daily: true,
            zone: timing.zone)
    }
}

/// How Bellman speaks of itself.
struct SelfWording {
    private let language: AlmanacLanguage

    init(_ language: AlmanacLanguage) { self.language = language }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    var diskTitle: String { say("磁盘快满了", "The disk is nearly full") }
    func disk(_ free: Int64, _ path: String) -> String {
        say(
            "存储 \(path) 所在的磁盘只剩 \(free) MB。写满之后更夫无法判定，也无法送达，请尽快腾出空间。",
            "Only \(free) MB are left where \(path) is. Once it is full, Bellman can decide and deliver nothing: make room soon."
        )
    }

    var logTitle: String { say("存储的日志文件过大", "The store's log grows") }
    func log(_ megabytes: Int, _ path: String) -> String {
        say(
            "\(path)-wal 已有 \(megabytes) MB：有别的程序一直读着存储没有结束（例如打开的 sqlite3 或备份工具），日志无法回写。请结束它：fuser -v \(path)",
            "\(path)-wal has grown to \(megabytes) MB: another program reads the store and does not end (an open sqlite3, a backup tool), so the log cannot be written back. End it: fuser -v \(path)"
        )
    }

    var fullTitle: String { say("磁盘满了", "The disk is full") }
    func full(_ path: String) -> String {
        say(
            "存储 \(path) 所在的磁盘已满，更夫正在用预留的 1 MB。用完之后不再有任何提醒，请立刻腾出空间。",
            "The disk with \(path) is full; Bellman lives on the 1 MB that it had kept for this. Once that is used up, no reminder leaves: make room at once."
        )
    }

    var mendedTitle: String { say("存储恢复了", "The store works again") }
    func mended(_ since: Instant, _ now: Instant, _ zone: Zone) -> String {
        let (from, to) = (zone.local(since), zone.local(now))
        return say(
            "\(from.date) \(from.time) 到 \(to.date) \(to.time) 之间没有任何判定；这段时间到期的现在补上，标明迟到。",
            "Nothing was decided from \(from.date) \(from.time) to \(to.date) \(to.time). What fell due meanwhile rings now, marked late where it is."
        )
    }

    func dataTitle(_ kind: String) -> String { say("\(kind) 没有新数据了", "No new data: \(kind)") }
    func data(_ kind: String, _ period: Period, _ last: Instant, _ zone: Zone) -> String {
        let local = zone.local(last)
        return say(
            "最近一次写入 \(kind) 是在 \(local.date) \(local.time)，按 expect_data 至少每 \(period.text(language)) 要有一次。请检查导入任务或接口。",
            "The last write of a \(kind) was at \(local.date) \(local.time); expect_data wants one at least every \(period.text(language)). Check the import or the interface."
        )
    }

    var heartbeatTitle: String { say("心跳发不出去", "The heartbeat cannot be sent") }
    func heartbeat(_ why: String) -> String {
        say(
            "对方的答复：\(why)。外部监控可能会以为更夫停了，请检查 heartbeat 的地址。",
            "The answer was: \(why). The outside watcher may take Bellman for dead: check the address of `heartbeat`.")
    }

    var storeTitle: String { say("更夫无法写入存储", "Bellman cannot use its store") }
    func store(_ error: String) -> String {
        say(
            "\(error)\n恢复之前不会有任何提醒。请检查磁盘空间和权限，并运行 bellman doctor。",
            "\(error)\nNo reminder leaves until this is mended. Check room and rights of the disk, and run bellman doctor."
        )
    }
}
