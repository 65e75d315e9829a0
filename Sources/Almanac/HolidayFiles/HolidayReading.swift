/// What was found in a holiday file.
public struct HolidayReading: Sendable {
    public var facts: HolidayFacts
    /// Entries that are neither a day off nor a make-up workday, such as festivals and birthdays.
    public var ignored = 0
    public var problems: [HolidayProblem] = []

    public init(facts: HolidayFacts) { self.facts = facts }

    public var hasErrors: Bool { problems.contains { $0.kind.isError } }

    /// Problems that one file reports at most.
    public static let greatestProblemCount = 50

    public mutating func report(_ kind: HolidayProblem.Kind, line: Int) {
        if problems.count < HolidayReading.greatestProblemCount { problems.append(HolidayProblem(kind, line: line)) }
    }

    /// A day told twice keeps work: a make-up day is the later and more particular word.
    mutating func add(_ date: CivilDate, _ day: HolidayDay, line: Int) {
        guard let known = facts.days[date] else {
            facts.days[date] = day
            return
        }
        guard known.isWorkday != day.isWorkday else { return }
        report(.bothOffAndWork(date), line: line)
        if day.isWorkday { facts.days[date] = day }
    }
}

/// What is wrong in a holiday file, and in which line.
public struct HolidayProblem: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case notACalendar
        /// The file ends inside `BEGIN:…`.
        case endsEarly(String)
        case badLine
        case noStart
        case badDate(String)
        case endsBeforeStart
        case tooLong(days: Int)
        case tooManyEntries(limit: Int)
        case nothingFound(ignored: Int)
        /// The entry is left out: it repeats by a rule (`RRULE`, `RDATE`).
        case repeats(String)
        /// The entry is left out: it has a time of day.
        case notAllDay
        case bothOffAndWork(CivilDate)
        case ignored(Int)

        /// The file is not used; else the rest of it is.
        public var isError: Bool {
            switch self {
            case .repeats, .notAllDay, .bothOffAndWork, .ignored: false
            default: true
            }
        }
    }

    public let kind: Kind
    /// From 1.
    public let line: Int

    public init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }
}
