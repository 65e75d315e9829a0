/// Times of day in which nobody is disturbed.
///
/// The window is half open, [from, to) on the wall clock; where `to` is not after `from` it runs past midnight and
/// belongs to the day on which it begins. Equal times are a whole day.
public struct QuietHours: Hashable, Sendable {
    public enum Fate: String, Sendable, CaseIterable {
        /// What comes meanwhile waits.
        case hold
        /// What comes meanwhile is dropped, with that reason.
        case drop
    }

    public let from: LocalTime
    public let to: LocalTime
    /// ISO weekdays (1 is Monday) on which the window begins.
    public let days: Set<Int>
    public let fate: Fate

    /// Nil where the window would never open: every day, all day.
    public init?(from: LocalTime, to: LocalTime, days: Set<Int> = QuietHours.everyDay, fate: Fate = .hold) {
        let days = days.intersection(QuietHours.everyDay)
        guard !days.isEmpty, !(from == to && days.count == 7) else { return nil }
        self.from = from
        self.to = to
        self.days = days
        self.fate = fate
    }

    public static let everyDay: Set<Int> = [1, 2, 3, 4, 5, 6, 7]

    /// The first instant outside, when `instant` is inside; nil outside. Windows that touch are one wait.
    public func opening(at instant: Instant, in zone: Zone) -> Instant? {
        var opening: Instant?
        var next = instant
        // Windows begin at most daily, so a week and a day of them reach the end of any run.
        for _ in 0..<9 {
            guard let end = end(around: next, in: zone) else { break }
            opening = end
            next = end
        }
        return opening
    }

    private func end(around instant: Instant, in zone: Zone) -> Instant? {
        let today = zone.date(instant)
        for day in [today.adding(days: -1), today] where days.contains(day.weekday) {
            let start = zone.resolve(day, from)
            let end = zone.resolve(to > from ? day : day.adding(days: 1), to)
            if start <= instant, instant < end { return end }
        }
        return nil
    }
}

extension QuietHours {
    /// `21:00-08:00`, then optionally days (`mon-fri`, `sat,sun`, `周一至周五`) and `hold` or `drop`. Nil for what is
    /// neither.
    public init?(_ text: String) {
        var words = narrowed(text).lowercased().split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        words.removeFirst()
        let times = QuietHours.split(first, at: ["-", "~", "至", "到"])
        guard times.count == 2, let from = LocalTime(times[0]), let to = LocalTime(times[1]) else { return nil }
        var fate = Fate.hold
        if let word = words.last, let named = Fate(rawValue: word) {
            fate = named
            words.removeLast()
        }
        var days = QuietHours.everyDay
        if !words.isEmpty {
            guard let named = QuietHours.days(words.joined(separator: ",")) else { return nil }
            days = named
        }
        self.init(from: from, to: to, days: days, fate: fate)
    }

    /// ISO weekdays of `mon-fri`, `sat,sun`, `周一至周五`; nil for anything else.
    public static func days(_ text: String) -> Set<Int>? {
        var result: Set<Int> = []
        for part in split(narrowed(text).lowercased(), at: [",", "、", " "]) where !part.isEmpty {
            let ends = split(part, at: ["-", "~", "至", "到"]).map(day)
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
            var day = first
            result.insert(day)
            while day != last {
                day = day % 7 + 1
                result.insert(day)
            }
        }
        return result.isEmpty ? nil : result
    }

    private static func split(_ text: String, at marks: Set<Character>) -> [String] {
        text.split(omittingEmptySubsequences: false) { marks.contains($0) }.map { trimmed(String($0)) }
    }

    private static let english = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let chinese = ["一", "二", "三", "四", "五", "六", "日", "天"]

    private static func day(_ word: String) -> Int? {
        if let index = english.firstIndex(where: { $0 == word || (word.count >= 3 && $0.hasPrefix(word)) }) {
            return index + 1
        }
        for prefix in ["周", "星期", "礼拜"] where word.hasPrefix(prefix) {
            return chinese.firstIndex(of: String(word.dropFirst(prefix.count))).map { min($0 + 1, 7) }
        }
        return nil
    }

    /// As the text form above.
    public var description: String {
        let names = QuietHours.english.map { String($0.prefix(3)) }
        let listed = days.count == 7 ? "" : " " + days.sorted().map { names[$0 - 1] }.joined(separator: ",")
        return "\(from)-\(to)\(listed)\(fate == .drop ? " drop" : "")"
    }
}

extension QuietHours: CustomStringConvertible {}
