import BellmanModel

extension KeyTable {
    static let rule: [KeyEntry] = [
        key(
            "id", .identifier, .required,
            "The rule's identity for ever, unique: small letters, digits and hyphens. Editing text never rings again for what already rang.",
            "规则的永久标识，不可重复：小写字母、数字和连字符。改文字不会让已经响过的再响一次。", "contract-renewal"),
        key(
            "was", .identifier, "The id that this rule had before: its history goes with it.",
            "规则以前的 id：历史记录随之转移。", "contract-expiry"),
        key("title", .text, standard: "id", "For people; notices use it.", "给人看的名字，通知里会用到。", "合同续签提醒"),
        key(
            "tags", .oneOrMany(.text), "Words for lists and silences.", "标签，用于列表和静默。", "[采购, 合同]"),
        key(
            "enabled", .bool, standard: "true", "`false` switches the rule off; its state is kept.",
            "`false` 停用规则，状态保留。", "false"),
        key(
            "urgent", .bool, standard: "false", "`true` passes quiet hours and digests.", "`true` 不受免打扰和摘要的约束。",
            "true"),
        key(
            "when", .oneOrMany(.block(.trigger)), .required,
            "What makes the rule ring: one trigger, or a list of triggers of one kind of record.",
            "什么时候响：一个触发条件，或针对同一种记录的几个触发条件。", "{before: contract.expires_on, by: 30 days}"),
        key(
            "select", .kind, .optional, "Gathers records of this kind into `records`.", "把这种记录收集到 `records` 里。", "task"),
        key(
            "where", .expression, .optional, "Which of the selected records are gathered.", "收集其中的哪些记录。",
            "task.open && task.due < today"),
        key(
            "group", .expression, .optional, "One firing for each value of this; without it one in all.",
            "每个不同的值各响一次；不写就一共响一次。", "task.assignee"),
        key("if", .expression, "Rings only when this is true.", "为真时才响。", "contract.open"),
        key("unless", .expression, "Does not ring when this is true.", "为真时不响。", "contract.auto_renew"),
        key(
            "timezone", .zone, standard: "configuration", "IANA time zone of the rule's dates and schedules.",
            "规则所用的 IANA 时区。", "Asia/Shanghai"),
        key(
            "calendar", .oneOrMany(.calendar), standard: "configuration",
            "Working days: `CN`, `MON-FRI`, a file (`.json`, `.ics`), or a list of them.",
            "工作日历：`CN`、`MON-FRI`、文件（`.json`、`.ics`），或由它们组成的列表。", "[CN, MON-FRI]"),
        key(
            "at", .time, standard: "configuration, else 09:00", "Time of day at which date-only values ring.",
            "只有日期的值在几点响。", "\"09:00\""),
        key(
            "limit", .limit,
            "At most so many firings of one record, or group, in the window that ends now; the rest are skipped.",
            "每条记录（或每组）在最近一段时间里最多响几次，多出来的跳过。", "1 per 7 days"),
        key(
            "repeat", .block(.repeat), .optional,
            "Runs `then` again until someone acknowledges, `until` is true or the condition is false.",
            "重复执行 `then`，直到有人确认、`until` 为真或条件不再成立。", "{every: 1 working day, times: 5}"),
        key(
            "until", .expression, .optional, "Ends `repeat` and `after … every`.", "结束 `repeat` 和 `after … every`。",
            "contract.closed"),
        key(
            "catch_up", .words(CatchUp.allCases.map(\.rawValue)), standard: "late_once",
            "After down time: one late ring, all missed ones (at most 100), or none.",
            "停机之后：迟到响一次、全部补响（最多 100 次）或不补。", "skip"),
        key(
            "arriving_late", .words(ArrivingLate.allCases.map(\.rawValue)), standard: "once",
            "Records that come when milestones are past: ring once, or not.", "记录出现时提醒点已过：响一次，或不响。", "skip"),
        key(
            "existing", .words(Existing.allCases.map(\.rawValue)), standard: "skip",
            "Records that match already when the rule is new.", "规则新建时已经符合条件的记录怎么办。", "fire"),
        key(
            "then", .oneOrMany(.block(.step)), .required, "The steps, at most 100, in order.", "依次执行的步骤，最多 100 步。",
            "[{notify: {via: inbox}}]"),
    ]

