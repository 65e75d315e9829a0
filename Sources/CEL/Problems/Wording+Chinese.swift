/// Every Chinese sentence of this target.
extension CELProblem {
    var chineseMessage: String {
        switch self {
        case .strangeCharacter(let text): "无法识别的字符 \(text)"
        case .fullWidth(let written, let meant): meant == " " ? "这里是全角空格" : "这里是全角的 \(written)，应为 \(meant)"
        case .fullWidthQuotes: "文字用了中文引号"
        case .wrongOperator(let written, _), .wordOperator(let written, _): "没有 \(written) 这个运算符"
        case .unterminatedString: "这段文字缺少结束引号"
        case .unterminatedName: "反引号里的不是合法名称"
        case .invalidEscape(let text): "未知的转义 \(text)"
        case .invalidNumber(let text, let type): "\(text) 超出了 \(type) 的范围"
        case .expectedExpression(let found): found.isEmpty ? "表达式不完整" : "\(found) 前缺少一个值"
        case .expected(let sign, let found):
            found.isEmpty ? "结尾前缺少 \(Self.chinese(sign))" : "此处应为 \(Self.chinese(sign))，却是 \(found)"
        case .unexpected(let found): "表达式之后多出了 \(found)"
        case .mixedUnary: "! 与 - 不能连写"
        case .reservedWord(let word): "\(word) 是保留字"
        case .sourceTooLong(let limit): "表达式超过 \(limit) 个字符"
        case .tooDeep(let limit): "表达式嵌套超过 \(limit) 层"
        case .tooManyErrors: "错误太多，其余部分未读"
        case .hasArgument: "has() 的参数应为字段，例如 has(task.due)"
        case .macroVariable(let macro): "\(macro) 的这个参数应为一个名称"
        case .repeatedVariable(let name): "名称 \(name) 用了两次"
        default: chineseTypeMessage
        }
    }

    private static func chinese(_ sign: String) -> String { sign == "name" ? "名称" : sign }

    private var chineseTypeMessage: String {
        switch self {
        case .undeclared(let name, _): "未知的名称 \(name)"
        case .undeclaredFunction(let name, _, let isMember, let receiver):
            isMember && receiver != nil ? "\(receiver ?? "") 没有函数 \(name)" : "未知的函数 \(name)"
        case .undefinedField(let object, let field, _): "\(object) 没有字段 \(field)"
        case .noFields(let type, let field): "\(type) 类型的值没有字段，也就没有 \(field)"
        case .noOverload(let function, let arguments, let isMember, _):
            isMember
                ? "\(arguments.first ?? "").\(function) 不接受 (\(arguments.dropFirst().joined(separator: ", ")))"
                : "\(function) 不接受 (\(arguments.joined(separator: ", ")))"
        case .cannotApply(let sign, let left, let right): Self.chineseApply(sign, left, right)
        case .cannotNegate(let sign, let type): "\(sign) 不能用于 \(type)"
        case .branchTypes(let a, let b): "? : 的两个分支类型不同：\(a) 与 \(b)"
        case .expectedType(let wanted, let found): "此处应为 \(wanted)，却是 \(found)"
        case .notIterable(let type): "\(type) 不能逐项处理，需要列表或映射"
        case .unknownMessage(let name): "未知的类型 \(name)"
        case .repeatedKey(let key): "映射中键 \(key) 重复"
        case .unsupportedKey(let type): "\(type) 不能作映射的键"
        case .cannotSort(let type): "\(type) 类型的值没有大小顺序"
        case .tooManyWalks(let limit): "逐项处理的宏嵌套超过 \(limit) 层"
        case .costsTooMuch(let least, let limit):
            "这里至少要 \(Self.grouped(least)) 步，而上限是 \(Self.grouped(limit)) 步"
        case .neverEqual(let function, let least, let most, let number):
            "\(function)() 的结果是 \(least) 到 \(most)，不会是 \(number)"
        case .regexGroups(let count): "正则表达式有 \(count) 个分组；提取时至多一个"
        case .invalidLiteral(let function, let value): "\(function)(\"\(value)\") 不可能成功"
        case .invalidRegex(let reason): "正则表达式有误：\(CELAdvice.chinesePattern(reason))"
        case .invalidFormat(let fault): "格式串有误：\(fault.chinese)"
        case .host(let problem): problem.chinese
        case .macroParts(let name, let count): "\(name) 要写名称和对它的判断，这里有 \(count) 部分"
        case .bindParts(let count): "cel.bind 有三部分，这里有 \(count) 部分"
        default: ""
        }
    }

    private static func chineseApply(_ sign: String, _ left: String, _ right: String) -> String {
        switch sign {
        case "==", "!=", "<", "<=", ">", ">=": "\(left) 不能与 \(right) 比较"
        case "in": "不能在 \(right) 中查找 \(left)"
        case "[ ]": "\(left) 不能用 \(right) 作下标"
        default: "\(sign) 不能用于 \(left) 与 \(right)"
        }
    }

