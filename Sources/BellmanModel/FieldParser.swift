import Almanac

/// What a column says about its values beyond the field's type.
public struct ColumnHints: Sendable, Hashable {
    /// The title says percent: `30` is 0.3.
    public var percent: Bool
    /// The order of `03/04/2026`; nil refuses what is unclear.
    public var dateOrder: DateOrder?
    /// Numbers are days of a spreadsheet (1900 system) where a date is wanted.
    public var serialDates: Bool
    /// A time of 00:00 means that only the date was meant.
    public var midnightIsDate: Bool

    public init(
        percent: Bool = false, dateOrder: DateOrder? = nil, serialDates: Bool = false, midnightIsDate: Bool = false
    ) {
        self.percent = percent
        self.dateOrder = dateOrder
        self.serialDates = serialDates
        self.midnightIsDate = midnightIsDate
    }
}

/// Text to a typed value. Empty text is `.null`; for fields that are not text so are the dashes and words
/// that exports write for "nothing" (`-`, `null`, `N/A`, `无`, `未分配` …).
///
/// Pure: the zone in which a local time is meant is given.
public struct FieldParser: Sendable {
    public let zone: Zone

    public init(zone: Zone) { self.zone = zone }

    public func value(_ text: String, as type: FieldType, hints: ColumnHints = ColumnHints()) throws(FieldProblem)
        -> FieldValue
    {
        // Long text keeps its indentation; everything else is trimmed.
        if case .text = type { return text.utf8.allSatisfy({ $0 <= 0x20 }) ? .null : .string(text) }
        let text = TextNarrowing.trim(text)
        if text.isEmpty { return .null }
        switch type {
        case .string, .text:
            if TextNarrowing.isBrokenAddress(text) { throw .brokenAddress(text) }
            return .string(text)
        case .custom: return try custom(text)
        case .derived: throw .derived
        case .enumeration(let words): return try word(text, of: words)
        case .list(let item): return try list(text, of: item, hints: hints)
        default: break
        }
        if EmptyWords.contains(text) { return .null }
        return try single(text, as: type, hints: hints)
    }

    private func single(_ text: String, as type: FieldType, hints: ColumnHints) throws(FieldProblem) -> FieldValue {
        switch type {
        case .int: .int(try FieldParser.whole(text))
        case .double: .double(try FieldParser.number(text))
        case .share: .double(try FieldParser.share(text, percent: hints.percent))
        case .bool: .bool(try FieldParser.bool(text))
        case .date: .date(try date(text, hints: hints))
        case .instant: .instant(try instant(text, hints: hints))
        case .when: try when(text, hints: hints)
        case .money: .money(try MoneyText.parse(text).amount)
        case .duration: .period(try FieldParser.duration(text))
        case .reference: .reference(text)
        default: .string(text)
        }
    }

    // MARK: dates and times

    /// A time of day is dropped: the date is the one on the zone's wall clock.
    func date(_ text: String, hints: ColumnHints) throws(FieldProblem) -> CivilDate {
        if hints.serialDates, let serial = NumberText(text), let moment = SpreadsheetDate.moment(serial.double) {
            return moment.date
        }
        switch try DateText.parse(text, order: hints.dateOrder) {
        case .date(let date): return date
        case .local(let date, _, _): return date
        case .instant(let instant): return zone.date(instant)
        }
    }

    /// A date alone is the start of that day.
    func instant(_ text: String, hints: ColumnHints) throws(FieldProblem) -> Instant {
        if hints.serialDates, let serial = NumberText(text), let moment = SpreadsheetDate.moment(serial.double) {
            return resolve(moment.date, moment.second, 0)
        }
        switch try DateText.parse(text, order: hints.dateOrder) {
        case .date(let date): return zone.startOfDay(date)
        case .local(let date, let second, let micro): return resolve(date, second, micro)
        case .instant(let instant): return instant
        }
    }

    private func when(_ text: String, hints: ColumnHints) throws(FieldProblem) -> FieldValue {
        if hints.serialDates, let serial = NumberText(text), let moment = SpreadsheetDate.moment(serial.double) {
            return moment.second == 0 ? .date(moment.date) : .instant(resolve(moment.date, moment.second, 0))
        }
        switch try DateText.parse(text, order: hints.dateOrder) {
        case .date(let date): return .date(date)
        case .local(let date, let second, let micro):
            if hints.midnightIsDate, second == 0, micro == 0 { return .date(date) }
            return .instant(resolve(date, second, micro))
        case .instant(let instant): return .instant(instant)
        }
    }

    private func resolve(_ date: CivilDate, _ second: Int, _ micro: Int) -> Instant {
        let day = second >= 86_400 ? date.adding(days: 1) : date
        let time = LocalTime(secondOfDay: second % 86_400) ?? .midnight
        return zone.resolve(day, time).adding(microseconds: Int64(micro))
    }
}

/// The words that exports write where there is nothing.
enum EmptyWords {
    private static let words: Set<String> = [
        "-", "--", "—", "——", "/", "null", "nil", "none", "n/a", "na", "#n/a", "(none)", "无", "空", "暂无", "未设置", "未填写",
        "未分配", "未指派", "unassigned", "nobody", "no assignee", "no date",
    ]

    static func contains(_ text: String) -> Bool {
        // Nearly every number and date is known by its first byte not to be one of these.
        guard text.utf8.count <= 18, let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return words.contains(text.lowercased())
    }
}
