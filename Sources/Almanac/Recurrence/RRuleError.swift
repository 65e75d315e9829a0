/// Why a text is not a recurrence rule that can ring, and where.
public struct RRuleError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case empty
        case tooLong(limit: Int)
        case noFrequency
        /// A piece that is not `NAME=value`.
        case notAPart(String)
        case unknownPart(String)
        case repeatedPart(RRule.Part)
        case noValue(RRule.Part)
        case unknownFrequency(String)
        case notANumber(RRule.Part, String)
        case outOfRange(RRule.Part, String, ClosedRange<Int>)
        /// Ranges that count from either end have no 0.
        case zero(RRule.Part)
        case tooMany(RRule.Part, limit: Int)
        case tooManyTimes(limit: Int)
        case unknownWeekday(String)
        /// `1MO` where every week has just one Monday.
        case rankedWeekday(RRule.Frequency)
        case rankedWithWeeks
        /// A part that RFC 5545 does not allow with this frequency.
        case notWith(RRule.Part, RRule.Frequency)
        case positionAlone
        case countAndUntil
        case badMoment(String)
        case unknownZone(String)
        /// `RDATE`, `EXRULE`, `SUMMARY` and all else that is no `RRULE`, `EXDATE` or `DTSTART`.
        case otherLine(String)
        case repeatedLine(String)
        case tooManyExclusions(limit: Int)
        /// The start is a time and `UNTIL` is a date or has no zone.
        case untilWantsTime
        case untilWantsDate
        case untilBeforeStart
        case subDaily(RRule.Frequency, zone: String)
        case wantsStart(RRule.Part)
        case startZone(String, zone: String)
        case startTwice(String, String)
        case neverComes
    }

    public let kind: Kind
    public let text: String
    /// Unicode scalars of `text`, counted from 0; empty at the end where something is missing.
    public let range: Range<Int>
    /// The nearest form that is accepted, or an example of one.
    public let nearest: String?
}
