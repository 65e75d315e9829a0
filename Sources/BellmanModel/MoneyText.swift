/// An amount of money with the currency that the text itself names.
public enum MoneyText {
    /// ISO 4217 codes by the signs and words that name one currency alone. `¥` and `$` name several and give none.
    private static let currencies: [(mark: String, code: String?)] = [
        ("人民币", "CNY"), ("RMB", "CNY"), ("CN¥", "CNY"), ("US$", "USD"), ("HK$", "HKD"), ("美元", "USD"), ("欧元", "EUR"),
        ("港元", "HKD"), ("港币", "HKD"), ("日元", "JPY"), ("英镑", "GBP"), ("€", "EUR"), ("£", "GBP"), ("元整", "CNY"),
        ("元", "CNY"),
        ("圆", "CNY"), ("¥", nil), ("$", nil),
    ]

    /// `¥ 50,000.00`, `5万元`, `CNY 1200`, `USD1,200.50`, `1.234,56 €`, `-30`. Beyond four decimals is rounded.
    public static func parse(_ raw: String) throws(FieldProblem) -> (amount: Amount, currency: String?) {
        var text = TextNarrowing.trim(TextNarrowing.narrow(raw))
        var currency: String?
        if let code = isoCode(text) {
            currency = code.code
            text = code.rest
        }
        for _ in 0..<2 {
            for (mark, code) in currencies {
                guard let rest = without(mark, text) else { continue }
                text = rest
                currency = currency ?? code
                break
            }
        }
        guard let number = NumberText(text) else { throw .notMoney(raw) }
        guard let units = number.scaled(places: 4, rounding: true) else { throw .outOfRange(raw) }
        return (Amount(units: units), currency)
    }

    /// A sign before or behind the number, or between its minus and its digits.
    private static func without(_ mark: String, _ text: String) -> String? {
        let upper = text.uppercased()
        if upper.hasPrefix(mark) { return TextNarrowing.trim(String(text.dropFirst(mark.count))) }
        if upper.hasPrefix("-" + mark) { return "-" + TextNarrowing.trim(String(text.dropFirst(mark.count + 1))) }
        if upper.hasSuffix(mark) { return TextNarrowing.trim(String(text.dropLast(mark.count))) }
        return nil
    }

    private static func isoCode(_ text: String) -> (code: String, rest: String)? {
        let head = text.prefix { $0.isASCII && $0.isLetter }
        if head.count == 3, head.uppercased() != "RMB" {
            return (head.uppercased(), TextNarrowing.trim(String(text.dropFirst(3))))
        }
        let tail = text.reversed().prefix { $0.isASCII && $0.isLetter }
        guard tail.count == 3 else { return nil }
        let code = String(tail.reversed()).uppercased()
        return code == "RMB" ? nil : (code, TextNarrowing.trim(String(text.dropLast(3))))
    }

    /// Plain decimal, without thousands: `50000`, `0.5`.
    public static func text(_ amount: Amount) -> String {
        let size = amount.units.magnitude
        let one = UInt64(Amount.unitsPerOne)
        var fraction = String(size % one)
        fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        let sign = amount.units < 0 ? "-" : ""
        return sign + String(size / one) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
