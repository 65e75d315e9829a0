import Almanac

/// `kind/id`.
public struct RecordRef: Sendable, Hashable, Comparable, CustomStringConvertible, Codable {
    public let kind: String
    public let id: String

    public init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }

    /// Reads `kind/id`; the id may hold further slashes. `nil` when either part is missing.
    public init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        let kind = String(text[..<slash])
        let id = String(text[text.index(after: slash)...])
        guard !kind.isEmpty, !id.isEmpty else { return nil }
        self.init(kind: kind, id: id)
    }

    public var description: String { "\(kind)/\(id)" }

    public static func < (a: RecordRef, b: RecordRef) -> Bool {
        (a.kind, a.id) < (b.kind, b.id)
    }
}

/// A record as it stands (or stood) after one write.
public struct Record: Sendable, Hashable {
    public let ref: RecordRef
    /// Fields that have a value. `id`, `created_at` and `updated_at` are not in here.
    public var fields: [String: FieldValue]
    public let createdAt: Instant
    public var updatedAt: Instant
    /// The journal's sequence number of the last change.
    public var version: Int64
    /// When a measured field (share, number, money) was last written, also with an equal value.
    public var touched: [String: Instant]
    /// All writes of a measured field from the one before its first write that repeated the value. The journal does not
    /// hold such writes; a span that wants fresh measurements (`fresh`) counts them.
    public var measured: [String: MeasuredTimes]

    public init(
        ref: RecordRef, fields: [String: FieldValue], createdAt: Instant, updatedAt: Instant, version: Int64,
        touched: [String: Instant] = [:], measured: [String: MeasuredTimes] = [:]
    ) {
        self.ref = ref
        self.fields = fields
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
        self.touched = touched
        self.measured = measured
    }

    /// Notes that a measured field was written; `isRepeat` with the value that it had.
    public mutating func noteMeasurement(of field: String, at instant: Instant, isRepeat: Bool) {
        let previous = touched.updateValue(instant, forKey: field)
        guard isRepeat || measured[field] != nil else { return }
        var times = measured[field] ?? MeasuredTimes()
        if times.runs.isEmpty, let previous, previous < instant { times.note(previous) }
        times.note(instant)
        measured[field] = times
    }

    public subscript(field: String) -> FieldValue { fields[field] ?? .null }
}

/// One journalled write of one record, whatever number of fields it changed.
public struct Change: Sendable, Hashable {
    public enum Operation: String, Sendable, Codable { case created, updated, deleted }

    public struct Field: Sendable, Hashable {
        public let name: String
        public let old: FieldValue
        public let new: FieldValue
        public init(name: String, old: FieldValue, new: FieldValue) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    public let sequence: Int64
    public let ref: RecordRef
    public let operation: Operation
    /// Ordered by name. For `created` every value is new, for `deleted` every value is old.
    public let fields: [Field]
    public let actor: String
    public let at: Instant
    /// Written with `--quiet`: raises no edge triggers.
    public let quiet: Bool
    /// How many rule actions led to this write; 0 for people and imports.
    public let depth: Int

    public init(
        sequence: Int64, ref: RecordRef, operation: Operation, fields: [Field], actor: String, at: Instant,
        quiet: Bool = false, depth: Int = 0
    ) {
        self.sequence = sequence
        self.ref = ref
        self.operation = operation
        self.fields = fields
        self.actor = actor
        self.at = at
        self.quiet = quiet
        self.depth = depth
    }
}

/// What a writer asks for. Values are already typed by the schema.
public struct RecordWrite: Sendable, Hashable {
    public enum Operation: Sendable, Hashable {
        /// Create or merge: a field that is absent stays, `.null` clears.
        case merge
        /// Create only; an existing record is left alone (a repeated `create` step).
        case createIfAbsent
        /// Merge only into an existing record; absent means nothing is written.
        case update
        case delete
    }

    public let ref: RecordRef
    public let operation: Operation
    public let fields: [String: FieldValue]
    public let actor: String
    public let quiet: Bool
    public let depth: Int
    /// When given, the write is refused unless the record's version is this one (`If-Match`).
    public let expectedVersion: Int64?

    public init(
        ref: RecordRef, operation: Operation = .merge, fields: [String: FieldValue] = [:], actor: String,
        quiet: Bool = false, depth: Int = 0, expectedVersion: Int64? = nil
    ) {
        self.ref = ref
        self.operation = operation
        self.fields = fields
        self.actor = actor
        self.quiet = quiet
        self.depth = depth
        self.expectedVersion = expectedVersion
    }
}

public enum WriteResult: Sendable, Hashable {
    case created(version: Int64)
    case updated(version: Int64)
    case unchanged(version: Int64)
    case deleted
    case missing
    case conflict(version: Int64)
}
