import Almanac

/// Day numbers of spreadsheets: 1 is 1900-01-01, and 60 is a 29 February 1900 that never was, so that from 61 on
/// they count from 1899-12-30.
public enum SpreadsheetDate {
    /// 9999-12-31.
    static let last = 2_958_465.0

    /// The date and the second of the day of a serial number; nil outside 1900–9999.
    public static func moment(_ serial: Double) -> (date: CivilDate, second: Int)? {
        guard serial >= 1, serial < last + 1 else { return nil }
        var day = Int(serial)
        var second = Int(((serial - Double(day)) * 86_400).rounded())
        if second >= 86_400 { (day, second) = (day + 1, 0) }
        let start = CivilDate.epoch.adding(days: day < 60 ? -25_568 : -25_569)
        return (start.adding(days: day), second)
    }
}
