import SourceDiagnostics

/// A word of the language.
struct Token: Sendable {
    enum Kind: Equatable, Sendable {
        case end, identifier, quotedIdentifier
        case int, uint, double, string, bytes
        case plus, minus, star, slash, percent
        case equal, notEqual, less, lessEqual, greater, greaterEqual
        case and, or, not
        case question, colon, comma, dot
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
        /// A character or literal that could not be read; the problem is recorded already.
        case broken
    }

    let kind: Kind
    let range: SourceRange
    /// An identifier's name or a literal's decoded content.
    var text: String = ""
    var content: [UInt8] = []
}
