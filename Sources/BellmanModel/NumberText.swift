/// A decimal number read from people's spellings, exact: significand × 10^exponent.
///
/// `1,234.56`, `1.234,56`, `1 234`, `１２`, `(1,200)`, `5万`, `1.2亿`, `1.5e3`.
struct NumberText: Hashable {
    /// More digits than this are refused.
    static let maximumDigits = 30
    static let maximumExponent = 400

    let significand: Int128
    let exponent: Int
    /// Written with an exponent.
    let scientific: Bool

    init?(_ raw: String) {
        var text = Substring(TextNarrowing.trim(TextNarrowing.narrow(raw)))
        var negative = false
        if text.hasPrefix("("), text.hasSuffix(")") {
            negative = true
            text = text.dropFirst().dropLast()
        }
        if let sign = text.first, sign == "-" || sign == "+" {
            if sign == "-" { negative.toggle() }
            text = text.dropFirst()
        }
        var shift = 0
        while let last = text.last, let power = NumberText.powers[last] {
            shift += power
            text = text.dropLast()
        }
        var power = 0
        if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let value = Int(text[text.index(after: mark)...]), abs(value) <= NumberText.maximumExponent else {
                return nil
            }
            power = value
            text = text[..<mark]
            scientific = true
        } else {
            scientific = false
        }
        guard let plain = NumberText.plain(text) else { return nil }
        significand = negative ? -plain.digits : plain.digits
        exponent = power + shift - plain.decimals
    }

    private static let powers: [Character: Int] = ["万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3, "百": 2]

    private static func plain(_ text: Substring) -> (digits: Int128, decimals: Int)? {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, text.utf8.count <= 64,
            isDigit(first) || first == ".", isDigit(last) || last == "."
        else { return nil }
        let separators = text.unicodeScalars.filter { !isDigit($0) }
        guard separators.allSatisfy({ ".,' _".unicodeScalars.contains($0) }) else { return nil }
        let decimal = decimalMark(text, separators: Array(separators))
        let parts = decimal.map { mark in text.split(separator: Character(mark), omittingEmptySubsequences: false) }
        guard parts == nil || parts?.count == 2 else { return nil }
        let whole = parts?[0] ?? text
        let fraction = parts?[1] ?? ""
        guard fraction.unicodeScalars.allSatisfy(isDigit), let joined = joinGroups(whole) else { return nil }
        let digits = joined + fraction
        guard !digits.isEmpty, digits.utf8.count <= maximumDigits, let value = Int128(digits) else { return nil }
        return (value, fraction.utf8.count)
    }

    /// The last of two kinds of separators is the decimal mark; a single one is, unless it stands before three digits
    /// and is a comma (`1,234`) or occurs several times (`1.234.567`).
    private static func decimalMark(_ text: Substring, separators: [Unicode.Scalar]) -> Unicode.Scalar? {
        let marks = separators.filter { $0 == "." || $0 == "," }
        guard let last = marks.last else { return nil }
        if marks.contains(where: { $0 != last }) { return marks.filter { $0 == last }.count == 1 ? last : nil }
        if marks.count > 1 { return nil }
        if last == "." { return last }
        let behind = text.split(separator: ",", omittingEmptySubsequences: false).last?.utf8.count ?? 0
        return behind == 3 ? nil : last
    }

    /// Digits without their thousand separators; nil where groups are not of three (four for 万-minded writers).
    private static func joinGroups(_ text: Substring) -> String? {
        let groups = text.split(omittingEmptySubsequences: false) { ".,' _".contains($0) }
        guard groups.count > 1 else { return String(text) }
        let sizes = groups.dropFirst().map(\.utf8.count)
        guard let size = sizes.first, size == 3 || size == 4, sizes.allSatisfy({ $0 == size }),
            (1...size).contains(groups[0].utf8.count)
        else { return nil }
        return groups.joined()
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

    var double: Double { Double("\(significand)e\(exponent)") ?? .nan }

    /// The number × 10^`places` when that is whole and fits; rounded half away from zero when `rounding`.
    func scaled(places: Int, rounding: Bool) -> Int64? {
        var value = significand
        var power = exponent + places
        guard value != 0 else { return 0 }
        while power > 0 {
            guard abs(value) < Int128(1) << 100 else { return nil }
            value *= 10
            power -= 1
        }
        var rest = 0
        while power < 0 {
            if !rounding, value % 10 != 0 { return nil }
            rest = Int(value % 10)
            value /= 10
            power += 1
        }
        if rounding, abs(rest) >= 5 { value += significand < 0 ? -1 : 1 }
        return Int64(exactly: value)
    }

    /// The whole number, when it is one.
    var whole: Int64? { scaled(places: 0, rounding: false) }
}
