/// Chinese numerals up to 万: 三, 两, 十五, 二十, 一百二十, 三千零五.
enum ChineseNumber {
    static let digits: [Unicode.Scalar: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    static let powers: [Unicode.Scalar: Int] = ["十": 10, "百": 100, "千": 1000, "万": 10_000]

    static func isNumeral(_ scalar: Unicode.Scalar) -> Bool { digits[scalar] != nil || powers[scalar] != nil }

    /// As people say a small count: 两, 三, 十二; larger ones in digits.
    static func spoken(_ count: Int) -> String {
        let names = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
        return names.indices.contains(count) ? names[count] : "\(count)"
    }

    /// The value of a run of numerals, or nil where it is not a number.
    static func value(_ run: some Sequence<Unicode.Scalar>) -> Int? {
        var total = 0
        var pending: Int?
        var lastPower = Int.max
        var seen = false
        for scalar in run {
            seen = true
            if let digit = digits[scalar] {
                if let pending, pending != 0 { return nil }
                pending = digit
            } else if let power = powers[scalar] {
                guard power < lastPower else { return nil }
                total += (pending ?? 1) * power
                lastPower = power
                pending = nil
            } else {
                return nil
            }
        }
        return seen ? total + (pending ?? 0) : nil
    }
}
