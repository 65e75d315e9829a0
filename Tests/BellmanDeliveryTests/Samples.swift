import Almanac
import BellmanModel
import BellmanTransport

@testable import BellmanDelivery

let start = Instant(seconds: 1_700_000_000)

enum Sample {
    static let wang = Recipient(
        id: "wang", name: "王芳", email: "wang@example.com", phone: "13800000000", handles: ["dingtalk": "u1"])
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

    static func webhook() throws -> any Channel {
        let secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        return try channel("webhook", ["url": .text("https://example.com/hook"), "secret": .secret(secret)])
    }

    static func dingTalk() throws -> any Channel {
        let url = Secret("https://oapi.dingtalk.com/robot/send?access_token=T")
        return try channel("dingtalk", ["url": .secret(url), "secret": .secret(Secret("this is secret"))])
    }

    static func email() throws -> any Channel {
        try channel(
            "email", ["relay": .text("smtps://smtp.example.com"), "from": .text("更夫 <bell@example.com>")])
    }
}
