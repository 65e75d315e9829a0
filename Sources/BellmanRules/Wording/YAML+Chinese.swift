extension YAMLProblem {
    var chinese: (message: String, help: String?) {
        switch self {
        case .tooLarge(let bytes, let limit): ("文件有 \(bytes) 字节，上限是 \(limit)", "请拆成几个文件")
        case .tooDeep(let limit): ("嵌套超过 \(limit) 层", "规则用不到这么深，请检查多余的括号或缩进")
        case .tooManyNodes(let limit): ("一个文件里超过 \(limit) 个值", "请拆成几个文件")
        case .notUTF8: ("文件不是 UTF-8 编码", "请另存为 UTF-8（可能存成了 GBK 或 GB18030）")
        case .tab: ("缩进里有制表符（Tab）", "请用空格缩进")
        case .anchor(let word) where word.hasPrefix("*"):
            ("YAML 把 \(word) 读成引用别处的值", "请把值写出来；以 * 开头的文字要加引号")
        case .anchor(let word):
            ("YAML 把 \(word) 读成给后面的值起名", "请删掉 \(word)；以 & 开头的文字要加引号")
        case .tag(let text) where text.hasPrefix("!!"):
            ("Bellman 的文件不使用 !!str 这类标签", "请去掉标签：类型由键决定")
        case .tag(let text): ("YAML 把开头的 ! 读成标签，而不是“非”", "给表达式加引号：\(text.yamlQuoted)")
        case .bareTemplate(let text):
            ("YAML 把开头的 {{ 读成映射", "给这段文字加引号：\(text.yamlQuoted)")
        case .colonInPlain(let text): ("冒号加空格会结束一个不带引号的值", "给这个值加引号：\(text.yamlQuoted)")
        case .reservedStart(let character): ("不带引号的值不能以 \(character) 开头", "请加引号")
        case .fullWidth(let wide, let ascii): ("输入法打出的全角符号 \(wide)", "请改成半角 \(ascii)")
        case .controlCharacter(let name): ("YAML 不允许的不可见字符（\(name)）", "请删掉它；它常常是复制文字时带来的")
        case .duplicateKey(let key, let line):
            (
                "键 \(key) 写了两次\(line.map { "，第一次在第 \($0) 行" } ?? "")",
                key == "if" ? "请只保留一个；两个条件都要时，用 && 合成一行" : "请只保留一个"
            )
        case .unaligned: ("这一行和前面的行没有对齐", "同一层的键要从同一列开始，列表的每一项以“- ”开头")
        case .unclosedQuote(let quote): ("引号 \(quote) 没有结束", "请补上结束引号，或把整段文字放进另一种引号")
        case .unclosedBracket(let open, let close): ("\(open) 没有结束", "请用 \(close) 收尾")
        case .separatorMissing(let close): ("这里之前缺少逗号或 \(close)", "各项之间用逗号隔开；含 { } [ ] 或逗号的文字要加引号")
        case .blankAfterColon(let key): ("“\(key):”后面缺少空格", "请在冒号后加一个空格")
        case .keyWithoutColon: ("这一行不是“键: 值”", "请补上键；如果属于上面的文字，请缩进")
        case .syntax(let problem): ("不是有效的 YAML：\(YAMLProblem.chineseReason(problem))", nil)
        }
    }
}

extension YAMLProblem {
    /// libyaml 的常见说法。
    private static let reasons: [(String, String)] = [
        ("did not find expected node content", "这里缺少内容，可能有没闭合的 [ 或 {"),
        ("did not find expected ',' or ']'", "列表缺少 , 或 ]"), ("did not find expected ',' or '}'", "映射缺少 , 或 }"),
        ("did not find expected key", "这里应当是一个键，请检查缩进和引号"), ("could not find expected ':'", "键后面缺少冒号"),
        ("mapping values are not allowed in this context", "这里不能再有“键: 值”，请检查缩进或加引号"),
        ("found unexpected end of stream", "引号没有闭合"), ("found character that cannot start any token", "这里有不能开头的字符"),
        ("did not find expected '-' indicator", "列表项的缩进不一致"), ("block sequence entries are not allowed", "这里不能开始列表"),
    ]

    static func chineseReason(_ problem: String) -> String {
        reasons.first { problem.contains($0.0) }.map { $0.1 } ?? problem
    }
}
