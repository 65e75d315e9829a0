extension KeyTable {
    static let configuration: [KeyEntry] = [
        key(
            "language", .words(["zh", "en"]), standard: "the locale's: zh in a Chinese one or none, else en",
            "Of messages and pages.",
            "消息和页面的语言。", "zh"),
        key(
            "store", .text, standard: "sqlite:bellman.db", "`sqlite:PATH`: all data is in this one file.",
            "`sqlite:路径`：数据都在这一个文件里。", "sqlite:bellman.db"),
        key(
            "rules", .text, standard: "rules", "The rules folder; saving takes effect within two seconds.",
            "规则目录，保存后两秒内生效。", "rules"),
        key("timezone", .zone, standard: "the system's", "IANA name.", "IANA 时区名。", "Asia/Shanghai"),
        key(
            "calendar", .oneOrMany(.calendar), standard: "CN",
            "Working days: `CN` (with make-up days), `MON-FRI`, a file (`.json`, `.ics`), or a list of them.",
            "工作日历：`CN`（含调休）、`MON-FRI`、文件（`.json`、`.ics`），或由它们组成的列表。", "[CN, holidays/company.ics]"),
        key("at", .time, standard: "09:00", "When date-only reminders ring.", "只有日期的提醒在几点响。", "\"09:00\""),
        key(
            "currency", .text, standard: "CNY", "Of amounts whose record names none (ISO 4217).",
            "记录没写币种时用的币种（ISO 4217）。", "CNY"),
        key(
            "listen", .text, standard: "127.0.0.1:8420", "Dashboard and API: `HOST:PORT` or `unix:PATH`.",
            "看板和接口：`主机:端口` 或 `unix:路径`。", "127.0.0.1:8420"),
        key(
            "public_url", .text, "Where people reach the dashboard, for links.", "看板的对外地址，用于链接。",
            "https://bellman.example.com"),
        key(
            "admin", .either(.channel, .block(.admin)), standard: "inbox",
            "Channel for Bellman's own troubles; one that writes to people (mail) with the address.",
            "更夫自己的问题告诉哪个通道；写给个人的通道（邮件）要带地址。", "{via: mail, to: ops@example.com}"),
        key(
            "quiet_hours", .either(.text, .block(.quietHours)), "When nothing is sent.", "免打扰时间。",
            "{from: \"21:00\", to: \"08:00\", days: [mon, tue], then: hold}"),
        key(
            "log", .text, standard: "text", "`text` or `json`, and the least level.", "`text` 或 `json`，可加最低级别。",
            "json warning"),
        key(
            "channels", .named(.block(.channel)), "Where notices go, by name.", "通知发到哪里，按名称列出。",
            "{chat: {type: dingtalk, url: \"${env:DINGTALK_URL}\"}}"),
        key(
            "kinds", .named(.block(.ownKind)), "Kinds of record of your own, and own fields of built-in ones.",
            "自己的记录种类，以及内置种类的自有字段。", "{task: {fields: {工时: double}}}"),
        key(
            "heartbeat", .block(.heartbeat), "A sign of life for an outside watcher, while all is well.",
            "一切正常时给外部监控的心跳。", "{url: \"${env:HEARTBEAT_URL}\", every: 5 minutes}"),
        key(
            "expect_data", .named(.period), "Kinds of which something new should come at least that often.",
            "哪些种类的记录至少这么久要有一次新的。", "{task: 1 day}"),
        key(
            "endpoints", .named(.block(.endpoint)), "Where `call` posts to, by name.", "`call` 发到哪里，按名称列出。",
            "{erp: {url: \"https://erp.example.com/hook\", secret: \"${env:ERP_SECRET}\"}}"),
    ]

    static let admin: [KeyEntry] = [
        key("via", .channel, .required, "The channel.", "通道。", "mail"),
        key(
            "to", .text, "An address, for a channel that has no receiver of its own.", "地址，用于没有固定收件方的通道。",
            "ops@example.com"),
    ]

    static let heartbeat: [KeyEntry] = [
        key(
            "url", .text, "Asked for while all is well; best kept as a secret.", "一切正常时访问的地址，最好作为密钥引用。",
            "\"${env:HEARTBEAT_URL}\""),
        key("file", .text, "A file that is touched.", "更新修改时间的文件。", "/run/bellman/alive"),
        key("every", .period, standard: "5 minutes", "How often, 1 minute to 1 day.", "多久一次，1 分钟到 1 天。", "5 minutes"),
        key("method", .words(["get", "post"]), standard: "get", "Of the request.", "请求的方法。", "get"),
        key(
            "allow_private", .bool, standard: "false", "Private addresses and plain HTTP may be used.",
            "允许内网地址和明文 HTTP。", "false"),
    ]

    static let endpoint: [KeyEntry] = [
        key("url", .text, .required, "Where it posts.", "发到哪里。", "https://erp.example.com/hook"), signing,
        key(
            "old_secret", .secret, "The secret before, while it is changed.", "更换期间的旧密钥。",
            "\"${env:OLD_SECRET}\""),
        key("cloudevents", .words(["binary", "structured"]), "As a CloudEvent.", "以 CloudEvents 格式发送。", "binary"),
        key("source", .text, standard: "bellman", "The CloudEvent's source.", "CloudEvents 的来源。", "bellman"),
        key(
            "allow_private", .bool, standard: "false", "Private addresses and plain HTTP may be used.",
            "允许内网地址和明文 HTTP。", "false"),
        key("limit", .text, "Pace: `20 per minute`.", "限速：`20 per minute`。", "20 per minute"),
        key("max_age", .period, standard: "5 days", "Older calls are dead letters.", "超过这么久就不再发。", "5 days"),
    ]

    static let quietHours: [KeyEntry] = [
        key("from", .time, .required, "When they begin.", "开始。", "\"21:00\""),
        key("to", .time, .required, "When they end.", "结束。", "\"08:00\""),
        key("days", .oneOrMany(.text), standard: "every day", "Days on which they begin.", "在哪几天开始。", "[mon, tue]"),
        key("then", .words(["hold", "drop"]), standard: "hold", "What becomes of the notices.", "其间的通知怎么办。", "hold"),
    ]

    static let ownKind: [KeyEntry] = [
        key(
            "title", .text, standard: "its first field", "The field that names a record for people.", "给人看的名称是哪个字段。",
            "name"),
        key(
            "fields", .named(.either(.text, .named(.text))), "Fields with their types.", "字段及其类型。",
            "{name: string, driver: ref<member>, inspection_due: date}"),
        key(
            "closed", .oneOrMany(.text), standard: "the usual words", "Words of `status` that mean closed.",
            "`status` 的哪些值算已结束。", "[停用]"),
    ]

    static let channelCommon: [KeyEntry] = [
        key("type", .words(channelTypes.map(\.name)), .required, "What it speaks to.", "通道的类型。", "dingtalk"),
        key("fallback", .channel, "Takes what this one cannot deliver.", "发不出去时交给哪个通道。", "mail"),
        key("max_age", .period, standard: "5 days", "Older notices are dead letters.", "超过这么久就不再发。", "5 days"),
        key("limit", .text, standard: "the vendor's", "Pace: `20 per minute`.", "限速：`20 per minute`。", "20 per minute"),
        key(
            "allow_private", .bool, standard: "false", "Private addresses and plain HTTP may be used.",
            "允许内网地址和明文 HTTP。", "false"),
        key(
            "quiet_hours", .either(.text, .block(.quietHours)), standard: "the configuration's",
            "Of this channel alone.",
            "只用于这个通道。", "\"22:00-07:00 mon-fri\""),
    ]

    /// The keys of each channel type besides the common ones.
    public static let channelTypes: [(name: String, keys: [KeyEntry])] = [
        ("dingtalk", [hook, signing, keyword]), ("feishu", [hook, signing, keyword]), ("wecom", [hook]),
        (
            "slack",
            [
                key(
                    "url", .text, "The incoming webhook, as a secret; with `token` the API's address.",
                    "Webhook 地址（密钥）；写了 `token` 时是接口地址。", "\"${env:SLACK_URL}\""),
                key(
                    "token", .secret, "A bot token, in place of the webhook.", "机器人令牌，代替 Webhook。",
                    "\"${env:SLACK_TOKEN}\""),
                key("channel", .text, "With `token`: where it posts.", "写了 `token` 时：发到哪个频道。", "\"#ops\""),
            ]
        ),
        ("teams", [hook]),
        ("discord", [hook, key("thread_id", .text, "A thread of the channel.", "频道里的子区。", "\"123\"")]),
        (
            "telegram",
            [
                key("token", .secret, .required, "The bot's token.", "机器人的令牌。", "\"${env:TELEGRAM_TOKEN}\""),
                key(
                    "chat_id", .text, "A chat for all; without it each member's own.", "发到哪个会话；不写就发给各人。", "\"-100123\""),
                key("thread", .text, "A topic of the chat.", "会话里的话题。", "7"),
                key(
                    "url", .text, standard: "https://api.telegram.org", "The API's address.", "接口地址。",
                    "https://api.telegram.org"),
            ]
        ),
        (
            "mattermost",
            [
                hook, key("channel", .text, "In place of the webhook's own.", "代替 Webhook 自带的频道。", "town-square"),
                key("username", .text, "The name it posts under.", "显示的名字。", "bellman"),
            ]
        ),
        (
            "ntfy",
            [
                key(
                    "topic", .text, .required, "The topic; a secret unless the server asks who you are.",
                    "主题；服务器不验证身份时是密钥。", "\"${env:NTFY_TOPIC}\""),
                key("url", .text, standard: "https://ntfy.sh", "The server.", "服务器。", "https://ntfy.sh"),
                key("token", .secret, "An access token.", "访问令牌。", "\"${env:NTFY_TOKEN}\""),
                key("username", .text, "In place of a token.", "代替令牌。", "bell"),
                key("password", .secret, "Goes with `username`.", "和 `username` 一起写。", "\"${env:NTFY_PASSWORD}\""),
            ]
        ),
        (
            "gotify",
            [
                key("url", .text, .required, "The server.", "服务器。", "https://gotify.example.com"),
                key("token", .secret, .required, "The application's token.", "应用的令牌。", "\"${env:GOTIFY_TOKEN}\""),
            ]
        ),
        (
            "email",
            [
                key(
                    "relay", .text, .required, "`smtps://HOST:465` or `smtp://HOST:587`.",
                    "`smtps://主机:465` 或 `smtp://主机:587`。",
                    "\"smtps://smtp.example.com:465\""),
                key("from", .text, .required, "The sender.", "发件人。", "\"Bellman <bell@example.com>\""),
                key("username", .text, "Of the relay.", "发信服务器的用户名。", "bell"),
                key("password", .secret, "Goes with `username`.", "和 `username` 一起写。", "\"${env:SMTP_PASSWORD}\""),
                key(
                    "hello", .text, standard: "the sender's domain", "The name given to the relay.", "向服务器报的名字。",
                    "example.com"),
                key(
                    "tls", .words(["required", "none"]), standard: "required", "`none` only with `allow_private`.",
                    "`none` 只能和 `allow_private` 一起用。", "required"),
            ]
        ),
        (
            "webhook",
            [
                key("url", .text, .required, "Where it posts.", "发到哪里。", "https://erp.example.com/hook"), signing,
                key(
                    "old_secret", .secret, "The secret before, while it is changed.", "更换期间的旧密钥。",
                    "\"${env:OLD_SECRET}\""),
                key(
                    "cloudevents", .words(["binary", "structured"]), "As a CloudEvent.", "以 CloudEvents 格式发送。", "binary"
                ),
                key("source", .text, standard: "bellman", "The CloudEvent's source.", "CloudEvents 的来源。", "bellman"),
            ]
        ),
        ("inbox", []),
    ]

    private static let hook = key(
        "url", .secret, .required, "The robot's webhook.", "机器人的 Webhook 地址。", "\"${env:ROBOT_URL}\"")
    private static let signing = key("secret", .secret, "The signing secret.", "签名密钥。", "\"${env:ROBOT_SECRET}\"")
    private static let keyword = key("keyword", .text, "A word that every message must hold.", "每条消息必须含有的关键词。", "更夫")
}
