import BellmanModel

/// Rows of what `check` tells, with the columns that the question needs: one table for all that was asked.
struct CheckTable {
    private static let ofDates = ["date", "weekday", "workday", "why", "previous", "next", "from_today"]
    private static let ofFiles = ["date", "weekday", "file", "built_in", "holiday"]
    /// People read the holiday's name and the missing year in the reason, and the path in the head.
    private static let forPrograms = [
        "path", "date", "weekday", "workday", "why", "previous", "next", "from_today", "file", "built_in", "holiday",
        "covered",
    ]

    private let dates: Bool
    private let files: Bool
    private var rows: [[String: JSONValue]] = []

    init(dates: Bool, files: Bool) {
        self.dates = dates
        self.files = files
    }

    mutating func add(_ row: [String: JSONValue]) { rows.append(row) }

    private func keys(_ format: ListFormat) -> [String] {
        if format == .table { return dates ? CheckTable.ofDates : CheckTable.ofFiles }
        return CheckTable.forPrograms.filter { key in
            (dates && (CheckTable.ofDates.contains(key) || key == "holiday" || key == "covered"))
                || (files && (CheckTable.ofFiles.contains(key) || key == "path"))
        }
    }

    func show(_ format: ListFormat) {
        let keys = keys(format)
        var listing = Listing(
            keys.map { .init($0, CheckTable.title($0)) },
            nothing: Words.pick("no day differs from what is built in", "没有哪一天与内置数据不同"))
        for row in rows { listing.add(keys.map { row[$0] ?? .null }) }
        listing.show(format)
    }

    private static func title(_ key: String) -> String {
        switch key {
        case "date": Words.pick("date", "日期")
        case "weekday": Words.pick("weekday", "星期")
        case "workday": Words.pick("working day", "工作日")
        case "why": Words.pick("why", "原因")
        case "previous": Words.pick("working day before", "上一个工作日")
        case "next": Words.pick("working day after", "下一个工作日")
        case "from_today": Words.pick("working days from today", "距今工作日")
        case "file": Words.pick("the file says", "文件")
        case "built_in": Words.pick("built in", "内置")
        case "holiday": Words.pick("holiday", "节日")
        default: ""
        }
    }
}
