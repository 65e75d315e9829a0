import Almanac
import BellmanModel
import CEL

/// What the elements of one list come to, kept by adding and taking away; every figure is exact.
struct TermTally: Sendable, Hashable {
    /// Elements that no filter left out.
    private(set) var counted = 0
    /// Elements whose part could not be told: with one of them there is no answer.
    private(set) var failed = 0
    /// Different values among those counted; kept by whoever counts values.
    var distinct = 0
    private var nulls = 0
    private var ints = Pile()
    private var doubles = 0
    /// All numbers, also the ints.
    private var numbers = ExactSum()
    private var money = Pile()
    private var currencies: [String: Int] = [:]
    private var spans = Pile()
    private var periods = Periods()
    private var moments = 0

    /// How many, and their sum in whole units.
    private struct Pile: Sendable, Hashable {
        var count = 0
        var sum: Int128 = 0

        mutating func add(_ amount: Int64, _ sign: Int) {
            count += sign
            sum += Int128(amount) * Int128(sign)
        }
    }

    /// Lengths of time part by part; those in opposite directions have no sum.
    private struct Periods: Sendable, Hashable {
        var forward = 0
        var backward = 0
        var zero = 0
        /// Months, days, working days, microseconds.
        var parts: [Int128] = [0, 0, 0, 0]

        var count: Int { forward + backward + zero }
    }

    mutating func fail(_ sign: Int) { failed += sign }

    /// For a question that counts and looks at no value.
    mutating func count(_ sign: Int) { counted += sign }

    /// `sign` is 1 or, for what was added before, −1.
    mutating func add(_ value: ShareValue, _ sign: Int) {
        counted += sign
        switch value {
        case .null: nulls += sign
        case .int(let number):
            ints.add(number, sign)
            numbers.add(number, times: sign)
        case .double(let number):
            doubles += sign
            numbers.add(number, times: sign)
        case .money(let units, let currency):
            money.add(units, sign)
            let holders = (currencies[currency] ?? 0) + sign
            currencies[currency] = holders == 0 ? nil : holders
        case .duration(let nanoseconds): spans.add(nanoseconds, sign)
        case .period(let period): add(period, sign)
        case .timestamp, .date: moments += sign
        case .other: break
        }
    }

    private mutating func add(_ period: Period, _ sign: Int) {
        if period.isZero {
            periods.zero += sign
        } else if period.isNegative {
            periods.backward += sign
        } else {
            periods.forward += sign
        }
        let parts = [Int64(period.months), Int64(period.days), Int64(period.workingDays), period.microseconds]
        for (index, part) in parts.enumerated() {
            periods.parts[index] += Int128(part.magnitude) * Int128(sign)
        }
    }

    // MARK: answers

    /// The smallest or greatest value of those whose code begins with the class.
    typealias Extreme = (_ class: Character, _ isGreatest: Bool) -> ShareValue?

    func answer(
        _ function: CELAggregate.Function, _ type: CELType, _ context: CELContext, _ extreme: Extreme
    ) throws(CELFailure) -> CELValue {
        guard failed == 0 else { throw CELFailure(.noSuchOverload(function: function.rawValue, arguments: [])) }
        switch function {
        case .count: return .int(Int64(counted))
        case .distinct: return .int(Int64(distinct))
        case .sum: return counted == nulls ? SumFunctions.nothing(type.withoutNull) : try sum()
        case .avg: return counted == nulls ? .null : try mean()
        case .min, .max:
            guard counted > nulls else { return .null }
            return try ends(isGreatest: function == .max, context, extreme)
        }
    }

    private var values: Int { counted - nulls }

    func sum() throws(CELFailure) -> CELValue {
        if ints.count == values { return .int(try TermTally.whole(ints.sum, "int")) }
        if ints.count + doubles == values { return .double(numbers.value) }
        if money.count == values {
            return .opaque(MoneyValue(Amount(units: try TermTally.whole(money.sum, "money")), try currency()))
        }
        if periods.count == values { return .opaque(PeriodValue(try length())) }
        guard spans.count == values else { throw unlike("sum") }
        return .duration(CELDuration(nanoseconds: try TermTally.whole(spans.sum, "duration")))
    }

