/// All decimal digits of a double, which is a binary fraction and so has finitely many: rounding is then exact.
struct ExactDecimal {
    /// Most significant first; no leading zero unless the whole part is 0.
    private let whole: [UInt8]
    private let fraction: [UInt8]

    /// - Parameter value: finite and not negative.
    init(_ value: Double) {
        guard value > 0 else {
            (whole, fraction) = ([0], [])
            return
        }
        // value = significand × 2^power with an integer significand.
        var significand = value.significandBitPattern
        var power = Int(value.exponentBitPattern) - 1075
        if value.exponentBitPattern == 0 { power += 1 } else { significand |= 1 << 52 }
        var digits = String(significand).utf8.map { $0 - 48 }
        guard power < 0 else {
            for _ in 0..<power { Self.double(&digits) }
            (whole, fraction) = (digits, [])
            return
        }
        // Dividing by 2 is multiplying by 5 and moving the point.
        for _ in 0..<(-power) { Self.timesFive(&digits) }
        if digits.count <= -power { digits = Array(repeating: 0, count: -power - digits.count + 1) + digits }
        whole = Array(digits.prefix(digits.count + power))
        fraction = Array(digits.suffix(-power))
    }

    private static func double(_ digits: inout [UInt8]) { multiply(&digits, 2) }
    private static func timesFive(_ digits: inout [UInt8]) { multiply(&digits, 5) }

    private static func multiply(_ digits: inout [UInt8], _ factor: UInt8) {
        var carry: UInt8 = 0
        for index in digits.indices.reversed() {
            let product = digits[index] * factor + carry
            digits[index] = product % 10
            carry = product / 10
        }
        if carry > 0 { digits.insert(carry, at: 0) }
    }

    /// The first `count` digits, rounded half to even by what follows; one more digit when it carries.
    private static func round(_ digits: [UInt8], to count: Int) -> [UInt8] {
        guard count < digits.count else { return digits + Array(repeating: 0, count: count - digits.count) }
        var kept = Array(digits.prefix(count))
        let rest = digits.dropFirst(count)
        let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let goesUp = isHalf ? (kept.last ?? 0) % 2 == 1 : (rest.first ?? 0) >= 5
        guard goesUp else { return kept }
        for index in kept.indices.reversed() {
            if kept[index] < 9 {
                kept[index] += 1
                return kept
            }
            kept[index] = 0
        }
        return [1] + kept
    }

    private static func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
    }

    func fixed(_ precision: Int) -> String {
        let rounded = Self.round(whole + fraction, to: whole.count + precision)
        let point = rounded.count - precision
        return Self.text(rounded.prefix(point)) + (precision > 0 ? "." + Self.text(rounded.suffix(precision)) : "")
    }

    func scientific(_ precision: Int) -> String {
        let all = whole + fraction
        let leading = all.firstIndex { $0 != 0 } ?? 0
        let isZero = all.allSatisfy { $0 == 0 }
        var exponent = isZero ? 0 : whole.count - 1 - leading
        var rounded = Self.round(Array(all[leading...]), to: precision + 1)
        if rounded.count > precision + 1 {
            exponent += 1
            rounded.removeLast()
        }
        let rest = precision > 0 ? "." + Self.text(rounded.dropFirst()) : ""
        return Self.text(rounded.prefix(1)) + rest + "e" + (exponent < 0 ? "-" : "+") + padded(abs(exponent), 2)
    }
}
