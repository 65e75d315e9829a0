import BellmanDelivery
import BellmanModel
import BellmanServer

/// States, reasons and verdicts of deliveries.
enum StateWords {
    static func text(_ state: DeliveryState) -> String {
        state.words(Words.language)
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
        format == .table ? outcome.words(Words.language) : outcome.rawValue
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
