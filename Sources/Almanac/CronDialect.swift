/// Texts with more or fewer fields than five: which dialect of cron they come from and what they mean here.
enum CronDialect {
    static func error(_ words: [String], in text: String) -> CronError {
        if let first = words.first, let zone = zone(first) {
            let rest = words.dropFirst().joined(separator: " ")
            return CronError(.zonePrefix(zone), in: text, nearest: (try? Cron(rest)) == nil ? nil : rest)
        }
        let plain = quartzWeekdays(words)
        if words.count == 6 || words.count == 7, let first = words.first, isSeconds(first),
            let rest = valid(plain.dropFirst().prefix(5)), words.count == 6 || isYear(words[6])
        {
            return CronError(.secondsFirst(count: words.count), in: text, nearest: rest)
        }
        if words.count == 6, isYear(words[5]), let rest = valid(plain.prefix(5)) {
            return CronError(.yearLast(words[5]), in: text, nearest: rest)
        }
        return CronError(.fieldCount(words.count), in: text, nearest: completed(words))
    }

    /// The fields that are there, the missing ones open; a user or a command after the fifth is left out.
    private static func completed(_ words: [String]) -> String? {
        if words.count < 2 { return "0 9 * * 1-5" }
        return valid(ArraySlice((words + Array(repeating: "*", count: 5)).prefix(5)))
    }

    private static func zone(_ word: String) -> String? {
        for prefix in ["TZ=", "CRON_TZ="] where word.uppercased().hasPrefix(prefix) {
            return String(word.dropFirst(prefix.count))
        }
        return nil
    }

    private static func isSeconds(_ word: String) -> Bool { word.utf8.allSatisfy("0123456789*/,-".utf8.contains) }

    /// `2026`, `2026-2030`, `*`.
    private static func isYear(_ word: String) -> Bool {
        word == "*"
            || word.split(whereSeparator: { "-,/".contains($0) }).first.map {
                $0.utf8.count == 4 && $0.utf8.allSatisfy { (48...57).contains($0) }
            } == true
    }

    private static func valid(_ words: ArraySlice<String>) -> String? {
        let text = words.map { $0 == "?" ? "*" : $0 }.joined(separator: " ")
        return (try? Cron(text)) == nil ? nil : text
    }

    /// A `?` tells that weekdays count from Sunday as 1 (Quartz' CronExpression); their names say the same in both.
    private static func quartzWeekdays(_ words: [String]) -> [String] {
        guard let mark = words.firstIndex(of: "?") else { return words }
        // The day of the month stands two fields before the weekday.
        let hasSeconds = words.count == 7 || (words.count == 6 && (mark == 3 || mark == 5))
        let index = hasSeconds ? 5 : 4
        guard words.indices.contains(index), words[index] != "?" else { return words }
        var result = words
        result[index] = words[index].split(separator: ",", omittingEmptySubsequences: false)
            .map { quartzItem($0) }.joined(separator: ",")
        return result
    }

    private static func quartzItem(_ item: Substring) -> String {
        let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        func named(_ text: Substring) -> String {
            guard let day = Int(text), (1...7).contains(day) else { return String(text) }
            return names[day - 1]
        }
        if item.utf8.count == 2, item.uppercased().hasSuffix("L"), let day = Int(item.dropLast()), (1...7).contains(day)
        {
            return "\(day - 1)L"
        }
        let end = item.firstIndex { $0 == "#" || $0 == "/" } ?? item.endIndex
        let days = item[..<end].split(separator: "-", omittingEmptySubsequences: false).map(named)
        return days.joined(separator: "-") + item[end...]
    }
}
