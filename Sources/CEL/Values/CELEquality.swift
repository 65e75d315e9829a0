extension CELValue {
    /// `==` of the language: never fails; values of different types differ, numbers lie on one line.
    public func isEqual(to other: CELValue) -> Bool {
        switch (self, other) {
        case (.string(let a), .string(let b)): UTF8Text.equal(a, b)
        case (.int(let a), .int(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        case (.null, .null): true
        case (.uint(let a), .uint(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.int, _), (.uint, _), (.double, _): compareNumber(other) == 0
        case (.bytes(let a), .bytes(let b)): a.bytes == b.bytes
        case (.timestamp(let a), .timestamp(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.type(let a), .type(let b)): UTF8Text.equal(a, b)
        case (.list(let a), .list(let b)): Self.equalLists(a.elements, b.elements)
        case (.map(let a), .map(let b)): Self.equalMaps(a, b)
        case (.optional(let a), .optional(let b)): Self.equalOptionals(a.value, b.value)
        case (.object(let a), .object(let b)): a.typeName == b.typeName && a.isSame(as: b)
        case (.opaque(let a), .opaque(let b)): a.typeName == b.typeName && a.isEqual(b)
        default: false
        }
    }

    private static func equalLists(_ a: [CELValue], _ b: [CELValue]) -> Bool {
        guard a.count == b.count else { return false }
        for index in a.indices where !a[index].isEqual(to: b[index]) { return false }
        return true
    }

    private static func equalMaps(_ a: CELMap, _ b: CELMap) -> Bool {
        guard a.count == b.count else { return false }
        for (key, value) in zip(a.keys, a.values) {
            guard let other = b[key], value.isEqual(to: other) else { return false }
        }
        return true
    }

    private static func equalOptionals(_ a: CELValue?, _ b: CELValue?) -> Bool {
        switch (a, b) {
        case (nil, nil): true
        case (let a?, let b?): a.isEqual(to: b)
        default: false
        }
    }

    /// Order of two numbers of any types: nil for NaN or when one is no number.
    func compareNumber(_ other: CELValue) -> Int? {
        switch (self, other) {
        case (.int(let a), .int(let b)): a < b ? -1 : (a == b ? 0 : 1)
        case (.uint(let a), .uint(let b)): a < b ? -1 : (a == b ? 0 : 1)
        case (.double(let a), .double(let b)): a < b ? -1 : (a == b ? 0 : (a > b ? 1 : nil))
        case (.int(let a), .uint(let b)): a < 0 ? -1 : (UInt64(a) < b ? -1 : (UInt64(a) == b ? 0 : 1))
        case (.uint, .int): other.compareNumber(self).map { -$0 }
        case (.int(let a), .double(let b)): Self.compare(a, b)
        case (.double(let a), .int(let b)): Self.compare(b, a).map { -$0 }
        case (.uint(let a), .double(let b)): Self.compare(a, b)
        case (.double(let a), .uint(let b)): Self.compare(b, a).map { -$0 }
        default: nil
        }
    }

    /// Exact: the double is cut to an integer first, for a rounded integer would make unequal numbers equal.
    private static func compare(_ a: Int64, _ b: Double) -> Int? {
        if b.isNaN { return nil }
        if b < -0x1p63 { return 1 }
        // At the edge of the range the specification's cases compare as doubles.
        if b >= 0x1p63 { return b == 0x1p63 && Double(a) == b ? 0 : -1 }
        let whole = Int64(b)
        if a != whole { return a < whole ? -1 : 1 }
        let rest = b - Double(whole)
        return rest > 0 ? -1 : (rest < 0 ? 1 : 0)
    }

    private static func compare(_ a: UInt64, _ b: Double) -> Int? {
        if b.isNaN { return nil }
        if b < 0 { return 1 }
        if b >= 0x1p64 { return b == 0x1p64 && Double(a) == b ? 0 : -1 }
        let whole = UInt64(b)
        if a != whole { return a < whole ? -1 : 1 }
        return b > Double(whole) ? -1 : 0
    }

    enum Order {
        case less, equal, greater
        /// NaN: every ordering question is answered with false.
        case unordered
        case noOverload
    }

    /// Order for `<` and its kin.
    func order(_ other: CELValue) -> Order {
        let sign: Int
        switch (self, other) {
        case (.int(let a), .int(let b)): return a < b ? .less : (a == b ? .equal : .greater)
        case (.timestamp(let a), .timestamp(let b)): return a < b ? .less : (a == b ? .equal : .greater)
        case (.duration(let a), .duration(let b)): return a < b ? .less : (a == b ? .equal : .greater)
        case (.string(let a), .string(let b)): sign = UTF8Text.compare(a, b)
        case (.bytes(let a), .bytes(let b)): sign = UTF8Text.compare(a.bytes, b.bytes)
        case (.bool(let a), .bool(let b)): sign = (a ? 1 : 0) - (b ? 1 : 0)
        case (.int, .uint), (.int, .double), (.uint, _), (.double, _):
            switch other {
            case .int, .uint, .double:
                guard let found = compareNumber(other) else { return .unordered }
                sign = found
            default: return .noOverload
            }
        case (.opaque(let a), .opaque(let b)):
            guard a.typeName == b.typeName, let found = a.compare(b) else { return .noOverload }
            sign = found
        default: return .noOverload
        }
        return sign < 0 ? .less : (sign == 0 ? .equal : .greater)
    }
}
