import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// The questions about one date field, which are answered together.
struct DateField: Sendable {
    let kind: String
    let field: String
    /// Positions in the list of questions.
    let questions: [Int]

    static func all(_ questions: [DateQuestion]) -> [DateField] {
        var positions: [[String]: Int] = [:]
        var found: [(kind: String, field: String, questions: [Int])] = []
        for (number, question) in questions.enumerated() {
            let key = [question.kind, question.field]
            let position = positions[key] ?? found.count
            if position == found.count {
                positions[key] = position
                found.append((question.kind, question.field, []))
            }
            found[position].questions.append(number)
        }
        return found.map { DateField(kind: $0.kind, field: $0.field, questions: $0.questions) }
    }
}

/// Asks the date index which dates may have a milestone in a window.
///
/// Questions about one field share their queries: ranges that touch are asked as one ("every day after, 365 times" is
/// one range), and ranges in which the index holds nothing are stepped over. So the cost follows what is found.
struct DateSearch {
    let window: (after: Instant, through: Instant)
    let view: any EngineView
    /// The days whose local time lies in the window, by that time and the zone.
    private var days: [Clock: ClosedRange<CivilDate>?] = [:]

    private struct Clock: Hashable {
        let at: LocalTime
        let zone: Zone
    }

    init(in window: (after: Instant, through: Instant), _ view: any EngineView) {
        self.window = window
        self.view = view
    }

    /// What the index holds for each question that finds anything. A few moments next to a change of the clock may ring
    /// outside the window: the caller asks for their instants.
    mutating func moments(
        _ field: DateField, of questions: [DateQuestion], mayHoldInstants: Bool
    ) throws -> [Int: [IndexedMoment]] {
        var found: [Int: [IndexedMoment]] = [:]
        var dates: [Asked<CivilDate>] = []
        for number in field.questions {
            if let range = range(questions[number].offset) { dates.append((range, number)) }
        }
        try collect(
            dates, into: &found, after: { $0.adding(days: 1) },
            value: { if case .date(let date) = $0.value { date } else { nil } },
            query: { try view.moments(kind: field.kind, field: field.field, dates: $0) },
            next: { try view.nextDate(kind: field.kind, field: field.field, after: $0.adding(days: -1)) })
        guard mayHoldInstants else { return found }
        return found.merging(try instants(field, of: questions)) { $0 + $1 }
    }

    /// The same of values with a time alone.
    func instants(_ field: DateField, of questions: [DateQuestion]) throws -> [Int: [IndexedMoment]] {
        var found: [Int: [IndexedMoment]] = [:]
        var instants: [Asked<Instant>] = []
        for number in field.questions {
            if let range = questions[number].offset.instantRange(firingIn: window) { instants.append((range, number)) }
        }
        try collect(
            instants, into: &found, after: { $0.adding(microseconds: 1) },
            value: { if case .instant(let instant) = $0.value { instant } else { nil } },
            query: { try view.moments(kind: field.kind, field: field.field, instants: $0) },
            next: { try view.nextInstant(kind: field.kind, field: field.field, after: $0.adding(microseconds: -1)) })
        return found
    }

    /// A date without a time rings at `at` of some day: most windows hold no such instant.
    private mutating func range(_ offset: OffsetRule) -> ClosedRange<CivilDate>? {
        guard offset.period.isWholeDays else { return offset.dateRange(firingIn: window) }
        let clock = Clock(at: offset.at, zone: offset.zone)
        if days[clock] == nil {
            days[clock] = .some(
                OffsetRule(period: .zero, at: offset.at, zone: offset.zone).dateRange(firingIn: window))
        }
        guard case .some(.some(let rings)) = days[clock] else { return nil }
        return offset.dateRange(ringingOn: rings)
    }

    private typealias Asked<Value: Comparable> = (range: ClosedRange<Value>, question: Int)

    /// As many queries are not worth asking what lies between them.
    private static let fewBlocks = 4

    /// `after` is the value after another; `next` gives the first that the index holds from
    /// one on.
    private func collect<Value: Comparable>(
        _ asked: [Asked<Value>], into found: inout [Int: [IndexedMoment]], after: (Value) -> Value,
        value: (IndexedMoment) -> Value?, query: (ClosedRange<Value>) throws -> [IndexedMoment],
        next: (Value) throws -> Value?
    ) throws {
        let blocks = DateSearch.merged(asked, after: after)
        var known: Value?
        for block in blocks {
            if blocks.count > DateSearch.fewBlocks {
                if known.map({ $0 < block.range.lowerBound }) ?? true { known = try next(block.range.lowerBound) }
                guard let first = known else { return }
                guard first <= block.range.upperBound else { continue }
            }
            // In the order of their values.
            let moments = try query(block.range)
            let values = moments.map(value)
            for (range, question) in block.asked {
                let some = DateSearch.slice(values, range).map { moments[$0] }
                if !some.isEmpty { found[question, default: []] += some }
            }
        }
    }

    private static func merged<Value: Comparable>(
        _ asked: [Asked<Value>], after: (Value) -> Value
    ) -> [(range: ClosedRange<Value>, asked: [Asked<Value>])] {
        var blocks: [(range: ClosedRange<Value>, asked: [Asked<Value>])] = []
        for one in asked.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = blocks.last, one.range.lowerBound <= after(last.range.upperBound) {
                let upper = max(last.range.upperBound, one.range.upperBound)
                blocks[blocks.count - 1].range = last.range.lowerBound...upper
                blocks[blocks.count - 1].asked.append(one)
            } else {
                blocks.append((one.range, [one]))
            }
        }
        return blocks
    }

    /// Positions of the values in a range, by bisection.
    private static func slice<Value: Comparable>(_ values: [Value?], _ range: ClosedRange<Value>) -> Range<Int> {
        func first(_ isBeyond: (Value) -> Bool) -> Int {
            var (low, high) = (0, values.count)
            while low < high {
                let middle = (low + high) / 2
                if values[middle].map(isBeyond) ?? true { high = middle } else { low = middle + 1 }
            }
            return low
        }
        return first { $0 >= range.lowerBound }..<first { $0 > range.upperBound }
    }
}
