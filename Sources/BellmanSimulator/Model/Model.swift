/// The promise (design: rule language, "The promise") in its plainest form: at every tick everything is looked at,
/// nothing is indexed, days are counted and zones are three. The engine must decide the same.
///
/// Written from the page; it shares no code with the engine, the almanac or a store. It is a value: put away beside a
/// backup and put back with it, it knows what the restored store knows.
struct Model {
    struct State: Equatable {
        /// Day number.
        var due: Int?
        var status: String
        var isOpen: Bool { status != "done" }
    }

    struct Change {
        let sequence: Int64
        let at: Micros
        let record: String
        let before: State?
        let after: State?
    }

    struct Key: Hashable, Comparable {
        var rule: String
        let subject: String
        let occurrence: String

        static func < (a: Key, b: Key) -> Bool {
            (a.rule, a.subject, a.occurrence) < (b.rule, b.subject, b.occurrence)
        }
    }

    struct Decision {
        let outcome: String
        let decidedAt: Micros
        var rang: Bool { outcome == "fired" || outcome == "fired_late" }
    }

    struct Span {
        var since: Micros
        var rise: Int64
        var rung: Bool
    }

    /// When a rule, and each part of it, was first seen; what was due before is past for it.
    struct Armed {
        var sequence: Int64
        var offsets: [Int: Micros]
        var schedule: Micros
        var time: Micros
    }

    struct Silence {
        let rule: String?
        let subject: String?
        let from: Micros
        let until: Micros
    }

    let zone: PlainZone
    private(set) var ledger: [Key: Decision] = [:]
    var records: [String: State] = [:]
    var pending: [Change] = []
    var atLastTick: [String: State] = [:]
    private(set) var watermark: Micros?
    /// Where the clock stood at the last tick.
    private(set) var lastClock: Micros?
    var spans: [String: Span] = [:]
    var silences: [Silence] = []
    private var armed: [String: Armed] = [:]
    /// The last sequence that was decided.
    var head: Int64 = 0

    // Of the tick under way.
    var now: Micros = 0
    var start: Micros = 0
    var isFirst = false
    private(set) var fresh: Set<String> = []
    /// The time of day before an edit, by rule.
    private(set) var former: [String: Micros] = [:]
    private(set) var decided: [Key: String] = [:]

    static let late = 10 * PlainTime.minute
    static let week = 7 * PlainTime.day

    init(zone: PlainZone) { self.zone = zone }

    // MARK: what people do

    mutating func write(_ record: String, _ state: State?, sequence: Int64, at: Micros) {
        let before = records[record]
        records[record] = state
        pending.append(Change(sequence: sequence, at: at, record: record, before: before, after: state))
    }

    // MARK: the tick

    /// What is decided anew, by key, with the outcome.
    mutating func tick(at now: Micros, rules: [StoryRule]) -> [Key: String] {
        self.now = now
        isFirst = watermark == nil
        start = min(lastClock ?? now, now)
        decided = [:]
        let changes = pending
        pending = []
        let enabled = rules.filter { $0.isEnabled && $0.isModelled }.sorted { $0.id < $1.id }
        arm(enabled)
        for rule in enabled {
            switch rule.trigger {
            case .created, .statusTo, .deleted: edges(rule, changes)
            case .level(let word, let days): level(rule, word, days, changes)
            case .date: dates(rule, changes)
            case .schedule(let days): schedule(rule, days)
            case .other: break
            }
        }
        atLastTick = records
        watermark = max(now, watermark ?? now)
        lastClock = now
        return decided
    }

    /// After a restore that counts the gap as settled.
    mutating func settleGap(now: Micros, rules: [StoryRule]) {
        guard let mark = watermark else { return }
        for case .level(_, let days?) in rules.map(\.trigger) {
            for (record, span) in spans where zone.shifted(span.since, days: days) <= now { spans[record]?.rung = true }
        }
        watermark = max(mark, now)
        lastClock = watermark
        pending = []
        atLastTick = records
    }

    /// By the administrator's word the store has lived no further.
    mutating func turnBack(to instant: Micros) {
        guard let mark = watermark else { return }
        watermark = min(mark, instant)
        lastClock = watermark
    }