    static let repetition: [KeyEntry] = [
        key("every", .period, .required, "The distance between two runs.", "每次之间的间隔。", "1 working day"),
        key("times", .count(limit: 1_000), .required, "How many further runs.", "再执行多少次。", "5"),
    ]

    private static let by = key(
        "by", .oneOrMany(.periodOrField), .required,
        "How long before or after: one, several, or a duration field of the record.",
        "提前或之后多久：一个、几个，或记录里的时长字段。", "[60 days, 30 days, 7 days, 0 days]")
    private static let momentAt = key(
        "at", .time, standard: "the rule's", "Time of day for date-only values.", "只有日期的值在几点响。", "\"10:30\"")
    private static let afterBy = key("by", by.shape, by.english, by.chinese, "[1 day, 3 days]")
    private static let scheduleAt = key(
        "at", .time, standard: "the rule's", "Time of day, where the schedule names none.", "日程里没写钟点时用。", "\"17:30\"")
    private static let scheduleFrom = key(
        "from", .date, standard: "1970-01-05", "Where counting begins.", "从哪天开始数。", "2026-01-01")

    private static let ruleFrom = key(
        "from", .date, standard: "DTSTART, else 1970-01-05",
        "The start; needed by COUNT and where the rule names no day.",
        "开始的日期；用 COUNT 或规则没写哪一天时必须有。", "2026-01-01")

    public static let triggers: [TriggerForm] = [
        TriggerForm(
            key: key("created", .kind, .required, "A record of this kind appears.", "出现一条这种记录。", "task"),
            companions: [], sort: "edge"),
        TriggerForm(
            key: key("deleted", .kind, .required, "A record of this kind goes.", "删除一条这种记录。", "task"),
            companions: [], sort: "edge"),
        TriggerForm(
            key: key(
                "changes", .storedPath, .required, "A stored field changes; the kind alone means any field.",
                "字段发生变化；只写种类表示任何字段。", "task.status"),
            companions: [
                key("from", .oneOrMany(.literal), "Only from this value, or one of these.", "只在原值是它（或其中之一）时。", "待办"),
                key("to", .oneOrMany(.literal), "Only to this value, or one of these.", "只在新值是它（或其中之一）时。", "进行中"),
            ], sort: "edge"),
        TriggerForm(
            key: key(
                "before", .momentPath, .required, "Before a date or time of the record itself.", "记录自己的某个日期之前。",
                "task.due"), companions: [by, momentAt], sort: "time"),
        TriggerForm(
            key: key(
                "after", .momentPath, .required, "After a date or time of the record itself.", "记录自己的某个日期之后。",
                "task.due"),
            companions: [
                afterBy,
                key(
                    "every", .period, "Again and again at this distance; in place of `by`.", "每隔这么久一次，代替 `by`。", "1 day"
                ),
                key(
                    "times", .count(limit: 1_000), standard: "365", "How often, beside `every`.", "和 `every` 一起：一共几次。",
                    "14"),
                momentAt,
            ], sort: "time"),
        TriggerForm(
            key: key("every", .every, .required, "A schedule in words.", "用文字写的日程。", "friday at 15:00"),
            companions: [scheduleFrom, scheduleAt], sort: "time"),
        TriggerForm(
            key: key(
                "cron", .cron, .required, "A schedule of five fields, as Debian's cron reads them.",
                "五段式日程，读法同 Debian 的 cron。",
                "\"0 15 * * 5\""), companions: [], sort: "time"),
        TriggerForm(
            key: key(
                "rrule", .rule, .required,
                "A recurrence rule of RFC 5545, with its EXDATE lines and its DTSTART where it has them.",
                "RFC 5545 的重复规则，可带 EXDATE 行和 DTSTART 行。",
                "\"FREQ=MONTHLY;BYDAY=-1FR\""), companions: [ruleFrom, scheduleAt], sort: "time"),
        TriggerForm(
            key: key(
                "while", .expression, .required, "A condition has become true; again only after it was false.",
                "条件变为成立时响；不成立过之后才会再响。", "contract.usage < 0.3"),
            companions: [
                key("for", .period, "It must have held that long without a break.", "必须不间断地成立这么久。", "3 months"),
                key(
                    "fresh", .period, "The break when the field was not written for that long.", "字段这么久没有写入就算中断。",
                    "45 days"),
            ], sort: "level"),
    ]
}
