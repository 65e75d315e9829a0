import BellmanModel

extension KeyTable {
    static let test: [KeyEntry] = [
        key("name", .text, standard: "the file's", "What the test is called.", "测试的名称。", "续签提醒"),
        key(
            "rules", .oneOrMany(.identifier), .required, "The rules that are tested; `all` for all.",
            "要测试的规则；`all` 表示全部。",
            "[contract-renewal]"),
        key("timezone", .zone, standard: "the configuration's", "Of the story.", "测试所用的时区。", "Asia/Shanghai"),
        key(
            "calendar", .oneOrMany(.calendar), standard: "the configuration's",
            "Working days, as in a rule.", "工作日历，写法同规则。", "CN"),
        key("language", .words(["zh", "en"]), standard: "the configuration's", "Of the notices.", "通知的语言。", "zh"),
        key("currency", .text, standard: "the configuration's", "Of amounts.", "金额的币种。", "CNY"),
        key(
            "at", .time, standard: "the configuration's", "When date-only reminders ring.", "只有日期的提醒在几点响。",
            "\"09:00\""),
        key("clock", .instant, .required, "When the story begins.", "从什么时候开始。", "2026-09-01T08:00:00+08:00"),
        key(
            "records", .named(.oneOrMany(.any)), "Records that exist at the start, by kind.", "一开始就有的记录，按种类列出。",
            "{member: [{id: wang, name: 王芳}]}"),
        key(
            "events", .oneOrMany(.block(.testEvent)), "What people do meanwhile.", "期间有人做了什么。",
            "[{at: 2026-10-05T10:00:00+08:00, record: contract/C-12, set: {status: renewed}}]"),
        key(
            "down", .list(.either(.list(.instant), .instant)), "Spans in which Bellman was stopped.", "更夫停机的时段。",
            "[[2026-10-30T00:00:00+08:00, 2026-11-02T12:00:00+08:00]]"),
        key(
            "ends", .instant, standard: "the last day named", "When the story ends; a date means its end.",
            "什么时候结束；写日期表示那天结束。", "2026-12-05"),
        key(
            "expect", .oneOrManyOrNone(.block(.expectation)), "What must ring, in any order.", "应当响的，次序不限。",
            "[{at: 2026-10-01T09:00:00+08:00, rule: contract-renewal}]"),
        key(
            "at_end", .named(.oneOrMany(.any)),
            "Records that must be there at the end, by kind, each exactly once; fields that are not named may be anything.",
            "结束时应有的记录，按种类列出，每条恰好一条；没有写的字段不限。", "{task: [{title: 续签, assignee: wang}]}"),
        key("nothing_else", .bool, standard: "false", "Whatever else rings is a difference.", "其他任何一响都算不符。", "true"),
    ]

    static let testEvent: [KeyEntry] = [
        key("at", .instant, .required, "When.", "什么时候。", "2026-10-05T10:00:00+08:00"),
        key(
            "record", .text, "`kind/id`; required beside `set`, `create`, `delete`.",
            "`种类/id`；与 `set`、`create`、`delete` 同写时必填。", "contract/C-12"),
        key("by", .text, standard: "test", "Who does it.", "由谁做。", "wang"),
        key(
            "quiet", .bool, standard: "false", "Raises no edge triggers, as `import --quiet`.",
            "不触发边沿，如同 `import --quiet`。",
            "true"),
        key("set", .named(.any), "Fields with their new values.", "字段的新值。", "{status: renewed}"),
        key("create", .named(.any), "A new record's fields.", "新记录的字段。", "{title: 新任务}"),
        key("delete", .bool, "`true` deletes the record.", "`true` 删除这条记录。", "true"),
        key("ack", .identifier, "A rule: somebody acknowledges its newest firing.", "规则：有人确认它最近的一次提醒。", "late-task"),
        key(
            "snooze", .identifier, "A rule: `by` has its newest notice come again after `for`.",
            "规则：`by` 让最近的提醒过 `for` 再来一次。", "late-task"),
        key("for", .period, "Beside `snooze`: after how long.", "和 `snooze` 一起：过多久。", "1 day"),
        key(
            "silence", .block(.testSilence), "Somebody silences what is not wanted for a time.", "有人让某些提醒静默一段时间。",
            "{rule: late-task, for: 3 days, reason: 盘点}"),
        key(
            "decide", .text, "Somebody answers a question: its record, or what it is about.",
            "有人答复审批：审批记录，或它所针对的记录。", "purchase/P-7"),
        key("choice", .text, "Beside `decide`: the answer.", "和 `decide` 一起：答复。", "approve"),
        key("comment", .text, "Why.", "说明。", "已处理"),
    ]

    static let testSilence: [KeyEntry] = [
        key("rule", .identifier, "A rule's id.", "规则的 id。", "late-task"),
        key("tag", .text, "A tag of rules.", "规则的标签。", "finance"),
        key("kind", .text, "A kind of records.", "记录的种类。", "task"),
        key("record", .text, "`kind/id`.", "`种类/id`。", "task/T-1"),
        key(
            "if", .expression, "An expression over the record of `kind`.", "针对 `kind` 记录的表达式。",
            "task.priority == \"low\""),
        key("from", .instant, standard: "now", "When it begins.", "从什么时候开始。", "2026-10-05T18:00"),
        key("until", .instant, "When it ends; a date means its end.", "什么时候结束；写日期表示那天结束。", "2026-10-08"),
        key("for", .period, "How long; with `every`, how long each time.", "多久；与 `every` 同写时是每次多久。", "3 days"),
        key("every", .text, "When it comes again.", "每逢什么时候。", "friday at 18:00"),
        key("reason", .text, .required, "Why.", "原因。", "盘点"),
    ]

    static let expectation: [KeyEntry] = [
        key(
            "at", .instant, "When it rings; a date means any time of that day.", "什么时候响；写日期表示当天任何时候。",
            "2026-10-01T09:00:00+08:00"),
        key("rule", .identifier, "Which rule.", "哪条规则。", "contract-renewal"),
        key("record", .text, "`kind/id`.", "`种类/id`。", "contract/C-12"),
        key(
            "to", .oneOrManyOrNone(.text), "Who it is for: all of them; `[]` means nobody.", "发给谁，要写全；`[]` 表示没有人。",
            "[wang]"),
        key("via", .oneOrManyOrNone(.text), "The channels.", "通道。", "[mail, chat]"),
        key("late", .bool, "Whether it rings late.", "是否迟到。", "true"),
        key("title", .text, "The whole title.", "完整的标题。", "合同快到期了"),
        key("contains", .oneOrManyOrNone(.text), "Words in title or text.", "标题或正文里的文字。", "60 天"),
        key("text", .text, "The whole text.", "完整的正文。", "\"负责人：王芳\""),
        key("priority", .words(Priority.allCases.map(\.rawValue)), "How much it presses.", "轻重缓急。", "high"),
        key(
            "payload", .named(.any), "What a channel sends, by channel.", "通道实际发出的内容，按通道列出。",
            "{chat: {msgtype: markdown}}"),
        key(
            "outcome", .words(Outcome.allCases.map(\.rawValue) + ["cancelled"]),
            "For what must not ring: what was decided.",
            "不该响的：决定是什么。", "condition_false"),
        key("reason", .text, "Beside `outcome`: words of the reason.", "和 `outcome` 一起：理由里的文字。", "task.due"),
    ]
}
