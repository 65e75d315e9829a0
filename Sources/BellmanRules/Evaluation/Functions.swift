import CEL

/// A function that expressions have besides those of CEL itself: its overloads, and what the reference says of it.
///
/// A test evaluates every example against a fixed handful of records at a fixed instant.
public struct BellmanFunction: Sendable {
    public struct Example: Sendable {
        public let expression: String
        /// What it gives, as a message shows it.
        public let english: String
        public let chinese: String

        init(_ expression: String, _ english: String, _ chinese: String? = nil) {
            self.expression = expression
            self.english = english
            self.chinese = chinese ?? english
        }
    }

    public let name: String
    /// How it is called: `days_until(date)`.
    public let form: String
    public let english: String
    public let chinese: String
    public let examples: [Example]
    public let overloads: [CELFunction]

    init(
        _ form: String, _ english: String, _ chinese: String, examples: [Example], _ overloads: [CELFunction]
    ) {
        self.name = overloads.first?.name ?? form
        self.form = form
        self.english = english
        self.chinese = chinese
        self.examples = examples
        self.overloads = overloads
    }
}

/// Every function of Bellman's own.
public enum FunctionTable {
    public static let all: [BellmanFunction] =
        DateFunctions.table + MoneyFunctions.table + PeopleFunctions.table + SumFunctions.table + ReportFunctions.table

    /// What `<`, `==`, `-` and the like do to dates and amounts: they are called by no name.
    static let operators: [CELFunction] = DateFunctions.operators + MoneyFunctions.operators

    static let library = CELLibrary(name: "bellman", functions: operators + all.flatMap(\.overloads))
}
