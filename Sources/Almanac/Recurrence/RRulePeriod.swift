/// The allowed days of one year, month or week as bits of its months; made without touching the heap.
struct RRulePeriod {
    private var bits = SIMD16<UInt32>(repeating: 0)
    private let firstMonth: Int
    private let months: Int
    /// The period's last day, as days since 1970.
    let last: Int

    /// `from` counts months from year 0; `last` is the end of the last month where nil.
    init(months: Int, from: Int, mask: (Int, Int) -> UInt32, last: Int?) {
        firstMonth = from
        self.months = months
        for index in 0..<months {
            let month = from + index
            bits[index] = month >= 12 && month < 120_000 ? mask(month / 12, month % 12 + 1) : 0
        }
        self.last = last ?? RRulePeriod.firstDay(from + months) - 1
    }

    private static func firstDay(_ month: Int) -> Int {
        CivilDate.dayNumber(year: floorDiv(month, 12), month: floorMod(month, 12) + 1, day: 1)
    }

    /// Takes out the days for which the condition is false.
    mutating func keep(_ holds: (Int) -> Bool) {
        for index in 0..<months where bits[index] != 0 {
            let first = RRulePeriod.firstDay(firstMonth + index)
            for day in 1...31 where bits[index] >> UInt32(day) & 1 == 1 && !holds(first + day - 1) {
                bits[index] &= ~(1 << UInt32(day))
            }
        }
    }

    var count: Int {
        var sum = 0
        for index in 0..<months { sum += bits[index].nonzeroBitCount }
        return sum
    }

    /// The nth allowed day, counted from 0, which must be under `count`.
    func day(_ nth: Int) -> Int {
        var rest = nth
        for index in 0..<months {
            let here = bits[index].nonzeroBitCount
            if rest >= here {
                rest -= here
                continue
            }
            var month = bits[index]
            for _ in 0..<rest { month &= month - 1 }
            return RRulePeriod.firstDay(firstMonth + index) + month.trailingZeroBitCount - 1
        }
        return last
    }
}
