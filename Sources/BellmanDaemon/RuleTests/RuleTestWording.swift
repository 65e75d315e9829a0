import Almanac
import BellmanModel

/// Every word that `bellman test` says of its own.
public struct RuleTestWording: Sendable {
    let language: AlmanacLanguage

    public init(_ language: AlmanacLanguage) { self.language = language }

    func pick(_ english: String, _ chinese: String) -> String { language.pick(en: english, zh: chinese) }

    var nobody: String { pick("(nobody)", "（没有人）") }
    var nothing: String { pick("(nothing)", "（没有）") }
    var anything: String { pick("(anything)", "（不限）") }
    var expected: String { pick("expected", "期望") }
    var came: String { pick("came", "实际") }
    var whyNot: String { pick("why", "原因") }

    var colon: String { pick(": ", "：") }

    var semicolon: String { pick("; ", "；") }
    var rangElsewhere: String { pick("its notice is another one than this line expects", "它的提醒不是这一行期望的那一条") }
    var silentSteps: String {
        pick("its steps made no notice (their own if or unless)", "它的步骤没有发出提醒（步骤自己的 if 或 unless）")
    }

    func share(_ passed: Int, of count: Int) -> String { pick("\(passed) of \(count)", "\(count) 个中通过 \(passed) 个") }
    func trouble(_ text: String) -> String { pick("a rule's action failed: \(text)", "规则动作出错：\(text)") }
    func unreadable(_ path: String, _ why: String) -> String {
        pick("error: cannot read \(path): \(why)", "错误：读不到 \(path)：\(why)")
    }

    func heading(_ difference: TestDifference) -> String {
        let line = difference.line.map { pick("line \($0): ", "第 \($0) 行：") } ?? ""
        switch difference.kind {
        case .differs: return line + pick("what came differs", "与实际不同")
        case .missing: return line + pick("this did not come", "没有出现")
        case .unexpected: return pick("this was not expected", "没有期望，却响了")
        case .tooLong: return pick("the test was ended", "测试被中止")
        }
    }

    func tooLong(_ ticks: Int) -> String {
        pick(
            "more than \(ticks) instants fell due; let the test be shorter", "到期的时刻超过 \(ticks) 个，请缩短测试的时间")
    }

    func failedToRun(_ why: String) -> String { pick("the test could not run: \(why)", "测试无法运行：\(why)") }

    // MARK: decisions

    func switchedOff(_ rule: String) -> String {
        pick("the rule \(rule) is switched off (enabled: false)", "规则 \(rule) 已停用（enabled: false）")
    }

    func nothingDue(_ rule: String, _ record: String?, _ ends: String) -> String {
        let english = record.map { " for \($0)" } ?? ""
        let chinese = record.map { "对 \($0) " } ?? ""
        return pick(
            "nothing of \(rule) fell due\(english) up to the end (\(ends))", "到结束（\(ends)）为止，\(rule) \(chinese)没有到期的内容")
    }

    func decision(_ entry: LedgerEntry, at: String) -> String {
        let why = reason(entry.reason)
        let english = "\(at) \(entry.outcome.rawValue)"
        return why.isEmpty ? english : pick("\(english): \(why)", "\(english)：\(why)")
    }

    func step(_ step: PendingStep, at: String) -> String {
        let number = step.step + 1
        switch step.state {
        case .waiting: return pick("step \(number) still waits, until \(at)", "第 \(number) 步还在等待，直到 \(at)")
        case .cancelled:
            return pick(
                "step \(number) (\(at)) was cancelled: \(reason(step.reason))",
                "第 \(number) 步（\(at)）已取消：\(reason(step.reason))")
        case .expired: return pick("step \(number) (\(at)) expired", "第 \(number) 步（\(at)）已过期")
        case .done, .failed: return pick("step \(number) ran at \(at)", "第 \(number) 步已在 \(at) 执行")
        }
    }

    /// Why, with the facts that were kept.
    func reason(_ reason: Reason) -> String {
        let detail = reason.detail
        switch reason.code {
        case "on_time": return pick("on time", "准时")
        case "late": return pick("later than planned", "晚于原定时间")
        case "edge": return pick("a change of the record rang in its place", "由记录的变化代替")
        case "catch_up_skip": return pick("missed; the rule says catch_up: skip", "已错过；规则写了 catch_up: skip")
        case "arrived_after":
            return pick("the record came after this moment (\(period(detail)))", "记录到达时该时刻已过（\(period(detail))）")
        case "nearer_offset": return pick("the nearer one rang (\(period(detail)))", "更近的一次已响（\(period(detail))）")
        case "later_run": return pick("a later run took its place (\(detail))", "由较晚的一次代替（\(detail)）")
        case "expired": return pick("its time was over (\(period(detail)))", "已过有效时间（\(period(detail))）")
        case "date_changed": return pick("the date was changed", "日期已改动")
        case "condition_false": return pick("the condition did not hold", "条件不成立")
        case "empty": return pick("\(detail) is empty", "\(detail) 为空")
        case "evaluation": return pick("the condition failed: \(detail)", "条件计算出错：\(detail)")
        case "limit": return pick("more than \(detail) times within the limit", "超过上限 \(detail) 次")
        case "chain_too_long":
            return pick("rules set each other off more than \(detail) times", "规则互相触发超过 \(detail) 层")
        case "rule_changed": return pick("the rule was changed", "规则已改动")
        case "record_deleted": return pick("\(detail) was deleted", "\(detail) 已删除")
        default:
            let words = reason.code.replacing("_", with: " ")
            return detail.isEmpty ? words : pick("\(words): \(detail)", "\(words)：\(detail)")
        }
    }

    /// `-P7D` as people say it; what cannot be read stays as it is.
    private func period(_ canonical: String) -> String {
        guard let period = try? Period.parse(canonical.hasPrefix("-") ? String(canonical.dropFirst()) : canonical),
            !period.isZero
        else { return canonical == "P0D" ? pick("on the day", "当天") : canonical }
        let size = period.text(language)
        return canonical.hasPrefix("-") ? pick("\(size) before", "提前 \(size)") : pick("\(size) after", "之后 \(size)")
    }
}
