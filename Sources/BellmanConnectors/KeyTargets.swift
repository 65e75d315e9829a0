import BellmanModel

/// Where the keys of JSON objects go, learnt as they appear: every object may have keys of its own.
struct KeyTargets {
    private let kind: KindDefinition
    private let explicit: [String: String]
    private var targets: [String: ColumnMapping.Target] = [:]
    private(set) var columns: [ImportSummary.Column] = []

    init(kind: KindDefinition, explicit: [String: String]) {
        self.kind = kind
        self.explicit = explicit
    }

    /// Resolves the object's new keys as one header, so that the better of two keys wins as in a table.
    mutating func learn(_ object: JSONObject) {
        guard object.members.contains(where: { targets[$0.key] == nil }) else { return }
        var resolver = HeaderResolver(header: object.keys, kind: kind)
        resolver.takeExplicit(explicit.filter { object[$0.value] != nil })
        resolver.takeKnown()
        resolver.takeRest()
        for (key, target) in zip(object.keys, resolver.targets) where targets[key] == nil {
            targets[key] = target ?? .ignored
            switch target {
            case .id: columns.append(.init(field: "id", column: key))
            case .field(let field, _): columns.append(.init(field: field.name, column: key))
            default: break
            }
        }
    }

    func target(_ key: String) -> ColumnMapping.Target { targets[key] ?? .ignored }
}
