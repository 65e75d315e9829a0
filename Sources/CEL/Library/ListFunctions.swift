extension CELLibrary {
    /// `slice`, `flatten`, `distinct`, `sort`, `sortBy`, `reverse`, `first`, `last`, `lists.range`.
    public static let lists = CELLibrary(name: "lists", functions: ListFunctions.all, macros: [.lists])
    /// `sets.contains`, `sets.equivalent`, `sets.intersects` on lists.
    public static let sets = CELLibrary(name: "sets", functions: SetFunctions.all)
}

enum ListFunctions {
    private static let t = CELType.param("T")
    private static let list = CELType.list(.param("T"))
    static let greatestRange: Int64 = 1_000_000

    static var all: [CELFunction] { parts + orders }

    private static var parts: [CELFunction] {
        [
            member("slice", [list, .int, .int], list) { v throws(CELFailure) in
                let elements = v[0].asList
                let (start, end) = (v[1].asInt, v[2].asInt)
                guard start >= 0 else { throw CELFailure(.indexOutOfBounds(v[1].text)) }
                guard end >= start, end <= Int64(elements.count) else { throw CELFailure(.indexOutOfBounds(v[2].text)) }
                return .list(Array(elements[Int(start)..<Int(end)]))
            },
            member("flatten", [.list(list)], list) { v in .list(flatten(v[0].asList, depth: 1)) },
            member("flatten", [.list(.dyn), .int], .list(.dyn)) { v throws(CELFailure) in
                guard v[1].asInt >= 0 else { throw CELFailure(.invalidArgument(function: "flatten", value: v[1].text)) }
                return .list(flatten(v[0].asList, depth: v[1].asInt))
            },
            member("distinct", [list], list) { v in .list(distinct(v[0].asList)) }.growing(.keyless),
            member("reverse", [list], list) { v in .list(Array(v[0].asList.reversed())) },
            member("first", [list], .optional(t)) { v in .optional(CELOptional(v[0].asList.first)) },
            member("last", [list], .optional(t)) { v in .optional(CELOptional(v[0].asList.last)) },
            global("lists.range", [.int], .list(.int)) { v throws(CELFailure) in
                guard v[0].asInt >= 0 else {
                    throw CELFailure(.invalidArgument(function: "lists.range", value: v[0].text))
                }
                guard v[0].asInt <= greatestRange else { throw CELFailure(.sizeLimit(Int(greatestRange))) }
                return .list((0..<v[0].asInt).map { CELValue.int($0) })
            },
        ]
    }

    private static func flatten(_ elements: [CELValue], depth: Int64) -> [CELValue] {
        guard depth > 0 else { return elements }
        var out: [CELValue] = []
        for element in elements {
            if case .list(let inner) = element {
                out += flatten(inner.elements, depth: depth - 1)
            } else {
                out.append(element)
            }
        }
        return out
    }

    /// The first of equal elements stays. Keys of maps are told apart by a hash, the rest by a walk.
    static func distinct(_ elements: [CELValue]) -> [CELValue] {
        var out: [CELValue] = []
        var seen: Set<MapKey> = []
        var others: [CELValue] = []
        for element in elements {
            if let key = MapKey(element) {
                if seen.insert(key).inserted { out.append(element) }
            } else if !others.contains(where: { $0.isEqual(to: element) }) {
                others.append(element)
                out.append(element)
            }
        }
        return out
    }

    private static var orders: [CELFunction] {
        [
            member("sort", [list], list) { v throws(CELFailure) in
                let elements = v[0].asList
                return .list(try sorted(elements, by: elements))
            },
            // What `l.sortBy(x, key)` is written as.
            member("@sortByKeys", [list, .list(.dyn)], list) { v throws(CELFailure) in
                .list(try sorted(v[0].asList, by: v[1].asList))
            },
        ]
    }

    /// Stable; all keys must be of one ordered type.
    private static func sorted(_ elements: [CELValue], by keys: [CELValue]) throws(CELFailure) -> [CELValue] {
        guard let first = keys.first else { return elements }
        for key in keys {
            let fits = key.typeName == first.typeName && key.order(key) != .noOverload
            if !fits { throw Operators.noOverload("sort", [first, key]) }
        }
        let order = keys.indices.sorted { a, b in
            switch keys[a].order(keys[b]) {
            case .less: true
            case .equal, .unordered: a < b
            case .greater, .noOverload: false
            }
        }
        return order.map { elements[$0] }
    }
}

enum SetFunctions {
    private static let list = CELType.list(.param("T"))

    static var all: [CELFunction] {
        [
            global("sets.contains", [list, list], .bool) { v in .bool(contains(v[0].asList, v[1].asList)) }.growing(
                .product),
            global("sets.equivalent", [list, list], .bool) { v in
                .bool(contains(v[0].asList, v[1].asList) && contains(v[1].asList, v[0].asList))
            }.growing(.product),
            global("sets.intersects", [list, list], .bool) { v in
                .bool(v[1].asList.contains { wanted in v[0].asList.contains { $0.isEqual(to: wanted) } })
            }.growing(.product),
        ]
    }

    private static func contains(_ whole: [CELValue], _ part: [CELValue]) -> Bool {
        part.allSatisfy { wanted in whole.contains { $0.isEqual(to: wanted) } }
    }
}
