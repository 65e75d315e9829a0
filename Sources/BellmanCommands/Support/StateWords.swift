import BellmanDelivery
import BellmanModel

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

    private static var wording: DeliveryWording { DeliveryWording(Words.isChinese ? "zh" : "en") }
}
