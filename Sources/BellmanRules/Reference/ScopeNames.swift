/// A name that expressions may use besides the kind of record.
public struct ScopeName: Sendable {
    public let name: String
    /// Which rules have it; nil where every rule does.
    public let english: (where: String?, means: String)
    public let chinese: (where: String?, means: String)

    init(
        _ name: String, _ english: String, _ chinese: String, only: (english: String, chinese: String)? = nil
    ) {
        self.name = name
        self.english = (only?.english, english)
        self.chinese = (only?.chinese, chinese)
    }
}

public enum ScopeNames {
    private static let edges = ("created, deleted, changes", "created、deleted、changes")
    private static let moments = ("before, after", "before、after")
    private static let gathered = ("select", "select")

    public static let all: [ScopeName] = [
        ScopeName(
            "now", "the instant of the evaluation, fixed while it lasts; not in `while`", "求值的时刻，求值期间不变；`while` 里没有"),
        ScopeName("today", "the date in the rule's zone; not in `while`", "规则时区里的日期；`while` 里没有"),
        ScopeName("acknowledged", "someone acknowledged this firing", "有人确认过这次提醒"),
        ScopeName("late", "it rings more than 10 minutes late", "迟到 10 分钟以上"),
        ScopeName("rule.id", "the rule's id", "规则的 id"),
        ScopeName("rule.title", "the rule's title", "规则的标题"),
        ScopeName("firing.id", "the id of this firing", "这次提醒的 id"),
        ScopeName("firing.scheduled_at", "when it should have rung", "本应提醒的时刻"),
        ScopeName("old", "the record before the change", "变化之前的记录", only: edges),
        ScopeName("changed_by", "who made the change: the member's name where it is one", "是谁改的：是成员时为姓名", only: edges),
        ScopeName("changed_at", "when the change was made", "什么时候改的", only: edges),
        ScopeName(
            "days_left", "calendar days from today to the date; negative after it", "从今天到那个日期的天数；过后为负", only: moments),
        ScopeName("offset", "the distance that rang", "响的是哪个提前量", only: moments),
        ScopeName("anchor", "the date itself", "那个日期本身", only: moments),
        ScopeName("records", "the gathered records, by date and then title", "收集到的记录，按日期、再按标题排列", only: gathered),
        ScopeName("group", "the value that the records were grouped by", "分组的值", only: gathered),
    ]
}
