import BellmanModel

extension KeyTable {
    static let step: [KeyEntry] = [
        key(
            "wait", .period, "Counted from the firing; the rule's condition is asked again before the step runs.",
            "从响的时刻算起；执行前会再问一次规则的条件。", "3 working days"),
        key(
            "if", .expression, "Runs only when this is true, asked when the step runs.", "执行时为真才执行。",
            "task.open"),
        key(
            "unless", .expression, "Does not run when this is true; an empty value lets it run.", "为真时不执行；值为空时照常执行。",
            "acknowledged"),
        key("notify", .block(.notify), "Sends a notice.", "发通知。", "{via: chat, to: task.assignee}"),
        key("set", .fields, "Changes the record.", "修改这条记录。", "{status: 已完成}"),
        key(
            "create", .block(.create), "Makes a record; a repeat makes no second one.", "新建一条记录；重复执行不会建第二条。",
            "{kind: task, fields: {title: 跟进}}"),
        key(
            "approve", .block(.approve), .optional, "Asks for a decision.", "请人审批。",
            "{by: contract.owner, then: {approve: [{notify: {via: inbox}}]}}"),
        key(
            "invite", .block(.invite), .optional, "Sends a calendar invitation.", "发日历邀请。",
            "{to: task.assignee, starts_at: task.due}"),
        key(
            "call", .block(.call), .optional, "Posts to an endpoint of the configuration.", "调用配置里的接口。",
            "{endpoint: create-invoice}"),
    ]

    static let notify: [KeyEntry] = [
        key(
            "via", .oneOrMany(.channel), .required,
            "A channel, or a list, meaning all of them. `inbox`, `mail` and `chat` always exist.",
            "一个通道，或几个（表示全部都发）。`inbox`、`mail`、`chat` 总是存在。", "[mail, chat]"),
        key(
            "to", .oneOrMany(.expression), "People: recipients in direct channels, mentions in rooms.",
            "收件人：在直达通道里是收件人，在群里是被 @ 的人。", "[task.assignee, role(\"finance-director\")]"),
        key(
            "title", .message, standard: "made from the record", "One line of plain text.", "一行纯文字。",
            "\"「{{ task.title }}」还有 {{ days_left }} 天到期\""),
        key(
            "text", .message, standard: "made from the record", "Markdown; values from records are escaped.",
            "Markdown；记录里的值会转义。", "\"负责人：{{ task.assignee }}\""),
        key(
            "links", .list(.block(.link)), standard: "the record's `url`", "At most 10.", "最多 10 个。",
            "[{label: 打开, url: \"{{ task.url }}\"}]"),
        key(
            "priority", .words(Priority.allCases.map(\.rawValue)), standard: "normal", "How much it presses.", "轻重缓急。",
            "high"),
        key(
            "digest", .every, "Gathers what comes until then into one message.", "攒到那时合成一条发出。", "day at 09:00"),
    ]

    static let link: [KeyEntry] = [
        key("label", .message, .required, "What is shown.", "显示的文字。", "打开"),
        key(
            "url", .template, .required, "An address that begins with `https://` or `http://`.",
            "以 `https://` 或 `http://` 开头的地址。", "\"{{ task.url }}\""),
    ]

    static let create: [KeyEntry] = [
        key("kind", .kind, .required, "The kind of the new record.", "新记录的种类。", "task"),
        key("fields", .fields, .required, "Its fields.", "它的字段。", "{title: \"跟进 {{ task.title }}\"}"),
    ]

    static let approve: [KeyEntry] = [
        key(
            "by", .oneOrMany(.expression), .required, "Who decides; those of a list are asked in turn.",
            "由谁决定；列表里的人依次审批。", "contract.owner"),
        key("choices", .list(.text), standard: "approve, reject", "In place of the two.", "代替默认的两项。", "[同意, 退回]"),
        key("text", .message, "What is asked.", "要问的话。", "\"是否续签 {{ contract.name }}？\""),
        key("via", .oneOrMany(.channel), "Where it is asked.", "在哪里问。", "mail"),
        key(
            "then", .named(.oneOrMany(.block(.step))), "Steps after each decision.", "各种决定之后的步骤。",
            "{approve: [{set: {status: 已批准}}]}"),
        key(
            "escalate", .block(.escalate), "Who is asked when nobody answers.", "无人回应时再问谁。",
            "{wait: 2 days, to: contract.owner.manager}"),
    ]

    static let escalate: [KeyEntry] = [
        key("wait", .period, .required, "After how long.", "过多久。", "2 days"),
        key("to", .oneOrMany(.expression), .required, "Whom.", "问谁。", "contract.owner.manager"),
    ]

    static let invite: [KeyEntry] = [
        key("to", .oneOrMany(.expression), .required, "Who is invited.", "邀请谁。", "meeting.attendees"),
        key("title", .message, "What it is called.", "名称。", "\"{{ meeting.title }}\""),
        key("starts_at", .expression, .required, "When it begins.", "什么时候开始。", "meeting.starts_at"),
        key("duration", .either(.period, .template), "How long it lasts.", "持续多久。", "30 minutes"),
        key("location", .template, "Where.", "地点。", "\"{{ meeting.location }}\""),
    ]

    static let call: [KeyEntry] = [
        key("endpoint", .text, .required, "Its name in the configuration.", "配置里的名称。", "create-invoice"),
        key(
            "body", .any, "What is posted; text may hold `{{ }}`.", "发送的内容，文字里可以有 `{{ }}`。",
            "{amount: \"{{ contract.amount }}\"}"),
    ]
}
