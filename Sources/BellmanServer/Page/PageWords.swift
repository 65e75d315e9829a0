import Almanac
import BellmanModel

/// The words of the page.
struct PageWords: Sendable {
    let language: AlmanacLanguage

    /// By the names that the template uses.
    var table: [String: Any] {
        [
            "brand": pick("Bellman", "更夫"), "tagline": pick("keeps watch over your deadlines", "替你守着每一个期限"),
            "notices": pick("Notices", "通知"), "rules": pick("Rules", "规则"), "dead": pick("Not delivered", "未能送达"),
            "late": pick("late", "迟到"), "urgent": pick("urgent", "紧急"), "lastRing": pick("last rang", "上次响起"),
            "nextRing": pick("next", "下次"), "never": pick("never yet", "尚未响起"), "decided": pick("watched until", "已守到"),
            "times": pick("times in", "时区"), "noNotices": pick("Nothing has rung yet.", "还没有通知。"),
            "noNoticesHint": pick(
                "When a rule rings, its notice appears here within a second.", "规则响起后，通知会在一秒内出现在这里。"),
            "noRules": pick("No rules are loaded.", "没有加载规则。"),
            "noRulesHint": pick(
                "Put a .yaml file into the rules folder; it is read at once.", "把 .yaml 文件放进规则文件夹，即刻生效。"),
            "notReady": pick("Bellman is not ready", "更夫尚未就绪"), "attention": pick("Needs attention", "需要处理"),
            "tries": pick("tries", "次尝试"), "to": pick("to", "发给"), "skip": pick("Skip to the notices", "跳到通知"),
            "other": pick("中文", "English"), "refresh": pick("refreshes every 30 seconds", "每 30 秒自动刷新"),
            "plannedFor": pick("planned for", "原定"), "notBefore": pick("not before", "最早"),
        ]
    }

    func state(_ state: DeliveryState) -> String {
        switch state {
        case .waiting: pick("waiting", "待发送")
        case .held: pick("held", "静默中")
        case .sent: pick("sent", "已发送")
        case .dropped: pick("dropped", "未发送")
        case .dead: pick("not delivered", "未送达")
        }
    }

    func state(_ state: RuleReport.State) -> String {
        switch state {
        case .ok: pick("on watch", "值守中")
        case .broken: pick("broken", "有错误")
        case .disabled: pick("off", "已停用")
        }
    }

    /// Heading of a day: today and yesterday by name.
    func day(_ distance: Int, weekday: Int, date: String) -> String {
        let names =
            language == .zh
            ? ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
            : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let name = names[(weekday - 1) % names.count]
        switch distance {
        case 0: return pick("Today · \(name) \(date)", "今天 · \(date) \(name)")
        case 1: return pick("Yesterday · \(name) \(date)", "昨天 · \(date) \(name)")
        default: return pick("\(name) \(date)", "\(date) \(name)")
        }
    }

    func rulesFigure(ok: Int, broken: Int) -> String {
        broken == 0
            ? pick("\(ok) rules on watch", "\(ok) 条规则值守中")
            : pick("\(ok) on watch, \(broken) broken", "\(ok) 条值守，\(broken) 条有错")
    }

    private func pick(_ en: String, _ zh: String) -> String { language == .zh ? zh : en }
}
