import BellmanDelivery
import BellmanModel
import BellmanServer

/// States, reasons and verdicts of deliveries.
enum StateWords {
    static func text(_ state: DeliveryState) -> String {
        switch state {
        case .waiting: Words.pick("waiting", "等待")
        case .held: Words.pick("held", "暂缓")
        case .sent: Words.pick("sent", "已发")
        case .dropped: Words.pick("dropped", "放弃")
        case .dead: Words.pick("dead", "死信")
        }
    }

    /// Programs get codes, people words.
    static func text(_ state: DeliveryState, _ format: ListFormat) -> String {
        format == .table ? text(state) : state.rawValue
    }

    static func text(_ reason: Reason, _ format: ListFormat) -> String {
        let words = format == .table ? wording.reason(reason.code) : reason.code
        return reason.detail.isEmpty ? words : "\(words): \(reason.detail)"
    }

    static func verdict(_ word: String, _ format: ListFormat) -> String {
        format == .table ? wording.reason(word) : word
    }

    static func text(_ outcome: Outcome, _ format: ListFormat) -> String {
        guard format == .table else { return outcome.rawValue }
        return switch outcome {
        case .fired: Words.pick("rang", "已响")
        case .firedLate: Words.pick("rang late", "迟响")
        case .superseded: Words.pick("another rang instead", "由另一次代替")
        case .conditionFalse: Words.pick("condition did not hold", "条件不成立")
        case .silenced: Words.pick("silenced", "被静默")
        case .skipped: Words.pick("passed over", "已略过")
        case .expired: Words.pick("too late to ring", "过期未响")
        case .failed: Words.pick("failed", "出错")
        }
    }

    static func text(_ state: RuleReport.State, _ format: ListFormat) -> String {
        guard format == .table else { return state.rawValue }
        return switch state {
        case .ok: Words.pick("on watch", "值守中")
        case .broken: Words.pick("broken", "有错误")
        case .lost: Words.pick("gone, still on watch", "已消失，仍在值守")
        case .disabled: Words.pick("switched off", "已停用")
        }
    }

    private static var wording: DeliveryWording { DeliveryWording(Words.isChinese ? "zh" : "en") }
}
