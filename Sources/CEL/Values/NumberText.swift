/// Doubles as text.
enum NumberText {
    /// Shortest digits that read back the same: `0.d₁d₂…` × 10^exponent.
    struct Decimal {
        let isNegative: Bool
        let digits: [UInt8]
        /// Place of the decimal point after the first digit: the exponent of scientific notation.
        let exponent: Int

        init(_ value: Double) {
            // Swift's description is the shortest text that reads back the same.
            var text = value.magnitude.description[...]
            var exponent = 0
            if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
                exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
                text = text[..<mark]
            }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            var digits = Array(parts[0].utf8) + (parts.count > 1 ? Array(parts[1].utf8) : [])
            exponent += parts[0].utf8.count - 1
            while digits.count > 1, digits.first == 48 {
                digits.removeFirst()
                exponent -= 1
            }
            while digits.count > 1, digits.last == 48 { digits.removeLast() }
            if digits == [48] { exponent = 0 }
            (self.isNegative, self.digits, self.exponent) = (value.sign == .minus, digits, exponent)
        }
    }

    static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return nil
    }

    /// `string(double)`: exponent form below 1e-4 and from 1e6, at least two exponent digits.
    static func general(_ value: Double) -> String {
        if let special = special(value) { return special }
        let decimal = Decimal(value)
        guard decimal.exponent < -4 || decimal.exponent >= 6 else { return plain(decimal) }
        let digits = decimal.digits
        var out = (decimal.isNegative ? "-" : "") + String(decoding: digits.prefix(1), as: UTF8.self)
        if digits.count > 1 { out += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
        return out + "e" + (decimal.exponent < 0 ? "-" : "+") + padded(abs(decimal.exponent), 2)
    }

    /// Without an exponent, for people.
    static func plain(_ value: Double) -> String { special(value) ?? plain(Decimal(value)) }

    private static func plain(_ decimal: Decimal) -> String {
        let digits = String(decoding: decimal.digits, as: UTF8.self)
        let sign = decimal.isNegative ? "-" : ""
        if decimal.exponent < 0 { return sign + "0." + String(repeating: "0", count: -decimal.exponent - 1) + digits }
        let whole = decimal.exponent + 1
        if digits.utf8.count <= whole {
            return sign + digits + String(repeating: "0", count: whole - digits.utf8.count)
        }
        return sign + String(digits.prefix(whole)) + "." + String(digits.dropFirst(whole))
    }
}
