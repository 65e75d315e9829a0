import Almanac
import BellmanModel
import BellmanStore

/// A store's state as one value: copied, it is a second store that went through the same. It holds what dates and
/// schedules need; levels, waiting steps and references are not in it.
struct MemoryView: EngineView {
    private(set) var records: [RecordRef: Record] = [:]
    /// Ascending by date.
    private var index: [(date: CivilDate, id: String)] = []
    private var journal: [Change] = []
    private var ledger: [OccurrenceKey: LedgerEntry] = [:]
    private var armedTriggers: [ArmedTrigger] = []
    private var mark = 0
    private var come: EngineProgress?
    /// Queries of the date index so far, shared by copies.
    let meter = Meter()

    final class Meter {
        var queries = 0
    }

    static let kind = "task"
    static let field = "due"

    /// Tasks that are due on these days.
    init(due: [(id: String, date: CivilDate)], at: Instant) {
        for (sequence, one) in due.enumerated() {
            let ref = RecordRef(kind: MemoryView.kind, id: one.id)
            let fields: [String: FieldValue] = ["title": .string(one.id), MemoryView.field: .date(one.date)]
            records[ref] = Record(
                ref: ref, fields: fields, createdAt: at, updatedAt: at, version: Int64(sequence + 1))
            journal.append(
                Change(
                    sequence: Int64(sequence + 1), ref: ref, operation: .created,
                    fields: fields.keys.sorted().map { .init(name: $0, old: .null, new: fields[$0] ?? .null) },
                    actor: "test", at: at))
        }
        index = due.map { ($0.date, $0.id) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    // No rule here gathers with `while`.
    func gatherings() -> [GatheringHead] { [] }
    func gatheredMember(_ gathering: Int64, of record: RecordRef) -> GatheredMember? { nil }
    func gatheredGroup(_ gathering: Int64, subject: String) -> GatheredGroup? { nil }
    func gatheredGroup(number: Int64) -> GatheredGroup? { nil }
    func gatheredGroups(_ gathering: Int64, after subject: String?, limit: Int) -> [GatheredGroup] { [] }
    func gatheredIDs(group: Int64, limit: Int) -> [String] { [] }
    func gatheredExtreme(group: Int64, term: Int, prefix: String, isGreatest: Bool) -> String? { nil }
    func addGathering(rule: String, signature: String) -> GatheringHead {
        GatheringHead(number: 0, rule: rule, signature: signature)
    }
    func retireGathering(_ number: Int64) {}
    func forgetGathered(limit: Int, hasLevel: (String) -> Bool) -> Bool { false }
    func makeGatheredGroup(_ gathering: Int64, subject: String) -> GatheredGroup {
        GatheredGroup(number: 0, subject: subject, tally: "")
    }
    func setGatheredTally(group: Int64, _ tally: String) {}
    func removeGatheredGroup(_ group: Int64) {}
    func setGatheredMember(_ gathering: Int64, of record: RecordRef, _ member: GatheredMember?) {}
    func countGathered(group: Int64, term: Int, value: String, change: Int) -> Int { 0 }
    func rehearseGathering(_ body: () throws -> Void) throws {}

    func acknowledgement(firing: String) throws -> Acknowledgement? { nil }
    func acknowledgedAnew() throws -> [String] { [] }
    func acknowledgement(rule: String, subject: String, occurrencePrefix: String) throws -> Acknowledgement? { nil }
    func silences(notOverAt: Instant) throws -> [Silence] { [] }
    func hasWaitingSteps() throws -> Bool { false }
    func waitingSteps(subject: String) throws -> [PendingStep] { [] }
    func invitations(rule: String, subject: String) throws -> [InvitationState] { [] }

    var entries: [LedgerEntry] { Array(ledger.values) }

    /// What was decided anew.
    @discardableResult
    mutating func apply(_ commit: TickCommit) -> [LedgerEntry] {
        armedTriggers.removeAll { old in
            commit.disarm.contains { $0.rule == old.rule && $0.trigger == old.trigger }
        }
        armedTriggers += commit.arm
        armedTriggers.sort { $0.rule < $1.rule }
        if commit.marksArmed || !commit.arm.isEmpty || !commit.disarm.isEmpty { mark += 1 }
        come = commit.progress
        var new: [LedgerEntry] = []
        for entry in commit.ledger where ledger[entry.key] == nil {
            ledger[entry.key] = entry
            new.append(entry)
        }
        return new
    }

    // MARK: reading

    func progress() -> EngineProgress? { come }
    func armed() -> [ArmedTrigger] { armedTriggers }
    func armedMark() -> String? { mark == 0 ? nil : "\(mark)" }
    func decision(_ key: OccurrenceKey) -> LedgerEntry? { ledger[key] }
    func decision(firing: String) -> LedgerEntry? { ledger.values.first { $0.firing == firing } }
    func rings(rule: String, subject: String, after: Instant) -> Int {
        ledger.values.count {
            $0.key.rule == rule && $0.key.subject == subject && $0.outcome.rang && $0.decidedAt > after
        }
    }
    func level(rule: String, subject: String) -> LevelState? { nil }
    func levelsDue(through: Instant) -> [LevelState] { [] }
    func stepsDue(through: Instant) -> [PendingStep] { [] }
    func steps(firing: String) -> [PendingStep] { [] }
    func openQuestions() -> [PendingStep] { [] }
    func nextTimer() -> Instant? { nil }
    func levelSubjects(rule: String) -> [String] { [] }

    func record(_ ref: RecordRef) -> Record? { records[ref] }
    func resolve(_ text: String, kind: String) -> Resolution { .nothing }
    func referrers(kind: String, field: String, target: RecordRef) -> [String] { [] }
    func referrers(kind: String, field: String, text: String) -> [String] { [] }
    func identifiers(kind: String, after: String?, limit: Int) -> [String] {
        let all = records.keys.filter { $0.kind == kind }.map(\.id).sorted()
        return Array(all.drop { id in after.map { id <= $0 } ?? false }.prefix(limit))
    }
    func count(kind: String) -> Int { records.count }
    func members(role: String) -> [String] { [] }

    func moments(kind: String, field: String, dates: ClosedRange<CivilDate>) -> [IndexedMoment] {
        meter.queries += 1
        guard kind == MemoryView.kind, field == MemoryView.field else { return [] }
        return index[position(dates.lowerBound)...].prefix { $0.date <= dates.upperBound }
            .map { IndexedMoment(id: $0.id, value: .date($0.date)) }
    }

    func nextDate(kind: String, field: String, after: CivilDate) -> CivilDate? {
        meter.queries += 1
        let place = position(after.adding(days: 1))
        return kind == MemoryView.kind && field == MemoryView.field && place < index.count ? index[place].date : nil
    }

    private func position(_ date: CivilDate) -> Int {
        var (low, high) = (0, index.count)
        while low < high {
            let middle = (low + high) / 2
            if index[middle].date >= date { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func moments(kind: String, field: String, instants: ClosedRange<Instant>) -> [IndexedMoment] {
        meter.queries += 1
        return []
    }

    func nextInstant(kind: String, field: String, after: Instant) -> Instant? {
        meter.queries += 1
        return nil
    }

    func changes(after sequence: Int64, limit: Int) -> [Change] {
        Array(journal.dropFirst(Int(max(0, sequence))).prefix(limit))
    }

    func changes(of ref: RecordRef, after sequence: Int64) -> [Change] {
        journal.dropFirst(Int(max(0, sequence))).filter { $0.ref == ref }
    }

    func lastSequence() -> Int64 { Int64(journal.count) }
}
