import BellmanModel

extension KeyTable {
    static let test: [KeyEntry] = [
        key("rules", .oneOrMany(.identifier), "The rules that are tested.", "要测试的规则。", "[contract-renewal]"),
        key("clock", .instant, .required, "When the story begins.", "从什么时候开始。", "2026-09-01T08:00:00+08:00"),
        key(
            "records", .named(.list(.any)), "Records that exist at the start, by kind.", "一开始就有的记录，按种类列出。",
            "{member: [{id: wang, name: 王芳}]}"),
        key(
            "events", .list(.block(.testEvent)), "What people do meanwhile.", "期间有人做了什么。",
            "[{at: 2026-10-05T10:00:00+08:00, record: contract/C-12, set: {status: renewed}}]"),
        key(
            "down", .list(.list(.instant)), "Spans in which Bellman was stopped.", "更夫停机的时段。",
            "[[2026-10-30T00:00:00+08:00, 2026-11-02T12:00:00+08:00]]"),
        key("ends", .instant, "When the story ends; a date means its end.", "什么时候结束；写日期表示那天结束。", "2026-12-05"),
        key(
            "expect", .list(.block(.expectation)), "What must ring, in any order.", "应当响的，次序不限。",
            "[{at: 2026-10-01T09:00:00+08:00, rule: contract-renewal}]"),
        key("nothing_else", .bool, standard: "false", "Whatever else rings is a difference.", "其他任何一响都算不符。", "true"),
    ]

    static let testEvent: [KeyEntry] = [
        key("at", .instant, .required, "When.", "什么时候。", "2026-10-05T10:00:00+08:00"),
        key("record", .text, .required, "`kind/id`.", "`种类/id`。", "contract/C-12"),
        key("set", .named(.any), "Fields with their new values.", "字段的新值。", "{status: renewed}"),
    ]

    static let expectation: [KeyEntry] = [
        key("at", .instant, "When it rings.", "什么时候响。", "2026-10-01T09:00:00+08:00"),
        key("rule", .identifier, "Which rule.", "哪条规则。", "contract-renewal"),
        key("record", .text, "`kind/id`.", "`种类/id`。", "contract/C-12"),
        key("to", .oneOrMany(.text), "Ids of the recipients.", "收件人的 id。", "[wang]"),
        key("via", .oneOrMany(.text), "The channels.", "通道。", "[mail, chat]"),
        key("title", .text, "The whole title.", "完整的标题。", "合同快到期了"),
        key("contains", .oneOrMany(.text), "Words in title or text.", "标题或正文里的文字。", "60 天"),
        key("late", .bool, "Whether it rings late.", "是否迟到。", "true"),
        key(
            "payload", .named(.any), "What a channel sends, by channel.", "通道实际发出的内容，按通道列出。",
            "{chat: {msgtype: markdown}}"),
        key(
            "outcome", .words(Outcome.allCases.map(\.rawValue)), "For what must not ring: what was decided.",
            "不该响的：决定是什么。",
            "condition_false"),
    ]
}
