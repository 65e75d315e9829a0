import BellmanModel

/// Looks at the first rows of a table for what single cells cannot tell.
struct TableSurvey {
    /// Rows looked at.
    static let sample = 2000

    private var dayFirst = false
    private var monthFirst = false
    /// By column: a time was seen, and one that is not midnight.
    private var timed: Set<Int> = []
    private var awake: Set<Int> = []

    /// One file writes its dates in one way; nil when the cells prove nothing, or contradict each other.
    var dateOrder: DateOrder? {
        dayFirst == monthFirst ? nil : dayFirst ? .dayFirst : .monthFirst
    }

    /// A column whose times are all 00:00 holds dates.
    func holdsDates(column: Int) -> Bool { timed.contains(column) && !awake.contains(column) }

    mutating func add(_ row: DelimitedRow, mapping: ColumnMapping) {
        for (index, target) in mapping.targets.enumerated() where index < row.count && !row.isEmpty(index) {
            guard case .field(let field, _) = target, TableSurvey.isMoment(field.type) else { continue }
            add(TextNarrowing.trim(TextNarrowing.narrow(row[index])), column: index)
        }
    }

    private mutating func add(_ text: String, column: Int) {
        switch DateOrder.evidence(in: text) {
        case .dayFirst: dayFirst = true
        case .monthFirst: monthFirst = true
        case nil: break
        }
        guard let colon = text.firstIndex(of: ":") else { return }
        timed.insert(column)
        let digits = text[colon...].prefix { $0 == ":" || $0 == "." || ("0"..."9").contains($0) }
        let hour = text[..<colon].suffix(2).filter { ("0"..."9").contains($0) }
        let noonOrLater = text.lowercased().hasSuffix("pm") || text.contains("下午")
        let isMidnight = (Int(hour) == 0 || (Int(hour) == 12 && text.lowercased().hasSuffix("am"))) && !noonOrLater
        // An offset may follow: its digits are not the time's.
        let zeros = digits.allSatisfy { $0 == ":" || $0 == "." || $0 == "0" }
        let hasOffset = text.hasSuffix("Z") || text[colon...].contains("+") || text[colon...].contains("-")
        if !isMidnight || !zeros || hasOffset { awake.insert(column) }
    }

    static func isMoment(_ type: FieldType) -> Bool {
        switch type {
        case .date, .when, .instant: true
        default: false
        }
    }
}
