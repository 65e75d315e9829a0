import Almanac

/// A silence as people ask for it: texts, yet to be checked.
public struct SilenceRequest: Sendable, Hashable {
    public var scope: SilenceScope
    /// When it begins; now where it is empty.
    public var from = ""
    /// When it ends: a time, or a date whose end is meant.
    public var until = ""
    /// How long it lasts (`3 days`); with `every`, how long each time.
    public var length = ""
    /// When it comes again (`friday at 18:00`).
    public var every = ""
    public var reason = ""

    public init(scope: SilenceScope = SilenceScope()) { self.scope = scope }
}

/// What is wrong with a request for a silence.
public enum SilenceProblem: Error, Sendable, Hashable {
    case noReason
    case noScope
    case unknownRule(String, nearest: String?)
    case unknownTag(String, nearest: String?)
    case unknownKind(String, nearest: String?)
    case badRecord(String)
    case noRecord(String)
    case conditionWithoutKind
    /// In words of both languages, with the place.
    case badCondition(english: String, chinese: String)
    case badTime(field: String, String)
    case badLength(String)
    case badEvery(english: String, chinese: String)
    case everyWithoutLength
    case noEnd
    case lengthAndUntil
    /// It would be over already.
    case past(String)
    case endsBeforeItBegins
    case tooMany(limit: Int)

    /// Of the request, as the API and commands name it.
    public var field: String {
        switch self {
        case .noReason: "reason"
        case .noScope, .unknownRule: "rule"
        case .unknownTag: "tag"
        case .unknownKind, .conditionWithoutKind: "kind"
        case .badRecord, .noRecord: "record"
        case .badCondition: "if"
        case .badTime(let field, _): field
        case .badLength, .everyWithoutLength, .noEnd, .lengthAndUntil: "for"
        case .badEvery: "every"
        case .past, .endsBeforeItBegins: "until"
        case .tooMany: ""
        }
    }

    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        func maybe(_ near: String?) -> String { near.map { "; did you mean \($0)?" } ?? "" }
        switch self {
        case .noReason: return "a silence needs a reason, so that others know why nothing rings"
        case .noScope: return "say what is to be silent: rule, tag, kind, record, or an expression with its kind"
        case .unknownRule(let id, let near): return "there is no rule “\(id)”" + maybe(near)
        case .unknownTag(let tag, let near): return "no rule has the tag “\(tag)”" + maybe(near)
        case .unknownKind(let kind, let near): return "there is no kind “\(kind)”" + maybe(near)
        case .badRecord(let text): return "“\(text)” is no record; write kind/id, such as contract/C-12"
        case .noRecord(let ref): return "there is no \(ref)"
        case .conditionWithoutKind: return "an expression needs the kind of record that it is about"
        case .badCondition(let english, _): return english
        case .badTime(_, let text):
            return "“\(text)” is no time; write 2026-10-01, 2026-10-01T18:00 or 2026-10-01T18:00:00+08:00"
        case .badLength(let text): return "“\(text)” is no length of time; write it like 3 days, 90 minutes or 2 weeks"
        case .badEvery(let english, _): return english
        case .everyWithoutLength: return "a silence that comes again needs to know how long each time: 60 hours"
        case .noEnd: return "say how long (for) or until when (until); one that comes again may go on for ever"
        case .lengthAndUntil: return "say either how long (for) or until when (until)"
        case .past(let shown): return "it would be over already (\(shown)); name a later end"
        case .endsBeforeItBegins: return "it would end before it begins; name a later end or an earlier beginning"
        case .tooMany(let limit): return "there are \(limit) silences already; end some first: bellman silence list"
        }
    }

    private var chinese: String {
        func maybe(_ near: String?) -> String { near.map { "；是否指 \($0)？" } ?? "" }
        switch self {
        case .noReason: return "静默必须写明原因，别人才知道为什么不响"
        case .noScope: return "请说明要静默什么：规则、标签、类别、记录，或带类别的表达式"
        case .unknownRule(let id, let near): return "没有规则“\(id)”" + maybe(near)
        case .unknownTag(let tag, let near): return "没有规则带标签“\(tag)”" + maybe(near)
        case .unknownKind(let kind, let near): return "没有类别“\(kind)”" + maybe(near)
        case .badRecord(let text): return "“\(text)”不是记录；请写成 类别/编号，例如 contract/C-12"
        case .noRecord(let ref): return "没有记录 \(ref)"
        case .conditionWithoutKind: return "表达式需要写明它所针对的记录类别"
        case .badCondition(_, let chinese): return chinese
        case .badTime(_, let text):
            return "“\(text)”不是时间；请写成 2026-10-01、2026-10-01T18:00 或 2026-10-01T18:00:00+08:00"
        case .badLength(let text): return "“\(text)”不是时长；请写成 3 天、90 分钟 或 2 周 这样的形式"
        case .badEvery(_, let chinese): return chinese
        case .everyWithoutLength: return "周期静默需要写明每次多久，例如 60 小时"
        case .noEnd: return "请说明静默多久（for）或到何时为止（until）；周期静默可以一直有效"
        case .lengthAndUntil: return "“多久”（for）和“到何时”（until）只能写一个"
        case .past(let shown): return "那时（\(shown)）已经过去；请写更晚的结束时间"
        case .endsBeforeItBegins: return "结束早于开始；请改结束或开始时间"
        case .tooMany(let limit): return "已有 \(limit) 个静默；请先结束一些：bellman silence list"
        }
    }
}
