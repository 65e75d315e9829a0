import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// What should have rung, computed anew and compared with the ledger.
///
/// The plainest way there is: record by record, date by date, run by run, from the journal and the present rules;
/// none of the date index, the agenda, the windows or the levels that ticks go by. It shares with the engine the
/// arithmetic of dates alone. One `step` reads one page in one short snapshot, so that whoever drives it may rest in
/// between, and writers never wait for it.
public struct SelfAudit: Sendable {
    /// Records, rows or runs in one step.
    static let page = 500
    /// Writes and ticks that lie closer together than this are not put in an order: a write bears the time at which it
    /// was begun. Seconds.
    static let doubt: Int64 = 3_600
    /// How much longer than its lease a claim may last, and than `max_age` a notice may wait. Seconds.
    static let patience: Int64 = 3_600

    enum Phase {
        case start, ledger, journal
        case records(kind: Int, after: String?)
        case runs(rule: Int, after: Instant?)
        case outbox, openOutbox, end
    }

    let core: EngineCore
    let store: any AuditStore
    /// Of each channel, seconds; a channel that is not in here is not asked.
    let longestWait: [String: Int64]
    let now: Instant
    let days: Int
    public internal(set) var report: AuditReport
    var phase = Phase.start
    var rules: [String: AuditedRule] = [:]
    /// Ids, ascending.
    var order: [String] = []
    /// The journal is decided through this sequence.
    var head: Int64 = 0
    /// The last change before the window.
    var journalStart: Int64 = 0
    var ledgerEnd: Int64 = 0
    var outboxEnd: Int64 = 0
    /// Where the running phase stands: a row number or a sequence.
    var place: Int64 = 0
    var sight = LedgerSight()

    public init(
        core: EngineCore, store: any AuditStore, longestWait: [String: Int64] = [:], now: Instant, days: Int
    ) {
        self.core = core
        self.store = store
        self.longestWait = longestWait
        self.now = now
        self.days = days
        report = AuditReport(from: now.adding(seconds: Int64(-days) * 86_400), through: now)
    }

    /// Does one page of the work. False when all is done. Throws what the storage throws; nothing is lost by calling
    /// again.
    public mutating func step() throws -> Bool {
        switch phase {
        case .start: try begin()
        case .ledger: try readLedger()
        case .journal: try readJournal()
        case .records(let kind, let after): try readRecords(kind, after: after)
        case .runs(let rule, let after): compareRuns(rule, after: after)
        case .outbox: try readOutbox()
        case .openOutbox: try readOpenOutbox()
        case .end: return false
        }
        if case .end = phase { return false }
        return true
    }

    /// Everything without a rest.
    public mutating func run() throws { while try step() {} }

    /// Kinds with a date rule, in the order in which their records are read.
    var kinds: [String] { Set(rules.values.filter { !$0.dates.isEmpty }.compactMap { $0.rule.kind }).sorted() }

    // MARK: the beginning

    private mutating func begin() throws {
        ledgerEnd = try store.lastLedgerRow()
        outboxEnd = try store.lastOutboxRow()
        let restored = try store.lastSettledRestore()
        let (progress, armed) = try store.read { view in (try view.progress(), try view.armed()) }
        guard let progress else {
            report.gaps.append(.neverTicked)
            phase = .end
            return
        }
        head = progress.sequence
        report.through = min(progress.lastTick, now)
        if report.through < now.adding(seconds: -SelfAudit.patience) {
            report.gaps.append(.notTicked(since: report.through))
        }
        if let restored, restored > report.from {
            report.gaps.append(.restored(at: restored))
            report.from = restored
        }
        arm(armed)
        guard report.from < report.through else {
            // Nothing of the window was lived through; what waits is looked at all the same.
            report.from = report.through
            phase = .outbox
            return
        }
        journalStart = try firstChange() - 1
        place = try firstRow() - 1
        sight = LedgerSight(from: report.from, through: report.through)
        phase = .ledger
    }

    private mutating func arm(_ armed: [ArmedTrigger]) {
        let entries = Dictionary(grouping: armed, by: \.rule)
        for rule in core.rules.rules {
            guard let audited = AuditedRule(rule, entries[rule.id] ?? [], core.moments) else {
                report.gaps.append(.notArmed(rule: rule.id))
                continue
            }
            if audited.since > report.from { report.gaps.append(.ruleEdited(rule: rule.id, since: audited.since)) }
            report.gaps += audited.gaps
            rules[rule.id] = audited
            order.append(rule.id)
        }
        report.rules = order.count
    }

    /// The first change of the window, by bisection: the journal is in the order of time but for set clocks.
    private func firstChange() throws -> Int64 {
        try SelfAudit.first(in: 1...(head + 1)) { middle in
            try store.read { try $0.changes(after: middle - 1, limit: 1).first }.map { $0.at > report.from } ?? true
        }
    }

    /// The first ledger row of the window, with a day to spare for set clocks.
    private func firstRow() throws -> Int64 {
        let start = report.from.adding(seconds: -86_400)
        return try SelfAudit.first(in: 1...(ledgerEnd + 1)) { middle in
            try store.ledgerRows(after: middle - 1, through: ledgerEnd, limit: 1).first
                .map { $0.entry.decidedAt > start } ?? true
        }
    }

    static func first(in range: ClosedRange<Int64>, where holds: (Int64) throws -> Bool) rethrows -> Int64 {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if try holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func finish() {
        if sight.wentBack { report.gaps.append(.clockSetBack) }
        for (count, gap) in [
            (sight.others, AuditGap.rowsOfOtherRules(sight.others)),
            (sight.beforeEdit, .rowsBeforeEdit(sight.beforeEdit)),
            (sight.movedUnseen, .movedUnseen(sight.movedUnseen)), (sight.beyondCap, .beyondCap(sight.beyondCap)),
        ] where count > 0 { report.gaps.append(gap) }
        phase = .end
    }
}
