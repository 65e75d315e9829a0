import Almanac
import BellmanModel

/// What an import is asked to do.
public struct ImportPlan: Sendable {
    public enum Format: Sendable, Hashable {
        /// nil finds the delimiter from the header.
        case delimited(UInt8?)
        /// JSON lines, or one array of objects.
        case json
    }

    /// Rows that are handed over at once: one transaction of the store.
    public static let defaultBatch = 1000
    /// The same where a whole file comes at once. More rows would save little, and they wait in memory.
    public static let largeBatch = 10_000

    public var kind: KindDefinition
    public var format: Format
    /// Reads times without an offset.
    public var zone: Zone
    /// Shown in the journal as `import FILE (user)`.
    public var fileName: String
    public var user: String
    /// `--map`: field → column title.
    public var explicit: [String: String]
    public var encoding: TextEncoding?
    /// nil concludes it from the file, and refuses dates that stay unclear.
    public var dateOrder: DateOrder?
    /// Numbers in date columns are days of a spreadsheet.
    public var serialDates: Bool
    public var quiet: Bool
    public var batch: Int
    /// Of the words in the rejects file.
    public var language: AlmanacLanguage

    public init(
        kind: KindDefinition, format: Format = .delimited(nil), zone: Zone, fileName: String, user: String,
        explicit: [String: String] = [:], encoding: TextEncoding? = nil, dateOrder: DateOrder? = nil,
        serialDates: Bool = false, quiet: Bool = false, batch: Int = ImportPlan.defaultBatch,
        language: AlmanacLanguage = .en
    ) {
        self.kind = kind
        self.format = format
        self.zone = zone
        self.fileName = fileName
        self.user = user
        self.explicit = explicit
        self.encoding = encoding
        self.dateOrder = dateOrder
        self.serialDates = serialDates
        self.quiet = quiet
        self.batch = max(1, batch)
        self.language = language
    }

    public var actor: String { "import \(fileName) (\(user))" }

    /// By the end of the name: `.json`, `.jsonl`, `.ndjson`; `.tsv` and `.tab`; everything else finds its delimiter.
    public static func format(ofFile name: String) -> Format {
        let name = name.lowercased()
        if [".json", ".jsonl", ".ndjson"].contains(where: name.hasSuffix) { return .json }
        return [".tsv", ".tab"].contains(where: name.hasSuffix) ? .delimited(9) : .delimited(nil)
    }
}

/// How far an import is.
public struct ImportProgress: Sendable, Hashable {
    public let bytes: Int
    public let totalBytes: Int
    public let rows: Int
    public let rejected: Int
}

/// What an import did, or in a dry run would do.
public struct ImportSummary: Sendable, Hashable {
    /// Data rows seen, rejected ones too.
    public var rows = 0
    public var created = 0
    public var updated = 0
    public var unchanged = 0
    public var rejected = 0
    /// The first rejects, for showing.
    public var examples: [Reject] = []
    public var notes: [ImportNote] = []
    /// Which column gave which field.
    public var columns: [Column] = []

    public static let shownExamples = 10

    public struct Reject: Sendable, Hashable {
        public let line: Int
        public let reason: RejectReason
    }

    public struct Column: Sendable, Hashable {
        public let field: String
        public let column: String
    }

    public init() {}

    public var written: Int { created + updated }
}

/// What a batch of writes would do, without writing: the dry run's `write`.
public enum DryRun {
    /// `lookup` gives the record as it stands. A merge that changes nothing is `unchanged`.
    public static func results(_ writes: [RecordWrite], lookup: (RecordRef) throws -> Record?) rethrows -> [WriteResult]
    {
        try writes.map { write in
            guard let record = try lookup(write.ref) else { return .created(version: 0) }
            let same = write.fields.allSatisfy { record[$0.key] == $0.value }
            return same ? .unchanged(version: record.version) : .updated(version: record.version)
        }
    }
}