    var chineseHelp: String? {
        switch self {
        case .fullWidth(_, let meant): meant == " " ? "改用半角空格" : "改写为 \(meant)"
        case .fullWidthQuotes(let content): "改写为 \"\(content)\""
        case .wrongOperator(_, let meant), .wordOperator(_, let meant): "改写为 \(meant)"
        case .expectedExpression(let found) where !found.isEmpty: "缺少一个值，或多了 \(found)"
        case .macroVariable("cel.bind"): CELAdvice.bind.chinese
        case .macroVariable(let macro): "给每一项取一个名称，例如 \(macro)(x, …)"
        case .unterminatedString: "用开头的那种引号结束"
        case .invalidEscape: "反斜杠写作 \\\\，或用 r\"…\" 写不转义的文字"
        case .mixedUnary: "给里面的部分加括号"
        case .reservedWord: "换一个名称"
        case .tooDeep: "把表达式拆开"
        case .hasArgument(let hint?): "写作 has(….\(hint))；对映射写作 \"\(hint)\" in …"
        case .undeclared(_, let near?), .undefinedField(_, _, let near?), .undeclaredFunction(_, let near?, _, _):
            "是不是想写 \(near)？"
        case .noOverload(_, _, _, let expected) where !expected.isEmpty: "它接受 \(Self.listed(expected, " 或 "))"
        case .cannotApply(let sign, let left, let right): Self.mixedTypes(sign, left, right).map(Self.chinese)
        case .branchTypes, .invalidRegex, .invalidFormat, .expected, .invalidNumber: generalAdvice?.chinese
        case .cannotNegate("-", "uint"): "先写 int(…)"
        case .cannotNegate("-", _): "- 只能放在数字或时长前面；要表示“不”请用 ! 或 !="
        case .repeatedKey: "删去其中一个"
        case .unsupportedKey: "键可以是 string、int、uint 或 bool"
        case .cannotSort: "按有顺序的部分排序：sortBy(x, …)"
        case .tooManyWalks: "用 cel.bind 给一部分命名，或把表达式拆开"
        case .costsTooMuch: "减少要处理的元素，或减少嵌套的宏"
        case .neverEqual(let function, let least, _, _):
            least == 0 ? "\(function)() 从 0 数起" + Self.chineseFirst(function) : nil
        case .regexGroups: "只用来归组的括号写作 (?:…)"
        case .expectedType("bool", _): "写成比较，例如 x != \"\""
        case .invalidLiteral("timestamp", _): "写法如 timestamp(\"2026-03-01T09:00:00+08:00\")"
        case .invalidLiteral("duration", _): "单位为 h m s ms us ns，例如 duration(\"36h\")"
        case .host(let problem): problem.chineseHelp
        default: nil
        }
    }

    private static func chineseFirst(_ function: String) -> String {
        switch function {
        case "getMonth": "：0 是一月，11 是十二月"
        case "getDayOfWeek": "：0 是星期日，6 是星期六"
        case "getDayOfMonth": "；getDate() 从 1 数起"
        default: ""
        }
    }

    private static func chinese(_ remedy: Remedy) -> String {
        switch remedy {
        case .convert(let function): "用 \(function)(…) 使两边成为同一种数"
        case .instant: "用 timestamp(\"2026-03-01T09:00:00Z\")"
        case .span: "用 duration(\"72h\")"
        case .text: "用 string(…) 把值接到文字上"
        case .null: "只有可能为空的字段才能与 null 比较"
        }
    }
}

extension CELFailure {
    var chineseMessage: String {
        switch kind {
        case .empty(let path): "\(path) 为空"
        case .noSuchKey(let key): "没有键 \(key)"
        case .noSuchField(let field): "没有字段 \(field)"
        case .indexOutOfBounds(let index): "下标越界：\(index)"
        case .divisionByZero: "除数为零"
        case .modulusByZero: "对零取余"
        case .overflow(let type): "\(type) 溢出"
        case .noSuchOverload(let function, let arguments): "\(function) 不能用于 (\(arguments.joined(separator: ", ")))"
        case .conversion(let from, let to, let value): "\(from) \(value) 不能转换为 \(to)"
        case .unknownTimeZone(let zone): "未知的时区 \(zone)"
        case .invalidRegex(let reason): "正则表达式有误：\(CELAdvice.chinesePattern(reason))"
        case .regexGroups(let count): "正则表达式有 \(count) 个分组；提取时至多一个"
        case .regexReplacement(let group?, let groups): "\\\(group) 表示分组，而正则表达式只有 \(groups) 个分组"
        case .regexReplacement: "替换文字中 \\ 之后应为数字或另一个 \\"
        case .repeatedKey(let key): "映射中键 \(key) 重复"
        case .unsupportedKey(let type): "\(type) 不能作映射的键"
        case .invalidUTF8: "这些字节不是 UTF-8 文字"
        case .invalidArgument(let function, let value): "\(function) 不能接受 \(value)"
        case .format(let fault): "format：\(fault.chinese)"
        case .optionalNone: "可选值为空"
        case .unbound(let name): "\(name) 此处没有值"
        case .costLimit(let limit): "表达式的代价超过 \(limit)"
        case .sizeLimit(let limit): "结果超过 \(limit)"
        case .memoryLimit(let limit): "表达式算出的数据超过 \(limit >> 20) MB"
        case .host(_, _, let chinese): chinese
        }
    }
}

extension FormatFault {
    var chinese: String {
        switch self {
        case .endsEarly: "文字在 % 之后就结束了"
        case .unknownClause(let clause): "没有 \(clause) 这种占位"
        case .count(let values, let clauses): "\(values) 个值，却有 \(clauses) 个占位"
        case .precision(let digits?): "小数位超过 \(FormatFunctions.greatestPrecision)（\(digits)）"
        case .precision: "小数点后缺少位数"
        case .value(let clause, let type): "\(clause) 不能显示 \(type)"
        }
    }
}
