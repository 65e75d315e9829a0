import SourceDiagnostics

/// One node of a rule file, with its place. Scalars keep their text as written; what type it has
/// is decided by the key that holds it.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        case scalar(YAMLScalar)
        case mapping([Pair])
        case sequence([YAMLNode])
        /// Could not be read; reported already.
        case broken
    }

    public struct Pair: Sendable {
        public let key: YAMLNode
        public let value: YAMLNode
    }

    public let content: Content
    public let range: SourceRange
    /// Written inside `{ }` or `[ ]`.
    public let isFlow: Bool

    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    public var pairs: [Pair]? {
        if case .mapping(let pairs) = content { return pairs }
        return nil
    }

    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    /// The same for two nodes that say the same, whatever their layout, quotation marks and comments.
    var canonical: String {
        switch content {
        case .broken: "!"
        case .scalar(let scalar): "\(scalar.text.utf8.count):\(scalar.text)"
        case .sequence(let items): "[" + items.map(\.canonical).joined(separator: ",") + "]"
        case .mapping(let pairs):
            "{" + pairs.map { "\($0.key.canonical)=\($0.value.canonical)" }.joined(separator: ",") + "}"
        }
    }

    public var isBroken: Bool {
        if case .broken = content { return true }
        return false
    }

    /// Nothing was written (`key:` with no value, or `~`).
    public var isEmpty: Bool {
        guard let scalar else { return false }
        return scalar.style == .plain && (scalar.text.isEmpty || scalar.text == "~" || scalar.text == "null")
    }
}

/// A scalar's text after unquoting and folding, with the way back to the file.
public struct YAMLScalar: Sendable {
    public enum Style: Sendable { case plain, single, double, literal, folded }

    public let text: String
    public let style: Style
    let map: ScalarMap

    /// The file range of a range within `text` (both in UTF-8 offsets).
    public func fileRange(_ range: SourceRange) -> SourceRange { map.fileRange(range) }
}
