import SourceDiagnostics

/// Why an evaluation gave no value. It travels through an expression as CEL's errors do.
public struct CELFailure: Error, Sendable, Equatable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// A value was needed and the field is empty; `path` is the expression's own text, such as `task.due`.
        case empty(path: String)
        case noSuchKey(String)
        case noSuchField(String)
        case indexOutOfBounds(String)
        case divisionByZero
        case modulusByZero
        /// `type`: int, uint, timestamp or duration.
        case overflow(type: String)
        case noSuchOverload(function: String, arguments: [String])
        case conversion(from: String, to: String, value: String)
        case unknownTimeZone(String)
        case invalidRegex(String)
        /// A pattern to extract with has more than one group.
        case regexGroups(Int)
        /// `group` is not among the pattern's `groups`; nil: a backslash without a digit.
        case regexReplacement(group: Int?, groups: Int)
        case repeatedKey(String)
        case unsupportedKey(type: String)
        case invalidUTF8
        case invalidArgument(function: String, value: String)
        case format(FormatFault)
        case optionalNone
        case unbound(String)
        case costLimit(Int)
        case sizeLimit(Int)
        /// Bytes.
        case memoryLimit(Int)
        /// A failure of a host function, already worded.
        case host(code: String, english: String, chinese: String)
    }

    private final class Storage: Sendable {
        let kind: Kind
        let range: SourceRange?
        init(_ kind: Kind, _ range: SourceRange?) { (self.kind, self.range) = (kind, range) }
    }

    /// Boxed: a thrown error then is one word.
    private let storage: Storage

    /// Functions leave the range out: the evaluator adds that of the call.
    public init(_ kind: Kind, range: SourceRange? = nil) { storage = Storage(kind, range) }

    /// What happened.
    public var kind: Kind { storage.kind }
    /// Where in the expression; nil when the failing function did not know. The evaluator fills it in.
    public var range: SourceRange? { storage.range }

    /// A spent budget ends the whole evaluation: no other term may decide after it.
    var endsEvaluation: Bool {
        switch kind {
        case .costLimit, .memoryLimit: true
        default: false
        }
    }

    /// The path of the empty field, when that is the reason.
    public var emptyPath: String? { if case .empty(let path) = kind { path } else { nil } }

    func at(_ range: SourceRange) -> CELFailure { self.range == nil ? CELFailure(kind, range: range) : self }

    /// Same kind at the same place.
    public static func == (a: CELFailure, b: CELFailure) -> Bool { a.kind == b.kind && a.range == b.range }
}

extension CELFailure: DiagnosticFact {
    /// A stable name for machines, such as `division_by_zero`.
    public var code: String {
        switch kind {
        case .empty: "empty_value"
        case .noSuchKey: "no_such_key"
        case .noSuchField: "no_such_field"
        case .indexOutOfBounds: "index_out_of_bounds"
        case .divisionByZero: "division_by_zero"
        case .modulusByZero: "modulus_by_zero"
        case .overflow: "overflow"
        case .noSuchOverload: "no_such_overload"
        case .conversion: "conversion"
        case .unknownTimeZone: "unknown_time_zone"
        case .invalidRegex, .regexGroups: "invalid_regex"
        case .regexReplacement: "invalid_argument"
        case .repeatedKey: "repeated_key"
        case .unsupportedKey: "unsupported_key"
        case .invalidUTF8: "invalid_utf8"
        case .invalidArgument: "invalid_argument"
        case .format: "format"
        case .optionalNone: "optional_none"
        case .unbound: "unbound_variable"
        case .costLimit: "cost_limit"
        case .sizeLimit: "size_limit"
        case .memoryLimit: "memory_limit"
        case .host(let code, _, _): code
        }
    }

    /// One sentence without a full stop.
    public func message(_ language: Language) -> String {
        switch language {
        case .en: englishMessage
        case .zh: chineseMessage
        }
    }
}
