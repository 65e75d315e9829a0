/// All record kinds of one installation: the built-in ones and those of the configuration.
public struct Schema: Sendable, Hashable {
    public let kinds: [String: KindDefinition]
    private let listsByTarget: [String: [ReverseList]]

    /// Later definitions of a name replace earlier ones.
    public init(kinds definitions: [KindDefinition]) {
        var byName: [String: KindDefinition] = [:]
        for kind in definitions { byName[kind.name] = kind }
        kinds = byName
        listsByTarget = ReverseNaming(kinds: byName).lists
    }

    /// Ascending, for loops whose order must not change between runs.
    public var kindNames: [String] { kinds.keys.sorted() }

    public func kind(_ name: String) -> KindDefinition? { kinds[name] }

    public func field(_ name: String, of kind: String) -> FieldDefinition? { kinds[kind]?.field(name) }

    /// The lists that references of other kinds (and of its own) give on `target`, ordered by name.
    public func reverseLists(of target: String) -> [ReverseList] { listsByTarget[target] ?? [] }

    public func reverseList(_ name: String, of target: String) -> ReverseList? {
        reverseLists(of: target).first { $0.name == name }
    }

    /// Whether a record of the kind can be found by its e-mail, name or title: something refers to it.
    public func isReferenced(_ kind: String) -> Bool { listsByTarget[kind] != nil }
}

extension FieldType {
    /// The kind a reference, or a list of references, leads to.
    public var referencedKind: String? {
        switch self {
        case .reference(let kind): kind
        case .list(let element): element.referencedKind
        default: nil
        }
    }

    /// A value of its own that a person or a connector measures again and again (`fresh`).
    public var isMeasured: Bool {
        switch self {
        case .share, .int, .double, .money: true
        default: false
        }
    }

    /// A moment that date triggers may name; derived fields may be one too.
    public var isMoment: Bool {
        switch self {
        case .date, .when, .instant: true
        default: false
        }
    }
}

/// Finds a name for the list of every reference.
///
/// A name that the reference gives itself wins. Then the first reference of a kind to a target takes the plural of the
/// kind, a further one `plural_by_field`; so does one whose plural is a field of the target already.
private struct ReverseNaming {
    private(set) var lists: [String: [ReverseList]] = [:]
    private var taken: [String: Set<String>] = [:]
    private let kinds: [String: KindDefinition]

    init(kinds: [String: KindDefinition]) {
        self.kinds = kinds
        let sources = kinds.keys.sorted().compactMap { kinds[$0] }
        for kind in sources { nameExplicit(kind) }
        for kind in sources { nameByDefault(kind) }
        for target in lists.keys { lists[target]?.sort { $0.name < $1.name } }
    }

    private mutating func nameExplicit(_ kind: KindDefinition) {
        for field in kind.fields {
            guard let target = field.type.referencedKind, let name = field.reverseName else { continue }
            add(name, target: target, kind: kind, field: field)
        }
    }

    private mutating func nameByDefault(_ kind: KindDefinition) {
        var seen: Set<String> = []
        for field in kind.fields {
            guard let target = field.type.referencedKind else { continue }
            let isFirst = seen.insert(target).inserted
            guard field.reverseName == nil else { continue }
            let plural = pluralOfKind(kind.name)
            let isFree = taken[target]?.contains(plural) != true && kinds[target]?.field(plural) == nil
            add(isFirst && isFree ? plural : "\(plural)_by_\(field.name)", target: target, kind: kind, field: field)
        }
    }

    private mutating func add(_ name: String, target: String, kind: KindDefinition, field: FieldDefinition) {
        guard taken[target, default: []].insert(name).inserted else { return }
        lists[target, default: []].append(
            ReverseList(name: name, target: target, sourceKind: kind.name, sourceField: field.name))
    }
}

/// English plural of an ASCII kind name; other scripts get the Chinese word for "list".
public func pluralOfKind(_ kind: String) -> String {
    guard kind.utf8.allSatisfy({ $0 < 0x80 }), let last = kind.last else { return kind + "列表" }
    if last == "y", let before = kind.dropLast().last, !"aeiou".contains(before) { return kind.dropLast() + "ies" }
    let hissing = ["s", "x", "z", "ch", "sh"].contains { kind.hasSuffix($0) }
    return kind + (hissing ? "es" : "s")
}

extension KindDefinition {
    /// Names under which the date index holds "date minus (plus) the record's own duration"
    /// (`by: contract.notice_period`): every date of the kind with every duration of the kind.
    public var shiftedMomentNames: [String] {
        let dates = fields.filter { field in
            if case .derived = field.type { return true }
            return field.type.isMoment
        }
        let periods = fields.filter { $0.type == .duration }
        return dates.flatMap { date in
            periods.flatMap { period in
                [true, false].map { KindDefinition.shiftedMoment(date.name, period.name, before: $0) }
            }
        }
    }

    public static func shiftedMoment(_ date: String, _ period: String, before: Bool) -> String {
        "\(date)\(before ? "-" : "+")\(period)"
    }
}
