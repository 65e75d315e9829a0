import BellmanRules
import SourceDiagnostics

/// What can be wrong with `bellman.yaml`.
enum ConfigurationProblem: Sendable {
    case unknownKey(String, nearest: String?)
    case wantedText(String)
    case wantedMapping(String)
    case badZone(String, nearest: String?)
    case badLanguage(String)
    case badTime(String)
    case badCalendar(CalendarRefusal)
    /// A calendar file that cannot be used: Bellman goes on without it.
    case calendarFile(CalendarRefusal)
    case badStore(String)
    case badListen(String)
    case badURL(key: String, String)
    case badLog(String)
    case channelWithoutType(String)
    case unknownChannelType(String, nearest: String?)
    case literalSecret(key: String)
    case secretMissing(String)
    case secretUnreadable(path: String, why: String)
    case secretEmpty(String)
    case secretNoCredentials(String)
    case secretSource(String)
    /// A secret that is not there for a command that sends nothing.
    indirect case notNeededNow(ConfigurationProblem)
    case unknownAdmin(String, nearest: String?)
    case badAdmin
    case adminIsAddress(String)
    /// A channel that writes to people, and nobody to write to: Bellman's own troubles stay in the inbox.
    case adminNobody(String)
    case adminBadAddress(String)
    case adminNeedsNoAddress(String)
    case badQuietHours(String)
    case badDays(String)
    case badFate(String)
    case quietForEver
    case badAge(String)
    case badLimit(String)
    case wantedBool(key: String, String)
    case unknownFallback(String, nearest: String?)
    case fallbackCircle(String)
    case badKindName(String)
    case reservedKindName(String)
    case badFieldType(String, nearest: String?)
    case kindWithoutFields(String)
    case channel(english: String, chinese: String)
    case derivation(path: String, any DiagnosticFact)
    case plainHeartbeat
    case emptyHeartbeat
    case badEvery(String)
    case badMethod(String)
    case endpointAmongChannels(String)
    case unknownKind(String, nearest: String?)
}

extension ConfigurationProblem: DiagnosticFact {
    var severity: Severity {
        switch self {
        case .fallbackCircle, .notNeededNow, .adminNobody, .adminBadAddress, .adminNeedsNoAddress: .warning
        default: .error
        }
    }

    /// An error that ends no command but `check`.
    var isBearable: Bool {
        if case .calendarFile = self { true } else { false }
    }

    var isMissingSecret: Bool {
        if case .notNeededNow = self { true } else { false }
    }

    var code: String {
        if case .notNeededNow(let problem) = self { return problem.code }
        let name = "\(self)".prefix { $0 != "(" }
        let snake = name.reduce(into: "") { code, character in
            if character.isUppercase { code += "_" }
            code += character.lowercased()
        }
        return "config_\(snake)"
    }

    func message(_ language: Language) -> String { language == .zh ? chinese.0 : english.0 }
    func help(_ language: Language) -> String? { language == .zh ? chinese.1 : english.1 }

    /// How a key at the top is written.
    private func example(_ key: String) -> String? {
        KeyTable.keys(of: .configuration).first { $0.name == key }.map { "\(key): \($0.example)" }
    }

