import Foundation

/// Levels in their plainest form: the whole history of all records is kept, and on every tick each rule is worked out
/// anew from the beginning. Written from the rule language's page, not from the engine; it shares no code with it, and
/// its calendar is Foundation's.
struct LevelModel {
    typealias Seconds = Int
    typealias Fields = [String: String]

    enum Condition: String, CaseIterable {
        case low = "contract.usage < 0.3"
        case lower = "contract.usage < 0.2"
        case someIdle = "contract.accounts.exists(a, a.status == \"idle\")"
        case allIdle = "contract.accounts.all(a, a.status == \"idle\")"
        case behind = "account.contract.usage < 0.3"

        var kind: String { self == .behind ? "account" : "contract" }
    }

    struct Rule: Equatable {
        var id: String
        var condition: Condition
        var zone: String
        /// Months or days.
        var span: (months: Int, days: Int)?
        var freshDays: Int?
        var isEnabled = true

        static func == (a: Rule, b: Rule) -> Bool {
            a.condition == b.condition && a.span?.months == b.span?.months && a.span?.days == b.span?.days
                && a.freshDays == b.freshDays && a.isEnabled == b.isEnabled
        }
    }

    private struct Key: Hashable {
        let rule: String
        let subject: String
        let rise: Int
    }

    private var states: [(at: Seconds, sequence: Int, records: [String: Fields])] = [(.min, 0, [:])]
    private var measured: [String: [Seconds]] = [:]
    private var armed: [String: Rule] = [:]
    private var ticked = false
    private var decided: [Key: String] = [:]
    private var passed: Set<Key> = []

    var ledger: Set<String> {
        Set(decided.map { "\($0.key.rule) \($0.key.subject) rise=\($0.key.rise): \($0.value)" })
    }

    func fields(_ ref: String) -> Fields? { states[states.count - 1].records[ref] }

    mutating func write(_ ref: String, _ fields: Fields?, at: Seconds) {
        if fields?["usage"].map({ !$0.isEmpty }) ?? false { measured[ref, default: []].append(at) }
        let last = states[states.count - 1]
        var merged = last.records[ref] ?? [:]
        for (name, value) in fields ?? [:] { merged[name] = value.isEmpty ? nil : value }
        let after = fields == nil ? nil : merged
        guard last.records[ref] != after else { return }
        var records = last.records
        records[ref] = after
        states.append((at, last.sequence + 1, records))
    }

    // MARK: the tick

    mutating func tick(_ rules: [Rule], at now: Seconds) {
        for rule in rules {
            let old = armed[rule.id]
            let isNew = ticked && rule.isEnabled && (old == nil || old?.isEnabled == false || old != rule)
            if isNew, old?.condition != rule.condition || old?.isEnabled == false {
                passed = passed.filter { $0.rule != rule.id }
            }
            armed[rule.id] = rule
            guard rule.isEnabled else { continue }
            let subjects = Set(states.flatMap { $0.records.keys }).filter { $0.hasPrefix(rule.condition.kind + "/") }
            for subject in subjects {
                for span in spans(rule, subject, now) { settle(rule, subject, span, isNew: isNew, now) }
            }
        }
        ticked = true
    }

    private mutating func settle(
        _ rule: Rule, _ subject: String, _ span: (rise: Int, at: Seconds, isOver: Bool), isNew: Bool, _ now: Seconds
    ) {
        let key = Key(rule: rule.id, subject: subject, rise: span.rise)
        guard decided[key] == nil, !passed.contains(key) else { return }
        if isNew || fields(subject) == nil {
            passed.insert(key)
        } else {
            decided[key] = rule.span != nil && span.at + 600 < now ? "fired_late" : "fired"
        }
    }

    /// Full spans through `now`, each with the write that made the condition true.
    private func spans(_ rule: Rule, _ subject: String, _ now: Seconds) -> [(rise: Int, at: Seconds, isOver: Bool)] {
        var found: [(rise: Int, at: Seconds, isOver: Bool)] = []
        var index = 0
        while index < states.count {
            guard holds(rule.condition, subject, states[index].records) else {
                index += 1
                continue
            }
            let rise = states[index]
            while index < states.count, holds(rule.condition, subject, states[index].records) { index += 1 }
            let end = index < states.count ? states[index].at : now
            if let at = full(rule, subject, from: rise.at, through: min(end, now)) {
                found.append((rise.sequence, at, index < states.count))
            }
        }
        return found
    }

    private func holds(_ condition: Condition, _ subject: String, _ records: [String: Fields]) -> Bool {
        guard let record = records[subject] else { return false }
        func usage(_ fields: Fields?) -> Double? { fields?["usage"].flatMap(Double.init) }
        func accounts() -> [Fields] {
            records.filter { $0.key.hasPrefix("account/") && "contract/\($0.value["contract"] ?? "")" == subject }.map(
                \.value)
        }
        switch condition {
        case .low: return usage(record).map { $0 < 0.3 } ?? false
        case .lower: return usage(record).map { $0 < 0.2 } ?? false
        case .someIdle: return accounts().contains { $0["status"] == "idle" }
        case .allIdle: return accounts().allSatisfy { $0["status"] == "idle" }
        case .behind: return usage(records["contract/\(record["contract"] ?? "")"]).map { $0 < 0.3 } ?? false
        }
    }

    /// The first instant at which the span was there without a break, second by second in effect: a stretch begins at
    /// the rise or at the first measurement after a gap, and lasts while each measurement is young enough.
    private func full(_ rule: Rule, _ subject: String, from start: Seconds, through end: Seconds) -> Seconds? {
        guard let days = rule.freshDays else {
            let at = shifted(start, rule.span, rule.zone)
            return at <= end ? at : nil
        }
        let source =
            rule.condition == .behind ? "contract/\(states.last?.records[subject]?["contract"] ?? "")" : subject
        let all = (measured[source] ?? []).sorted()
        let starts = [start] + all.filter { $0 > start && $0 <= end }
        for begin in starts {
            let at = shifted(begin, rule.span, rule.zone)
            guard at <= end else { return nil }
            var reach = Seconds.min
            for one in all where one <= at {
                if one <= begin || one <= reach { reach = max(reach, shifted(one, (0, days), rule.zone)) }
                if one <= begin, reach < begin { reach = .min }
            }
            if reach >= begin, reach >= at { return at }
        }
        return nil
    }

    private func shifted(_ start: Seconds, _ span: (months: Int, days: Int)?, _ zone: String) -> Seconds {
        guard let span, let timeZone = TimeZone(identifier: zone) else { return start }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let date = Date(timeIntervalSince1970: TimeInterval(start))
        let moved = calendar.date(byAdding: DateComponents(month: span.months, day: span.days), to: date)
        return Int(moved?.timeIntervalSince1970 ?? 0)
    }
}
