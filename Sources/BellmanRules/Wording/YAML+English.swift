extension YAMLProblem {
    var english: (message: String, help: String?) {
        switch self {
        case .tooLarge(let bytes, let limit):
            ("the file has \(bytes) bytes; the limit is \(limit)", "split it into several files")
        case .tooDeep(let limit):
            ("nested deeper than \(limit) levels", "a rule never needs that; look for a stray bracket or indentation")
        case .tooManyNodes(let limit): ("more than \(limit) values in one file", "split it into several files")
        case .notUTF8: ("the file is not UTF-8", "save it as UTF-8 (it was perhaps saved as GBK or GB18030)")
        case .tab: ("a tab in the indentation", "indent with spaces")
        case .anchor(let word) where word.hasPrefix("*"):
            (
                "YAML reads \(word) as a value from elsewhere",
                "write the value out; a text that begins with * goes in quotes"
            )
        case .anchor(let word):
            (
                "YAML reads \(word) as a name for the value behind it",
                "delete \(word); a text that begins with & goes in quotes"
            )
        case .tag(let text) where text.hasPrefix("!!"):
            ("tags such as !!str are not used in Bellman files", "remove the tag: the key decides the type")
        case .tag(let text):
            (
                "YAML reads a leading ! as a tag, not as \u{201C}not\u{201D}",
                "put the expression in quotes: \(text.yamlQuoted)"
            )
        case .bareTemplate(let text):
            ("YAML reads a leading {{ as a mapping", "put the text in quotes: \(text.yamlQuoted)")
        case .colonInPlain(let text):
            ("a colon followed by a blank ends a plain value", "put the value in quotes: \(text.yamlQuoted)")
        case .reservedStart(let character):
            ("a plain value cannot begin with \(character)", "put it in quotes")
        case .fullWidth(let wide, let ascii):
            ("full-width \(wide) from an input method", "type \(ascii) instead")
        case .controlCharacter(let name):
            ("an invisible character (\(name)) that YAML does not allow", "delete it; it often comes with copied text")
        case .duplicateKey(let key, let line):
            (
                "the key \(key) is there twice\(line.map { ", first on line \($0)" } ?? "")",
                key == "if"
                    ? "keep one; to ask for both, join the two conditions with && in one line" : "keep one of the two"
            )
        case .unaligned:
            (
                "this line does not line up with those before it",
                "keys that belong together begin in one column; entries of a list with “- ”"
            )
        case .unclosedQuote(let quote):
            ("the quote \(quote) is never closed", "close it, or put the whole text in the other kind of quotes")
        case .unclosedBracket(let open, let close): ("\(open) is never closed", "close it with \(close)")
        case .separatorMissing(let close):
            (
                "a comma or \(close) is missing before this",
                "put a comma between entries, and quotes around text with { } [ ] or a comma"
            )
        case .blankAfterColon(let key): ("after “\(key):” there is no blank", "write a blank after the colon")
        case .keyWithoutColon:
            ("this line is no “key: value”", "give it a key, or indent it if it belongs to the text above")
        case .syntax(let problem): ("not valid YAML: \(problem)", nil)
        }
    }
}
