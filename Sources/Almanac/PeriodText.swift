extension Period {
    /// For people: `3 days`, `1 year 2 months`, `36 hours`; `3 天`, `3 个工作日`. The sign is left to the sentence around it.
    public func text(_ language: AlmanacLanguage) -> String {
        var parts: [String] = []
        func add(_ count: Int64, _ english: String, _ chinese: String) {
            guard count != 0 else { return }
            parts.append(language == .en ? "\(count) \(english)\(count == 1 ? "" : "s")" : "\(count) \(chinese)")
        }
        add(Int64(months / 12), "year", "年")
        add(Int64(months % 12), "month", "个月")
        add(Int64(days), "day", "天")
        add(Int64(workingDays), "working day", "个工作日")
        let minutes = seconds / 60
        // "90 minutes" is what people say; from two hours on it is hours and minutes.
        let asMinutes = minutes < 120 && minutes % 60 != 0
        add(asMinutes ? 0 : minutes / 60, "hour", "小时")
        add(asMinutes ? minutes : minutes % 60, "minute", "分钟")
        let micro = Int(microseconds % Instant.microsecondsPerSecond)
        if micro != 0 {
            parts.append("\(seconds % 60)\(decimals(micro)) \(language == .en ? "seconds" : "秒")")
        } else {
            add(seconds % 60, "second", "秒")
        }
        if parts.isEmpty { return language == .en ? "0 days" : "0 天" }
        return parts.joined(separator: " ")
    }
}
