/// Why a text is not a cron expression.
public struct CronError: Error, Hashable, Sendable {
    public enum Field: String, Hashable, Sendable {
        case minute, hour, dayOfMonth, month, dayOfWeek
    }

    public enum Kind: Hashable, Sendable {
        case fieldCount(Int)
        case badValue(Field, String)
        case outOfRange(Field, Int, ClosedRange<Int>)
        case zeroStep(Field)
        /// `FRI-MON`: Debian's cron refuses a range that runs over the end.
        case wrappedRange(Field, String)
        case questionMark(Field)
        case nearestWeekday(String)
        case nickname(String)
        /// Six or seven fields that begin with the seconds, as Quartz and Spring write them.
        case secondsFirst(count: Int)
        /// Six fields that end with the year.
        case yearLast(String)
        /// `TZ=Asia/Tokyo` or `CRON_TZ=…` before the fields.
        case zonePrefix(String)
        /// 31 February.
        case neverComes
    }

    public let kind: Kind
    public let text: String
    public let nearest: String?

    init(_ kind: Kind, in text: String, nearest: String? = nil) {
        self.kind = kind
        self.text = text
        self.nearest = nearest
    }
}
