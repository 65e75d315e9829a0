import Almanac
import BellmanDelivery
import BellmanModel

/// What the daemon logs. The code is for machines and never changes; the words are for people.
public enum LogEvent: String, Sendable, CaseIterable {
    case started, ready, stopping, stopped
    case claimsResumed = "claims-resumed"
    case rulesLoaded = "rules-loaded"
    case rulesUnreadable = "rules-unreadable"
    case ruleBroken = "rule-broken"
    case ticked = "tick"
    case tickFailed = "tick-failed"
    case storeMended = "store-mended"
    case storeFailed = "store-failed"
    case reserveUsed = "reserve-used"
    case deliveryTrouble = "delivery-trouble"
    case deadLetter = "dead-letter"
    case refused = "delivery-refused"
    case channelOut = "channel-out-of-use"
    case channelBack = "channel-in-use"
    case deliveriesGivenBack = "deliveries-given-back"
    case deliveriesStuck = "deliveries-stuck"
    case nudgesMissing = "nudges-missing"
    case clockJumped = "clock-jumped"
    case clockHeld = "clock-held"
    case clockGood = "clock-good"
    case clockAccepted = "clock-accepted"
    case adminUntold = "admin-untold"
    case clockUnwritten = "clock-unwritten"
    case storeHeld = "store-held"
    case storeRemark = "store-mark"
    case markUnwritten = "mark-unwritten"
    case slept
    case zonesRead = "zones-read"
    case zonesChanged = "zones-changed"
    case replanned
    case reloading, reloaded
    case reloadRefused = "reload-refused"
    case restartNeeded = "restart-needed"
    case remark = "configuration-remark"
    case standIns = "channels-missing"
    case auditGood = "audit-good"
    case auditDiffers = "audit-differs"
    case auditFailed = "audit-failed"

    public var level: Log.Level {
        switch self {
        case .ticked: .debug
        case .started, .ready, .stopping, .stopped, .claimsResumed, .rulesLoaded, .storeMended, .reloading, .reloaded,
            .channelBack, .standIns, .slept, .zonesRead, .zonesChanged, .replanned, .clockGood, .clockAccepted,
            .auditGood:
            .info
        case .deliveriesGivenBack, .reserveUsed, .nudgesMissing, .restartNeeded, .remark, .clockJumped, .ruleBroken,
            .deadLetter, .refused, .channelOut, .auditFailed, .storeRemark, .markUnwritten:
            .warning
        case .rulesUnreadable, .tickFailed, .storeFailed, .storeHeld, .deliveryTrouble, .deliveriesStuck,
            .reloadRefused,
            .clockHeld, .clockUnwritten, .adminUntold, .auditDiffers:
            .error
        }
    }

    public func words(_ language: AlmanacLanguage) -> String { language == .zh ? words.chinese : words.english }

    private var words: (english: String, chinese: String) {
        switch self {
        case .started: ("started", "已启动")
        case .ready: ("ready", "就绪")
        case .stopping: ("stopping; exchanges under way may end", "正在停止，等待进行中的投递结束")
        case .stopped: ("stopped", "已停止")
        case .claimsResumed: ("deliveries of an earlier run go on", "继续上次未完成的投递")
        case .rulesLoaded: ("rules loaded", "规则已加载")
        case .storeFailed: ("the store is not to be trusted any more; Bellman ends", "存储已不可信，更夫退出")
        case .reserveUsed: ("the disk is full: the reserve beside the store is given up", "磁盘已满：动用存储旁边预留的空间")
        case .rulesUnreadable: ("rules could not be read", "读不到规则")
        case .ruleBroken:
            ("a rule file is broken; its last good version stays in use, if there is one", "规则文件有错；有上一个正确的版本就仍用它")
        case .deadLetter: ("a notice could not be delivered", "有提醒未能送达")
        case .refused: ("a notice could not be delivered; the fallback takes it", "有提醒未能送达，改走后备通道")
        case .channelOut: ("a channel is out of use until its configuration is mended", "通道已停用，修好配置后恢复")
        case .channelBack: ("a channel is in use again", "通道恢复使用")
        case .ticked: ("tick finished", "一轮判定结束")
        case .tickFailed: ("tick failed; trying again every minute", "一轮判定失败，每分钟重试")
        case .storeMended: ("the store works again", "存储恢复正常")
        case .deliveryTrouble: ("delivery cannot use the store", "投递无法使用存储")
        case .deliveriesGivenBack:
            ("exchanges did not end in time; their notices leave after the next start", "有投递没有按时结束，下次启动后再发")
        case .deliveriesStuck:
            ("a notice is overdue and delivery does not move; no watchdog ping", "有提醒过期未发且投递停滞，不再向看门狗报平安")
        case .nudgesMissing:
            ("no nudge socket; writes of other commands are seen within a minute", "没有通知套接字，其他命令的写入一分钟内才会看到")
        case .clockJumped: ("the clock was set", "时钟被调整")
        case .clockHeld: ("the clock is implausible; nothing rings until it is right", "时钟不可信，校准之前不会响铃")
        case .clockGood: ("the clock is plausible again; going on as after down time", "时钟恢复可信，按停机后恢复继续")
        case .clockAccepted: ("the clock is accepted by the administrator's word", "管理员已确认时钟无误")
        case .adminUntold: ("the admin channel could not be told; trying again", "暂时无法通知管理通道，稍后重试")
        case .clockUnwritten:
            ("the clock cannot be judged without the store; trying again", "存储不可用，暂时无法核对时钟，稍后重试")
        case .storeHeld: ("the store is not what it was; nothing rings", "存储与之前不符，暂不响铃")
        case .storeRemark: ("the mark beside the store", "存储旁边的标记")
        case .markUnwritten:
            ("the mark beside the store could not be written; trying again", "存储旁边的标记暂时写不进去，稍后重试")
        case .slept: ("the machine slept", "机器休眠过")
        case .zonesRead: ("time zones", "时区数据")
        case .zonesChanged:
            ("the tz database changed; pending times are computed anew", "时区数据库已更新，待办时刻重新计算")
        case .replanned: ("pending times are computed anew", "待办时刻已重新计算")
        case .reloading: ("reading rules and channels anew", "重新读取规则和通道")
        case .reloaded: ("rules and channels are read anew", "规则和通道已重新读取")
        case .reloadRefused: ("the configuration is wrong; the running one stays", "配置有误，继续使用当前配置")
        case .auditGood: ("self-audit: the ledger holds what should have rung", "自查：账本与应响的相符")
        case .auditDiffers:
            (
                "self-audit: the ledger differs from what should have rung; see bellman doctor --audit",
                "自查：账本与应响的不符，见 bellman doctor --audit"
            )
        case .auditFailed: ("the self-audit could not be done; trying again", "自查没有做成，稍后重试")
        case .remark: ("the configuration", "配置")
        case .standIns: ("these channels are not configured; their notices land in the inbox", "这些通道没有配置，提醒进入收件箱")
        case .restartNeeded: ("these keys take effect after a restart", "这些配置项重启后才生效")
        }
    }
}

extension GivenUp {
    var logEvent: LogEvent { fallback == nil ? .deadLetter : .refused }
    var logFields: [(String, String)] {
        [
            ("notice", notices.joined(separator: ",")), ("channel", channel), ("reason", reason.code),
            ("answer", reason.detail),
        ] + (fallback.map { [("fallback", $0)] } ?? [])
    }
}
