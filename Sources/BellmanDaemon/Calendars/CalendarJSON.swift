import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads days off and make-up workdays from JSON: Bellman's own shape, and `{year, days: [{name, date, isOffDay}]}`
/// as NateScarlet/holiday-cn publishes it, alone or in a list of years.
struct CalendarJSON {
    private let file: SourceFile
    private var facts: HolidayFacts
    private var problems: [Diagnostic] = []
    /// Years as the file spells them where they stand in quotes, or the key behind which one stands.
    private var yearTexts: [Int: String] = [:]
    /// Reported already, so that a date is told once.
    private var contradictions: Set<CivilDate> = []

    /// What the own shape holds; the last are for people.
    private static let keys = [
        "calendar", "weekend", "years", "off", "work", "year", "days", "source", "note", "name", "papers",
    ]

    static func read(_ file: SourceFile) -> CalendarFile {
        var reader = CalendarJSON(file: file, facts: HolidayFacts(source: file.name))
        do {
            reader.take(document: try JSONText.parse(utf8: file.bytes))
        } catch {
            let line = file.lineRange(error.line)
            let place = min(line.start + error.column - 1, line.end)
            reader.report(.json(error), SourceRange(place, min(place + 1, line.end)))
        }
        reader.judgeYears()
        let weekend = reader.judgeWeekend()
        return CalendarFile(
            facts: reader.problems.isEmpty ? reader.facts : nil, ignored: 0,
            problems: reader.problems.sortedByPosition(), ownWeekend: weekend)
    }

    /// Next year's file is often there before its notice, and empty: then the year is not known yet. One that has
    /// make-up workdays alone says something, and not all of it.
    private mutating func judgeYears() {
        let off = Set(facts.days.filter { !$0.value.isWorkday }.map(\.key.year))
        let named = Set(facts.days.keys.map(\.year))
        let empty = facts.years.subtracting(off)
        facts.years.formIntersection(off)
        guard problems.isEmpty else { return }
        for year in empty.intersection(named).sorted() { report(.emptyYear(year), at: yearTexts[year] ?? "\(year)") }
        if facts.days.isEmpty, facts.weekend == nil {
            report(empty.min().map { .emptyYear($0) } ?? .nothing, file.lineRange(1))
        }
    }

    /// - Returns: the problem of a weekend whose calendar the list decides.
    private mutating func judgeWeekend() -> Diagnostic? {
        guard let weekend = facts.weekend, weekend != .saturdaySunday else { return nil }
        guard let calendar = facts.calendar else {
            return Diagnostic(
                fact: CalendarFileProblem.builtInWeekend(WorkingCalendar.china.name), file: file,
                range: place(of: "weekend"))
        }
        if let builtIn = WorkingCalendar.named(calendar) { report(.builtInWeekend(builtIn.name), at: "weekend") }
        return nil
    }

    private init(file: SourceFile, facts: HolidayFacts) {
        self.file = file
        self.facts = facts
    }

    private mutating func report(_ problem: CalendarFileProblem, _ range: SourceRange) {
        guard problems.count < HolidayReading.greatestProblemCount else { return }
        problems.append(Diagnostic(fact: problem, file: file, range: range))
    }

    /// Reports at the first place where the text stands in quotes; values have no places of their own.
    private mutating func report(_ problem: CalendarFileProblem, at text: String) {
        report(problem, place(of: text))
    }

