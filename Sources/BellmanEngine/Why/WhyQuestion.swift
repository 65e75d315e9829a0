import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What `why` reads: snapshots, the ledger, and what became of notices.
public typealias WhyStore = AdministrationStore & OutboxStore & ViewedStore

/// Why did, or does, or will this rule ring for that record, or not?
public struct WhyQuestion: Sendable {
    public let rule: Rule
    /// Nil for a schedule without records.
    public let record: RecordRef?
    /// Of a rule that groups by plain values: the group. Else empty.
    public let group: String
    public let time: WhyTime?
    public let now: Instant

    public init(rule: Rule, record: RecordRef?, group: String = "", time: WhyTime? = nil, now: Instant) {
        self.rule = rule
        self.record = record
        self.group = group
        self.time = time
        self.now = now
    }
}

/// Bounds of one answer.
enum WhyLimits {
    /// Decisions that are read, the newest.
    static let rows = 5_000
    /// Past decisions that an answer lists.
    static let listed = 20
    /// Decisions that are told in full.
    static let told = 3
    /// Coming instants of one schedule.
    static let runs = 3
    /// Writes at one instant between which the place of a tick is sought.
    static let places = 64
    /// Records beyond which a gathering of the past is not made again.
    static let gathered = 50_000
    /// Writes since a decision that are read to know where links led then.
    static let links: Int64 = 50_000
}

extension EngineCore {
    /// Reads only; each part is a short snapshot of its own, so that a daemon beside it never waits. Throws what the
    /// storage throws.
    public func why(_ question: WhyQuestion, store: any WhyStore) throws -> WhyReport {
        let place = try store.read { try WhySubjects(core: self, question: question, view: $0).find() }
        let rows = try store.ledger(
            rule: question.rule.id, subject: place.ledger, outcomes: [], limit: WhyLimits.rows)
        var report = try store.read { view in
            try WhyInquiry(core: self, question: question, place: place, rows: rows, view: view).report()
        }
        for index in report.decisions.indices {
            let firing = report.decisions[index].entry.firing
            report.decisions[index].notices = try store.items(firing: firing).map {
                WhyNotice(item: $0, attempts: try store.attempts(notice: $0.notice.id))
            }
        }
        return report
    }
}

extension EngineService {
    /// `EngineCore.why` by the rules in force; never waits for a tick.
    public nonisolated func why(_ question: WhyQuestion, store: any WhyStore) throws -> WhyReport {
        try present.why(question, store: store)
    }
}

/// Whom the question is about, as the ledger names it.
struct WhySubjects {
    struct Place {
        let subject: WhySubject?
        /// Of the ledger's rows; nil: all of the rule.
        let ledger: String?
        let gathering: WhyGathering?
        /// The record itself, as it is now.
        let record: Record?
    }

    let core: EngineCore
    let question: WhyQuestion
    let view: any EngineView

    func find() throws -> Place {
        let rule = question.rule
        guard let ref = question.record else {
            guard !question.group.isEmpty else {
                return Place(
                    subject: nil, ledger: rule.gathering == nil ? "" : nil, gathering: nil, record: nil)
            }
            let subject = WhySubject(text: question.group, record: nil, title: "", isPresent: true)
            return Place(subject: subject, ledger: question.group, gathering: nil, record: nil)
        }
        let record = try view.record(ref)
        let subject = WhySubject(
            text: ref.description, record: ref, title: record.map(core.title) ?? "", isPresent: record != nil)
        guard let gathering = rule.gathering, gathering.kind == ref.kind, let record else {
            return Place(subject: subject, ledger: ref.description, gathering: nil, record: record)
        }
        let found = place(record, gathering)
        // Of what is gathered nowhere the ledger has no rows; those of runs that gathered nothing say why.
        var ledger = ""
        if case .inside(let group) = found.place { ledger = group }
        return Place(subject: subject, ledger: ledger, gathering: found, record: record)
    }

    private func place(_ record: Record, _ gathering: Gathering) -> WhyGathering {
        let evaluator = RuleEvaluator(
            rule: question.rule, source: SnapshotSource(view), now: question.now,
            presentation: core.settings.presentation)
        let facts = FiringFacts(record: record, scheduledAt: question.now)
        let place: WhyGathering.Place =
            switch evaluator.gathers(record, gathering) {
            case .outside: .outside
            case .broken(let why): .broken(why)
            case .ungrouped(let path): .ungrouped(path)
            case .inside(let value): .inside(value.subject)
            }
        return WhyGathering(place: place, filter: gathering.filter.map { evaluator.tree(.filter, $0, facts) })
    }
}
