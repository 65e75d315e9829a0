/// A sum of doubles without rounding: rounded once, when it is asked for. So it depends on no order, and what is taken
/// away again leaves nothing behind.
struct ExactSum: Sendable, Hashable {
    /// Whole multiples of 2^(place − 1075), by place: 1…2046, as in the format's own exponent field.
    private var parts: [Int: Int128] = [:]
    private var positiveInfinities = 0
    private var negativeInfinities = 0
    private var notNumbers = 0

    /// The place of the ones.
    private static let ones = 1_075

    mutating func add(_ number: Double, times sign: Int = 1) {
        guard number.isFinite else {
            if number.isNaN {
                notNumbers += sign
            } else if number > 0 {
                positiveInfinities += sign
            } else {
                negativeInfinities += sign
            }
            return
        }
        let exponent = Int(number.exponentBitPattern)
        let digits = number.significandBitPattern | (exponent == 0 ? 0 : 1 << 52)
        let signed = number.sign == .minus ? -Int128(digits) : Int128(digits)
        add(signed * Int128(sign), at: max(1, exponent))
    }

    mutating func add(_ number: Int64, times sign: Int = 1) { add(Int128(number) * Int128(sign), at: ExactSum.ones) }

    private mutating func add(_ amount: Int128, at place: Int) {
        let sum = (parts[place] ?? 0) + amount
        parts[place] = sum == 0 ? nil : sum
    }

    /// The double nearest to the sum; of two the even one.
    var value: Double {
        if notNumbers > 0 || (positiveInfinities > 0 && negativeInfinities > 0) { return .nan }
        if positiveInfinities > 0 { return .infinity }
        if negativeInfinities > 0 { return -.infinity }
        guard let lowest = parts.keys.min(), let highest = parts.keys.max() else { return 0 }
        var limbs = [Int64](repeating: 0, count: (highest - lowest) / 32 + 7)
        for (place, amount) in parts { ExactSum.add(amount, shiftedBy: place - lowest, to: &limbs) }
        var isNegative = false
        if ExactSum.carry(&limbs) < 0 {
            isNegative = true
            for index in limbs.indices { limbs[index] = -limbs[index] }
            _ = ExactSum.carry(&limbs)
        }
        let magnitude = ExactSum.rounded(limbs, exponent: lowest - ExactSum.ones)
        return isNegative ? -magnitude : magnitude
    }

    private static func add(_ amount: Int128, shiftedBy bits: Int, to limbs: inout [Int64]) {
        // At most 128 + 31 bits, in five limbs.
        var rest = amount.magnitude
        var index = bits / 32
        var carried: UInt64 = 0
        while rest > 0 || carried > 0 {
            let wide = (UInt64(truncatingIfNeeded: rest) & 0xFFFF_FFFF) << UInt64(bits % 32) + carried
            let digit = Int64(wide & 0xFFFF_FFFF)
            limbs[index] += amount < 0 ? -digit : digit
            carried = wide >> 32
            rest >>= 32
            index += 1
        }
    }

    /// Brings every limb into 0 ..< 2^32 and leaves the sign in the last one, which it returns.
    private static func carry(_ limbs: inout [Int64]) -> Int64 {
        for index in 0..<(limbs.count - 1) {
            limbs[index + 1] += limbs[index] >> 32
            limbs[index] &= 0xFFFF_FFFF
        }
        return limbs[limbs.count - 1]
    }

    /// The 64 highest bits, the last of which tells whether anything was below: enough for one correct rounding.
    private static func rounded(_ limbs: [Int64], exponent: Int) -> Double {
        guard let top = limbs.lastIndex(where: { $0 != 0 }) else { return 0 }
        func bits(_ index: Int) -> UInt64 { index >= 0 ? UInt64(limbs[index]) : 0 }
        let high = UInt128(bits(top)) << 64 | UInt128(bits(top - 1)) << 32 | UInt128(bits(top - 2))
        let shift = max(0, 128 - high.leadingZeroBitCount - 64)
        var kept = UInt64(truncatingIfNeeded: high >> UInt128(shift))
        let isCut = high & ((1 << UInt128(shift)) - 1) != 0 || limbs[..<max(0, top - 2)].contains { $0 != 0 }
        if isCut { kept |= 1 }
        return Double(sign: .plus, exponent: exponent + 32 * (top - 2) + shift, significand: Double(kept))
    }

    // MARK: as text

    var fields: [String] {
        ["\(notNumbers)", "\(positiveInfinities)", "\(negativeInfinities)"]
            + parts.sorted { $0.key < $1.key }.flatMap { ["\($0.key)", "\($0.value)"] }
    }

    init() {}

    init(fields: [String]) {
        guard fields.count >= 3 else { return }
        notNumbers = Int(fields[0]) ?? 0
        positiveInfinities = Int(fields[1]) ?? 0
        negativeInfinities = Int(fields[2]) ?? 0
        for index in stride(from: 3, to: fields.count - 1, by: 2) {
            if let place = Int(fields[index]), let amount = Int128(fields[index + 1]) { parts[place] = amount }
        }
    }
}
