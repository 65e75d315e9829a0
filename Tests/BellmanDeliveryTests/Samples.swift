import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import BellmanTransport

@testable import BellmanDelivery

let start = Instant(seconds: 1_700_000_000)

enum Sample {
    static let wang = Recipient(
        id: "wang", name: "王芳", email: "wang@example.com", phone: "13800000000",
        handles: [
            "dingtalk": "u1", "wecom": "wang.fang", "feishu": "ou_1", "slack": "U01WANG", "teams": "wang@example.com",
            "discord": "80351110224678912", "telegram": "424242", "mattermost": "wang",
        ])
    /// Has a mobile number and nothing else.
    static let zhao = Recipient(id: "zhao", name: "赵六", email: nil, phone: "+86 139-0000-0000")
    static let li = Recipient(id: "li", name: "Li @all", email: nil, phone: nil)

    static func notice(
        _ id: String = "n1", channel: String = "hook", to: [Recipient] = [wang], title: String = "合同快到期",
        text: [TextPart] = [.authored("合同 **"), .value("A*[x](http://evil) @all <b>"), .authored("** 将到期。")],
        priority: Priority = .normal
    ) -> Notice {
        Notice(
            id: id, firing: "f-" + id, rule: "contract-30", ruleTitle: "合同到期", record: "contract/c1", step: 0,
            channel: channel, recipientKey: to.first?.id ?? "", recipients: to, title: title, text: text,
            links: [Link(label: "打开合同", url: "https://example.com/c?a=1&b=2")], priority: priority, urgent: false,
            scheduledAt: start, firedAt: start, late: false, language: "zh")
    }

    static func item(_ id: String, channel: String = "hook", to: [Recipient] = [wang]) -> OutboxItem {
        OutboxItem(notice: notice(id, channel: channel, to: to), notBefore: start, createdAt: start)
    }

    static func channel(_ type: String, _ values: [String: SettingValue], allowPrivate: Bool = true) throws
        -> any Channel
    {
        try ChannelRegistry.make(
            ChannelSettings(name: type, type: type, values: values, allowPrivate: allowPrivate))
    }

    private static func secret(_ text: String) -> SettingValue { .secret(Secret(text)) }

    /// A channel of each kind that is tested, under the name of its folder in `Golden/`.
    static let settings: [String: [String: SettingValue]] = [
        "webhook": [
            "url": .text("https://example.com/hook"), "secret": secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ],
        "dingtalk": [
            "url": secret("https://oapi.dingtalk.com/robot/send?access_token=T"), "secret": secret("this is secret"),
        ],
        "wecom": ["url": secret("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K")],
        "feishu": [
            "url": secret("https://open.feishu.cn/open-apis/bot/v2/hook/H"), "secret": secret("this is secret"),
            "keyword": .text("提醒"),
        ],
        "slack": ["url": secret("https://hooks.slack.com/services/T1/B1/X1")],
        "slackbot": ["token": secret("xoxb-1"), "channel": .text("C1")],
        "teams": ["url": secret("https://prod-1.westeurope.logic.azure.com:443/workflows/1/invoke?sp=%2Frun&sig=s")],
        "discord": ["url": secret("https://discord.com/api/webhooks/1/t"), "thread_id": .text("7")],
        "telegram": [
            "token": secret("123456:AAtokentoken"), "chat_id": .text("-1001"), "thread": .int(5),
        ],
        "telegramdirect": ["token": secret("123456:AAtokentoken")],
        "mattermost": ["url": secret("https://chat.example.com/hooks/k"), "channel": .text("ops")],
        "ntfy": ["topic": secret("bell-topic"), "token": secret("tk_1")],
        "gotify": ["url": .text("https://push.example.com"), "token": secret("A1")],
        "email": ["relay": .text("smtps://smtp.example.com"), "from": .text("更夫 <bell@example.com>")],
    ]

    /// `slackbot` and `telegramdirect` are second forms of a type.
    static func type(_ name: String) -> String {
        ["slackbot": "slack", "telegramdirect": "telegram"][name] ?? name
    }

    static func named(_ name: String) throws -> any Channel { try channel(type(name), settings[name] ?? [:]) }

    static func webhook() throws -> any Channel { try named("webhook") }
    static func dingTalk() throws -> any Channel { try named("dingtalk") }
    static func email() throws -> any Channel { try named("email") }
}

extension DispatchSurroundings {
    /// Words for the administrator land in `channel`, those about it in the inbox.
    func telling(_ store: MemoryOutbox, channel: String) -> DispatchSurroundings {
        var around = self
        around.tellAdmin = { word in
            let notice = Notice(
                id: "told \(word.key) \(word.at.microseconds)", firing: "", rule: "bellman", ruleTitle: "", record: "",
                step: 0, channel: word.channel == channel ? "inbox" : channel, recipientKey: "", recipients: [],
                title: word.title, text: [.value(word.text)], links: [], priority: .high, urgent: true,
                scheduledAt: word.at, firedAt: word.at, late: false, language: "zh")
            try? store.enqueue([OutboxItem(notice: notice, notBefore: word.at, createdAt: word.at)])
            return true
        }
        return around
    }
}
