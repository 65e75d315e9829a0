/// What a literal that can never be read was probably meant to be.
enum LiteralMend {
    static func advice(_ function: String, _ text: String) -> CELAdvice? {
        switch function {
        case "timestamp": instant(text)
        case "duration": span(text)
        default: nil
        }
    }

    // MARK: Instants

    /// Runs of digits in a text.
    private static func numbers(_ text: String) -> [(text: String, value: Int)] {
        text.utf8.split(whereSeparator: { !isDigit($0) }).compactMap { run in
            let digits = String(decoding: run, as: UTF8.self)
            return Int(digits).map { (digits, $0) }
        }
    }

    static func instant(_ text: String) -> CELAdvice? {
        let parts = numbers(text)
        guard parts.count >= 3, parts[0].text.utf8.count == 4 else { return nil }
        let (year, month, day) = (parts[0].value, parts[1].value, parts[2].value)
        guard (1...12).contains(month) else { return .monthOfYear }
        let days = CivilTime.daysInMonth(year, month)
        guard (1...days).contains(day) else { return .daysOfMonth(year: year, month: month, days: days) }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        guard parts.count > 4, parts[3].value < 24, parts[4].value < 60 else {
            return .withZone("timestamp(\"\(date)T00:00:00Z\")")
        }
        let second = parts.count > 5 && parts[5].value < 60 ? parts[5].value : 0
        let time = "\(padded(parts[3].value, 2)):\(padded(parts[4].value, 2)):\(padded(second, 2))"
        return .withZone("timestamp(\"\(date)T\(time)\(zone(text))\")")
    }

    /// The offset at the end of a text; UTC when there is none.
    private static func zone(_ text: String) -> String {
        let tail = Array(text.utf8.suffix(6))
        guard tail.count == 6, tail[0] == UInt8(ascii: "+") || tail[0] == UInt8(ascii: "-"),
            tail[3] == UInt8(ascii: ":"),
            tail[1...2].allSatisfy(isDigit), tail[4...5].allSatisfy(isDigit)
        else { return "Z" }
        return String(decoding: tail, as: UTF8.self)
    }

    // MARK: Spans

    private static let seconds: [String: Int] = [
        "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "秒": 1, "m": 60, "min": 60, "mins": 60, "minute": 60,
        "minutes": 60, "分钟": 60, "分": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "小时": 3600,
        "d": 86_400, "day": 86_400, "days": 86_400, "天": 86_400, "日": 86_400, "w": 604_800, "week": 604_800,
        "weeks": 604_800, "周": 604_800, "星期": 604_800,
    ]
    private static let longest = 9_223_372_036

    static func span(_ text: String) -> CELAdvice? {
        var total = 0
        var rest = Array(text.lowercased().unicodeScalars)[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            rest = rest.drop { $0 == " " }
            let digits = rest.prefix { $0.value >= 48 && $0.value <= 57 }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = rest.prefix { $0.properties.isAlphabetic }
            rest = rest.dropFirst(unit.count)
            guard let count = Int(Self.text(digits)), let factor = seconds[Self.text(unit)] else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: factor)
            guard !overflow, part <= longest - total else { return .largestSpan }
            total += part
        }
        return .write("duration(\"\(written(total))\")")
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var out = ""
        out.unicodeScalars.append(contentsOf: scalars)
        return out
    }

    private static func written(_ seconds: Int) -> String {
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
