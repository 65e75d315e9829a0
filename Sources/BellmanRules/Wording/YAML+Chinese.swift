extension YAMLProblem {
    var chinese: (message: String, help: String?) {
        switch self {
        case .tooLarge(let bytes, let limit): ("文件有 \(bytes) 字节，上限是 \(limit)", "请拆成几个文件")
        case .tooDeep(let limit): ("嵌套超过 \(limit) 层", "规则用不到这么深，请检查多余的括号或缩进")
        case .tooManyNodes(let limit): ("一个文件里超过 \(limit) 个值", "请拆成几个文件")
        case .tab: ("缩进里有制表符（Tab）", "请用空格缩进")
        case .anchor: ("Bellman 的文件不使用锚点（&）和别名（*）", "请把值写全，或给文字加引号")
        case .tag(let text): ("YAML 把开头的 ! 读成标签，而不是“非”", "给表达式加引号：'\(text)'")
        case .bareTemplate(let text):
            ("YAML 把开头的 {{ 读成映射", "给这段文字加引号：\"\(text.replacing("\"", with: "'"))\"")
        case .colonInPlain(let text): ("冒号加空格会结束一个不带引号的值", "给这个值加引号：'\(text)'")
        case .reservedStart(let character): ("不带引号的值不能以 \(character) 开头", "请加引号")
        case .fullWidth(let wide, let ascii): ("输入法打出的全角符号 \(wide)", "请改成半角 \(ascii)")
        case .duplicateKey(let key): ("键 \(key) 写了两次", "请只保留一个")
        case .syntax(let problem): ("不是有效的 YAML：\(problem)", nil)
        }
    }
}
