import Almanac
import BellmanDelivery
import BellmanModel

/// What forecasts and plans say in words.
struct ForecastWords {
    let language: AlmanacLanguage

    func pick(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    func day(_ day: CivilDate) -> String {
        let names = pick("Mon Tue Wed Thu Fri Sat Sun", "周一 周二 周三 周四 周五 周六 周日").split(separator: " ")
        return "\(day) \(names[day.weekday - 1])"
    }

    func addressee(_ entry: Forecast.Entry) -> String {
        if entry.notice.recipientKey.isEmpty { return pick("channel ", "通道 ") + entry.addressee }
        return "\(entry.addressee)  (\(entry.notice.channel))"
    }

    func remarks(_ entry: Forecast.Entry, _ zone: Zone) -> String {
        var words: [String] = []
        if entry.isAtOnce { words.append(pick("due now", "现在就到期")) }
        if entry.notice.late { words.append(pick("late", "补发")) }
        switch entry.departure {
        case .atOnce: break
        case .dropped: words.append(pick("dropped by quiet hours", "免打扰时间，不发"))
        case .held(let until, let reason):
            let local = zone.local(until)
            let when = "\(local.date) \(local.time.description.prefix(5))"
            words.append(
                reason.code == "digest"
                    ? pick("in the digest of \(when)", "\(when) 汇总发出")
                    : pick("quiet hours, leaves \(when)", "免打扰，\(when) 发出"))
        }
        return words.joined(separator: pick(", ", "，"))
    }

    func sum(_ notices: Int, _ people: Int, _ from: CivilDate, _ through: CivilDate) -> String {
        pick(
            "\(count(notices, "notice")) to \(people == 1 ? "1 person" : "\(people) people") from \(from) to \(through), if nothing changes",
            "\(from) 至 \(through)，如果没有任何改动：\(notices) 条通知，涉及 \(people) 人")
    }

    var cut: String {
        pick(
            "it ends early: the rules ring too often for a forecast; ask for fewer --days",
            "没有算到最后：规则响得太频繁；请减少 --days")
    }

    func waiting(_ number: Int) -> String {
        pick(
            "\(count(number, "notice")) that rang before \(number == 1 ? "has" : "have") not left yet: bellman deliveries list",
            "另有 \(number) 条早先触发的通知还没有发出：bellman deliveries list")
    }

    func unforeseen(_ why: Forecast.Unforeseen.Why, _ rules: [String]) -> String {
        let list = rules.joined(separator: ", ")
        return switch why {
        case .edge:
            pick("cannot be foreseen, because a change makes them ring: \(list)", "由改动触发，无法预知：\(list)")
        case .level:
            pick(
                "foreseen only where the condition holds already (while): \(list)",
                "只能预知条件已经成立的（while）：\(list)")
        }
    }
}
