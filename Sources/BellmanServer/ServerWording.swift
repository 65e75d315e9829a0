import Almanac
import BellmanModel

/// The words of the server's refusals, in both languages, each with its remedy.
extension ServerFailure {
    func title(_ language: AlmanacLanguage) -> String {
        switch self {
        case .tokenMissing, .tokenUnknown: language.pick(en: "A token is needed", zh: "需要令牌")
        case .tooManyFailures: language.pick(en: "Too many wrong tokens", zh: "错误令牌过多")
        case .forbidden: language.pick(en: "Not allowed", zh: "没有权限")
        case .hostRefused: language.pick(en: "Unknown host name", zh: "主机名不在允许之列")
        case .badPath, .noSuchPath: language.pick(en: "No such page", zh: "没有这个地址")
        case .methodNotAllowed: language.pick(en: "Method not allowed", zh: "不支持此方法")
        case .bodyTooLarge, .tooManyRows: language.pick(en: "Too large", zh: "内容过大")
        case .mediaType: language.pick(en: "Unknown content type", zh: "不支持的内容类型")
        case .badQuery: language.pick(en: "Bad query parameter", zh: "查询参数有误")
        case .badJSON, .emptyBody, .bodyBroken, .notAnObject: language.pick(en: "Unreadable body", zh: "正文无法读取")
        case .csvUnavailable, .csvRefused: language.pick(en: "The table was refused", zh: "表格未被接受")
        case .unknownKind: language.pick(en: "Unknown kind", zh: "没有这个类别")
        case .noRecord: language.pick(en: "No such record", zh: "没有这条记录")
        case .noDelivery: language.pick(en: "No such delivery", zh: "没有这条通知")
        case .versionConflict: language.pick(en: "The record has changed", zh: "记录已被改动")
        case .badRecord: language.pick(en: "The record was refused", zh: "记录未被接受")
        case .noExplanation: language.pick(en: "Nothing is known of that", zh: "没有相关信息")
        case .noRule: language.pick(en: "No such rule", zh: "没有这条规则")
        case .noFiring: language.pick(en: "No such firing", zh: "没有这次提醒")
        case .noSilence: language.pick(en: "No such silence", zh: "没有这个静默")
        case .badAct: language.pick(en: "That cannot be done", zh: "无法这样做")
        case .otherPerson: language.pick(en: "Not in another's name", zh: "不能代替别人")
        case .formForged, .formOld: language.pick(en: "The form was not accepted", zh: "表单未被接受")
        case .tooManyListeners: language.pick(en: "Too many listeners", zh: "监听者过多")
        case .storage: language.pick(en: "The store does not answer", zh: "存储没有响应")
        }
    }

    func detail(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch self {
        case .tokenMissing: "send “Authorization: Bearer TOKEN”; make a token with: bellman token create"
        case .tokenUnknown: "this token is not known; make one with: bellman token create"
        case .tooManyFailures: "too many wrong tokens from this address; try again in a minute"
        case .forbidden(let role, let need): "a token of role \(role) may not \(need.english)"
        case .hostRefused(let host): "“\(host)” is neither localhost nor the host of public_url"
        case .badPath: "the path holds a broken percent escape"
        case .noSuchPath(let path): "there is nothing at \(path)"
        case .methodNotAllowed(let method, let allowed):
            "\(method) is not possible here; possible: \(allowed.joined(separator: ", "))"
        case .bodyTooLarge(let limit): "a body may have \(limit >> 20) MiB; send it in parts, or use: bellman import"
        case .bodyBroken: "the body ended before its announced length"
        case .mediaType(let type?, let good): "\(type) is not understood here; send \(good.joined(separator: ", "))"
        case .mediaType(nil, let good): "Content-Type is missing; send \(good.joined(separator: ", "))"
        case .badQuery(let name, let value, let good): "“\(value)” is not possible for \(name); \(good)"
        case .badJSON(let problem): problem.words(.en)
        case .emptyBody: "the body is empty"
        case .notAnObject: "a JSON object of field names and values is wanted"
        case .tooManyRows(let limit): "at most \(limit) records at a time; send the rest in a further request"
        case .csvUnavailable: "this server takes no CSV; send JSON, or use: bellman import"
        case .csvRefused(let words): words
        case .unknownKind(let kind, let nearest):
            "there is no kind “\(kind)”" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .noRecord(let ref): "there is no \(ref)"
        case .noDelivery(let id): "there is no delivery \(id)"
        case .versionConflict(let current): "it is at version \(current) now; read it again and repeat the change"
        case .badRecord(let faults): faults.map { $0.words(.en) }.joined(separator: "; ")
        case .noExplanation(let words): words
        case .noRule(let id): "there is no rule “\(id)”"
        case .noFiring(let id): "there is no firing \(id) that rang; GET /v1/firings lists them"
        case .noSilence(let id): "there is no silence \(id); GET /v1/silences lists them"
        case .badAct(let field, let english, _): field.isEmpty ? english : "\(field): \(english)"
        case .otherPerson(let by, let own): "this token acts as \(own), not as \(by); a manager's token may"
        case .formForged: "the request did not come from a page of this server; open the page here and press again"
        case .formOld: "the page was made before you signed in; go back, reload it and press again"
        case .tooManyListeners(let limit): "\(limit) listeners are connected already; try again later"
        case .storage(.full): "the disk of the store is full; nothing was written"
        case .storage(.busy): "another process holds the store; try again"
        case .storage(.other): "the store failed; Bellman's log says why; nothing was written"
        }
    }

