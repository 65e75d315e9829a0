import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules

/// The facts of `why` in words.
struct WhyWording {
    let language: AlmanacLanguage
    let zone: Zone

    func pick(_ english: String, _ chinese: String) -> String { language.pick(en: english, zh: chinese) }
    /// With the offset.
    func shown(_ instant: Instant) -> String { Instant(seconds: instant.seconds).iso(in: zone) }
    /// In a column: to the minute.
    func short(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return "\(local.date) \(local.time.description.prefix(5))"
    }
    func quoted(_ text: String) -> String { "“\(text)”" }
    func value(_ value: FieldValue) -> String {
        if value == .null { return pick("(not set)", "（未填写）") }
        return FieldText.text(value, zone: zone)
    }

    // MARK: causes

    func cause(_ cause: WhyCause) -> String {
        switch cause {
        case .date(let field, let value, let offset, _):
            ComingWording.text(field: field, anchor: value, offset: offset, language, zone)
        case .dateTrigger(let field, _, let own): own.map { "\(field), \($0)" } ?? field
        case .run: pick("run of the schedule", "按时间表")
        case .created: pick("creation", "新建")
        case .deleted: pick("deletion", "删除")
        case .changes(let field, let from, let to): changes(field, from, to)
        case .change(let sequence): pick("change \(sequence)", "第 \(sequence) 次改动")
        case .level(let rise): rise.map { pick("while, true since change \($0)", "while，第 \($0) 次改动起成立") } ?? "while"
        case .other(let text): text
        }
    }

    private func changes(_ field: String?, _ from: [FieldValue], _ to: [FieldValue]) -> String {
        var text = field.map { pick("change of \($0)", "\($0) 改动") } ?? pick("any change", "任何改动")
        if !from.isEmpty { text += pick(" from ", "，原为 ") + list(from) }
        if !to.isEmpty { text += pick(" to ", "，改成 ") + list(to) }
        return text
    }

    func list(_ values: [FieldValue]) -> String { values.map(value).joined(separator: pick(" or ", " 或 ")) }

    // MARK: what stands in the way

    func obstacle(_ obstacle: WhyObstacle) -> String {
        switch obstacle {
        case .disabled: pick("the rule is switched off (enabled: false)", "规则已停用（enabled: false）")
        case .wrongKind(let rule, let record):
            rule.isEmpty
                ? pick("the rule is about no records", "这条规则不针对记录")
                : pick("the rule is about \(rule), not about \(record)", "这条规则针对 \(rule)，不针对 \(record)")
        case .recordGone(let at, let by):
            at.map { pick("the record was deleted at \(shown($0)) by \(by)", "记录已于 \(shown($0)) 由 \(by) 删除") }
                ?? pick("there was no such record", "当时没有这条记录")
        case .dateEmpty(let field), .offsetEmpty(let field):
            pick("\(field) is empty and would have to be filled in", "\(field) 没有填写，填上才会响")
        case .newerThan(let since):
            pick("past for the rule, which counts from \(shown(since))", "规则自 \(shown(since)) 起值守，此前的不算")
        case .createdBefore(let at):
            pick("made at \(shown(at)), before the rule was on watch", "记录建于 \(shown(at))，那时规则还没有值守")
        case .notSeenYet: pick("Bellman has not seen the rule as it is yet", "更夫还没有读到这条规则现在的样子")
        case .notLookedSince(let last):
            last.map { pick("Bellman last looked at \(shown($0))", "更夫上次查看是 \(shown($0))") }
                ?? pick("Bellman has not run on this store yet", "更夫还没有在这个存储上运行过")
        case .quiet: pick("written with --quiet", "写入时用了 --quiet")
        case .waitsForCreation: pick("waits until the record is made", "等待新建记录")
        case .waitsForDeletion: pick("waits until the record is deleted", "等待记录被删除")
        case .waitsForChange(let field, let to, let now): waits(field, to, now)
        case .silenced(let silence): self.silence(silence)
        case .levelFalse: pick("not true now", "现在不成立")
        case .levelCounted:
            pick("true already when the rule was first seen; rings after it was false", "规则首次值守时已成立；先变为不成立再成立才会响")
        case .unexplained:
            pick("no decision is known: bellman doctor --audit", "找不到判定：请运行 bellman doctor --audit")
        }
    }

