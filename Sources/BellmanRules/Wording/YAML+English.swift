extension YAMLProblem {
    var english: (message: String, help: String?) {
        switch self {
        case .tooLarge(let bytes, let limit):
            ("the file has \(bytes) bytes; the limit is \(limit)", "split it into several files")
        case .tooDeep(let limit):
            ("nested deeper than \(limit) levels", "a rule never needs that; look for a stray bracket or indentation")
        case .tooManyNodes(let limit): ("more than \(limit) values in one file", "split it into several files")
        case .tab: ("a tab in the indentation", "indent with spaces")
        case .anchor:
            ("anchors (&) and aliases (*) are not used in Bellman files", "write the value out, or quote the text")
        case .tag(let text):
            ("YAML reads a leading ! as a tag, not as \u{201C}not\u{201D}", "put the expression in quotes: '\(text)'")
        case .bareTemplate(let text):
            ("YAML reads a leading {{ as a mapping", "put the text in quotes: \"\(text.replacing("\"", with: "'"))\"")
        case .colonInPlain(let text):
            ("a colon followed by a blank ends a plain value", "put the value in quotes: '\(text)'")
        case .reservedStart(let character):
            ("a plain value cannot begin with \(character)", "put it in quotes")
        case .fullWidth(let wide, let ascii):
            ("full-width \(wide) from an input method", "type \(ascii) instead")
        case .duplicateKey(let key): ("the key \(key) is there twice", "keep one of them")
        case .syntax(let problem): ("not valid YAML: \(problem)", nil)
        }
    }
}
