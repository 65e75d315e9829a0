import Almanac
import BellmanModel
import BellmanStore

/// What the daemon gives the server. The server itself reads no clock, hashes nothing and knows no rules.
public struct ServerDependencies: Sendable {
    public typealias ImportCSV =
        @Sendable (
            _ kind: String, _ bytes: [UInt8], _ actor: String, _ language: AlmanacLanguage
        ) throws -> [ImportedRow]

    public var records: any RecordStore
    public var outbox: any OutboxStore
    public var administration: any AdministrationStore
    public var dashboard: any DashboardStore
    public var schema: Schema
    public var zone: Zone
    /// Of the page and of errors, unless a request says `?lang=`.
    public var language: AlmanacLanguage
    public var listen: ListenAddress
    /// Host of `public_url`: allowed in `Host` besides the loopback names.
    public var publicHost: String?
    public var now: @Sendable () -> Instant
    /// Its words are in the asked language.
    public var rulesReport: @Sendable (AlmanacLanguage) -> RulesReport
    public var health: @Sendable () -> HealthReport
    public var metrics: @Sendable () -> [MetricSample]
    /// Called after every write that changed something.
    public var nudge: @Sendable () -> Void
    /// SHA-256 of the token's UTF-8, in lower-case hex, as the administration store keeps it.
    public var hashToken: @Sendable (String) -> String
    /// Typed import of a table; writes by itself. Throws `CSVRefusal` when the table as a whole is refused.
    public var importCSV: ImportCSV?
    /// What the rules will ring in so many days from now, ascending in time.
    public var outlook: @Sendable (_ days: Int) throws -> [ComingNotice]
    /// When each rule rings next, by id; rules that wait for something else than time are left out.
    public var nextRinging: @Sendable () -> [String: Instant]
    public var channels: @Sendable () -> [ChannelHealth]
    public var ruleSource: @Sendable (_ rule: String) -> RuleSource?
    /// The date-valued derived fields of a record (`cancel_by`).
    public var derivedMoments: @Sendable (_ kind: String, _ fields: [String: FieldValue]) -> [String: FieldValue]
    /// What happens, for open pages and `GET /v1/events`.
    public var events: EventHub
    /// Of amounts whose record names none.
    public var currency: String
    /// Browsers reach the server by https (`public_url`): cookies are sent over TLS only.
    public var isHTTPS: Bool
    /// What people do about notices; without it the server has no such addresses.
    public var people: PeopleDependencies?
    /// What the token of a link in a message says, where it is ours and not over.
    public var readTicket: @Sendable (_ token: String) -> Result<ActTicket, ActTicketProblem> = { _ in
        .failure(.invalid)
    }
    /// Throws `WhyRefusal`, in the language that it was asked in, or what the storage throws.
    public typealias Why = @Sendable (WhyAsked, AlmanacLanguage) throws -> JSONValue
    /// Why something rang or did not; without it the server has no such address.
    public var why: Why?
    /// Forecasts and what-ifs; without it the server has no such addresses.
    public var trust: TrustDependencies?
    public var isSpent: @Sendable (_ nonce: String) throws -> Bool = { _ in false }
    /// False when the link of that nonce was used before.
    public var spendLink: @Sendable (_ nonce: String) throws -> Bool = { _ in true }

    public init(
        records: any RecordStore, outbox: any OutboxStore, administration: any AdministrationStore,
        dashboard: any DashboardStore, schema: Schema, zone: Zone, language: AlmanacLanguage, listen: ListenAddress,
        publicHost: String? = nil,
        now: @escaping @Sendable () -> Instant, rulesReport: @escaping @Sendable (AlmanacLanguage) -> RulesReport,
        health: @escaping @Sendable () -> HealthReport, metrics: @escaping @Sendable () -> [MetricSample],
        nudge: @escaping @Sendable () -> Void, hashToken: @escaping @Sendable (String) -> String,
        importCSV: ImportCSV? = nil, outlook: @escaping @Sendable (Int) throws -> [ComingNotice] = { _ in [] },
        nextRinging: @escaping @Sendable () -> [String: Instant] = { [:] },
        channels: @escaping @Sendable () -> [ChannelHealth] = { [] },
        ruleSource: @escaping @Sendable (String) -> RuleSource? = { _ in nil },
        derivedMoments: @escaping @Sendable (String, [String: FieldValue]) -> [String: FieldValue] = { _, _ in [:] },
        events: EventHub = EventHub(), currency: String = "CNY", isHTTPS: Bool = false,
        people: PeopleDependencies? = nil
    ) {
        self.records = records
        self.outbox = outbox
        self.administration = administration
        self.dashboard = dashboard
        self.schema = schema
        self.zone = zone
        self.language = language
        self.listen = listen
        self.publicHost = publicHost
        self.now = now
        self.rulesReport = rulesReport
        self.health = health
        self.metrics = metrics
        self.nudge = nudge
        self.hashToken = hashToken
        self.importCSV = importCSV
        self.outlook = outlook
        self.nextRinging = nextRinging
        self.channels = channels
        self.ruleSource = ruleSource
        self.derivedMoments = derivedMoments
        self.events = events
        self.currency = currency
        self.isHTTPS = isHTTPS
        self.people = people
    }
}

/// What acknowledging, putting off and silencing need.
public struct PeopleDependencies: Sendable {
    public var acts: any PeopleActs & SilenceActs
    public var store: any ActStore & ViewedStore
    /// Working days of lengths of time.
    public var calendar: WorkingCalendar
    /// The time of day that a date alone means.
    public var at: LocalTime

    public init(
        acts: any PeopleActs & SilenceActs, store: any ActStore & ViewedStore, calendar: WorkingCalendar, at: LocalTime
    ) {
        self.acts = acts
        self.store = store
        self.calendar = calendar
        self.at = at
    }
}

/// What became of one row of a CSV body.
public struct ImportedRow: Sendable, Hashable {
    /// As the importer counts: the line in the table.
    public let row: Int
    public let id: String?
    public let result: RowResult
    /// In the asked language; only for rejected rows.
    public let problem: String?

    public init(row: Int, id: String?, result: RowResult, problem: String? = nil) {
        self.row = row
        self.id = id
        self.result = result
        self.problem = problem
    }
}

public enum RowResult: String, Sendable, CaseIterable {
    case created, updated, unchanged, rejected
}

/// The table cannot be read at all (bytes, header); the words are in the asked language.
public struct CSVRefusal: Error, Sendable, Hashable {
    public let words: String
    public init(words: String) { self.words = words }
}
