import Almanac
import BellmanModel

/// Everything that delivery says to people, in both languages.
public struct DeliveryWording: Sendable {
    private let chinese: Bool

    /// `zh` or `en`.
    public init(_ language: String) { chinese = language == "zh" }

    private func say(_ zh: String, _ en: String) -> String { chinese ? zh : en }

    // Messages

    func bundleTitle(_ count: Int) -> String { say("共 \(count) 条提醒", "\(count) notices") }

    func notShown(_ count: Int) -> String {
        say("另有 \(count) 条未列出，见控制台的投递列表。", "\(count) more are not shown; see the deliveries on the dashboard.")
    }

    var cut: String { say("……（内容过长，已截断）", "… (too long, cut)") }
    func people(_ names: [String]) -> String {
        say("致：" + names.joined(separator: "、"), "For: " + names.joined(separator: ", "))
    }
    var linkLabel: String { say("打开", "Open") }

    // Links by which people act

    var acknowledge: String { say("知道了", "Take note") }
    var snooze: String { say("稍后提醒", "Remind me later") }

    public var testTitle: String { say("测试提醒", "Test notice") }
    public var testText: String {
        say("这是更夫发出的一条测试提醒。", "This is a test notice from Bellman.")
    }

    // Channels, and the endpoints that stand among them

    /// As the engine names them in the outbox.
    private static let endpointPrefix = "endpoint:"
    private func isEndpoint(_ channel: String) -> Bool { channel.hasPrefix(DeliveryWording.endpointPrefix) }
    private func bare(_ channel: String) -> String {
        isEndpoint(channel) ? String(channel.dropFirst(DeliveryWording.endpointPrefix.count)) : channel
    }
    private func place(_ channel: String) -> String {
        isEndpoint(channel)
            ? say("端点 \(bare(channel))", "Endpoint \(bare(channel))") : say("通道 \(channel)", "Channel \(channel)")
    }
    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    // To the admin channel

    public func title(_ fact: AdminFact) -> String {
        switch fact {
        case .channelDead(let channel, _): place(channel) + say(" 已停用", " is out of use")
        case .noAddress(let channel, _): place(channel) + say("：有人没有地址", ": an address is missing")
        case .deadLetters(let channel, let count, _):
            place(channel)
                + (isEndpoint(channel)
                    ? say("：\(count) 次调用未能送达", ": \(counted(count, "call")) could not be delivered")
                    : say("：\(count) 条提醒未能送达", ": \(counted(count, "notice")) could not be delivered"))
        case .badTimes(let problem):
            say("成员 \(problem.member) 的时间写法有误", "Member \(problem.member): a time cannot be read")
        case .unknownChannel(let channel):
            isEndpoint(channel)
                ? say("端点 \(bare(channel)) 不存在", "There is no endpoint \(bare(channel))")
                : say("通道 \(channel) 不存在", "There is no channel \(channel)")
        }
    }

    public func text(_ fact: AdminFact) -> String {
        switch fact {
        case .channelDead(_, let words):
            say(
                "对方的答复：\(words)。修好配置并重新加载之前不再发送；已有的提醒改走后备通道，没有后备通道的继续等待。",
                "The answer was: \(words). Nothing is sent until the configuration is mended and reloaded; notices go"
                    + " to the fallback channel, or wait where there is none.")
        case .noAddress(_, let recipient):
            say(
                "\(recipient) 在此通道没有可用的地址，提醒已改走后备通道或记为失败。",
                "\(recipient) has no usable address in this channel; the notice went to the fallback or failed.")
        case .deadLetters(_, _, let words):
            say(
                "最后的答复：\(words)。用 bellman dead 查看，用 bellman deliveries resend 重发。",
                "Last answer: \(words). See bellman dead; send again with bellman deliveries resend.")
        case .badTimes(let problem): problem.words(chinese ? .zh : .en)
        case .unknownChannel:
            say("写给它的提醒已记为失败。请检查 bellman.yaml。", "Notices for it have failed. Check bellman.yaml.")
        }
    }

    // Reasons

