/// In which order the keys of a mapping are written.
struct KeyRanks {
    private let order: [String]

    /// `nil` keeps the order as it is.
    init?(_ owner: KeyOwner?, keys: [String]) {
        guard let owner, owner != .configuration else { return nil }
        if owner == .trigger, let form = KeyTable.triggers.first(where: { keys.contains($0.key.name) }),
            // `after` with `every`: the first form of the table is the trigger, the other its companion.
            keys.allSatisfy({ key in key == form.key.name || form.companions.contains { $0.name == key } })
        {
            order = [form.key.name] + form.companions.map(\.name)
        } else {
            order = KeyTable.keys(of: owner).map(\.name)
        }
    }

    /// Positions of the keys in their new order. A key that nobody knows stays behind the one before it.
    func sorted(_ keys: [String]) -> [Int] {
        var rank = -1
        let ranks = keys.map { key -> Int in
            rank = order.firstIndex(of: key) ?? rank
            return rank
        }
        return keys.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
    }

    /// What the mappings under a key describe.
    static func owner(under key: String, of owner: KeyOwner?) -> KeyOwner? {
        guard let owner, let entry = KeyTable.keys(of: owner).first(where: { $0.name == key }) else { return nil }
        return block(entry.shape)
    }

    private static func block(_ shape: KeyShape) -> KeyOwner? {
        switch shape {
        case .block(let owner): owner
        case .oneOrMany(let inner), .oneOrManyOrNone(let inner), .list(let inner): block(inner)
        default: nil
        }
    }

    /// A rule, a rule test, or something that is only laid out.
    static func owner(ofRoot pairs: [YAMLNode.Pair]) -> KeyOwner? {
        let keys = Set(pairs.compactMap { $0.key.scalar?.text })
        if keys.contains("when") || keys.contains("then") { return .rule }
        return keys.contains("clock") && keys.contains("rules") ? .test : nil
    }
}
