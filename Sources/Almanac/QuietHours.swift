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
    /// `21:00-08:00`, then optionally days (`mon-fri`, `sat,sun`, `周一至周五`, `weekends`) and `hold` or `drop`; the days
    /// may stand in front. Blanks around the marks of a range do no harm; `24:00` is midnight. Nil for what is neither.
    public init?(_ text: String) {
        var words = QuietHours.words(text)
        guard let place = words.firstIndex(where: { $0.contains(":") }) else { return nil }
        let times = QuietHours.split(words.remove(at: place), at: QuietHours.rangeMarks)
        guard times.count == 2, let from = LocalTime(times[0]),
            let to = times[1] == "24:00" ? .midnight : LocalTime(times[1])
        else { return nil }
        var fate = Fate.hold
        if let word = words.last, let named = QuietHours.fate(word) {
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

    private static let rangeMarks: Set<Character> = ["-", "~", "〜", "至", "到"]

    /// Lower case, separated by blanks, with none around the marks of a range or a list.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        for word in narrowed(text).lowercased().split(whereSeparator: \.isWhitespace).map(String.init) {
            let joins = words.last?.last.map { rangeMarks.contains($0) || $0 == "," } ?? false
            if let last = words.indices.last, joins || word.first.map({ rangeMarks.contains($0) || $0 == "," }) ?? false
            {
                words[last] += word
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static func fate(_ word: String) -> Fate? {
        switch word {
        case "hold", "暂缓": .hold
        case "drop", "放弃": .drop
        default: nil
        }
    }

    /// ISO weekdays of `mon-fri`, `sat,sun`, `周一至周五`, `weekends`; nil for anything else.
    public static func days(_ text: String) -> Set<Int>? {
        var result: Set<Int> = []
        for part in split(narrowed(text).lowercased(), at: [",", "、", " "]) where !part.isEmpty {
            if let named = named[part] {
                result.formUnion(named)
                continue
            }
            let ends = split(part, at: rangeMarks).map(day)
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
    private static let named: [String: Set<Int>] = [
        "daily": everyDay, "everyday": everyDay, "每天": everyDay, "weekdays": [1, 2, 3, 4, 5], "weekend": [6, 7],
        "weekends": [6, 7], "周末": [6, 7],
    ]

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
