/// The promise (design: rule language, "The promise") in its plainest form: everything is looked at on every tick,
/// nothing is indexed, days and minutes are integers in one zone. The engine must give the same ledger.
///
/// Written from the page, not from the engine; it shares no code with it.
struct ReferenceModel {
    /// Minutes since 1970-01-01 00:00 in the story's zone (no summer time there).
    typealias Minute = Int
    typealias Day = Int

    enum CatchUp: String, CaseIterable {
        case lateOnce = "late_once"
        case all, skip
    }

    struct DateRule {
        var id: String
        /// Signed days, as the rule lists them: negative before, positive after.
        var offsets: [Int]
        var at = 9 * 60
        var onlyOpen = true
        var catchUp = CatchUp.lateOnce
        var arrivingLate = true
    }

    enum Rule {
        case date(DateRule)
        case created(id: String, onlyOpen: Bool)
        case statusTo(id: String, word: String)
        case deleted(id: String)
        case level(id: String, word: String, forDays: Int?)
        case daily(id: String, at: Minute, catchUp: CatchUp)
        /// 1 is Monday.
        case weekly(id: String, weekday: Int, at: Minute)
        /// Months without such a day are passed over.
        case monthly(id: String, day: Int, at: Minute)

        var id: String {
            switch self {
            case .date(let rule): rule.id
            case .created(let id, _), .statusTo(let id, _), .deleted(let id), .level(let id, _, _),
                .daily(let id, _, _), .weekly(let id, _, _), .monthly(let id, _, _):
                id
            }
        }
    }

    struct State: Equatable {
        var due: Day?
        var status: String
        var isOpen: Bool { status != "done" }
    }

    struct Change {
        let sequence: Int
        let at: Minute
        let record: String
        let before: State?
        let after: State?
    }

    struct Key: Hashable {
        let rule: String
        let subject: String
        let occurrence: String
    }

    private struct Span {
        var since: Minute
        var rise: Int
        var rung: Bool
    }

    private(set) var ledger: [Key: String] = [:]
    private var records: [String: State] = [:]
    private var pending: [Change] = []
    private var atLastTick: [String: State] = [:]
    private var lastTick: Minute?
    private var sequence = 0
    private var spans: [String: Span] = [:]
    /// Rules by id with the tick that first saw them; `nil` = older than everything.
    private var rules: [(rule: Rule, since: Minute?)]

    static let late = 10
    static let week = 7 * 1440

    init(rules: [Rule]) { self.rules = rules.map { ($0, nil) } }

    // MARK: what people do

    mutating func write(_ id: String, at: Minute, _ state: State?) {
        let before = records[id]
        guard before != state else { return }
        sequence += 1
        records[id] = state
        pending.append(Change(sequence: sequence, at: at, record: id, before: before, after: state))
    }

    // MARK: the tick

    mutating func tick(at now: Minute) {
        let changes = pending
        pending = []
        for (rule, _) in rules {
            switch rule {
            case .created(let id, let onlyOpen):
                for change in changes where change.before == nil {
                    let holds = !onlyOpen || change.after?.isOpen == true
                    decide(id, change.record, "change=\(change.sequence)", holds ? "fired" : "condition_false")
                }
            case .statusTo(let id, let word):
                for change in changes {
                    guard let before = change.before, let after = change.after, before.status != after.status,
                        after.status == word
                    else { continue }
                    decide(id, change.record, "change=\(change.sequence)", "fired")
                }
            case .deleted(let id):
                for change in changes where change.after == nil {
                    decide(id, change.record, "change=\(change.sequence)", "fired")
                }
            case .level(let id, let word, let days): level(id, word, days, changes, now)
            case .date(let date): dates(date, changes, now)
            case .daily(let id, let at, let catchUp): schedule(id, at, catchUp, now) { _ in true }
            // 1970-01-01 was a Thursday.
            case .weekly(let id, let weekday, let at):
                schedule(id, at, .lateOnce, now) { ($0 + 3) % 7 + 1 == weekday }
            case .monthly(let id, let day, let at):
                schedule(id, at, .lateOnce, now) { ReferenceModel.calendar($0).2 == day }
            }
        }
        atLastTick = records
        lastTick = max(now, lastTick ?? now)
    }

