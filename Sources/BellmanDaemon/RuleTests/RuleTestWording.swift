import Almanac
import BellmanModel
import BellmanRules

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
        pick(
            "its steps made no notice (their own if or unless, or an entry of “by” that leads to nobody)",
            "它的步骤没有发出提醒（步骤自己的 if 或 unless，或者 by 里的一项找不到人）")
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
        case .undone: return line + pick("this act came to nothing", "这件事没有做成")
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
        if step.step > Step.repetition {
            return repetition(step.step - Step.repetition, step, at: at)
        }
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

    private func repetition(_ number: Int, _ step: PendingStep, at: String) -> String {
        switch step.state {
        case .waiting: return pick("repetition \(number) waits until \(at)", "第 \(number) 次重复等到 \(at)")
        case .cancelled:
            return pick(
                "repetition \(number) (\(at)) was cancelled: \(reason(step.reason))",
                "第 \(number) 次重复（\(at)）已取消：\(reason(step.reason))")
        case .expired: return pick("repetition \(number) (\(at)) expired", "第 \(number) 次重复（\(at)）已过期")
        case .done, .failed: return pick("repetition \(number) ran at \(at)", "第 \(number) 次重复已在 \(at) 执行")
        }
    }

    // MARK: people's acts

    func rangNot(_ rule: String, _ record: RecordRef?) -> String {
        let subject = record.map { " \($0)" } ?? ""
        return pick("\(rule)\(subject) has not rung by then", "到那时 \(rule)\(subject) 还没有响过")
    }

    /// Nil where it was done.
    func outcome(_ outcome: ActOutcome, by: Person) -> String? {
        switch outcome {
        case .done: nil
        case .already(let who, _, _): pick("\(who.id) did it before", "\(who.id) 已经做过")
        case .unknown: pick("there is nothing to answer", "没有可以答复的内容")
        case .refused(.past): pick("that time is past", "那个时间已经过去")
        case .refused(.notYours): pick("no notice of it went to \(by.id)", "没有给 \(by.id) 的提醒")
        case .refused(.badChoice): pick("that is none of the choices", "没有这个选项")
        case .refused(.cancelled): pick("the question was withdrawn", "这个问题已撤回")
        }
    }

    func noSuchChoice(_ word: String, _ choices: [String]) -> String {
        pick(
            "“\(word)” is none of the choices: \(choices.joined(separator: ", "))",
            "选项里没有“\(word)”，可选：\(choices.joined(separator: "、"))")
    }

    func noRecord(_ ref: RecordRef) -> String { pick("there is no \(ref) by then", "到那时没有 \(ref) 这条记录") }

    func nobodyAsked(_ ref: RecordRef) -> String {
        pick("nobody has been asked about \(ref) by then", "到那时还没有就 \(ref) 问过任何人")
    }

    func askedOthers(_ people: [String], _ by: Person) -> String {
        pick(
            "\(people.joined(separator: ", ")) was asked, not \(by.id)",
            "问的是 \(people.joined(separator: "、"))，不是 \(by.id)")
    }

    func decidedBefore(_ person: String, _ choice: String) -> String {
        pick("\(person) has decided it before: \(choice)", "\(person) 已经决定过：\(choice)")
    }

    // MARK: the end

    func severalRecords(_ count: Int, _ names: [String]) -> String {
        let list = names.joined(separator: pick(", ", "、")) + (count > names.count ? " …" : "")
        return pick("\(count) records are like this: \(list)", "有 \(count) 条这样的记录：\(list)")
    }

    func noRecordLike(_ kind: String, _ count: Int) -> String {
        pick(
            "none of the \(count) records of kind \(kind) is like this", "\(count) 条 \(kind) 记录中没有这样的")
    }

    func nearestRecord(_ ref: String) -> String { pick("the nearest is \(ref)", "最接近的是 \(ref)") }

    /// Why, with the facts that were kept.
    func reason(_ reason: Reason) -> String {
        if let words = reason.decisionWords(language) { return words }
        let code = reason.code.replacing("_", with: " ")
        return reason.detail.isEmpty ? code : pick("\(code): \(reason.detail)", "\(code)：\(reason.detail)")
    }
}
