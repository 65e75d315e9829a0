/// A half-open range of UTF-8 byte offsets in a source text.
public struct SourceRange: Sendable, Hashable {
    public let start: Int
    public let end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    public var length: Int { end - start }

    public func union(_ other: SourceRange) -> SourceRange { SourceRange(min(start, other.start), max(end, other.end)) }

    /// The same range seen from a text in which this one begins at byte `offset`.
    public func shifted(by offset: Int) -> SourceRange { SourceRange(start + offset, end + offset) }

    public func contains(_ other: SourceRange) -> Bool { start <= other.start && other.end <= end }
}

/// A place as people count: both numbers from 1, the column in unicode scalars.
public struct SourcePosition: Sendable, Hashable, Comparable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: SourcePosition, b: SourcePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}