    private mutating func decide(_ rule: String, _ record: String, _ occurrence: String, _ outcome: String) {
        let key = Key(rule: rule, subject: record.isEmpty ? "" : "task/\(record)", occurrence: occurrence)
        if ledger[key] == nil { ledger[key] = outcome }
    }

    private func isDecided(_ rule: String, _ record: String, _ occurrence: String) -> Bool {
        ledger[Key(rule: rule, subject: "task/\(record)", occurrence: occurrence)] != nil
    }

    // MARK: dates (promises 4, 5, 7)

    private mutating func dates(_ rule: DateRule, _ changes: [Change], _ now: Minute) {
        for (record, state) in records.sorted(by: { $0.key < $1.key }) {
            guard let due = state.due else { continue }
            let start = lastTick ?? now
            let milestones = rule.offsets.map { (offset: $0, at: (due + $0) * 1440 + rule.at) }
            // A record that was deleted and made again is a new one.
            let remade = changes.contains { $0.record == record && $0.after == nil }
            let isOld = lastTick != nil && atLastTick[record]?.due == due && !remade
            var missed: [(offset: Int, at: Minute)]
            if isOld {
                missed = milestones.filter { $0.at > start && $0.at <= now }
            } else {
                let moved = changes.last { $0.record == record && $0.before?.due != $0.after?.due }?.at ?? now
                let existed = lastTick != nil && atLastTick[record] != nil && !remade
                let arrival = existed ? min(max(start, moved), now) : now
                missed = milestones.filter { $0.at > arrival && $0.at <= now }
                let past = milestones.filter { $0.at <= arrival }
                arrive(rule, record, state, due, past, missed.isEmpty, milestones.contains { $0.at > now }, now)
            }
            missed = missed.filter { !isDecided(rule.id, record, key(due, $0.offset)) }
            settle(rule, record, state, due, missed, now)
        }
    }

    private mutating func arrive(
        _ rule: DateRule, _ record: String, _ state: State, _ due: Day, _ past: [(offset: Int, at: Minute)],
        _ nothingMissed: Bool, _ someLeft: Bool, _ now: Minute
    ) {
        if nothingMissed, !someLeft, rule.arrivingLate, now < (due + 1) * 1440, let nearest = nearest(past) {
            ring(rule, record, state, due, nearest, late: true)
        }
        for milestone in past { decide(rule.id, record, key(due, milestone.offset), "skipped") }
    }

    private mutating func settle(
        _ rule: DateRule, _ record: String, _ state: State, _ due: Day, _ missed: [(offset: Int, at: Minute)],
        _ now: Minute
    ) {
        let expired = missed.filter { milestone in
            let from = milestone.offset <= 0 ? (due + 1) * 1440 : milestone.at
            return from + ReferenceModel.week < now
        }
        for milestone in expired { decide(rule.id, record, key(due, milestone.offset), "expired") }
        let open = missed.filter { one in !expired.contains { $0.offset == one.offset } }
        guard let nearest = nearest(open) else { return }
        let isLate = nearest.at + ReferenceModel.late < now
        switch rule.catchUp {
        case .all:
            for milestone in open.sorted(by: { $0.at < $1.at }) {
                ring(rule, record, state, due, milestone, late: milestone.at + ReferenceModel.late < now)
            }
            return
        case .skip where isLate:
            for milestone in open { decide(rule.id, record, key(due, milestone.offset), "skipped") }
        default: ring(rule, record, state, due, nearest, late: isLate)
        }
        for milestone in open { decide(rule.id, record, key(due, milestone.offset), "superseded") }
    }

    private mutating func ring(
        _ rule: DateRule, _ record: String, _ state: State, _ due: Day, _ milestone: (offset: Int, at: Minute),
        late: Bool
    ) {
        let holds = !rule.onlyOpen || state.isOpen
        decide(
            rule.id, record, key(due, milestone.offset), holds ? (late ? "fired_late" : "fired") : "condition_false")
    }

