import Almanac

/// RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ instant: Instant) -> String {
        let local = Zone.utc.local(instant)
        let (date, time) = (local.date, local.time)
        let clock = [time.hour, time.minute, time.second].map(twoDigits).joined(separator: ":")
        let day = "\(twoDigits(date.day)) \(months[date.month - 1]) \(date.year)"
        return "\(days[date.weekday - 1]), \(day) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