    func mean() throws(CELFailure) -> CELValue {
        if ints.count + doubles == values { return .double(numbers.value / Double(values)) }
        let count = Int128(max(1, values))
        if money.count == values {
            let units = try TermTally.whole(money.sum / count, "money")
            return .opaque(MoneyValue(Amount(units: units), try currency()))
        }
        guard spans.count == values else { throw unlike("avg") }
        return .duration(CELDuration(nanoseconds: try TermTally.whole(spans.sum / count, "duration")))
    }

    private func ends(
        isGreatest: Bool, _ context: CELContext, _ extreme: Extreme
    ) throws(CELFailure) -> CELValue {
        func end(_ kind: Character) -> CELValue? { extreme(kind, isGreatest)?.value }
        if ints.count == values, let end = end("i") { return end }
        if ints.count + doubles == values {
            let both = [end("i")?.intValue.map(Double.init), end("d")?.doubleValue].compactMap { $0 }
            if let end = isGreatest ? both.max() : both.min() { return .double(end) }
        }
        if money.count == values, let end = end("m"), let amount = (end.opaqueValue as? MoneyValue)?.amount {
            return .opaque(MoneyValue(amount, try currency()))
        }
        if spans.count == values, let end = end("u") { return end }
        guard moments == values else { throw unlike(isGreatest ? "max" : "min") }
        // Of a date and an instant that are the same moment the date.
        guard let date = end("n") else { return end("t") ?? .null }
        guard let stamp = end("t") else { return date }
        let order = try DateFunctions.compare(stamp, date, context)
        return (isGreatest ? order > 0 : order < 0) ? stamp : date
    }

    private func unlike(_ name: String) -> CELFailure {
        CELFailure(.noSuchOverload(function: name, arguments: ["list"]))
    }

    private func currency() throws(CELFailure) -> String {
        let named = currencies.keys.filter { !$0.isEmpty }.sorted()
        if named.count > 1 { throw MoneyFunctions.differing(named[0], named[1]) }
        return named.first ?? ""
    }

    private func length() throws(CELFailure) -> Period {
        guard periods.forward == 0 || periods.backward == 0 else {
            throw CELFailure(
                .host(
                    code: "period_signs", english: "lengths of time in opposite directions have no sum",
                    chinese: "方向相反的时长不能相加"))
        }
        let limit = Int64(Period.largestNumber)
        func part(_ index: Int) throws(CELFailure) -> Int64 { try TermTally.whole(periods.parts[index], "duration") }
        return Period(
            months: Int(min(try part(0), limit)), days: Int(min(try part(1), limit)),
            workingDays: Int(min(try part(2), limit)), microseconds: try part(3), isNegative: periods.backward > 0)
    }

    private static func whole(_ sum: Int128, _ type: String) throws(CELFailure) -> Int64 {
        guard let number = Int64(exactly: sum) else { throw CELFailure(.overflow(type: type)) }
        return number
    }

    // MARK: as text

    init() {}

    var text: String {
        let counts = [
            counted, failed, distinct, nulls, ints.count, doubles, money.count, spans.count, periods.forward,
            periods.backward, periods.zero, moments,
        ]
        let sums = [ints.sum, money.sum, spans.sum] + periods.parts
        let named = currencies.sorted { $0.key < $1.key }.flatMap { [$0.key, "\($0.value)"] }
        return Netstring.join([
            counts.map { "\($0)" }.joined(separator: " "), sums.map { "\($0)" }.joined(separator: " "),
            numbers.fields.joined(separator: " "), Netstring.join(named),
        ])
    }

    init(text: String) {
        let fields = Netstring.split(text)
        guard fields.count == 4 else { return }
        func words(_ field: String) -> [String] { field.split(separator: " ").map(String.init) }
        let counts = words(fields[0]).map { Int($0) ?? 0 }
        let sums = words(fields[1]).map { Int128($0) ?? 0 }
        guard counts.count == 12, sums.count == 7 else { return }
        (counted, failed, distinct, nulls) = (counts[0], counts[1], counts[2], counts[3])
        ints = Pile(count: counts[4], sum: sums[0])
        doubles = counts[5]
        money = Pile(count: counts[6], sum: sums[1])
        spans = Pile(count: counts[7], sum: sums[2])
        periods = Periods(forward: counts[8], backward: counts[9], zero: counts[10], parts: Array(sums[3...]))
        moments = counts[11]
        numbers = ExactSum(fields: words(fields[2]))
        let named = Netstring.split(fields[3])
        for index in stride(from: 0, to: named.count - 1, by: 2) { currencies[named[index]] = Int(named[index + 1]) }
    }
}
