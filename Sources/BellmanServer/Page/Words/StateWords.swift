import Almanac
import BellmanModel

/// Codes that the store and the rules keep, in words.
extension PageWords {
    func state(_ state: DeliveryState) -> String {
        switch state {
        case .waiting: self("waiting", "待发送")
        case .held: self("held", "暂缓")
        case .sent: self("sent", "已发送")
        case .dropped: self("not sent", "未发送")
        case .dead: self("not delivered", "未送达")
        }
    }

    func state(_ state: RuleReport.State) -> String {
        switch state {
        case .ok: self("on watch", "值守中")
        case .broken: self("broken", "有错误")
        case .lost: self("file lost, still on watch", "文件丢失，仍在值守")
        case .disabled: self("switched off", "已停用")
        }
    }

    func state(_ state: ChannelHealth.State) -> String {
        switch state {
        case .working: self("working", "正常")
        case .resting: self("resting", "暂歇")
        case .dead: self("out of use", "已停用")
        }
    }

    func outcome(_ outcome: Outcome) -> String {
        switch outcome {
        case .fired: self("rang", "已响")
        case .firedLate: self("rang late", "迟响")
        case .superseded: self("another one rang instead", "由另一次代替")
        case .conditionFalse: self("condition did not hold", "条件不成立")
        case .silenced: self("silenced", "被静默")
        case .skipped: self("passed over", "已略过")
        case .expired: self("too late to ring", "过期未响")
        case .failed: self("failed", "出错")
        }
    }

    func verdict(_ verdict: String) -> String {
        switch verdict {
        case "delivered": self("delivered", "已送达")
        case "throttled": self("asked to wait", "被限速")
        case "transient": self("failed, tried again", "暂时失败，会重试")
        case "ambiguous": self("perhaps delivered", "可能已送达")
        case "permanent_message": self("message refused", "消息被拒")
        case "permanent_target": self("target refused", "目标被拒")
        default: self("other: \(PageWords.spaced(verdict))", "其他：\(PageWords.spaced(verdict))")
        }
    }

    /// Why, with the facts that were kept; empty where there is nothing to add to the state.
    func reason(_ reason: Reason) -> String {
        guard let known = known(reason) else {
            let code = PageWords.spaced(reason.code)
            return reason.detail.isEmpty ? code : self("\(code): \(reason.detail)", "\(code)：\(reason.detail)")
        }
        return known
    }

    private func known(_ reason: Reason) -> String? {
        reason.code == "due" ? self("on time", "准时") : reason.decisionWords(language) ?? delivery(reason)
    }

    /// Reasons of delivery.
    private func delivery(_ reason: Reason) -> String? {
        let detail = reason.detail
        let tail = detail.isEmpty ? "" : self(": \(detail)", "：\(detail)")
        switch reason.code {
        case "new", "delivered", "ran", "waiting", "admin", "no", "sent": return detail
        case "resend": return self("sent again by hand", "手动重发")
        case "fallback": return self("the other channel could not deliver", "原通道未能送达") + tail
        case "max_age": return self("tried for too long", "尝试时间过长") + tail
        case "permanent_message": return self("the receiver refuses this message", "对方拒收此消息") + tail
        case "permanent_target": return self("the receiver refuses this target", "对方拒收此目标") + tail
        case "unknown_channel": return self("there is no such channel any more", "该通道已不存在") + tail
        case "no_address": return self("no address for this recipient", "收件人没有可用地址") + tail
        case "snooze": return self("put off by its recipient", "收件人已推迟")
        case "snoozed_again": return self("put off once more", "又推迟了")
        case "digest": return self("waits for the digest", "等待汇总发送") + tail
        case "quiet_hours": return self("waits for the end of quiet hours", "等待静默时段结束") + tail
        case "dead", "dropped", "held", "transient", "throttled": return detail
        default: return nil
        }
    }

    func channelType(_ type: String) -> String {
        switch type {
        case "inbox": self("inbox", "收件箱")
        case "email": self("e-mail", "邮件")
        case "webhook": "webhook"
        case "dingtalk": self("DingTalk", "钉钉")
        case "wecom": self("WeCom", "企业微信")
        case "feishu": self("Feishu", "飞书")
        case "slack": "Slack"
        case "teams": "Teams"
        case "telegram": "Telegram"
        case "discord": "Discord"
        case "mattermost": "Mattermost"
        default: type
        }
    }

    private static func spaced(_ code: String) -> String { code.replacing("_", with: " ") }
}
