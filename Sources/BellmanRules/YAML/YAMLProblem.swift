import SourceDiagnostics

/// What can be wrong with a file before it is looked at as rules.
public enum YAMLProblem: Sendable, Equatable {
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case tab
    case anchor
    case tag(String)
    case bareTemplate(String)
    case colonInPlain(String)
    case reservedStart(String)
    case fullWidth(String, String)
    case duplicateKey(String)
    case syntax(String)
}

extension YAMLProblem: DiagnosticFact {
    public var severity: Severity { .error }

    public var code: String {
        switch self {
        case .tooLarge: "file_too_large"
        case .tooDeep: "nested_too_deep"
        case .tooManyNodes: "too_many_nodes"
        case .tab: "yaml_tab"
        case .anchor: "yaml_anchor"
        case .tag: "yaml_tag"
        case .bareTemplate: "yaml_bare_template"
        case .colonInPlain: "yaml_colon_in_text"
        case .reservedStart: "yaml_reserved_start"
        case .fullWidth: "yaml_full_width"
        case .duplicateKey: "duplicate_key"
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
