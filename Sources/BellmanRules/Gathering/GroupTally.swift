import CEL

/// Which values the members of a group have, where a question needs more than sums. Kept by the store.
public protocol ValueCounts {
    /// Adds `change` to how often the value occurs; returns how often it does now.
    func count(term: Int, value: String, change: Int) throws -> Int
    /// The smallest or greatest value that begins with `prefix`, as text.
    func extreme(term: Int, prefix: String, isGreatest: Bool) throws -> String?
}

/// What one group comes to, question by question; one line of text for the store.
public struct GroupTally: Sendable, Hashable {
    public private(set) var members = 0
    private(set) var terms: [TermTally]

    public init(_ aggregation: Aggregation) {
        terms = aggregation.program.aggregates.map { _ in TermTally() }
    }

    public init(text: String) {
        let fields = Netstring.split(text)
        members = fields.first.flatMap { Int($0) } ?? 0
        terms = fields.dropFirst().map { TermTally(text: $0) }
    }

    public var text: String { Netstring.join(["\(members)"] + terms.map(\.text)) }

    public mutating func add(_ share: String, _ aggregation: Aggregation, _ counts: any ValueCounts) throws {
        try change(share, 1, aggregation, counts)
    }

    /// `share` as it was added.
    public mutating func remove(_ share: String, _ aggregation: Aggregation, _ counts: any ValueCounts) throws {
        try change(share, -1, aggregation, counts)
    }

    private mutating func change(
        _ share: String, _ sign: Int, _ aggregation: Aggregation, _ counts: any ValueCounts
    ) throws {
        members += sign
        let parts = Netstring.split(share)
        for (index, aggregate) in aggregation.program.aggregates.enumerated()
        where index < parts.count && index < terms.count {
            let code = parts[index]
            switch code.first {
            case "-" where code.utf8.count == 1: continue
            case "!" where code.utf8.count == 1: terms[index].fail(sign)
            default:
                switch aggregate.function {
                case .count: terms[index].count(sign)
                case .distinct:
                    terms[index].count(sign)
                    let now = try counts.count(term: index, value: code, change: sign)
                    if sign > 0, now == 1 { terms[index].distinct += 1 }
                    if sign < 0, now == 0 { terms[index].distinct -= 1 }
                case .sum, .avg: terms[index].add(ShareValue(code: code), sign)
                case .min, .max:
                    terms[index].add(ShareValue(code: code), sign)
                    _ = try counts.count(term: index, value: code, change: sign)
                }
            }
        }
    }
}

/// A `while` expression over gathered records, with the questions that tallies answer.
public struct Aggregation: Sendable {
    let program: CELAggregation
    /// The expression reads `group`.
    public let readsGroup: Bool

    init(_ expression: Expression) {
        program = expression.program.aggregation(over: "records")
        readsGroup = expression.names.contains { $0.name == .group }
    }

    /// It also looks at `records` in a way that needs the records themselves.
    public var needsRecords: Bool { program.needsList }
}
