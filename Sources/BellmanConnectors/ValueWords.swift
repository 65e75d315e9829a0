import BellmanModel

/// Words that trackers write where Bellman keeps a number.
enum ValueWords {
    /// A task's priority, 1 highest to 5; nil when the word is unknown.
    private static let priorities: [String: Int64] = [
        "highest": 1, "urgent": 1, "blocker": 1, "critical": 1, "immediate": 1, "最高": 1, "紧急": 1, "特急": 1, "非常紧急": 1,
        "p0": 1,
        "p1": 1, "high": 2, "major": 2, "important": 2, "高": 2, "较高": 2, "重要": 2, "p2": 2, "medium": 3, "normal": 3,
        "中": 3,
        "普通": 3, "一般": 3, "正常": 3, "中等": 3, "p3": 3, "low": 4, "minor": 4, "低": 4, "较低": 4, "p4": 4, "lowest": 5,
        "trivial": 5,
        "最低": 5, "p5": 5,
    ]

    static func value(_ text: String, kind: String, field: String) -> FieldValue? {
        guard kind == "task", field == "priority" else { return nil }
        return priorities[TextNarrowing.trim(TextNarrowing.narrow(text)).lowercased()].map { .int($0) }
    }
}
