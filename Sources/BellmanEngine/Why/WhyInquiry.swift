import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// One question at work, within one snapshot.
struct WhyInquiry {
    let core: EngineCore
    let question: WhyQuestion
    let place: WhySubjects.Place
    /// Of the subject, the newest first.
    let rows: [LedgerEntry]
    let view: any EngineView
    /// As of now: for dates, conditions and keys.
    let tick: Tick
    let progress: EngineProgress?
    /// When each trigger of the rule was first seen.
    let armed: [String: ArmedTrigger]

    var rule: Rule { question.rule }
    var now: Instant { question.now }

    init(
        core: EngineCore, question: WhyQuestion, place: WhySubjects.Place, rows: [LedgerEntry], view: any EngineView
    ) throws {
        self.core = core
        self.question = question
        self.place = place
        self.rows = rows
        self.view = view
        tick = try Tick(core: core, now: question.now, view: view)
        progress = try view.progress()
        armed = Dictionary(
            try view.armed().filter { $0.rule == question.rule.id }.map { ($0.trigger, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func report() throws -> WhyReport {
        var report = WhyReport(rule: rule, subject: place.subject, now: now, asked: question.time)
        report.lastTick = progress?.lastTick
        report.gathering = place.gathering
        report.obstacles = try obstacles()
        report.level = try level()
        let known = Set(rows.map(\.key.occurrence))
        let open = try dates(known) + edges(known) + waits() + levels(known) + runs()
        arrange(open, into: &report)
        let chosen = chosen()
        report.decisions = try chosen.map(decision)
        if let time = question.time, chosen.isEmpty { report.then = try then(time) }
        report.conditions = conditions()
        if let failure = tick.source.failure { throw failure }
        return report
    }

    private func arrange(_ open: [WhyMoment], into report: inout WhyReport) {
        func isComing(_ moment: WhyMoment) -> Bool { if case .coming = moment.fate { true } else { false } }
        let decided = rows.map {
            WhyMoment(cause: WhyCause(entry: $0, rule), at: $0.scheduledAt, fate: .decided($0))
        }
        let coming = open.filter(isComing).sorted { ($0.at ?? .latest) < ($1.at ?? .latest) }
        let rest = open.filter { !isComing($0) }
        let past = (decided + rest.filter { $0.at != nil }).sorted { ($0.at ?? .earliest) > ($1.at ?? .earliest) }
        report.moments = coming + past.prefix(WhyLimits.listed) + rest.filter { $0.at == nil }
        report.older = max(0, past.count - WhyLimits.listed)
    }

    /// Of the decisions of one tick the one that rang tells the most.
    private func chosen() -> [LedgerEntry] {
        guard let time = question.time else {
            guard let newest = rows.map(\.decidedAt).max() else { return [] }
            let latest = rows.filter { $0.decidedAt == newest }
            return Array((latest.filter { $0.outcome.rang } + latest).prefix(1))
        }
        let near = rows.filter { time.day.contains($0.scheduledAt) || time.day.contains($0.decidedAt) }
            .sorted { time.distance($0) < time.distance($1) }
        return Array(near.prefix(time.isDay ? WhyLimits.told : 1))
    }

    private func obstacles() throws -> [WhyObstacle] {
        var found: [WhyObstacle] = []
        if !rule.enabled { found.append(.disabled) }
        if let ref = question.record {
            let kinds = [rule.kind, rule.gathering?.kind, rule.gathering?.groupKind].compactMap { $0 }
            if !kinds.contains(ref.kind) {
                found.append(.wrongKind(rule: rule.kind ?? rule.gathering?.kind ?? "", record: ref.kind))
            } else if place.record == nil {
                let last = try view.changes(of: ref, after: 0).last
                found.append(.recordGone(at: last?.at, by: last?.actor ?? ""))
            }
        }
        // Before a store's first tick every rule counts as older than every record.
        if rule.enabled, progress != nil, armed[Tick.ruleSignature] == nil { found.append(.notSeenYet) }
        return found + (try silences().map(WhyObstacle.silenced))
    }

    /// Those in force now that keep the rule, or this record, silent.
    private func silences() throws -> [Silence] {
        let key = OccurrenceKey(rule: rule.id, subject: place.subject?.text ?? "", occurrence: "")
        let facts = FiringFacts(record: place.record, scheduledAt: now)
        let all = try view.silences(notOverAt: now)
        return try all.filter {
            try tick.silence(of: rule, key, facts, tick.evaluator(rule), at: [now], among: [$0]) != nil
        }
    }

    /// As they would be asked now.
    private func conditions() -> [ConditionTree] {
        guard let record = place.record, rule.kind == record.ref.kind else { return [] }
        return tick.evaluator(rule).conditionTrees(FiringFacts(record: record, scheduledAt: now))
    }

}

extension WhyTime {
    /// How far a decision lies from it.
    fileprivate func distance(_ entry: LedgerEntry) -> Int64 {
        min(distance(entry.scheduledAt), distance(entry.decidedAt))
    }

    func distance(_ other: Instant) -> Int64 { abs(other.microseconds - instant.microseconds) }
}

extension WhyCause {
    /// Of a row; what its key says that cannot be read stays as it is.
    public init(entry: LedgerEntry, _ rule: Rule) {
        let text = entry.key.occurrence
        switch AuditedOccurrence(text) {
        case .run: self = .run
        case .change(let sequence): self = .change(sequence: sequence)
        case .rise(let sequence): self = .level(rise: sequence)
        case .date: self = WhyCause(occurrence: text, rule) ?? .other(text)
        case nil: self = .other(text)
        }
    }

    /// Reads `due=2026-06-30 -P7D`.
    init?(occurrence text: String, _ rule: Rule) {
        guard let sign = text.firstIndex(of: "="), let space = text.lastIndex(of: " "), sign < space else { return nil }
        let (field, value) = (String(text[..<sign]), text[text.index(after: sign)..<space])
        guard let offset = try? Period.parse(text[text.index(after: space)...]) else { return nil }
        let trigger = rule.momentTriggers.first { $0.field == field }
        let moment: FieldValue
        if let date = CivilDate(iso: value) {
            moment = .date(date)
        } else if let instant = Instant(iso: String(value)) {
            moment = .instant(instant)
        } else {
            return nil
        }
        self = .date(field: field, value: moment, offset: offset, at: trigger?.at ?? rule.timing.at)
    }

    init(_ due: DueMilestone, _ rule: Rule) {
        self = .date(
            field: due.milestone.field, value: due.anchor, offset: due.period, at: due.milestone.at ?? rule.timing.at)
    }
}
