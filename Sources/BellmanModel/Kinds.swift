/// The type of a field as configuration and the built-in kinds declare it (design: record kinds).
public indirect enum FieldType: Sendable, Hashable {
    case string, text, int, double, share, bool, date, when, instant, duration, money
    case list(FieldType)
    case reference(kind: String)
    case enumeration([String])
    /// Computed from an expression over the record; never stored by a writer.
    case derived(String)
    /// Free columns of an import: text by column name.
    case custom
}

/// One field of a kind.
public struct FieldDefinition: Sendable, Hashable {
    public let name: String
    public let type: FieldType
    /// Name of the list that this reference gives on its target; `nil` takes the default (plural of the kind).
    public let reverseName: String?

    public init(_ name: String, _ type: FieldType, reverse: String? = nil) {
        self.name = name
        self.type = type
        self.reverseName = reverse
    }
}

/// A named set of typed fields.
public struct KindDefinition: Sendable, Hashable {
    public let name: String
    /// The field that names a record for people (`title` or `name`).
    public let titleField: String
    public private(set) var fields: [FieldDefinition]
    /// Words of `status` that mean closed.
    public let closedWords: Set<String>

    public init(name: String, titleField: String, fields: [FieldDefinition], closedWords: Set<String>) {
        self.name = name
        self.titleField = titleField
        self.fields = fields
        self.closedWords = closedWords
    }

    public func field(_ name: String) -> FieldDefinition? { fields.first { $0.name == name } }
    public var hasStatus: Bool { field("status") != nil }

    /// Its status is one of the words that mean closed. No status means open.
    public func isClosed(_ record: Record) -> Bool {
        guard case .string(let word) = record["status"] else { return false }
        return closedWords.contains(word) || closedWords.contains(word.lowercased())
    }

    /// The kind with further fields; a field of the same name replaces the earlier one.
    public func adding(_ more: [FieldDefinition]) -> KindDefinition {
        var copy = self
        for field in more {
            if let at = copy.fields.firstIndex(where: { $0.name == field.name }) {
                copy.fields[at] = field
            } else {
                copy.fields.append(field)
            }
        }
        return copy
    }
}

/// A list on the target of a reference: `contract.accounts` is (account, contract).
public struct ReverseList: Sendable, Hashable {
    public let name: String
    public let target: String
    public let sourceKind: String
    public let sourceField: String

    public init(name: String, target: String, sourceKind: String, sourceField: String) {
        self.name = name
        self.target = target
        self.sourceKind = sourceKind
        self.sourceField = sourceField
    }
}
