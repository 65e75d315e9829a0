/// Calendars made of sources: what is built in, newer editions, several countries, a company's own days.
///
/// One rule for all of them, in this order:
/// 1. Every source belongs to a calendar: to the one that it names, else to the one before it in the list; the first to
///    `CN`. The built-in facts are the ground of `CN`.
/// 2. A year that a source holds whole takes the place of all that was known of that year of its calendar.
/// 3. A day is a working day where every calendar of the list works.
/// 4. Days outside a source's whole years stand alone, such as a company's days: they go before all that, and of two
///    sources that name the same day the later one counts.
/// 5. A year is covered where every calendar of the list covers it; days that stand alone cover nothing.
extension WorkingCalendar {
    /// Why sources make no calendar.
    public enum CombiningError: Error, Hashable, Sendable {
        /// The sources leave no day of the week for work.
        case noWorkdays
        /// A file of a built-in calendar gives it another weekend.
        case builtInWeekend(calendar: String, source: String)
    }

    /// One entry of `calendar:`.
    public enum Part: Hashable, Sendable {
        /// `CN` or `MON-FRI`, spelled so.
        case builtIn(String)
        case file(HolidayFacts)
    }

    /// - Parameter name: what people call it: the entries as they are written.
    public static func combining(_ parts: [Part], name: String) throws(CombiningError) -> WorkingCalendar {
        let (groups, alone) = try grouped(parts)
        let weekend = groups.reduce(Weekend([])) { $0.union($1.weekend) }
        guard weekend.workdays > 0 else { throw .noWorkdays }
        var days: [CivilDate: NamedDay] = [:]
        for date in Set(groups.flatMap(\.days.keys)) {
            // The first calendar that does not work names the day; where all work, the first that names it.
            let words = groups.compactMap { $0.days[date] }
            let works = groups.allSatisfy { $0.works(date) }
            guard let word = works ? words.first : words.first(where: { !$0.isWorkday }) else { continue }
            days[date] = word
        }
        for facts in alone {
            for (date, day) in facts.days where !facts.years.contains(date.year) {
                days[date] = NamedDay(isWorkday: day.isWorkday, name: day.name, source: facts.source)
            }
        }
        return WorkingCalendar(
            name: name, weekend: weekend, days: days, years: sources(groups), files: alone.map(\.source))
    }

    /// A calendar of the list while it is put together.
    private struct Group {
        let name: String
        var weekend = Weekend.saturdaySunday
        var days: [CivilDate: NamedDay] = [:]
        /// Covered years, each with the source that told them; nil where there is nothing to know, as no source ever
        /// held a year whole.
        var years: [Int: String]?
        /// Holds for all years, whatever a file adds.
        var isBoundless = false

        func works(_ date: CivilDate) -> Bool {
            days[date]?.isWorkday ?? !weekend.contains(weekday: date.weekday)
        }

        mutating func take(_ facts: HolidayFacts) {
            guard !facts.years.isEmpty else { return }
            days = days.filter { !facts.years.contains($0.key.year) }
            for (date, day) in facts.days where facts.years.contains(date.year) {
                days[date] = NamedDay(isWorkday: day.isWorkday, name: day.name, source: facts.source)
            }
            guard !isBoundless else { return }
            years = (years ?? [:]).merging(facts.years.map { ($0, facts.source) }) { $1 }
        }
    }

    private static func grouped(
        _ parts: [Part]
    ) throws(CombiningError) -> (groups: [Group], alone: [HolidayFacts]) {
        var groups: [Group] = []
        var alone: [HolidayFacts] = []
        var current: String?
        for part in parts {
            let name: String
            switch part {
            case .builtIn(let builtIn): name = builtIn
            case .file(let facts): name = facts.calendar ?? current ?? "CN"
            }
            let known = groups.firstIndex { $0.name.uppercased() == name.uppercased() }
            let at = known ?? groups.count
            if known == nil { groups.append(group(name)) }
            current = groups[at].name
            guard case .file(let facts) = part else { continue }
            if let weekend = facts.weekend {
                let isBuiltIn = builtInNames.contains(groups[at].name)
                guard !isBuiltIn || weekend == .saturdaySunday else {
                    throw .builtInWeekend(calendar: groups[at].name, source: facts.source)
                }
                groups[at].weekend = weekend
            }
            groups[at].take(facts)
            alone.append(facts)
        }
        if groups.isEmpty { groups = [group("CN")] }
        return (groups, alone)
    }

    private static func group(_ name: String) -> Group {
        switch name.uppercased() {
        case "CN":
            var group = Group(name: "CN")
            group.take(ChinaHolidays.facts)
            return group
        case "MON-FRI": return Group(name: "MON-FRI", isBoundless: true)
        default: return Group(name: name)
        }
    }

    /// The years that all groups cover; nil where no group has anything to know.
    private static func sources(_ groups: [Group]) -> [Int: [String]]? {
        let told = groups.compactMap(\.years)
        guard let first = told.first else { return nil }
        var years: [Int: [String]] = [:]
        for year in first.keys {
            let sources = told.compactMap { $0[year] }
            guard sources.count == told.count else { continue }
            years[year] = sources.reduce(into: []) { list, source in if !list.contains(source) { list.append(source) } }
        }
        return years
    }
}
