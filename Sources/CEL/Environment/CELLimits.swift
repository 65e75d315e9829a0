/// Bounds on what one expression may ask for.
public struct CELLimits: Sendable {
    /// Unicode scalars of source text.
    public var sourceSize = 100_000
    /// Nesting of the syntax tree.
    public var depth = 250
    /// Syntax errors after which the parser gives up.
    public var syntaxErrors = 30
    /// Problems reported of one expression.
    public var problems = 100
    /// Macros that walk over something, one inside the other: each multiplies the work of those around it.
    public var comprehensionNesting = 12
    /// Cost units of one evaluation (about 0.1 s).
    public var cost = 1_000_000
    /// Elements or bytes of one list, map, string or bytes value built by an expression.
    public var size = 1_000_000
    /// Bytes of all values one evaluation builds, and of any one of them with all that it holds.
    public var memory = 64 << 20
    /// Sub-results that an explained evaluation keeps.
    public var steps = 100_000
    /// Instructions of a compiled regular expression.
    public var regexProgram = 10_000

    /// The defaults.
    public init() {}
}
