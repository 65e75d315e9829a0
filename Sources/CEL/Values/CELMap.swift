/// A map key with CEL's idea of sameness: numbers on one line, strings by code point.
struct MapKey: Hashable {
    enum Form: Hashable {
        case bool(Bool)
        case negative(Int64)
        case natural(UInt64)
    }

    let form: Form?
    let text: String

    /// nil: a value of this type can never be a key (or, a fraction, never be found).
    init?(_ value: CELValue) {
        switch value {
        case .string(let string): (form, text) = (nil, string)
        case .bool(let flag): (form, text) = (.bool(flag), "")
        case .int(let number): (form, text) = (number < 0 ? .negative(number) : .natural(UInt64(number)), "")
        case .uint(let number): (form, text) = (.natural(number), "")
        case .double(let number):
            if let whole = Int64(exactly: number) {
                (form, text) = (whole < 0 ? .negative(whole) : .natural(UInt64(whole)), "")
            } else if let whole = UInt64(exactly: number) {
                (form, text) = (.natural(whole), "")
            } else {
                return nil
            }
        default: return nil
        }
    }

    static func == (a: MapKey, b: MapKey) -> Bool { a.form == b.form && UTF8Text.equal(a.text, b.text) }

    func hash(into hasher: inout Hasher) {
        hasher.combine(form)
        // Swift's own string hash is that of the normalised text.
        let done: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if done == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
    }
}

/// A map that keeps the order its entries came in, so that evaluation is repeatable.
public final class CELMap: Sendable {
    /// Up to this size a walk is quicker than a hash.
    private static let linearSearchLimit = 8

    /// In the order they were inserted.
    public let keys: [CELValue]
    /// At the places of their keys.
    public let values: [CELValue]
    /// See `CELValue.footprint`.
    let footprint: Int
    private let index: [MapKey: Int]?

    fileprivate init(keys: [CELValue], values: [CELValue]) {
        self.keys = keys
        self.values = values
        footprint = CELValue.footprint(keys, each: CELValue.entryBytes) + CELValue.footprint(values, each: 0)
        guard keys.count > Self.linearSearchLimit else {
            index = nil
            return
        }
        var index: [MapKey: Int] = [:]
        index.reserveCapacity(keys.count)
        for (position, key) in keys.enumerated() {
            if let form = MapKey(key) { index[form] = position }
        }
        self.index = index
    }

    /// Number of entries.
    public var count: Int { keys.count }
    static let empty = CELMap(keys: [], values: [])

    /// The value under a key; numbers find numbers of other types.
    public subscript(key: CELValue) -> CELValue? { position(of: key).map { values[$0] } }

    /// The value under a text key.
    public subscript(name: String) -> CELValue? {
        if index != nil { return self[.string(name)] }
        for position in keys.indices {
            if case .string(let key) = keys[position], UTF8Text.equal(key, name) { return values[position] }
        }
        return nil
    }

    private func position(of key: CELValue) -> Int? {
        if let index { return MapKey(key).flatMap { index[$0] } }
        for position in keys.indices where keys[position].isEqual(to: key) { return position }
        return nil
    }

    /// Collects entries; a key that is there already is refused.
    public struct Builder {
        private var keys: [CELValue] = []
        private var values: [CELValue] = []
        private var seen: Set<MapKey> = []

        /// No entries yet.
        public init() {}

        /// Why an entry was not taken: its key stands already, or its type can be no key.
        public enum Refusal { case repeated, unsupported }

        /// nil when the entry was taken.
        public mutating func insert(_ key: CELValue, _ value: CELValue) -> Refusal? {
            if case .double = key { return .unsupported }
            guard let form = MapKey(key) else { return .unsupported }
            if keys.count <= CELMap.linearSearchLimit {
                if keys.contains(where: { $0.isEqual(to: key) }) { return .repeated }
                if keys.count == CELMap.linearSearchLimit { seen = Set(keys.compactMap(MapKey.init)) }
            }
            if keys.count >= CELMap.linearSearchLimit, !seen.insert(form).inserted { return .repeated }
            keys.append(key)
            values.append(value)
            return nil
        }

        /// The map of what was taken.
        public func finish() -> CELMap { CELMap(keys: keys, values: values) }
    }
}