    private var english: (String, String?) {
        func near(_ word: String?) -> String? { word.map { "did you mean “\($0)”?" } }
        return switch self {
        case .unknownKey(let key, let nearest): ("unknown key “\(key)”", near(nearest))
        case .wantedText(let key): ("“\(key)” wants a text", nil)
        case .wantedMapping(let key): ("“\(key)” wants keys and values", example(key).map { "such as \($0)" })
        case .badZone(let name, let nearest):
            ("no time zone “\(name)”", near(nearest) ?? "use an IANA name such as Asia/Shanghai")
        case .badLanguage(let text): ("no language “\(text)”", "zh or en")
        case .badTime(let text): ("“\(text)” is no time of day", "write it as \"09:00\"")
        case .badCalendar(let refusal), .calendarFile(let refusal): (refusal.english, refusal.englishHelp)
        case .badStore(let text): ("“\(text)” is no store of this version", "sqlite:PATH")
        case .badListen(let text): ("cannot listen on “\(text)”", "127.0.0.1:8420 or unix:/run/bellman/bellman.sock")
        case .badURL(let key, let text): ("“\(key)”: “\(text)” is no web address", "it begins with https://")
        case .badLog(let text):
            ("“\(text)” is no kind of log", "text or json, and a level: debug, info, warning, error")
        case .channelWithoutType(let name): ("channel “\(name)” has no type", "add “type:”")
        case .unknownChannelType(let type, let nearest): ("there is no channel type “\(type)”", near(nearest))
        case .literalSecret(let key):
            (
                "“\(key)” is a secret and must not stand here in clear",
                "put it in the environment or a file: ${env:NAME}, ${file:PATH} or ${credential:NAME}"
            )
        case .secretMissing(let name): ("the environment has no variable \(name)", "set it where Bellman is started")
        case .secretUnreadable(let path, let why): ("cannot read the secret file \(path): \(why)", nil)
        case .secretEmpty(let name): ("the secret \(name) is empty", nil)
        case .secretNoCredentials(let name):
            (
                "no credentials folder, so ${credential:\(name)} leads nowhere",
                "start Bellman through systemd with LoadCredential"
            )
        case .secretSource(let source): ("secrets cannot come from “\(source)”", "env, file or credential")
        case .notNeededNow(let problem):
            (problem.english.0, problem.english.1 ?? "`bellman run` and `bellman channel test` need it")
        case .unknownAdmin(let name, let nearest): ("“admin” names no channel: “\(name)”", near(nearest))
        case .badAdmin:
            ("“admin” wants one channel", "write its name, or for mail: admin: {via: mail, to: ops@example.com}")
        case .adminIsAddress(let text):
            ("“admin” wants a channel, not an address", "name the channel too: admin: {via: mail, to: \(text)}")
        case .adminNobody(let name):
            (
                "“admin: \(name)” says no address, so Bellman's own troubles stay in the inbox",
                "write to whom: admin: {via: \(name), to: ops@example.com}"
            )
        case .adminBadAddress(let text):
            (
                "“\(text)” is no address for “admin”, so Bellman's own troubles stay in the inbox",
                "a mail address, such as ops@example.com; for Telegram the person's number"
            )
        case .adminNeedsNoAddress(let name):
            ("“to” is not used: the channel “\(name)” has its own receiver", "remove “to”")
        case .badQuietHours(let text):
            (
                text.isEmpty ? "“quiet_hours” wants “from” and “to”" : "“\(text)” are no quiet hours",
                "write {from: \"21:00\", to: \"08:00\", days: [mon, tue], then: hold}"
            )
        case .badDays(let text): ("“\(text)” are no days of the week", "write [mon, tue, wed] or mon-fri")
        case .badFate(let text): ("“then” cannot be “\(text)”", "hold or drop")
        case .quietForEver: ("these quiet hours never end", "“from” and “to” must differ, or leave out some days")
        case .badAge(let text): ("“\(text)” is no age", "write it as “5 days”")
        case .badLimit(let text): ("“\(text)” is no limit", "write it as “20 per minute” or “1 per 3 seconds”")
        case .wantedBool(let key, let text): ("“\(key)” cannot be “\(text)”", "true or false")
        case .unknownFallback(let name, let nearest): ("“fallback” names no channel: “\(name)”", near(nearest))
        case .fallbackCircle(let name):
            ("the fallbacks of “\(name)” lead back to it, so none is used", "let one of them end, or lead to the inbox")
        case .badKindName(let name):
            ("“\(name)” cannot be the name of a kind or field", "letters, digits and _, not beginning with a digit")
        case .reservedKindName(let name): ("“\(name)” is a name that every rule has already", "choose another")
        case .badFieldType(let type, let nearest): ("there is no field type “\(type)”", near(nearest))
        case .kindWithoutFields(let name): ("kind “\(name)” has no fields", "add “fields: {name: string, …}”")
        case .channel(let english, _): (english, nil)
        case .derivation(let path, let fact): ("derived field \(path): \(fact.message(.en))", fact.help(.en))
        case .plainHeartbeat:
            ("the heartbeat's address begins with http://", "use https://, or say allow_private: true")
        case .emptyHeartbeat: ("“heartbeat” goes nowhere", "write {url: \"${env:HEARTBEAT_URL}\"} or {file: PATH}")
        case .badEvery(let text): ("“every” cannot be “\(text)”", "from 1 minute to 1 day, such as “5 minutes”")
        case .badMethod(let text): ("“method” cannot be “\(text)”", "get or post")
        case .endpointAmongChannels(let name):
            ("no channel can be called “\(name)”", "what `call` posts to stands under “endpoints:”")
        case .unknownKind(let kind, let nearest): ("there is no kind “\(kind)”", near(nearest))
        }
    }

