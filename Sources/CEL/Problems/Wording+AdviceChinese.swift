/// Chinese advice.
extension CELAdvice {
    var chinese: String {
        switch self {
        case .write(let code): "改写为 \(code)"
        case .isValue(let name): "\(name) 是值，不是函数：写 \(name)，不加 ( )"
        case .knownNames(let names): "这里可用的名称：\(names.joined(separator: "、"))"
        case .functions(let type, let names): "\(type) 的函数：\(names.map { ".\($0)(…)" }.joined(separator: "、"))"
        case .quoted(let text): "文字要加引号：\(text)"
        case .closeQuote(let quote): "开头是 \(quote)，也要用 \(quote) 结束"
        case .quoteInside: "文字里面的引号前加反斜杠，或外面换用另一种引号"
        case .plainNumber(let number): "只写数字：\(number)"
        case .fraction(let number): "百分数写成小数：\(number)"
        case .span(let code): "时长写作 \(code)"
        case .oneExpression: "只能是一个表达式：用 && 或 || 连接各个条件"
        case .comment: "注释以 // 开头，到行尾为止"
        case .missingOperator: "两者之间缺少运算符，例如 == 或 &&"
        case .keyAndValue: "键与值之间写 :"
        case .plainFunctions(let names): "函数：\(names.joined(separator: "、"))；其他函数写在值之后，例如 x.size()"
        case .spanUnit(let hours, let days): "写明单位：\(hours) 按小时，\(days) 按天"
        case .numberFor(let subject, let sign): "\(subject) 是数字，请写不带引号的数字，例如 \(subject) \(sign) 3"
        case .missingComma: "两者之间缺少逗号"
        case .missingAfter(let sign): "\(sign) 后面缺少内容"
        case .notOpened(let sign): "前面没有与它对应的 \(sign)：删去它，或在前面补上"
        case .unclosed(let part): "\(part) 没有结束"
        case .compareTwice(let code): "分两次比较：\(code)"
        case .ternary: "写作 条件 ? 值 : 另一个值"
        case .loop: "逐项处理列表用 .exists(x, …)、.all(x, …)、.filter(x, …) 或 .map(x, …)"
        case .bind: "给值命名用 cel.bind(名称, 值, 用到这个名称的表达式)，例如 cel.bind(x, size(labels), x > 1 && x < 9)"
        case .leaveOut: "删去它：表达式本身就是结果，能用的都已在此"
        default: chineseDetail
        }
    }

    private var chineseDetail: String {
        switch self {
        case .remove: "删去它"
        case .largestInt: "int 最大为 9223372036854775807；更大的用 double，例如 1e19"
        case .nothingStored: "表达式不保存值：比较用 ==，计算用 + - * /"
        case .noPower: "没有乘方：用乘法，例如 x * x"
        case .withoutBraces: "只写表达式，不加花括号与 $"
        case .lookAround: "正则表达式不能前后断言：用两个正则表达式，以 && 连接"
        case .backReference: "正则表达式不能引用分组的内容；文字中 \\\\ 是一个反斜杠"
        case .nothingToRepeat: "它前面没有可重复的内容：任意文字写 .*，要这个符号本身就在前面加 \\\\"
        case .escapedSign: "补上结尾，或在前面加 \\\\ 表示这个符号本身"
        case .formatClauses: "每个值一个占位：%s 任意，%d 数，%.2f 两位小数，%% 百分号"
        case .percentSign: "百分号写作 %%"
        case .wholeNumberIndex: "列表的下标是从 0 数起的 int，例如 [0]"
        case .optionalValue(let code): "可选值可能为空：写明为空时用什么，例如 \(code)"
        case .sameType: "两个分支用同一类型，例如都用 string(…)"
        case .alwaysThere(let name): "\(name) 总是存在：直接比较它，或问它的字段，例如 has(\(name).x)"
        case .oneField: "一次只问一个字段：has(a.x) && has(a.y)"
        case .textPattern(let code): "正则表达式写成文字：\(code)"
        case .largestSpan: "时长最多约 292 年"
        case .daysOfMonth(let year, let month, let days): "\(year) 年 \(month) 月只有 \(days) 天"
        case .monthOfYear: "月份是 01 到 12，顺序是 年-月-日"
        case .withZone(let code): "时刻要写明时间与时区：\(code)\(code.contains("Z\")") ? "；Z 是协调世界时，北京时间请改写 +08:00" : "")"
        default: ""
        }
    }
}

extension CELAdvice {
    private static let patternReasons: [(english: String, chinese: String)] = [
        ("missing closing )", "缺少右括号 )"), ("missing closing ]", "缺少右方括号 ]"), ("unexpected )", "多出的右括号 )"),
        ("invalid or unsupported Perl syntax", "不支持的写法"), ("invalid escape sequence", "未知的转义"),
        ("invalid nested repetition operator", "重复符号不能连用"), ("missing argument to repetition operator", "重复符号前没有内容"),
        ("invalid character class range", "字符范围有误"), ("invalid repeat count", "重复次数过大或次序颠倒"),
        ("invalid named capture", "分组名称有误"), ("trailing backslash at end of expression", "结尾是单独的反斜杠"),
        ("expression too large", "展开后太大"), ("expression nests too deeply", "嵌套太深"),
    ]

    /// RE2's words for what it refuses, in Chinese; the part of the pattern behind them stays.
    static func chinesePattern(_ reason: String) -> String {
        for (english, chinese) in patternReasons where reason.hasPrefix(english) {
            return chinese + reason.dropFirst(english.count).replacing(": ", with: "：")
        }
        return reason
    }
}
