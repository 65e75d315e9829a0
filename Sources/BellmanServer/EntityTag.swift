/// The version of a record as an entity tag (RFC 9110, section 8.8.3).
enum EntityTag {
    static func text(_ version: Int64) -> String { "\"\(version)\"" }

    /// What a precondition header asks for.
    enum Condition: Sendable, Hashable {
        case any
        /// Versions named; tags that are none of ours (weak ones too) match nothing and are left out.
        case versions([Int64])
    }

    /// Nil when the header is absent.
    static func condition(_ items: [String]) -> Condition? {
        if items.isEmpty { return nil }
        if items.contains("*") { return .any }
        return .versions(items.compactMap(version))
    }

    /// The same for `If-None-Match`, which compares weakly.
    static func weakCondition(_ items: [String]) -> Condition? {
        condition(items.map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 })
    }

    private static func version(_ tag: String) -> Int64? {
        guard tag.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\"") else { return nil }
        return Int64(tag.dropFirst().dropLast())
    }
}
