import Almanac
import BellmanConnectors
import BellmanModel
import SourceDiagnostics

/// One holiday file, read: what it says, and what is wrong with it.
public struct CalendarFile: Sendable {
    /// Nil where the file cannot be used.
    public let facts: HolidayFacts?
    /// Entries that were left out because they are neither days off nor make-up workdays.
    public let ignored: Int
    public let problems: [Diagnostic]
    /// That the file gives the weekend without saying of which calendar: wrong where it would be a built-in one, as it
    /// is when no calendar of its own stands before it in the list.
    public let ownWeekend: Diagnostic?

    /// Bytes of a file.
    public static let sizeLimit = 4 << 20

    /// By the name's end alone: what else a path may lead to, such as a secret's file, is never opened.
    public static func isCalendarFile(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix(".json") || name.hasSuffix(".ics")
    }

    /// - Parameter name: as the configuration gives it; `.ics` tells the form, all else is JSON unless it begins like
    ///   an iCalendar file.
    public static func read(_ bytes: [UInt8], name: String) -> CalendarFile {
        let text: [UInt8]
        switch decoded(bytes) {
        case .success(let decoded): text = decoded
        case .failure(let problem): return CalendarFile(refused: .encoding(problem), name: name)
        }
        let source = SourceFile(name: name, bytes: text)
        let isICS = name.lowercased().hasSuffix(".ics") || text.starts(with: Array("BEGIN:VCALENDAR".utf8))
        guard isICS else { return CalendarJSON.read(source) }
        let reading = HolidayICS.read(text, source: name)
        let problems = reading.problems.map { problem in
            Diagnostic(fact: CalendarFileProblem.holiday(problem), file: source, range: source.lineRange(problem.line))
        }
        return CalendarFile(
            facts: reading.hasErrors ? nil : reading.facts, ignored: reading.ignored, problems: problems)
    }

    init(facts: HolidayFacts?, ignored: Int, problems: [Diagnostic], ownWeekend: Diagnostic? = nil) {
        self.facts = facts
        self.ignored = ignored
        self.problems = problems
        self.ownWeekend = ownWeekend
    }

    init(refused problem: CalendarFileProblem, name: String) {
        self.init(
            facts: nil, ignored: 0,
            problems: [Diagnostic(fact: problem, file: SourceFile(name: name, text: ""), range: SourceRange(0, 0))])
    }

    /// UTF-8 without its mark; GB18030 and UTF-16 as imports take them.
    private static func decoded(_ bytes: [UInt8]) -> Result<[UInt8], ImportProblem> {
        do {
            let decoder = try TextDecoder(MemoryBytes(bytes))
            var text: [UInt8] = []
            while let piece = try decoder.next() { text += piece }
            return .success(text)
        } catch let problem as ImportProblem {
            return .failure(problem)
        } catch {
            return .failure(.cannotRead(path: "", why: "\(error)"))
        }
    }
}