    public func reason(_ code: String) -> String {
        switch code {
        case "no_address": say("没有地址", "no address")
        case "bad_address": say("地址无效", "the address is not valid")
        case "max_age": say("超过最长时限", "older than max_age")
        case "permanent_message": say("对方拒收此消息", "the receiver refused the message")
        case "permanent_target": say("通道已停用", "the channel is out of use")
        case "unknown_channel": say("通道不存在", "there is no such channel")
        case "new": say("新", "new")
        case "delivered": say("已送达", "delivered")
        case "throttled": say("对方限速", "throttled by the receiver")
        case "transient": say("暂时失败，将重试", "failed for now, tried again")
        case "ambiguous": say("可能已送达，将以同一编号重试", "perhaps delivered, tried again under the same id")
        case "admin": say("更夫自己的问题", "a trouble of Bellman's own")
        case "quiet_hours": say("免打扰时间", "quiet hours")
        case "digest": say("等待汇总发送", "waits for its digest")
        case "interrupted": say("发送被中断，将重试", "interrupted; tried again")
        case "snooze": say("已推迟", "put off by its recipient")
        case "snoozed_again": say("又推迟了", "put off once more")
        case "acknowledged": say("已有人确认", "acknowledged meanwhile")
        case "record_deleted": say("记录已删除", "the record is gone")
        case "date_changed": say("日期已改", "the date was changed")
        case "condition_false": say("条件已不成立", "the condition is no longer true")
        case "restored": say("恢复了备份，可能早已发出", "a backup was restored; perhaps it was sent")
        case "resend": say("已要求重发", "to be sent again")
        case "fallback": say("改走后备通道", "sent through the fallback")
        default: code
        }
    }

    /// What became of a test, which is sent once.
    public func testReason(_ verdict: String) -> String {
        switch verdict {
        case "transient": say("暂时失败；测试不会重试", "failed for now; a test is not tried again")
        case "throttled": say("对方限速；测试不会重试", "throttled by the receiver; a test is not tried again")
        case "ambiguous": say("可能已送达；测试不会重试", "perhaps delivered; a test is not tried again")
        default: reason(verdict)
        }
    }

    /// How to mend what a transport failed at; nil where the receiver's own words must do.
    public func advice(_ words: String) -> String? {
        switch words.prefix(while: { $0 != ":" }) {
        case "address_refused":
            say(
                "地址在内网或本机；确实要用的话，给通道写上 allow_private: true",
                "the address is in a private network; where that is meant, write allow_private: true in the channel")
        case "name_not_found": say("没有这个主机名；请检查地址和 DNS", "there is no such host; check the address and DNS")
        case "cannot_connect": say("连不上；请检查地址、端口和防火墙", "no connection; check address, port and firewall")
        case "timeout": say("对方没有及时应答；请检查网络，或稍后再试", "no answer in time; check the network or try later")
        case "tls":
            say(
                "证书或加密有问题；内部证书机构请用环境变量 BELLMAN_CA_FILE 指定",
                "certificate or encryption is wrong; a private authority goes into the environment as BELLMAN_CA_FILE")
        case "authentication": say("登录被拒；请检查 username 和 password", "the login was refused; check username and password")
        default: nil
        }
    }

    // Configuration

    public func text(_ problem: ChannelProblem) -> String {
        place(problem.channel) + say("，", ", ") + problem.key + say("：", ": ")
            + text(problem.kind)
    }

    private func text(_ kind: ChannelProblem.Kind) -> String {
        switch kind {
        case .unknownType(let near): say("没有这种通道类型", "no such channel type") + maybe(near)
        case .unknownKey(let near): say("没有这个键", "no such key") + maybe(near)
        case .missing: say("必须填写", "is required")
        case .wrongType(let expected): say("应为 \(expected)", "should be \(expected)")
        case .literalSecret:
            say(
                "密钥不能直接写在文件里，请改用 ${env:NAME}、${file:PATH} 或 ${credential:NAME}",
                "a secret may not stand in the file; use ${env:NAME}, ${file:PATH} or ${credential:NAME}")
        case .badURL: say("不是完整的网址", "is not a complete URL")
        case .plainHTTP:
            say(
                "须用 https://；内网的 http:// 需要 allow_private: true",
                "must be https://; http:// in a private network needs allow_private: true")
        case .badSecret(let expected): say("密钥格式不对，应为 \(expected)", "the secret should be \(expected)")
        case .badAddress: say("不是有效的邮箱地址", "is not a valid mail address")
        case .plainMail:
            say(
                "tls: none 只用于本机或内网的邮件中继，需要 allow_private: true",
                "tls: none is for a relay in a private network and needs allow_private: true")
        case .badWord(let allowed):
            say("只能是 ", "must be one of ") + allowed.joined(separator: ", ")
        case .passwordWithoutUser: say("username 与 password 须一起填写", "username and password belong together")
        }
    }

    private func maybe(_ near: String?) -> String {
        guard let near else { return "" }
        return say("；是否指 \(near)？", "; did you mean \(near)?")
    }
}

/// What the admin channel is told.
public enum AdminFact: Sendable, Hashable {
    case channelDead(channel: String, words: String)
    case noAddress(channel: String, recipient: String)
    case deadLetters(channel: String, count: Int, words: String)
    case unknownChannel(String)
    /// A member's own quiet hours or time zone.
    case badTimes(MemberTimeProblem)
}
