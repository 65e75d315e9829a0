import Almanac
import BellmanRules
import SourceDiagnostics

/// Which calendars in use have no data for a year that matters now.
public struct CalendarCoverage: Sendable {
    /// A calendar and a year that it does not cover.
    public struct Gap: Sendable, Hashable {
        public let calendar: WorkingCalendar
        public let year: Int

        public func words(_ language: AlmanacLanguage) -> String {
            let text = calendar.uncoveredText(year: year, language)
            return language == .zh ? "日历 \(calendar.name) \(text)" : "calendar \(calendar.name) has \(text)"
        }
    }

    /// The notice of a year appears in the autumn before it.
    public static let noticeMonth = 10

    /// This year, and from October the next one.
    /// - Parameter always: the configuration's calendar; of the rules' only those count that count working days.
    public static func gaps(
        _ rules: [Rule], always: [WorkingCalendar], today: CivilDate
    ) -> [Gap] {
        let years = today.month >= noticeMonth ? [today.year, today.year + 1] : [today.year]
        return unique(always + needed(rules)).flatMap { calendar in
            years.filter { !calendar.covers(year: $0) }.map { Gap(calendar: calendar, year: $0) }
        }
    }

    /// Calendars that decide when a rule rings.
    public static func needed(_ rules: [Rule]) -> [WorkingCalendar] {
        unique(rules.filter { $0.enabled && $0.countsWorkingDays }.map(\.timing.calendar))
    }

    private static func unique(_ calendars: [WorkingCalendar]) -> [WorkingCalendar] {
        var seen: Set<WorkingCalendar> = []
        return calendars.filter { seen.insert($0).inserted }
    }

    /// Occurrences of a schedule that are looked at.
    private static let occurrences = 3

    /// Warnings of rules whose calendar has no data for a year that matters now, or that one of their next three
    /// instants touches: one for each calendar and year, at the first such rule.
    /// - Parameter texts: the rule files, by the paths that rules name.
    public static func warnings(_ rules: [Rule], _ texts: [(path: String, text: String)], now: Instant) -> [Diagnostic]
    {
        var seen: Set<Gap> = []
        var warnings: [Diagnostic] = []
        for rule in rules where rule.enabled {
            let today = rule.timing.zone.date(now)
            for gap in gaps([rule], always: [], today: today) + ahead(rule, now: now) where seen.insert(gap).inserted {
                let text = texts.first { $0.path == rule.place.file }?.text ?? ""
                let file = SourceFile(name: rule.place.file, text: text)
                warnings.append(
                    Diagnostic(fact: CoverageFact(gap: gap), file: file, range: file.lineRange(rule.place.line)))
            }
        }
        return warnings
    }

    private static func ahead(_ rule: Rule, now: Instant) -> [Gap] {
        rule.triggers.flatMap { trigger -> [Gap] in
            guard case .schedule(let own) = trigger else { return [] }
            var last = now
            for _ in 0..<occurrences { last = own.schedule.next(after: last) ?? last }
            return own.schedule.coverageGap(through: last, after: now).map {
                Gap(calendar: own.schedule.calendar, year: $0)
            }
        }
    }
}

private struct CoverageFact: DiagnosticFact {
    let gap: CalendarCoverage.Gap
    var severity: Severity { .warning }
    var code: String { "calendar_uncovered" }

    func message(_ language: Language) -> String { gap.words(language == .zh ? .zh : .en) }

    func help(_ language: Language) -> String? {
        language == .zh
            ? "请升级，或把 \(gap.year) 年的放假通知写进日历文件：docs/guides/calendars.zh-CN.md"
            : "take a newer Bellman, or bring the notice of \(gap.year) in a calendar file: docs/guides/calendars.md"
    }
}