    private func waits(_ field: String?, _ to: [FieldValue], _ now: FieldValue) -> String {
        guard let field else { return pick("waits for a change", "等待改动") }
        let present = pick("now \(value(now))", "现为 \(value(now))")
        if to.isEmpty { return pick("waits for a change of \(field) (\(present))", "等待 \(field) 改动（\(present)）") }
        if to.contains(now) {
            return pick(
                "\(field) is \(value(now)); rings when it becomes so again", "\(field) 已是 \(value(now))，再次改成它时才响")
        }
        return pick("\(field) would have to become \(list(to)) (\(present))", "\(field) 要改成 \(list(to))（\(present)）")
    }

    func silence(_ silence: Silence) -> String { pick("silence ", "静默 ") + facts(silence) }

    func facts(_ silence: Silence) -> String {
        let end = silence.over.map { pick("until \(shown($0))", "到 \(shown($0))") } ?? pick("until ended", "直到手动结束")
        return pick(
            "\(silence.id) by \(silence.by.id), \(end): \(silence.reason) (\(silence.scope.text))",
            "\(silence.id)，\(silence.by.id) 所设，\(end)：\(silence.reason)（\(silence.scope.text)）")
    }

    // MARK: decisions and forecasts

    /// Steps count from 1 for people; repetitions are kept behind them.
    func name(_ step: PendingStep) -> String {
        if step.step > Step.repetition {
            let number = step.step - Step.repetition
            return pick("repeat \(number)", "重复 \(number)")
        }
        return pick("step \(step.step + 1)", "步骤 \(step.step + 1)")
    }

    func reason(_ entry: LedgerEntry) -> String { entry.reason.decisionWords(language) ?? entry.reason.code }

    func expectation(_ expectation: WhyForecast.Expectation) -> String {
        switch expectation {
        case .rings: pick("will ring if nothing changes", "若无变化将会响")
        case .conditionFalse(let verdict): pick("would not ring: ", "不会响：") + self.verdict(verdict)
        case .silenced(let silence): pick("would not ring: ", "不会响：") + self.silence(silence)
        case .skipped(let reason): pick("would not ring: ", "不会响：") + (reason.decisionWords(language) ?? reason.code)
        }
    }

    func verdict(_ verdict: ConditionVerdict) -> String {
        switch verdict {
        case .holds: pick("the condition holds", "条件成立")
        case .fails: pick("the condition does not hold", "条件不成立")
        case .empty("records"): pick("nothing is gathered", "没有符合的记录")
        case .empty(let path): pick("\(path) is empty", "\(path) 为空")
        case .broken(let why): pick("the condition fails: \(why)", "条件计算出错：\(why)")
        }
    }

    func agreement(_ agreement: WhyDecision.Agreement) -> String {
        switch agreement {
        case .agrees: pick("computed anew from the journal: the same", "按日志重新计算：结果相同")
        case .unknown: pick("cannot be computed anew: too much has happened since", "无法重新计算：此后的改动太多")
        case .ruleWasAnother(let since):
            pick(
                "computed anew with the present rule it comes out otherwise: the rule, or something it reads, was another then",
                "按现在的规则重新计算，结果不同：当时的规则或它读取的内容与现在不同")
                + (since.map { pick(" (the rule is as it is since \(shown($0)))", "（规则自 \(shown($0)) 起才是现在的样子）") } ?? "")
        }
    }

    func wish(_ wish: ConditionWish) -> String {
        switch wish.way {
        case .compares(let sign, let other):
            switch sign {
            case "==": pick("\(wish.text) would have to be \(other)", "\(wish.text) 要为 \(other)")
            case "!=": pick("\(wish.text) would have to be other than \(other)", "\(wish.text) 要不同于 \(other)")
            case "<": pick("\(wish.text) would have to be below \(other)", "\(wish.text) 要小于 \(other)")
            case "<=": pick("\(wish.text) would have to be at most \(other)", "\(wish.text) 要不大于 \(other)")
            case ">": pick("\(wish.text) would have to be above \(other)", "\(wish.text) 要大于 \(other)")
            default: pick("\(wish.text) would have to be at least \(other)", "\(wish.text) 要不小于 \(other)")
            }
        case .isIn(let list): pick("\(wish.text) would have to be one of \(list)", "\(wish.text) 要是 \(list) 之一")
        case .isNotIn(let list): pick("\(wish.text) would have to be none of \(list)", "\(wish.text) 要不在 \(list) 之中")
        case .filled: pick("\(wish.text) would have to be filled in", "\(wish.text) 要填写")
        case .holds: pick("\(wish.text) would have to be true", "\(wish.text) 要成立")
        case .failsToHold: pick("\(wish.text) would have to be false", "\(wish.text) 要不成立")
        }
    }
}
