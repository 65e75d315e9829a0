import SourceDiagnostics

/// What can be wrong with a file before it is looked at as rules.
public enum YAMLProblem: Sendable, Equatable {
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case notUTF8
    /// By its number: `U+0007`.
    case controlCharacter(String)
    case tab
    /// As written: `&name` or `*name`.
    case anchor(String)
    case tag(String)
    case bareTemplate(String)
    case colonInPlain(String)
    case reservedStart(String)
    case fullWidth(String, String)
    case duplicateKey(String, firstLine: Int?)
    case unaligned
    case unclosedQuote(String)
    case unclosedBracket(String, String)
    case separatorMissing(String)
    case blankAfterColon(String)
    case keyWithoutColon
    case syntax(String)
}

extension YAMLProblem: DiagnosticFact {
    public var severity: Severity { .error }

    public var code: String {
        switch self {
        case .tooLarge: "file_too_large"
        case .tooDeep: "nested_too_deep"
        case .tooManyNodes: "too_many_nodes"
        case .notUTF8: "not_utf8"
        case .controlCharacter: "control_character"
        case .tab: "yaml_tab"
        case .anchor: "yaml_anchor"
        case .tag: "yaml_tag"
        case .bareTemplate: "yaml_bare_template"
        case .colonInPlain: "yaml_colon_in_text"
        case .reservedStart: "yaml_reserved_start"
        case .fullWidth: "yaml_full_width"
        case .duplicateKey: "duplicate_key"
        case .unaligned: "yaml_unaligned"
        case .unclosedQuote: "yaml_unclosed_quote"
        case .unclosedBracket: "yaml_unclosed_bracket"
        case .separatorMissing: "yaml_separator_missing"
        case .blankAfterColon: "yaml_blank_after_colon"
        case .keyWithoutColon: "yaml_key_without_colon"
        case .syntax: "yaml_syntax"
        }
    }

    public func message(_ language: Language) -> String {
        language == .zh ? chinese.message : english.message
    }

    public func help(_ language: Language) -> String? {
        language == .zh ? chinese.help : english.help
    }
}