    /// The one due last.
    private func nearest(_ milestones: [(offset: Int, at: Minute)]) -> (offset: Int, at: Minute)? {
        milestones.max { $0.at < $1.at }
    }

    private func key(_ due: Day, _ offset: Int) -> String {
        let (year, month, day) = ReferenceModel.calendar(due)
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "due=\(year)-\(two(month))-\(two(day)) \(offset < 0 ? "-P\(-offset)D" : "P\(offset)D")"
    }

    /// Year, month and day by counting, year after year.
    static func calendar(_ day: Day) -> (Int, Int, Int) {
        var rest = day
        var year = 1970
        func isLeap(_ y: Int) -> Bool { y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        for (month, length) in [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
            if rest < length { return (year, month + 1, rest + 1) }
            rest -= length
        }
        return (year, 12, 31)
    }

    // MARK: levels

    private mutating func level(_ id: String, _ word: String, _ days: Int?, _ changes: [Change], _ now: Minute) {
        for change in changes {
            let slot = "\(id) \(change.record)"
            if let span = spans[slot], !span.rung, let days, span.since + days * 1440 <= change.at {
                ringLevel(id, change.record, slot, word, span, days, now)
            }
            if change.after?.status == word {
                if spans[slot] == nil {
                    spans[slot] = Span(since: min(change.at, now), rise: change.sequence, rung: false)
                    if days == nil { ringLevel(id, change.record, slot, word, spans[slot]!, nil, now) }
                }
            } else {
                spans[slot] = nil
            }
        }
        guard let days else { return }
        for (slot, span) in spans.sorted(by: { $0.key < $1.key })
        where slot.hasPrefix("\(id) ") && !span.rung && span.since + days * 1440 <= now {
            ringLevel(id, String(slot.dropFirst(id.count + 1)), slot, word, span, days, now)
        }
    }

    private mutating func ringLevel(
        _ id: String, _ record: String, _ slot: String, _ word: String, _ span: Span, _ days: Int?, _ now: Minute
    ) {
        spans[slot]?.rung = true
        guard records[record] != nil else { return }
        let late = days.map { span.since + $0 * 1440 + ReferenceModel.late < now } ?? false
        decide(id, record, "rise=\(span.rise)", late ? "fired_late" : "fired")
    }

    // MARK: schedules

    private mutating func schedule(
        _ id: String, _ at: Minute, _ catchUp: CatchUp, _ now: Minute, on isDay: (Day) -> Bool
    ) {
        guard let start = lastTick, start < now else { return }
        let first = (start - at) / 1440 - 1
        let runs = (first...(now / 1440)).filter(isDay).map { $0 * 1440 + at }.filter { $0 > start && $0 <= now }
        guard let last = runs.last else { return }
        for run in runs.dropLast().prefix(100) where catchUp == .lateOnce { decide(id, "", moment(run), "superseded") }
        for run in runs.dropLast().prefix(99) where catchUp == .all {
            decide(id, "", moment(run), run + ReferenceModel.late < now ? "fired_late" : "fired")
        }
        let isLate = last + ReferenceModel.late < now
        if catchUp == .skip {
            for run in runs.dropLast().prefix(100) where run + ReferenceModel.late < now {
                decide(id, "", moment(run), "skipped")
            }
        }
        decide(id, "", moment(last), catchUp == .skip && isLate ? "skipped" : (isLate ? "fired_late" : "fired"))
    }

    /// Set by the story: how the zone's minutes read in UTC.
    var zoneMinutes = 480

    private func moment(_ minute: Minute) -> String {
        let utc = minute - zoneMinutes
        let day = utc >= 0 ? utc / 1440 : (utc - 1439) / 1440
        let (year, month, date) = ReferenceModel.calendar(day)
        let rest = utc - day * 1440
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "at=\(year)-\(two(month))-\(two(date))T\(two(rest / 60)):\(two(rest % 60)):00Z"
    }
}