    // MARK: arming (promise 6)

    private mutating func arm(_ rules: [StoryRule]) {
        fresh = []
        former = [:]
        for rule in rules {
            if armed[rule.id] == nil, let was = rule.was, let old = armed.removeValue(forKey: was) {
                armed[rule.id] = old
                rename(was, rule.id)
            }
            let since = isFirst ? Micros.min : now
            guard var known = armed[rule.id] else {
                fresh.insert(rule.id)
                armed[rule.id] = Armed(
                    sequence: isFirst ? 0 : head,
                    offsets: Dictionary(uniqueKeysWithValues: rule.offsets.map { ($0, since) }), schedule: since,
                    time: rule.time)
                continue
            }
            var offsets: [Int: Micros] = [:]
            for offset in rule.offsets { offsets[offset] = min(known.offsets[offset] ?? since, now) }
            if known.time != rule.time {
                former[rule.id] = known.time
                // Another time of day makes another schedule of it.
                if rule.offsets.isEmpty { known.schedule = now }
            }
            known.schedule = min(known.schedule, now)
            (known.offsets, known.time) = (offsets, rule.time)
            armed[rule.id] = known
        }
        let ids = Set(rules.map(\.id))
        armed = armed.filter { ids.contains($0.key) }
    }

    private mutating func rename(_ old: String, _ new: String) {
        for (key, decision) in ledger where key.rule == old {
            ledger[key] = nil
            let moved = Key(rule: new, subject: key.subject, occurrence: key.occurrence)
            if ledger[moved] == nil { ledger[moved] = decision }
        }
        silences = silences.map {
            $0.rule == old ? Silence(rule: new, subject: $0.subject, from: $0.from, until: $0.until) : $0
        }
    }

    func since(_ rule: StoryRule, offset: Int) -> Micros { armed[rule.id]?.offsets[offset] ?? now }
    func since(schedule rule: StoryRule) -> Micros { armed[rule.id]?.schedule ?? now }

    // MARK: deciding

    func isDecided(_ key: Key) -> Bool { ledger[key] != nil }

    mutating func decide(_ key: Key, _ outcome: String) {
        guard ledger[key] == nil else { return }
        ledger[key] = Decision(outcome: outcome, decidedAt: now)
        decided[key] = outcome
    }

    /// Asks the condition, the silences and the limit.
    mutating func ring(_ rule: StoryRule, _ key: Key, holds: Bool, scheduled: Micros, late: Bool) {
        guard !isDecided(key) else { return }
        guard holds else { return decide(key, "condition_false") }
        if isSilent(rule, key, scheduled) { return decide(key, "silenced") }
        if let days = rule.limitDays {
            let window = zone.shifted(now, days: -days)
            let rang = ledger.contains {
                $0.key.rule == rule.id && $0.key.subject == key.subject && $0.value.rang && $0.value.decidedAt > window
            }
            if rang { return decide(key, "skipped") }
        }
        decide(key, late ? "fired_late" : "fired")
    }

    private func isSilent(_ rule: StoryRule, _ key: Key, _ scheduled: Micros) -> Bool {
        var moments = [now]
        if scheduled > start, scheduled < now { moments.append(scheduled) }
        return silences.contains { silence in
            (silence.rule ?? rule.id) == rule.id && (silence.subject ?? key.subject) == key.subject
                && moments.contains { $0 >= silence.from && $0 < silence.until }
        }
    }

    // MARK: edges

    private mutating func edges(_ rule: StoryRule, _ changes: [Change]) {
        let first = armed[rule.id]?.sequence ?? 0
        for change in changes where change.sequence > first {
            let key = Key(rule: rule.id, subject: "task/\(change.record)", occurrence: "change=\(change.sequence)")
            let rings =
                switch rule.trigger {
                case .created: change.before == nil
                case .deleted: change.after == nil
                case .statusTo(let word):
                    change.before != nil && change.after?.status == word && change.before?.status != word
                default: false
                }
            guard rings else { continue }
            let holds = !rule.onlyOpen || change.after?.isOpen == true
            ring(rule, key, holds: holds, scheduled: change.at, late: false)
        }
    }
}
