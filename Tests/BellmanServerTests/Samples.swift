import Almanac
import BellmanModel
import BellmanStoreSQLite

@testable import BellmanServer

/// A morning's notices.
enum Samples {
    static func item(
        _ id: String, title: String, text: [TextPart], channel: String = "inbox", links: [Link] = [],
        state: DeliveryState = .sent, reason: String = "", at: String = "2026-10-01T01:00:00Z", late: Bool = false,
        urgent: Bool = false, record: String = "", rule: String = "Renewals", people: [String] = []
    ) -> OutboxItem {
        let fired = Instant(iso: at)!
        let recipients = people.map { Recipient(id: $0, name: $0, email: "\($0)@example.com", phone: nil) }
        let notice = Notice(
            id: id, firing: "f-\(id)", rule: "r", ruleTitle: rule, record: record, step: 0, channel: channel,
            recipientKey: id, recipients: recipients, title: title, text: text, links: links,
            priority: .normal, urgent: urgent, scheduledAt: late ? fired.adding(seconds: -86_400) : fired,
            firedAt: fired,
            late: late, language: "zh")
        return OutboxItem(
            notice: notice, state: state, notBefore: fired, attempts: state == .dead ? 9 : 1,
            reason: Reason(state.rawValue, reason), createdAt: fired, finishedAt: state == .waiting ? nil : fired)
    }

    static let items: [OutboxItem] = [
        item(
            "n1", title: "合同“云服务器年框”将在 30 天后到期",
            text: [
                .authored("**"), .value("云服务器年框"), .authored("** 于 "), .value("2026-10-31"),
                .authored(" 到期，最晚 "), .value("2026-10-15"), .authored(" 提出不续约。\n- 使用率 "), .value("62%"),
                .authored("\n- 去年金额 "), .value("¥480,000"),
                .authored("\n\n请确认是否续约：[打开合同](https://erp.example.com/c/42)"),
            ],
            channel: "chat", at: "2026-10-01T01:00:00Z", urgent: true, record: "contract/C-42", rule: "合同续约提醒",
            people: ["王芳", "李明"]),
        item(
            "n2", title: "任务逾期：验收机房消防", text: [.value("验收机房消防"), .authored(" 已逾期 "), .value("3"), .authored(" 天。")],
            at: "2026-10-01T00:40:00Z", late: true, record: "task/T-7", rule: "逾期任务", people: ["张伟"]),
        item(
            "n3", title: "物料低于最低库存：滤芯",
            text: [.authored("库存 "), .value("4"), .authored("，最低 "), .value("10"), .authored("。")],
            channel: "mail", state: .waiting, reason: "receiver throttled, next try in 2 minutes",
            at: "2026-09-30T09:12:00Z", record: "material/M-3", rule: "Low stock", people: ["Zoë"]),
        item(
            "n4", title: "周一例会 10 分钟后开始", text: [.authored("地点：三楼 "), .value("观澜")], at: "2026-09-29T01:50:00Z",
            record: "meeting/W-1", rule: "会议提醒"),
        item(
            "n5", title: "账号闲置 90 天：chen.j", text: [.authored("建议回收席位。")], channel: "legal-wecom", state: .dead,
            reason: "target refuses: webhook key is not valid", at: "2026-09-28T01:00:00Z", record: "account/A-9",
            rule: "闲置账号"),
    ]

    static let rules = RulesReport(rules: [
        RuleReport(
            id: "renewal", title: "合同续约提醒", file: "contracts.yaml", line: 3, state: .ok,
            lastRing: Instant(iso: "2026-10-01T01:00:00Z"), nextRing: "2026-10-05 09:00"),
        RuleReport(
            id: "overdue", title: "逾期任务", file: "tasks.yaml", line: 1, state: .ok,
            lastRing: Instant(iso: "2026-10-01T00:40:00Z"), nextRing: "2026-10-02 09:00"),
        RuleReport(
            id: "stock", title: "Low stock", file: "stock.yaml", line: 12, state: .broken,
            lastRing: Instant(iso: "2026-09-30T09:12:00Z"),
            problem: "material has no field “minumum”; did you mean minimum?"),
        RuleReport(id: "standup", title: "Stand-up", file: "meetings.yaml", line: 8, state: .disabled),
    ])

    /// Thirty days in which five rules ring now and then.
    static let coming: [ComingNotice] = (0..<64).map { index in
        let rules = [
            ("renewal", "合同续约提醒"), ("overdue", "逾期任务"), ("standup", "周一例会 / Stand-up"),
            ("birthday", "生日"), ("review", "风险复核"),
        ]
        let (rule, title) = rules[index * index % 5]
        return ComingNotice(
            at: Harness.now.adding(seconds: 3600 + index * index % 29 * 86_400 + index % 7 * 1800), rule: rule,
            ruleTitle: title, record: "contract/C-\(index)", subject: "云服务器年框 \(index)",
            detail: "expires_on 2026-11-\(10 + index % 20)，30 天前")
    }.sorted { $0.at < $1.at }

    static let channels: [ChannelHealth] = [
        ChannelHealth(name: "inbox", type: "inbox"),
        ChannelHealth(
            name: "chat", type: "dingtalk", state: .resting, until: Harness.now.adding(seconds: 90),
            words: "send too fast, exceed 20 times per minute", waiting: 12),
        ChannelHealth(
            name: "legal-wecom", type: "wecom", state: .dead,
            words: "93000: invalid webhook url, hint: [1700000000_8f3], more info at https://open.work.weixin.qq.com"),
        ChannelHealth(name: "mail", type: "email"),
    ]

    static func harness(_ language: AlmanacLanguage, empty: Bool = false) throws -> Harness {
        let health = HealthReport(
            ready: true, reasons: empty ? [] : ["stock.yaml: 1 rule is broken; the last good version keeps ringing"],
            watermark: Harness.now, brokenRules: 1, deadDeliveries: 1, version: "0.1.0")
        let harness = try Harness(language: language, report: empty ? RulesReport(rules: []) : rules, health: health)
        if !empty { try harness.store.enqueue(items) }
        return harness
    }
}
