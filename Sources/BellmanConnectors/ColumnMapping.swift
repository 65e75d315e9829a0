import BellmanModel

/// Which column of a table gives which field.
public struct ColumnMapping: Sendable, Hashable {
    public enum Target: Sendable, Hashable {
        case id
        case field(FieldDefinition, ColumnHints)
        /// Kept under the column's own title.
        case custom(String)
        case ignored
    }

    /// One for each column, in their order.
    public internal(set) var targets: [Target]
    public let titles: [String]
    public internal(set) var notes: [ImportNote]

    /// Columns that a rejects file adds, and what the store keeps itself.
    static let ignoredTitles: Set<String> = [
        TitleKey.of(RejectsFile.lineTitle), TitleKey.of(RejectsFile.reasonTitle), "createdat", "updatedat", "version",
    ]

    /// Maps a header. `explicit` is field → column title and wins over everything.
    /// Throws `ImportProblem.several` with all that is wrong.
    public static func resolve(header: [String], kind: KindDefinition, explicit: [String: String] = [:]) throws
        -> ColumnMapping
    {
        var resolver = HeaderResolver(header: header, kind: kind)
        resolver.takeExplicit(explicit)
        resolver.takeKnown()
        resolver.takeRest()
        guard resolver.problems.isEmpty else { throw ImportProblem.several(resolver.problems) }
        let mapping = ColumnMapping(
            targets: resolver.targets.map { $0 ?? .ignored }, titles: header, notes: resolver.notes)
        guard mapping.knowsFields else { throw ImportProblem.noKnownColumn(kind: kind.name, header: header) }
        return mapping
    }

    /// How many columns of a row of titles are known; finds the header below a preamble.
    static func knownColumns(_ titles: [String], kind: KindDefinition) -> Int {
        let known = HeaderResolver.knownKeys(kind)
        return Set(titles.map(TitleKey.of).filter(known.contains)).count
    }

    var knowsFields: Bool {
        targets.contains {
            switch $0 {
            case .id, .field: true
            default: false
            }
        }
    }

    public var hasID: Bool { targets.contains(.id) }

    /// Columns by field, for `--dry-run` and for asking back.
    public var columnsByField: [(field: String, column: String)] {
        zip(targets, titles).compactMap { target, title in
            switch target {
            case .id: ("id", title)
            case .field(let field, _): (field.name, title)
            default: nil
            }
        }
    }
}

/// A title without case, spaces, width and punctuation, for comparing.
enum TitleKey {
    static func of(_ title: String) -> String {
        var key = String.UnicodeScalarView()
        for scalar in TextNarrowing.narrow(title).lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "%" || scalar == "#" {
            key.append(scalar)
        }
        return String(key)
    }

    /// The column gives hundredths.
    static func saysPercent(_ title: String) -> Bool {
        let key = of(title)
        return key.contains("%") || key.contains("percent") || key.contains("百分") || key == "doneratio"
    }
}

/// Gives every column of a header its target, explicit wishes first.
struct HeaderResolver {
    let header: [String]
    let kind: KindDefinition
    private let keys: [String]
    private(set) var targets: [ColumnMapping.Target?]
    private(set) var problems: [ImportProblem] = []
    private(set) var notes: [ImportNote] = []
    private var taken: Set<String> = []

    init(header: [String], kind: KindDefinition) {
        self.header = header
        self.kind = kind
        keys = header.map(TitleKey.of)
        targets = Array(repeating: nil, count: header.count)
    }

    static func knownKeys(_ kind: KindDefinition) -> Set<String> {
        var keys: Set<String> = []
        for field in ["id"] + kind.fields.map(\.name) {
            keys.insert(TitleKey.of(field))
            for group in ColumnTitles.groups(kind: kind.name, field: field) { keys.formUnion(group.map(TitleKey.of)) }
        }
        return keys
    }

