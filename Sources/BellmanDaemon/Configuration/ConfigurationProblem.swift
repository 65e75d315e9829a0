import SourceDiagnostics

/// What can be wrong with `bellman.yaml`.
enum ConfigurationProblem: Sendable {
    case unknownKey(String, nearest: String?)
    case wantedText(String)
    case wantedMapping(String)
    case badZone(String, nearest: String?)
    case badLanguage(String)
    case badTime(String)
    case badCalendar(String)
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
    case unknownAdmin(String, nearest: String?)
    case badKindName(String)
    case reservedKindName(String)
    case badFieldType(String, nearest: String?)
    case kindWithoutFields(String)
    case channel(english: String, chinese: String)
    case derivation(path: String, english: String, chinese: String)
    case notYet(String)
}

extension ConfigurationProblem: DiagnosticFact {
    var severity: Severity { if case .notYet = self { .warning } else { .error } }

    var code: String {
        let name = "\(self)".prefix { $0 != "(" }
        let snake = name.reduce(into: "") { code, character in
            if character.isUppercase { code += "_" }
            code += character.lowercased()
        }
        return "config_\(snake)"
    }

    func message(_ language: Language) -> String { language == .zh ? chinese.0 : english.0 }
    func help(_ language: Language) -> String? { language == .zh ? chinese.1 : english.1 }

    private var english: (String, String?) {
        func near(_ word: String?) -> String? { word.map { "did you mean “\($0)”?" } }
        return switch self {
        case .unknownKey(let key, let nearest): ("unknown key “\(key)”", near(nearest))
        case .wantedText(let key): ("“\(key)” wants a text", nil)
        case .wantedMapping(let key): ("“\(key)” wants keys and values", nil)
        case .badZone(let name, let nearest):
            ("no time zone “\(name)”", near(nearest) ?? "use an IANA name such as Asia/Shanghai")
        case .badLanguage(let text): ("no language “\(text)”", "zh or en")
        case .badTime(let text): ("“\(text)” is no time of day", "write it as \"09:00\"")
        case .badCalendar(let name): ("no calendar “\(name)”", "CN or MON-FRI")
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
        case .unknownAdmin(let name, let nearest): ("“admin” names no channel: “\(name)”", near(nearest))
        case .badKindName(let name):
            ("“\(name)” cannot be the name of a kind or field", "letters, digits and _, not beginning with a digit")
        case .reservedKindName(let name): ("“\(name)” is a name that every rule has already", "choose another")
        case .badFieldType(let type, let nearest): ("there is no field type “\(type)”", near(nearest))
        case .kindWithoutFields(let name): ("kind “\(name)” has no fields", "add “fields: {name: string, …}”")
        case .channel(let english, _): (english, nil)
        case .derivation(let path, let english, _): ("derived field \(path): \(english)", nil)
        case .notYet(let key): ("“\(key)” has no effect in this version", nil)
        }
    }

    private var chinese: (String, String?) {
        func near(_ word: String?) -> String? { word.map { "是不是想写“\($0)”？" } }
        return switch self {
        case .unknownKey(let key, let nearest): ("没有“\(key)”这个键", near(nearest))
        case .wantedText(let key): ("“\(key)”要写文字", nil)
        case .wantedMapping(let key): ("“\(key)”要写键和值", nil)
        case .badZone(let name, let nearest): ("没有时区“\(name)”", near(nearest) ?? "请用 IANA 名称，例如 Asia/Shanghai")
        case .badLanguage(let text): ("没有语言“\(text)”", "zh 或 en")
        case .badTime(let text): ("“\(text)”不是时刻", "请写成 \"09:00\"")
        case .badCalendar(let name): ("没有日历“\(name)”", "CN 或 MON-FRI")
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
        case .unknownAdmin(let name, let nearest): ("“admin”指的通道不存在：“\(name)”", near(nearest))
        case .badKindName(let name): ("“\(name)”不能作种类或字段的名称", "字母、数字和 _，不以数字开头")
        case .reservedKindName(let name): ("“\(name)”是每条规则已有的名称", "请换一个")
        case .badFieldType(let type, let nearest): ("没有字段类型“\(type)”", near(nearest))
        case .kindWithoutFields(let name): ("种类“\(name)”没有字段", "请加上“fields: {name: string, …}”")
        case .channel(_, let chinese): (chinese, nil)
        case .derivation(let path, _, let chinese): ("派生字段 \(path)：\(chinese)", nil)
        case .notYet(let key): ("“\(key)”在这个版本里不起作用", nil)
        }
    }
}