    private var chinese: (String, String?) {
        func near(_ word: String?) -> String? { word.map { "是不是想写“\($0)”？" } }
        return switch self {
        case .unknownKey(let key, let nearest): ("没有“\(key)”这个键", near(nearest))
        case .wantedText(let key): ("“\(key)”要写文字", nil)
        case .wantedMapping(let key): ("“\(key)”要写键和值", example(key).map { "例如 \($0)" })
        case .badZone(let name, let nearest): ("没有时区“\(name)”", near(nearest) ?? "请用 IANA 名称，例如 Asia/Shanghai")
        case .badLanguage(let text): ("没有语言“\(text)”", "zh 或 en")
        case .badTime(let text): ("“\(text)”不是时刻", "请写成 \"09:00\"")
        case .badCalendar(let refusal), .calendarFile(let refusal): (refusal.chinese, refusal.chineseHelp)
        case .badStore(let text): ("这个版本没有存储“\(text)”", "sqlite:路径")
        case .badListen(let text): ("无法在“\(text)”上监听", "127.0.0.1:8420 或 unix:/run/bellman/bellman.sock")
        case .badURL(let key, let text): ("“\(key)”：“\(text)”不是网址", "网址以 https:// 开头")
        case .badLog(let text): ("没有日志样式“\(text)”", "text 或 json，可加级别：debug、info、warning、error")
        case .channelWithoutType(let name): ("通道“\(name)”没有类型", "请加上“type:”")
        case .unknownChannelType(let type, let nearest): ("没有通道类型“\(type)”", near(nearest))
        case .literalSecret(let key):
            ("“\(key)”是密钥，不能明文写在这里", "请放进环境变量或文件：${env:NAME}、${file:PATH} 或 ${credential:NAME}")
        case .secretMissing(let name): ("环境变量 \(name) 不存在", "请在启动 Bellman 的地方设置")
        case .secretUnreadable(let path, let why): ("读不到密钥文件 \(path)：\(why)", nil)
        case .secretEmpty(let name): ("密钥 \(name) 是空的", nil)
        case .secretNoCredentials(let name):
            ("没有凭据目录，${credential:\(name)} 无处可取", "请通过 systemd 的 LoadCredential 启动 Bellman")
        case .secretSource(let source): ("密钥不能来自“\(source)”", "env、file 或 credential")
        case .notNeededNow(let problem):
            (problem.chinese.0, problem.chinese.1 ?? "`bellman run` 和 `bellman channel test` 需要它")
        case .unknownAdmin(let name, let nearest): ("“admin”指的通道不存在：“\(name)”", near(nearest))
        case .badAdmin: ("“admin”要写一个通道", "请写通道的名称；邮件请写 admin: {via: mail, to: ops@example.com}")
        case .adminIsAddress(let text): ("“admin”要写通道，不是地址", "请把通道也写上：admin: {via: mail, to: \(text)}")
        case .adminNobody(let name):
            ("“admin: \(name)”没有写地址，更夫自己的问题只进收件箱", "请写明发给谁：admin: {via: \(name), to: ops@example.com}")
        case .adminBadAddress(let text):
            ("“\(text)”不是“admin”能用的地址，更夫自己的问题只进收件箱", "请写邮箱，例如 ops@example.com；Telegram 写对方的数字编号")
        case .adminNeedsNoAddress(let name): ("用不到“to”：通道“\(name)”有自己的收件方", "请去掉“to”")
        case .badQuietHours(let text):
            (
                text.isEmpty ? "“quiet_hours”要写“from”和“to”" : "“\(text)”不是免打扰时间",
                "请写成 {from: \"21:00\", to: \"08:00\", days: [mon, tue], then: hold}"
            )
        case .badDays(let text): ("“\(text)”不是星期几", "请写成 [mon, tue, wed] 或 周一至周五")
        case .badFate(let text): ("“then”不能是“\(text)”", "hold（留待稍后）或 drop（丢弃）")
        case .quietForEver: ("这样的免打扰时间永远不会结束", "“from”和“to”不能相同，或者去掉几天")
        case .badAge(let text): ("“\(text)”不是时长", "请写成“5 days”或“5 天”")
        case .badLimit(let text): ("“\(text)”不是限速", "请写成“20 per minute”或“每分钟 20 条”")
        case .wantedBool(let key, let text): ("“\(key)”不能是“\(text)”", "true 或 false")
        case .unknownFallback(let name, let nearest): ("“fallback”指的通道不存在：“\(name)”", near(nearest))
        case .fallbackCircle(let name): ("“\(name)”的后备通道绕回了自己，因此都不起作用", "让其中一个到此为止，或指向 inbox")
        case .badKindName(let name): ("“\(name)”不能作种类或字段的名称", "字母、数字和 _，不以数字开头")
        case .reservedKindName(let name): ("“\(name)”是每条规则已有的名称", "请换一个")
        case .badFieldType(let type, let nearest): ("没有字段类型“\(type)”", near(nearest))
        case .kindWithoutFields(let name): ("种类“\(name)”没有字段", "请加上“fields: {name: string, …}”")
        case .channel(_, let chinese): (chinese, nil)
        case .derivation(let path, let fact): ("派生字段 \(path)：\(fact.message(.zh))", fact.help(.zh))
        case .plainHeartbeat: ("心跳的地址以 http:// 开头", "请用 https://，或者写上 allow_private: true")
        case .emptyHeartbeat: ("“heartbeat”没有去处", "请写 {url: \"${env:HEARTBEAT_URL}\"} 或 {file: 路径}")
        case .badEvery(let text): ("“every”不能是“\(text)”", "从 1 分钟到 1 天，例如“5 minutes”或“5 分钟”")
        case .badMethod(let text): ("“method”不能是“\(text)”", "get 或 post")
        case .endpointAmongChannels(let name): ("通道不能叫“\(name)”", "`call` 用的地址写在“endpoints:”下面")
        case .unknownKind(let kind, let nearest): ("没有记录种类“\(kind)”", near(nearest))
        }
    }
}
