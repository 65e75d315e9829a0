/// What was found, without its place: worded in every language by the type that knows it.
public protocol DiagnosticFact: Sendable {
    /// Stable snake_case name for machines.
    var code: String { get }
    var severity: Severity { get }
    func message(_ language: Language) -> String
    /// How to mend it; nil when there is nothing to say.
    func help(_ language: Language) -> String?
}

extension DiagnosticFact {
    public var severity: Severity { .error }
    public func help(_ language: Language) -> String? { nil }
}

/// A fact at a place.
public struct Diagnostic: Sendable {
    public struct Related: Sendable {
        public let range: SourceRange
        public let label: String

        public init(range: SourceRange, label: String) {
            self.range = range
            self.label = label
        }
    }

    public let fact: any DiagnosticFact
    public let file: SourceFile
    public let range: SourceRange
    public let related: [Related]

    public init(fact: any DiagnosticFact, file: SourceFile, range: SourceRange, related: [Related] = []) {
        self.fact = fact
        self.file = file
        self.range = file.wholeCharacters(range)
        self.related = related
    }

    public var severity: Severity { fact.severity }
    public var start: SourcePosition { file.position(at: range.start) }
    public var end: SourcePosition { file.position(at: range.end) }
}

extension [Diagnostic] {
    /// By file name, then position, then code: the order every renderer uses.
    public func sortedByPosition() -> [Diagnostic] {
        enumerated().sorted { a, b in
            let left = (a.element.file.name, a.element.range.start, a.element.range.end, a.element.fact.code)
            let right = (b.element.file.name, b.element.range.start, b.element.range.end, b.element.fact.code)
            return left == right ? a.offset < b.offset : left < right
        }.map(\.element)
    }
}
