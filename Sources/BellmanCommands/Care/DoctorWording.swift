import Almanac
import BellmanDaemon
import BellmanModel

/// What the doctor finds, with the remedy, in both languages.
struct DoctorWording {
    let zone: Zone

    private var clock: ClockWording { ClockWording(Words.isChinese ? .zh : .en, zone) }

    private var audit: AuditWording { AuditWording(Words.isChinese ? .zh : .en, zone) }
    private var store: StoreGuardWording { StoreGuardWording(Words.language, zone) }

    func name(_ subject: DoctorSubject) -> String {
        switch subject {
        case .configuration: Words.pick("configuration", "配置")
        case .files: Words.pick("file modes", "文件权限")
        case .store: Words.pick("store", "存储")
        case .ledger: Words.pick("ledger", "账本")
        case .disk: Words.pick("disk", "磁盘")
        case .clock: Words.pick("clock", "时钟")
        case .zones: Words.pick("time zones", "时区")
        case .calendar: Words.pick("calendar", "日历")
        case .rules: Words.pick("rules", "规则")
        case .daemon: Words.pick("daemon", "守护进程")
        case .heartbeat: Words.pick("heartbeat", "心跳")
        case .members: Words.pick("members", "成员")
        case .channels: Words.pick("channels", "通道")
        case .deliveries: Words.pick("deliveries", "投递")
        case .audit: Words.pick("self-audit", "自查")
        }
    }

    func name(_ state: Doctor.State) -> String {
        switch state {
        case .good: Words.pick("ok", "正常")
        case .warning: Words.pick("look", "留意")
        case .bad: Words.pick("wrong", "有误")
        }
    }

    func text(_ fact: DoctorFact) -> String {
        switch fact {
        case .failed(let why): why
        case .noHeartbeat:
            Words.pick("none left yet; it does while the daemon runs and all is well", "还没有发过；守护进程运行且一切正常时才发")
        case .heartbeat(let at): at.shown(in: zone)
        case .heartbeatFailed(let at, let words):
            Words.pick(
                "failed at \(at.shown(in: zone)): \(words); check the address of `heartbeat`",
                "\(at.shown(in: zone)) 没有发成：\(words)；请检查 heartbeat 的地址")
        case .remark(let english, let chinese): Words.pick(english, chinese)
        case .channels(let count): Words.pick(Words.count(count, "channel") + " configured", "已配置 \(count) 个通道")
        case .path(let path): path
        case .openToOthers(let path):
            Words.pick("\(path) can be read by others; chmod 600 \(path)", "其他用户可以读 \(path)；请 chmod 600 \(path)")
        case .changeableRules(let paths): OpenRules.words(paths) ?? ""
        case .sound(let library): Words.pick("sound; ", "完好；") + store.library(library)
        case .chained(let rows): Words.pick("\(rows) rows, each as it was written", "共 \(rows) 行，均与写入时一致")
        case .storeDoubt(let doubt): store.text(doubt)
        case .storeRemark(let remark): store.text(remark)
        case .damage(let what):
            Words.pick("damaged: \(what); restore a backup", "已损坏：\(what)；请恢复备份")
        case .freeMegabytes(let free):
            Words.pick("\(free) MB free", "剩余 \(free) MB")
        case .longLog(let megabytes):
            Words.pick(
                "the store's log has \(megabytes) MB: another program reads the store and does not end; end it",
                "存储的日志文件有 \(megabytes) MB：有别的程序一直读着存储没有结束，请结束它")
        case .now(let now): now.shown(in: zone)
        case .behind(let watermark, let now):
            Words.pick(
                "it is \(now.shown(in: zone)), but the store lived until \(watermark.shown(in: zone)); set the clock",
                "现在是 \(now.shown(in: zone))，而存储已经运行到 \(watermark.shown(in: zone))；请校准时钟")
        case .clockDoubt(let doubt, let now): clock.text(doubt, now)
        case .clockJump(let jump): clock.jump(jump.by, at: jump.at)
        case .zone(let name, let version): "\(name), tzdata \(version ?? clock.unknownVersion)"
        case .noZones: clock.noZones
        case .calendar(let name): name
        case .uncovered(let english, let chinese, let year):
            Words.pick(
                english + "; take a newer Bellman, or bring the notice of \(year) in a calendar file",
                chinese + "；请升级，或把 \(year) 年的放假通知写进日历文件")
        case .brokenCalendar(let path):
            Words.pick(
                "\(path) is broken; see bellman calendar check \(path)", "\(path) 有错；请看 bellman calendar check \(path)")
        default: rest(fact)
        }
    }

    private func rest(_ fact: DoctorFact) -> String {
        switch fact {
        case .rules(0): Words.pick("no rule; bellman init writes some", "没有规则；bellman init 可以写几条")
        case .rules(let count): Words.pick(Words.count(count, "rule"), "\(count) 条")
        case .brokenRules(let path): Words.pick("\(path) is broken; see bellman check", "\(path) 有错；请看 bellman check")
        case .notRunning: Words.pick("not running; start it with bellman run", "没有运行；用 bellman run 启动")
        case .noTick: Words.pick("has not ticked yet", "尚未判定过")
        case .lastTick(let instant):
            Words.pick("last tick \(instant.shown(in: zone))", "最近一次判定 \(instant.shown(in: zone))")
        case .outOfUse(let channel, let words):
            Words.pick(
                "\(channel) is out of use (\(words)); mend its configuration, then: bellman channel test \(channel)",
                "\(channel) 已停用（\(words)）；修好配置后运行 bellman channel test \(channel)")
        case .standIn(let name):
            Words.pick("\(name) is not configured: its notices land in the inbox", "\(name) 未配置：它的提醒进入收件箱")
        case .members(let count): Words.pick(Words.count(count, "member"), "\(count) 名")
        case .memberTime(let problem): problem.words(Words.isChinese ? .zh : .en)
        case .moreMemberTimes(let count): Words.pick("… and \(count) more", "……还有 \(count) 处")
        case .allWork: Words.pick("none is out of use", "没有停用的通道")
        case .dead(let count):
            Words.pick(
                Words.count(count, "dead letter") + "; see bellman dead",
                "\(count) 封死信；请看 bellman dead")
        case .waitingSince(let instant):
            Words.pick("one waits since \(instant.shown(in: zone))", "最早的一条从 \(instant.shown(in: zone)) 等到现在")
        case .noAudit: audit.never
        case .audit(let last): audit.result(last.total, from: last.from, through: last.through, at: last.at)
        case .sent(let count): Words.pick("\(count) sent, none dead", "已发 \(count) 条，没有死信")
        default: ""
        }
    }
}
