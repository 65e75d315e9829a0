/// How large values are, all that they hold included.
extension CELValue {
    /// A value in a list.
    static let inlineBytes = 24
    /// A key, its value and their place in the index.
    static let entryBytes = 96
    private static let greatestFootprint = 1 << 50

    /// Bytes a walk over the whole value meets. What a value holds twice counts twice, though it is in memory once: a
    /// few lines of `[a, a]` over `[b, b]` would else be a walk without end.
    var footprint: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.bytes.count
        case .list(let list): list.footprint
        case .map(let map): map.footprint
        case .optional(let optional): optional.footprint
        default: 0
        }
    }

    static func footprint(_ values: [CELValue], each: Int) -> Int {
        var sum = values.count * each
        for value in values { sum += value.footprint }
        return min(sum, greatestFootprint)
    }

    /// Bytes that were built for this value itself, what it holds left out.
    var ownBytes: Int {
        switch self {
        case .list(let list): list.elements.count * Self.inlineBytes
        case .map(let map): map.count * Self.entryBytes
        default: footprint
        }
    }
}
