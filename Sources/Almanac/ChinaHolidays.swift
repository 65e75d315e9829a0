/// Days off and make-up workdays of mainland China, facts of the yearly notices of the State Council's General Office.
///
/// A notice for a year appears about November of the year before; a year that is not listed is unknown, not free of
/// holidays. Spans are `MMDD-MMDD` with both ends, within the year under which they stand, and a letter that names
/// their holiday.
enum ChinaHolidays {
    static let years = 2004...2026
    static let off = days(offSpans).map(\.date)
    static let work = days(workSpans).map(\.date)

    /// The same as a source to make calendars of.
    static let facts: HolidayFacts = {
        var facts = HolidayFacts(source: "", calendar: "CN")
        facts.years = Set(years)
        for day in days(offSpans) { facts.days[day.date] = HolidayDay(isWorkday: false, name: day.name) }
        for day in days(workSpans) { facts.days[day.date] = HolidayDay(isWorkday: true, name: day.name) }
        return facts
    }()

    /// The holidays by their letters. Names are data, as files bring them too; `HolidayName` has them in English.
    private static let names: [Character: String] = [
        "n": "元旦", "s": "春节", "q": "清明", "l": "劳动节", "d": "端午", "m": "中秋", "g": "国庆节", "v": "抗战胜利纪念日",
    ]

    private static let offSpans: KeyValuePairs<Int, String> = [
        2004: "0101n 0122-0128s 0501-0507l 1001-1007g",
        2005: "0101-0103n 0209-0215s 0501-0507l 1001-1007g",
        2006: "0101-0103n 0129-0204s 0501-0507l 1001-1007g",
        2007: "0101-0103n 0218-0224s 0501-0507l 1001-1007g 1230-1231n",
        2008: "0101n 0206-0212s 0404-0406q 0501-0503l 0607-0609d 0913-0915m 0929-1005g",
        2009: "0101-0103n 0125-0131s 0404-0406q 0501-0503l 0528-0530d 1001-1002g 1003m 1004-1008g",
        2010: "0101-0103n 0213-0219s 0403-0405q 0501-0503l 0614-0616d 0922-0924m 1001-1007g",
        2011: "0101-0103n 0202-0208s 0403-0405q 0430-0502l 0604d 0606d 0910-0912m 1001-1007g",
        2012: "0101-0103n 0122-0128s 0402-0404q 0429-0501l 0622d 0624d 0930m 1001-1007g",
        2013: "0101-0103n 0209-0215s 0404-0406q 0429-0501l 0610-0612d 0919-0921m 1001-1007g",
        2014: "0101n 0131-0206s 0405-0407q 0501-0503l 0602d 0908m 1001-1007g",
        2015: "0101-0103n 0218-0224s 0405-0406q 0501l 0620d 0622d 0903-0904v 0927m 1001-1007g",
        2016: "0101n 0207-0213s 0404q 0501-0502l 0609-0611d 0915-0917m 1001-1007g",
        2017: "0101-0102n 0127-0202s 0402-0404q 0501l 0528-0530d 1001-1003g 1004m 1005-1008g",
        2018: "0101n 0215-0221s 0405-0407q 0429-0501l 0618d 0924m 1001-1007g 1230-1231n",
        2019: "0101n 0204-0210s 0405-0407q 0501-0504l 0607-0609d 0913-0915m 1001-1007g",
        2020: "0101n 0124-0202s 0404-0406q 0501-0505l 0625-0627d 1001-1008g",
        2021: "0101-0103n 0211-0217s 0403-0405q 0501-0505l 0612-0614d 0919-0921m 1001-1007g",
        2022: "0101-0103n 0131-0206s 0403-0405q 0430-0504l 0603-0605d 0910-0912m 1001-1007g 1231n",
        2023: "0101-0102n 0121-0127s 0405q 0429-0503l 0622-0624d 0929m 0930-1006g 1230-1231n",
        2024: "0101n 0210-0217s 0404-0406q 0501-0505l 0610d 0915-0917m 1001-1007g",
        2025: "0101n 0128-0204s 0404-0406q 0501-0505l 0531-0602d 1001-1005g 1006m 1007-1008g",
        2026: "0101-0103n 0215-0223s 0404-0406q 0501-0505l 0619-0621d 0925-0927m 1001-1007g",
    ]

    private static let workSpans: KeyValuePairs<Int, String> = [
        2004: "0117-0118s 0508-0509l 1009-1010g",
        2005: "0205-0206s 0430l 0508l 1008-1009g 1231n",
        2006: "0128s 0205s 0429-0430l 0930g 1008g 1230-1231n",
        2007: "0217s 0225s 0428-0429l 0929-0930g 1229n",
        2008: "0202-0203s 0504l 0927-0928g",
        2009: "0104n 0124s 0201s 0531d 0927g 1010g",
        2010: "0220-0221s 0612-0613d 0919m 0925m 0926g 1009g",
        2011: "0130s 0212s 0402q 1008-1009g 1231n",
        2012: "0121s 0129s 0331-0401q 0428l 0929g",
        2013: "0105-0106n 0216-0217s 0407q 0427-0428l 0608-0609d 0922m 0929g 1012g",
        2014: "0126s 0208s 0504l 0928g 1011g",
        2015: "0104n 0215s 0228s 0906v 1010g",
        2016: "0206s 0214s 0612d 0918m 1008-1009g",
        2017: "0122s 0204s 0401q 0527d 0930g",
        2018: "0211s 0224s 0408q 0428l 0929-0930g 1229n",
        2019: "0202-0203s 0428l 0505l 0929g 1012g",
        2020: "0119s 0426l 0509l 0628d 0927g 1010g",
        2021: "0207s 0220s 0425l 0508l 0918m 0926g 1009g",
        2022: "0129-0130s 0402q 0424l 0507l 1008-1009g",
        2023: "0128-0129s 0423l 0506l 0625d 1007-1008g",
        2024: "0204s 0218s 0407q 0428l 0511l 0914m 0929g 1012g",
        2025: "0126s 0208s 0427l 0928g 1011g",
        2026: "0104n 0214s 0228s 0509l 0920g 1010g",
    ]

    private static func days(_ table: KeyValuePairs<Int, String>) -> [(date: CivilDate, name: String)] {
        table.flatMap { year, spans in spans.split(separator: " ").flatMap { days(year: year, span: $0) } }
    }

    private static func days(year: Int, span: Substring) -> [(date: CivilDate, name: String)] {
        let ends = span.dropLast().split(separator: "-").compactMap { Int($0) }
        let bounds = ends.compactMap { CivilDate(year: year, month: $0 / 100, day: $0 % 100) }
        guard let first = bounds.first, let last = bounds.last else { return [] }
        let name = span.last.flatMap { names[$0] } ?? ""
        return (0...last.days(since: first)).map { (first.adding(days: $0), name) }
    }
}