    private var chinese: String {
        switch self {
        case .tokenMissing: "请发送 “Authorization: Bearer 令牌”；用 bellman token create 创建令牌"
        case .tokenUnknown: "未知令牌；请用 bellman token create 创建"
        case .tooManyFailures: "此地址的错误令牌过多，请一分钟后再试"
        case .forbidden(let role, let need): "角色为 \(role) 的令牌不能\(need.chinese)"
        case .hostRefused(let host): "“\(host)”既不是 localhost，也不是 public_url 的主机名"
        case .badPath: "地址中的百分号转义有误"
        case .noSuchPath(let path): "\(path) 处没有内容"
        case .methodNotAllowed(let method, let allowed): "此处不能用 \(method)；可用：\(allowed.joined(separator: "、"))"
        case .bodyTooLarge(let limit): "正文最大 \(limit >> 20) MiB；请分批发送，或使用 bellman import"
        case .bodyBroken: "正文未达到声明的长度就结束了"
        case .mediaType(let type?, let good): "此处不接受 \(type)；请发送 \(good.joined(separator: "、"))"
        case .mediaType(nil, let good): "缺少 Content-Type；请发送 \(good.joined(separator: "、"))"
        case .badQuery(let name, let value, let good): "\(name) 不能是“\(value)”；\(good)"
        case .badJSON(let problem): problem.words(.zh)
        case .emptyBody: "正文为空"
        case .notAnObject: "需要由字段名和值组成的 JSON 对象"
        case .tooManyRows(let limit): "一次最多 \(limit) 条记录；其余请另行发送"
        case .csvUnavailable: "此服务不接受 CSV；请发送 JSON，或使用 bellman import"
        case .csvRefused(let words): words
        case .unknownKind(let kind, let nearest): "没有类别“\(kind)”" + (nearest.map { "；是否指 \($0)？" } ?? "")
        case .noRecord(let ref): "没有记录 \(ref)"
        case .noDelivery(let id): "没有通知 \(id)"
        case .versionConflict(let current): "现在的版本是 \(current)；请重新读取后再修改"
        case .badRecord(let faults): faults.map { $0.words(.zh) }.joined(separator: "；")
        case .noExplanation(let words): words
        case .noRule(let id): "没有规则“\(id)”"
        case .noFiring(let id): "没有响过的提醒 \(id)；GET /v1/firings 会列出"
        case .noSilence(let id): "没有静默 \(id)；GET /v1/silences 会列出"
        case .badAct(let field, _, let chinese): field.isEmpty ? chinese : "\(field)：\(chinese)"
        case .otherPerson(let by, let own): "这个令牌代表 \(own)，不能代替 \(by)；manager 的令牌可以"
        case .formForged: "请求不是从本服务的页面发出的；请打开页面后再按一次"
        case .formOld: "页面是在登录之前打开的；请返回、刷新后再按一次"
        case .tooManyListeners(let limit): "已有 \(limit) 个监听者；请稍后再试"
        case .storage(.full): "存储所在磁盘已满；没有写入任何内容"
        case .storage(.busy): "另一进程正占用存储；请重试"
        case .storage(.other): "存储出错，原因见更夫的日志；没有写入任何内容"
        }
    }
}

extension FieldFault {
    func words(_ language: AlmanacLanguage) -> String {
        language.pick(en: "\(field): \(english)", zh: "\(field)：\(chinese)")
    }

    func detail(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch fact {
        case .unknown(let kind, let nearest):
            "\(kind) has no such field" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .idMissing: "an id is needed; it makes repeated sending harmless"
        case .idNotText(let found): "an id is text such as \"T-42\", not a JSON \(found)"
        case .idBadText: "an id may not be empty, begin or end with a space, or hold control characters"
        case .idTooLong(let limit): "an id may have \(limit) bytes"
        case .idDiffers(let path): "the address says \(path); leave the id out or make it equal"
        case .value(let problem): problem.words(.en)
        }
    }

    private var chinese: String {
        switch fact {
        case .unknown(let kind, let nearest): "\(kind) 没有这个字段" + (nearest.map { "；是否指 \($0)？" } ?? "")
        case .idMissing: "需要编号；有了编号，重复发送也无妨"
        case .idNotText(let found): "编号应是文字，如 \"T-42\"，而不是 JSON 的 \(found)"
        case .idBadText: "编号不能为空，首尾不能有空格，也不能含控制字符"
        case .idTooLong(let limit): "编号最长 \(limit) 字节"
        case .idDiffers(let path): "地址里写的是 \(path)；请去掉编号或改成一致"
        case .value(let problem): problem.words(.zh)
        }
    }
}

extension Need {
    fileprivate var english: String {
        switch self {
        case .nothing, .nothingHere, .reading: "read"
        case .editing: "change records or answer notices"
        case .writing: "create, delete, resend or silence"
        }
    }

    fileprivate var chinese: String {
        switch self {
        case .nothing, .nothingHere, .reading: "读取"
        case .editing: "修改记录或答复提醒"
        case .writing: "新建、删除、重发或静默"
        }
    }
}

/// Good forms of query parameters.
enum QueryWords {
    static func wholeNumber(_ range: ClosedRange<Int>, _ language: AlmanacLanguage) -> String {
        language.pick(
            en: "write a whole number from \(range.lowerBound) to \(range.upperBound)",
            zh: "请写 \(range.lowerBound) 到 \(range.upperBound) 的整数")
    }

    static func oneOf(_ words: [String], _ language: AlmanacLanguage) -> String {
        language.pick(en: "write one of: \(words.joined(separator: ", "))", zh: "可写：\(words.joined(separator: "、"))")
    }
}