    /// - Parameter last: the last place instead of the first.
    private func place(of text: String, last isLast: Bool = false) -> SourceRange {
        // The search reads the whole file, so what is not reported is not looked for.
        guard problems.count < HolidayReading.greatestProblemCount else { return file.lineRange(1) }
        let wanted = Array("\"\(text)\"".utf8)
        let bytes = file.bytes
        let end = bytes.count - wanted.count
        guard end >= 0 else { return file.lineRange(1) }
        let isThere: (Int) -> Bool = { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
        let found = isLast ? (0...end).last(where: isThere) : (0...end).first(where: isThere)
        return found.map { SourceRange($0, $0 + wanted.count) } ?? file.lineRange(1)
    }

    private mutating func take(document: JSONValue) {
        for part in document.arrayValue ?? [document] {
            guard let object = part.objectValue else {
                report(.wantedObject(file.name), file.lineRange(1))
                continue
            }
            take(object)
        }
    }

    private mutating func take(_ object: JSONObject) {
        for member in object.members {
            let (key, value) = (member.key, member.value)
            switch key {
            case "calendar": facts.calendar = value.stringValue ?? facts.calendar
            case "weekend": takeWeekend(value)
            case "years": takeYears(value)
            case "off", "work": takeDays(value, key: key, isWorkday: key == "work", year: nil)
            case "year": takeYear(value)
            case "days": takeList(value)
            default:
                // Other programs add keys of their own; what looks like one of ours is a slip.
                guard !CalendarJSON.keys.contains(key), !key.hasPrefix("$") else { continue }
                if let near = nearest(key, among: CalendarJSON.keys) {
                    report(.unknownKey(key, nearest: near), at: key)
                }
            }
        }
    }

    private mutating func takeWeekend(_ value: JSONValue) {
        let days = (value.arrayValue ?? []).compactMap(\.intValue).compactMap { Int(exactly: $0) }
        guard let items = value.arrayValue, days.count == items.count, days.allSatisfy((1...7).contains),
            Weekend(days).workdays > 0
        else { return report(.badWeekend, at: "weekend") }
        facts.weekend = Weekend(days)
    }

    private mutating func takeYears(_ value: JSONValue) {
        guard let years = value.objectValue else { return report(.wantedObject("years"), at: "years") }
        for member in years.members {
            let (text, value) = (member.key, member.value)
            guard let year = Int(text), (1...9999).contains(year) else {
                report(.badYear(text), at: text)
                continue
            }
            guard let lists = value.objectValue else {
                report(.wantedObject(text), at: text)
                continue
            }
            facts.years.insert(year)
            yearTexts[year] = text
            for list in lists.members {
                let (key, days) = (list.key, list.value)
                guard key == "off" || key == "work" else {
                    report(.unknownKey(key, nearest: nearest(key, among: ["off", "work"])), at: key)
                    continue
                }
                takeDays(days, key: key, isWorkday: key == "work", year: year)
            }
        }
    }

    /// `{"2027-01-01": "元旦"}`, or a list of dates.
    private mutating func takeDays(_ value: JSONValue, key: String, isWorkday: Bool, year: Int?) {
        var days: [(String, String)] = []
        if let object = value.objectValue {
            days = object.members.map { ($0.key, $0.value.stringValue ?? "") }
        } else if let list = value.arrayValue, list.allSatisfy({ $0.stringValue != nil }) {
            days = list.compactMap(\.stringValue).map { ($0, "") }
        } else {
            return report(.wantedObject(key), at: key)
        }
        for (text, name) in days {
            guard let date = CivilDate(iso: text) else {
                report(.badDate(text), at: text)
                continue
            }
            if let year, date.year != year {
                report(.otherYear(date: date, year: year), at: text)
                continue
            }
            add(date, isWorkday: isWorkday, name: name)
        }
    }

    private mutating func add(_ date: CivilDate, isWorkday: Bool, name: String) {
        if let known = facts.days[date] {
            guard known.isWorkday != isWorkday, contradictions.insert(date).inserted else { return }
            return report(.bothOffAndWork(date), place(of: date.description, last: true))
        }
        facts.days[date] = HolidayDay(isWorkday: isWorkday, name: name)
    }

    // MARK: holiday-cn

    private mutating func takeYear(_ value: JSONValue) {
        guard let number = value.intValue, let year = Int(exactly: number), (1...9999).contains(year) else {
            return report(.badYear(JSONText.write(value)), at: "year")
        }
        facts.years.insert(year)
        yearTexts[year] = "year"
    }

    private mutating func takeList(_ value: JSONValue) {
        guard let days = value.arrayValue else { return report(.badDayOff, at: "days") }
        for day in days {
            guard let text = day["date"]?.stringValue, let isOff = day["isOffDay"]?.boolValue else {
                report(.badDayOff, at: day["date"]?.stringValue ?? "days")
                continue
            }
            guard let date = CivilDate(iso: text) else {
                report(.badDate(text), at: text)
                continue
            }
            add(date, isWorkday: !isOff, name: day["name"]?.stringValue ?? "")
        }
    }
}
