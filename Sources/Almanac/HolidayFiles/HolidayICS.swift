/// Reads days off and make-up workdays from an iCalendar file (RFC 5545): all-day events of the three dialects in
/// which Chinese holiday calendars come.
///
/// The file does not say which years it holds whole; it holds a year whole where it has New Year's Day of that year as
/// a day off, as every yearly notice does and a list of company days does not.
public struct HolidayICS {
    public static let greatestEntryCount = 20_000
    /// Days of one entry.
    public static let longestEntry = 366

    private var reading: HolidayReading
    private var open: [String] = []
    private var event: Event?
    private var entries = 0

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - source: the file's name, as the configuration gives it.
    public static func read(_ text: [UInt8], source: String) -> HolidayReading {
        var reader = HolidayICS(reading: HolidayReading(facts: HolidayFacts(source: source)))
        reader.run(text)
        return reader.reading
    }

    private init(reading: HolidayReading) { self.reading = reading }

    private mutating func run(_ text: [UInt8]) {
        let lines = ContentLines.read(text)
        let head = lines.first?.line
        guard let head, head.name == "BEGIN", HolidayICS.word(head.value) == "VCALENDAR" else {
            return reading.report(.notACalendar, line: lines.first?.number ?? 1)
        }
        for (number, line) in lines where entries <= HolidayICS.greatestEntryCount {
            guard let line else {
                reading.report(.badLine, line: number)
                continue
            }
            take(line)
        }
        finish(lines.last?.number ?? 1)
    }

    private mutating func finish(_ last: Int) {
        if entries > HolidayICS.greatestEntryCount {
            return reading.report(.tooManyEntries(limit: HolidayICS.greatestEntryCount), line: last)
        }
        if let open = open.last { return reading.report(.endsEarly(open), line: last) }
        if reading.facts.days.isEmpty, !reading.hasErrors {
            return reading.report(.nothingFound(ignored: reading.ignored), line: 1)
        }
        for (date, day) in reading.facts.days where date.month == 1 && date.day == 1 && !day.isWorkday {
            reading.facts.years.insert(date.year)
        }
        if reading.ignored > 0 { reading.report(.ignored(reading.ignored), line: 1) }
    }

    private mutating func take(_ line: ContentLines.Line) {
        switch line.name {
        case "BEGIN":
            open.append(HolidayICS.word(line.value))
            if open.last == "VEVENT", open.count == 2 { event = Event(line: line.number) }
        case "END":
            let name = HolidayICS.word(line.value)
            guard open.last == name else { return reading.report(.badLine, line: line.number) }
            open.removeLast()
            guard name == "VEVENT", open.count == 1, let ended = event else { return }
            event = nil
            entries += 1
            add(ended)
        default:
            // What stands in an alarm inside the event is the alarm's.
            if open.count == 2 { event?.take(line) }
        }
    }

    private mutating func add(_ event: Event) {
        if event.isCancelled { return }
        guard let day = event.meaning else {
            reading.ignored += 1
            return
        }
        if let rule = event.repeats { return reading.report(.repeats(rule.name), line: rule.number) }
        do {
            let span = try event.span()
            for offset in 0..<span.days { reading.add(span.first.adding(days: offset), day, line: event.line) }
        } catch {
            reading.report(error.kind, line: error.line)
        }
    }

    static func word(_ value: String) -> String { String(value.filter { !$0.isWhitespace }).uppercased() }
}

/// One VEVENT.
private struct Event {
    let line: Int
    private var start: ContentLines.Line?
    private var end: ContentLines.Line?
    private var duration: ContentLines.Line?
    private var summary = ""
    private var special: String?
    private(set) var isCancelled = false
    private(set) var repeats: ContentLines.Line?

    init(line: Int) { self.line = line }

    mutating func take(_ line: ContentLines.Line) {
        switch line.name {
        case "DTSTART": start = line
        case "DTEND": end = line
        case "DURATION": duration = line
        case "SUMMARY": summary = HolidayText.unescaped(line.value)
        case "STATUS": isCancelled = HolidayICS.word(line.value) == "CANCELLED"
        case "RRULE", "RDATE": repeats = line
        case "X-APPLE-SPECIAL-DAY": special = HolidayICS.word(line.value)
        default: break
        }
    }

    /// Nil for what is neither a day off nor a make-up workday.
    var meaning: HolidayDay? {
        HolidayText.isWorkday(summary: summary, special: special).map {
            HolidayDay(isWorkday: $0, name: HolidayText.name(summary))
        }
    }

    /// The days of the event: to the day before its end; one where the end is absent or the same day.
    func span() throws(HolidayProblem) -> (first: CivilDate, days: Int) {
        guard let start else { throw HolidayProblem(.noStart, line: line) }
        let first = try Event.date(start)
        var after = first
        if let end { after = try Event.date(end) } else if let duration { after = try Event.end(duration, from: first) }
        let days = after == first ? 1 : after.days(since: first)
        let place = (end ?? duration ?? start).number
        guard days > 0 else { throw HolidayProblem(.endsBeforeStart, line: place) }
        guard days <= HolidayICS.longestEntry else { throw HolidayProblem(.tooLong(days: days), line: place) }
        return (first, days)
    }

    /// `20260101`, or a midnight: some programs write all-day events as date-times.
    private static func date(_ line: ContentLines.Line) throws(HolidayProblem) -> CivilDate {
        let text = line.value.filter { !$0.isWhitespace }
        let digits = Array(text.utf8.prefix(8))
        guard digits.count == 8, digits.allSatisfy({ (48...57).contains($0) }) else {
            throw HolidayProblem(.badDate(text), line: line.number)
        }
        let values = digits.map { Int($0) - 48 }
        let (year, month, day) = (
            values[0] * 1000 + values[1] * 100 + values[2] * 10 + values[3], values[4] * 10 + values[5],
            values[6] * 10 + values[7]
        )
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw HolidayProblem(.badDate(text), line: line.number)
        }
        let rest = text.utf8.dropFirst(8)
        guard !rest.isEmpty else { return date }
        guard rest.first == UInt8(ascii: "T"), [7, 8].contains(rest.count) else {
            throw HolidayProblem(.badDate(text), line: line.number)
        }
        guard rest.dropFirst().prefix(6).allSatisfy({ $0 == UInt8(ascii: "0") }) else {
            throw HolidayProblem(.notAllDay, line: line.number)
        }
        return date
    }

    /// `P3D`, `P1W`.
    private static func end(_ line: ContentLines.Line, from start: CivilDate) throws(HolidayProblem) -> CivilDate {
        let period = try? Period.parse(line.value.filter { !$0.isWhitespace })
        guard let period, !period.isNegative, period.days > 0, period == Period(days: period.days) else {
            throw HolidayProblem(.notAllDay, line: line.number)
        }
        return start.adding(days: period.days)
    }
}
