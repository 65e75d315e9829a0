import Almanac
import BellmanModel
import SourceDiagnostics

/// Working calendars by what stands behind `calendar:`: names that are built in, and files, which only the caller reads.
public struct CalendarLookup: Sendable {
    private let find: @Sendable ([String]) -> Result<WorkingCalendar, CalendarRefusal>

    public init(_ find: @escaping @Sendable ([String]) -> Result<WorkingCalendar, CalendarRefusal>) {
        self.find = find
    }

    /// The built-in calendars alone: no file is known.
    public static let builtIn = CalendarLookup { names in
        for (index, name) in names.enumerated() where WorkingCalendar.named(name) == nil {
            return .failure(.unknown(name, entry: index))
        }
        if names.count == 1, let calendar = WorkingCalendar.named(names[0]) { return .success(calendar) }
        let parts = names.map { WorkingCalendar.Part.builtIn($0.uppercased()) }
        return Result { () throws(WorkingCalendar.CombiningError) in
            try WorkingCalendar.combining(parts, name: names.joined(separator: " + "))
        }.mapError { .combining($0) }
    }

    public func callAsFunction(_ names: [String]) -> Result<WorkingCalendar, CalendarRefusal> { find(names) }

    /// Reads the value of `calendar:`, one entry or a list of them. What is no text, and what the lookup refuses, is
    /// handed on with its place; nil then.
    public func read(
        _ node: YAMLNode, notText: (SourceRange) -> Void, refused: (CalendarRefusal, SourceRange) -> Void
    ) -> (calendar: WorkingCalendar, names: [String])? {
        let items = node.items ?? [node]
        var names: [String] = []
        for item in items {
            guard let text = item.scalar?.text, !text.isEmpty else {
                notText(item.range)
                return nil
            }
            names.append(text)
        }
        guard !names.isEmpty else {
            notText(node.range)
            return nil
        }
        switch find(names) {
        case .success(let calendar): return (calendar, names)
        case .failure(let refusal):
            let place = refusal.entry.flatMap { items.indices.contains($0) ? items[$0].range : nil } ?? node.range
            refused(refusal, place)
            return nil
        }
    }
}

/// Why `calendar:` names no calendar, in both languages.
public struct CalendarRefusal: Error, Sendable, Hashable {
    /// Which entry of the list is meant, from 0; nil for the list as a whole.
    public let entry: Int?
    public let english: String
    public let chinese: String
    public let englishHelp: String?
    public let chineseHelp: String?

    public init(
        entry: Int?, english: String, chinese: String, englishHelp: String? = nil, chineseHelp: String? = nil
    ) {
        self.entry = entry
        self.english = english
        self.chinese = chinese
        self.englishHelp = englishHelp
        self.chineseHelp = chineseHelp
    }

    public static func unknown(_ name: String, entry: Int) -> CalendarRefusal {
        let near = nearest(name, among: WorkingCalendar.builtInNames)
        return CalendarRefusal(
            entry: entry, english: "no calendar “\(name)”", chinese: "没有日历“\(name)”",
            englishHelp: near.map { "did you mean “\($0)”?" } ?? "CN, MON-FRI, or a file such as holidays/company.ics",
            chineseHelp: near.map { "是不是想写“\($0)”？" } ?? "可以是 CN、MON-FRI，或文件，例如 holidays/company.ics")
    }

    public static func combining(_ error: WorkingCalendar.CombiningError) -> CalendarRefusal {
        CalendarRefusal(entry: nil, english: error.message(.en), chinese: error.message(.zh))
    }
}
