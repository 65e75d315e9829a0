import Almanac
import BellmanEngine
import BellmanModel

/// Why something will ring, in a few words.
enum ComingWording {
    static func text(_ ring: ComingRing, _ language: AlmanacLanguage, _ zone: Zone) -> String {
        guard let offset = ring.offset else { return "" }
        return text(field: ring.field, anchor: ring.anchor, offset: offset, language, zone)
    }

    static func text(
        field: String, anchor: FieldValue, offset: Period, _ language: AlmanacLanguage, _ zone: Zone
    ) -> String {
        let value: String
        switch anchor {
        case .date(let date): value = date.description
        case .instant(let instant):
            let local = zone.local(instant)
            value = "\(local.date) \(local.time.description.prefix(5))"
        default: value = ""
        }
        return "\(field) \(value)" + (language == .zh ? "，" : ", ") + distance(offset, language)
    }

    private static func distance(_ offset: Period, _ language: AlmanacLanguage) -> String {
        if offset.isZero { return language.pick(en: "on the day", zh: "当天") }
        let size = (offset.isNegative ? offset.negated : offset).text(language)
        return offset.isNegative
            ? language.pick(en: "\(size) before", zh: "提前 \(size)")
            : language.pick(en: "\(size) after", zh: "之后 \(size)")
    }
}
