import Almanac
import BellmanModel
import BellmanStore

/// All that a store must be able to do.
public typealias CompleteStore = EngineStore & RecordStore & OutboxStore & AdministrationStore & DashboardStore
    & ActStore

/// One promise of the storage protocols, run on an empty store of `StoreContract.schema`.
public struct ContractCheck: Sendable, CustomStringConvertible {
    public let name: String
    public let run: @Sendable (any CompleteStore) throws -> Void
    public var description: String { name }
}

/// The store broke a promise.
public struct ContractViolation: Error, CustomStringConvertible {
    public let description: String
}

/// The suite that every store passes, whatever keeps its rows.
public enum StoreContract {
    public static let all: [ContractCheck] =
        records + references + moments + engine + steps + gathering + acts + outbox + administration + dashboard

    /// The built-in kinds and one own kind with a Chinese name and field.
    public static let schema = Schema(
        kinds: BuiltInKinds.all + [
            KindDefinition(
                name: "车辆", titleField: "name",
                fields: [
                    FieldDefinition("name", .string), FieldDefinition("driver", .reference(kind: "member")),
                    FieldDefinition("年检", .date), FieldDefinition("状态", .enumeration(["在用", "停用"])),
                ], closedWords: ["停用"])
        ])

    /// Start of the story in every check: 2026-10-01T01:00:00Z.
    public static let start = Instant(seconds: 1_790_816_400)
}

/// `contract.cancel_by` with plain calendar arithmetic, enough for the suite.
public struct CancelByDeriver: MomentDeriver {
    public init() {}

    public func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
        guard kind == "contract", case .date(let end) = fields["expires_on"],
            case .period(let notice) = fields["notice_period"]
        else { return [] }
        return [("cancel_by", .date(end.adding(months: -notice.months).adding(days: -notice.days)))]
    }
}

// MARK: Words of the checks

func expect(_ condition: Bool, _ what: @autoclosure () -> String, line: Int = #line) throws {
    if !condition { throw ContractViolation(description: "\(what()) (line \(line))") }
}

func expectEqual<T: Equatable>(_ found: T, _ wanted: T, _ what: String, line: Int = #line) throws {
    if found != wanted {
        throw ContractViolation(description: "\(what): found \(found), wanted \(wanted) (line \(line))")
    }
}

func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .epoch }

func minutes(_ count: Int) -> Instant { StoreContract.start.adding(seconds: count * 60) }

func merge(_ ref: String, _ fields: [String: FieldValue], actor: String = "test") -> RecordWrite {
    RecordWrite(ref: RecordRef(ref) ?? RecordRef(kind: "task", id: ref), fields: fields, actor: actor)
}

extension RecordStore {
    @discardableResult
    func put(_ ref: String, _ fields: [String: FieldValue], at: Instant = StoreContract.start) throws -> WriteResult {
        try write([merge(ref, fields)], at: at).first ?? .missing
    }

    func get(_ ref: String) throws -> Record? {
        guard let ref = RecordRef(ref) else { return nil }
        return try read { try $0.record(ref) }
    }

    func history(_ ref: String) throws -> [Change] {
        guard let ref = RecordRef(ref) else { return [] }
        return try read { try $0.changes(of: ref, after: 0) }
    }
}

func entry(_ rule: String, _ occurrence: String, _ outcome: Outcome = .fired, at: Instant = minutes(1)) -> LedgerEntry {
    LedgerEntry(
        key: OccurrenceKey(rule: rule, subject: "task/1", occurrence: occurrence), outcome: outcome,
        reason: Reason("due", "3 days"), scheduledAt: StoreContract.start, decidedAt: at,
        firing: "f-\(rule)-\(occurrence)")
}

func item(
    _ id: String, firing: String = "f", channel: String = "chat", to recipient: String = "wang",
    _ priority: Priority = .normal, notBefore: Instant = StoreContract.start, urgent: Bool = false
) -> OutboxItem {
    let person = Recipient(id: recipient, name: "王芳", email: "wang@example.com", phone: nil, handles: ["slack": "U1"])
    let notice = Notice(
        id: id, firing: firing, rule: "r", ruleTitle: "到期提醒", record: "task/1", step: 0, channel: channel,
        recipientKey: recipient, recipients: [person], title: "「任务」还有 3 天", text: [.authored("**"), .value("a\"b")],
        links: [Link(label: "打开", url: "https://example.com/1")], priority: priority, urgent: urgent,
        scheduledAt: StoreContract.start, firedAt: StoreContract.start, late: false, language: "zh")
    return OutboxItem(notice: notice, notBefore: notBefore, createdAt: StoreContract.start)
}

extension StoreContract {
    /// A waiting notice, for tests of one store.
    public static func sampleItem(_ id: String) -> OutboxItem { item(id) }
}

func commit(_ fill: (inout TickCommit) -> Void = { _ in }, minute: Int = 1, sequence: Int64 = 0) -> TickCommit {
    var commit = TickCommit(progress: EngineProgress(watermark: minutes(minute), sequence: sequence))
    fill(&commit)
    return commit
}
