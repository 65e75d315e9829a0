/// Why a zone cannot be had.
public enum ZoneError: Error, Hashable, Sendable {
    /// The system has no tz database (a container without the tzdata package).
    case noDatabase
    /// Not the form of a zone name.
    case malformedName(String)
    case unknown(String, nearest: String?)
    /// The database has a file of that name which is not a zone.
    case damaged(String)
}

/// Why a text is not a duration.
public struct PeriodError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case empty
        case isoForm
        case tooLarge
        case fraction
        case missingNumber
        case missingUnit
        case unknownUnit(String)
        case ambiguousUnit(String)
        case repeatedUnit
        case zeroWorkingDays
        case half
        /// `3 days before`, `提前3天`: the direction is not part of a length.
        case direction(String)
    }
    public let kind: Kind
    /// The text as it was given.
    public let text: String
    /// The nearest form that is accepted, or an example of one.
    public let nearest: String?

    init(_ kind: Kind, in text: String, nearest: String? = nil) {
        self.kind = kind
        self.text = text
        self.nearest = nearest
    }
}
