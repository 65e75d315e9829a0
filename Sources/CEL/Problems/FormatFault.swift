/// What is wrong with a template of `format`, or with a value for one of its clauses.
public enum FormatFault: Sendable, Equatable {
    case endsEarly
    case unknownClause(String)
    /// Fewer or more values than clauses.
    case count(values: Int, clauses: Int)
    /// Digits after the point: none written (nil), or more than a clause may show.
    case precision(Int?)
    case value(clause: String, type: String)
}