    mutating func takeExplicit(_ explicit: [String: String]) {
        for (field, column) in explicit.sorted(by: { $0.key < $1.key }) {
            guard field == "id" || kind.field(field) != nil else {
                let nearest = Nearest.of(field, among: ["id"] + kind.fields.map(\.name))
                problems.append(.unknownField(field, kind: kind.name, nearest: nearest))
                continue
            }
            let exact = header.indices.filter { header[$0] == column }
            let found = exact.isEmpty ? header.indices.filter { keys[$0] == TitleKey.of(column) } : exact
            guard let index = found.first else {
                problems.append(.unknownColumn(column, nearest: Nearest.of(column, among: header)))
                continue
            }
            if case .derived? = kind.field(field)?.type {
                problems.append(.fieldNotWritable(field))
                continue
            }
            taken.insert(field)
            if targets[index] == nil { targets[index] = target(field, title: header[index]) }
        }
    }

    mutating func takeKnown() {
        for field in ["id"] + kind.fields.map(\.name) where !taken.contains(field) {
            if case .derived? = kind.field(field)?.type {
                for index in header.indices where targets[index] == nil && keys[index] == TitleKey.of(field) {
                    targets[index] = .ignored
                    notes.append(.computed(column: header[index]))
                }
                continue
            }
            takeKnown(field)
        }
    }

    private mutating func takeKnown(_ field: String) {
        let groups = [[field]] + ColumnTitles.groups(kind: kind.name, field: field)
        for group in groups {
            let wanted = Set(group.map(TitleKey.of))
            // Another field's own name is never a title of this one.
            let found = header.indices.filter {
                targets[$0] == nil && names(keys[$0], among: wanted) && !isOtherFieldsName(keys[$0], than: field)
            }
            guard let first = found.first else { continue }
            let mayRepeat = isList(field) && Set(found.map { keys[$0] }).count == 1
            guard found.count == 1 || mayRepeat else {
                problems.append(.twoColumns(field: field, columns: found.map { header[$0] }))
                for index in found { targets[index] = .ignored }
                return
            }
            for index in found { targets[index] = target(field, title: header[index]) }
            taken.insert(field)
            notePassedOver(field, taken: first, groups: groups)
            return
        }
    }

    /// `进度（%）` is 进度 with its unit.
    private func names(_ key: String, among wanted: Set<String>) -> Bool {
        wanted.contains(key) || (key.hasSuffix("%") && wanted.contains(String(key.dropLast())))
    }

    private func isOtherFieldsName(_ key: String, than field: String) -> Bool {
        kind.fields.contains { $0.name != field && TitleKey.of($0.name) == key }
    }

    private mutating func notePassedOver(_ field: String, taken index: Int, groups: [[String]]) {
        let wanted = Set(groups.joined().map(TitleKey.of))
        for other in header.indices
        where targets[other] == nil && wanted.contains(keys[other]) && !isOtherFieldsName(keys[other], than: field) {
            notes.append(.passedOver(column: header[other], field: field, taken: header[index]))
        }
    }

    mutating func takeRest() {
        var custom: [String] = []
        for index in header.indices where targets[index] == nil {
            let title = TextNarrowing.trim(header[index])
            if ColumnMapping.ignoredTitles.contains(keys[index]) || kind.field("custom") == nil {
                targets[index] = .ignored
            } else {
                let name = title.isEmpty ? "column \(index + 1)" : title
                targets[index] = .custom(name)
                if !custom.contains(name) { custom.append(name) }
            }
        }
        if !custom.isEmpty { notes.append(.toCustom(custom)) }
    }

    private func isList(_ field: String) -> Bool {
        if case .list? = kind.field(field)?.type { return true }
        return false
    }

    private func target(_ field: String, title: String) -> ColumnMapping.Target {
        guard let definition = kind.field(field) else { return .id }
        return .field(definition, ColumnHints(percent: TitleKey.saysPercent(title)))
    }
}
