import Almanac

/// Why something was decided as it was, in words: the ledger keeps a code and a fact.
extension Reason {
    /// A phrase with the fact in it; nil for a code that no decision has (deliveries have their own).
    public func decisionWords(_ language: AlmanacLanguage) -> String? {
        timeWords(language) ?? conditionWords(language)
    }

    private func timeWords(_ language: AlmanacLanguage) -> String? {
        func pick(_ english: String, _ chinese: String) -> String { language.pick(en: english, zh: chinese) }
        let offset = Reason.offset(detail, language)
        let whichOffset = offset.isEmpty ? "" : pick(" (\(offset))", "（\(offset)）")
        switch code {
        case "on_time": return pick("on time", "准时")
        case "late": return pick("later than planned", "晚于原定时间")
        case "edge": return pick("a change of the record rang in its place", "由记录的变化代替")
        case "catch_up_skip": return pick("missed; the rule says catch_up: skip", "已错过；规则写了 catch_up: skip")
        case "arrived_after": return pick("the record came after this moment", "记录到达时该时刻已过") + whichOffset
        case "nearer_offset": return pick("the nearer one rang", "更近的一次已响") + whichOffset
        case "later_run": return pick("a later run took its place (\(detail))", "由较晚的一次代替（\(detail)）")
        case "expired": return pick("its time was over", "已过有效时间") + whichOffset
        case "date_changed": return pick("the date was changed", "日期已改动")
        default: return nil
        }
    }

    private func conditionWords(_ language: AlmanacLanguage) -> String? {
        func pick(_ english: String, _ chinese: String) -> String { language.pick(en: english, zh: chinese) }
        switch code {
        case "condition_false": return pick("the condition did not hold", "条件不成立")
        case "empty": return pick("\(detail) is empty", "\(detail) 为空")
        case "evaluation": return pick("the condition failed: \(detail)", "条件计算出错：\(detail)")
        case "limit": return pick("more than \(detail) times within the limit", "超过上限 \(detail) 次")
        case "chain_too_long":
            let parts = detail.split(separator: " ", maxSplits: 1).map(String.init)
            let (limit, rules) = (parts.first ?? detail, parts.dropFirst().first)
            return pick("rules set each other off more than \(limit) times", "规则互相触发超过 \(limit) 层")
                + (rules.map { pick(": ", "：") + $0 } ?? "")
        case "rule_changed": return pick("the rule was changed", "规则已改动")
        case "record_deleted": return pick("\(detail) was deleted", "\(detail) 已删除")
        case "silence": return pick("silenced by \(detail)", "被静默（\(detail)）")
        case "acknowledged": return pick("acknowledged by \(detail)", "\(detail) 已确认")
        case "until": return pick("until is true", "until 已成立")
        case "step_condition": return pick("the step's own condition did not hold", "这一步自己的条件不成立")
        case "ran": return pick("done", "已执行")
        case "asked": return pick("waits for the decision of \(detail)", "等待 \(detail) 的决定")
        case "decided": return pick("decided: \(detail)", "已决定：\(detail)")
        case "taken_back": return pick("\(detail) ended the asking", "\(detail) 取消了审批")
        case "escalates": return pick("told to others if \(detail) is not decided by then", "到时 \(detail) 仍未决定则转告他人")
        case "nobody_to_ask":
            return pick(
                "entry \(detail) of “by” leads to nobody; it is asked when somebody is there",
                "“by”的第 \(detail) 项找不到人，有人后再发出审批")
        case "too_many_to_ask":
            return pick("\(detail) approvers are too many; nobody was asked", "审批人有 \(detail) 位，太多，没有询问任何人")
        case "asked_late": return pick("asked once somebody was there", "有人后已发出审批")
        case "escalated": return pick("others were told", "已转告他人")
        default: return nil
        }
    }

    /// `-P7D` as people say it; what cannot be read stays as it is.
    private static func offset(_ canonical: String, _ language: AlmanacLanguage) -> String {
        let isBefore = canonical.hasPrefix("-")
        guard let size = try? Period.parse(isBefore ? String(canonical.dropFirst()) : canonical) else {
            return canonical
        }
        if size.isZero { return language.pick(en: "on the day", zh: "当天") }
        let text = size.text(language)
        return isBefore
            ? language.pick(en: "\(text) before", zh: "提前 \(text)")
            : language.pick(en: "\(text) after", zh: "之后 \(text)")
    }
}

extension Outcome {
    /// What came of an occurrence, in a few words.
    public func words(_ language: AlmanacLanguage) -> String {
        switch self {
        case .fired: language.pick(en: "rang", zh: "已响")
        case .firedLate: language.pick(en: "rang late", zh: "迟响")
        case .superseded: language.pick(en: "another rang instead", zh: "由另一次代替")
        case .conditionFalse: language.pick(en: "condition did not hold", zh: "条件不成立")
        case .silenced: language.pick(en: "silenced", zh: "被静默")
        case .skipped: language.pick(en: "passed over", zh: "已略过")
        case .expired: language.pick(en: "too late to ring", zh: "过期未响")
        case .failed: language.pick(en: "failed", zh: "出错")
        }
    }
}

extension DeliveryState {
    /// Where a notice stands, in a word.
    public func words(_ language: AlmanacLanguage) -> String {
        switch self {
        case .waiting: language.pick(en: "waiting", zh: "等待")
        case .held: language.pick(en: "held", zh: "暂缓")
        case .sent: language.pick(en: "sent", zh: "已发")
        case .dropped: language.pick(en: "dropped", zh: "放弃")
        case .dead: language.pick(en: "dead", zh: "死信")
        }
    }
}
