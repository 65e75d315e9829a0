/// Gathered levels in their plainest form: all states that the records ever had are kept, and on every tick each rule is
/// worked out anew from the first. Written from the rule language's page; it shares no code with the engine.
struct GatheredModel {
    typealias Fields = [String: String]
    typealias State = [String: Fields]

    enum Filter: String, CaseIterable {
        case all = "true"
        case doing = "task.status == \"doing\""
        case projectOn = "task.project.status == \"on\""
        case urgent = "task.priority > 2"
    }

    enum Group: String, CaseIterable {
        case none = ""
        case assignee = "task.assignee"
        case manager = "task.project.manager"
        case word = "task.status"
    }

    enum Condition: String, CaseIterable {
        case size = "records.size() > 1"
        case few = "count(records) < 3"
        case sum = "records.map(t, t.progress).sum() > 0.5"
        case least = "records.map(t, t.priority).min() < 2"
        case greatest = "max(records.map(t, t.priority)) >= 4"
        case mean = "avg(records.map(t, t.priority)) >= 3.0"
        case projects = "records.map(t, t.project).distinct().size() > 1"
        case filtered = "size(records.filter(t, t.priority > 2)) > 0 || records.size() > 4"
        case mapped = "records.filter(t, t.priority != null).map(t, t.priority * 2).sum() > 7"
        case reached = "records.filter(t, t.project.status == \"on\").size() == 2"
        case slow = "records.exists(t, t.priority == 4)"
        case ordered = "records[0].priority == 1"
    }

    struct Rule: Equatable {
        var id: String
        var filter: Filter
        var group: Group
        var condition: Condition
        /// Days.
        var span: Int?
        var isEnabled = true
    }

    struct Ring: Hashable {
        let rule: String
        let subject: String
        let rise: Int
        let outcome: String
        /// In the order of the message; sorted where the rule has a span, which looks at them later.
        let records: [String]
        let isSorted: Bool
    }

    private(set) var states: [(at: Int, records: State)] = [(.min, [:])]
    private var armed: [String: (rule: Rule, at: Int, sequence: Int)] = [:]
    private var ticked = false
    private(set) var rings: [String: Ring] = [:]

    var now: State { states[states.count - 1].records }

    mutating func write(_ ref: String, _ fields: Fields?, at: Int) {
        var merged = now[ref] ?? [:]
        for (name, value) in fields ?? [:] { merged[name] = value.isEmpty ? nil : value }
        let after = fields == nil ? nil : merged
        guard now[ref] != after else { return }
        var records = now
        records[ref] = after
        states.append((at, records))
    }

    // MARK: the tick

    mutating func tick(_ rules: [Rule], at now: Int) {
        for rule in rules {
            guard rule.isEnabled else {
                armed[rule.id] = nil
                continue
            }
            if armed[rule.id].map({ !isSame($0.rule, rule) }) ?? true {
                armed[rule.id] = (rule, ticked ? now : .min, ticked ? states.count - 1 : 0)
            } else if let known = armed[rule.id], known.rule.span != rule.span {
                // Another span counts anew from the same rises; what is full by it now counts as rung.
                armed[rule.id] = (rule, now, states.count - 1)
            }
            for ring in found(rule, now) { rings["\(ring.rule) \(ring.subject) \(ring.rise)"] = ring }
        }
        ticked = true
    }

    private func isSame(_ a: Rule, _ b: Rule) -> Bool {
        a.filter == b.filter && a.group == b.group && a.condition == b.condition
    }

    private func found(_ rule: Rule, _ now: Int) -> [Ring] {
        guard let armed = armed[rule.id] else { return [] }
        let groups = states.map { grouped(rule, $0.records) }
        let subjects = Set(groups.flatMap(\.keys))
        var found: [Ring] = []
        for subject in subjects {
            var rise: Int?
            for index in states.indices {
                let isTrue = groups[index][subject].map { holds(rule.condition, $0, states[index].records) } ?? false
                guard isTrue else {
                    rise = nil
                    continue
                }
                if rise == nil { rise = index }
                guard let rise else { continue }
                let end = index + 1 < states.count ? states[index + 1].at : now
                let key = "\(rule.id) \(subject) \(rise)"
                guard rings[key] == nil, !found.contains(where: { $0.subject == subject && $0.rise == rise }) else {
                    continue
                }
                let at = states[rise].at + (rule.span ?? 0) * 86_400
                guard rule.span == nil ? index == rise : at <= end else { continue }
                if rise <= armed.sequence, rule.span == nil || at <= armed.at { continue }
                let isLate = rule.span != nil && at + 600 < now
                // While it holds the message has the records of now, else those with which it rang.
                let lasts = states.indices[index...].allSatisfy { later in
                    groups[later][subject].map { holds(rule.condition, $0, states[later].records) } ?? false
                }
                let ids = groups[lasts ? states.count - 1 : index][subject] ?? []
                found.append(
                    Ring(
                        rule: rule.id, subject: subject, rise: rise, outcome: isLate ? "fired_late" : "fired",
                        records: rule.span == nil ? ids : ids.sorted(), isSorted: rule.span != nil))
            }
        }
        return found
    }

    /// By group, ids in the order of messages.
    private func grouped(_ rule: Rule, _ state: State) -> [String: [String]] {
        var groups: [String: [String]] = [:]
        let tasks = state.filter { $0.key.hasPrefix("task/") }.sorted { a, b in
            let (first, second) = (a.value["due"] ?? "9999-12-31", b.value["due"] ?? "9999-12-31")
            if first != second { return first < second }
            let (title, other) = (a.value["title"] ?? "", b.value["title"] ?? "")
            return title != other ? title < other : a.key < b.key
        }
        for (ref, task) in tasks where passes(rule.filter, task, state) {
            guard let subject = subject(rule.group, task, state) else { continue }
            groups[subject, default: []].append(String(ref.dropFirst(5)))
        }
        return groups
    }

    private func project(_ task: Fields, _ state: State) -> Fields? {
        task["project"].flatMap { state["project/\($0)"] }
    }

    private func passes(_ filter: Filter, _ task: Fields, _ state: State) -> Bool {
        switch filter {
        case .all: true
        case .doing: task["status"] == "doing"
        case .projectOn: project(task, state)?["status"] == "on"
        case .urgent: task["priority"].flatMap(Int.init).map { $0 > 2 } ?? false
        }
    }

    private func subject(_ group: Group, _ task: Fields, _ state: State) -> String? {
        func member(_ text: String?) -> String? {
            guard let text else { return nil }
            if state["member/\(text)"] != nil { return "member/\(text)" }
            let named = state.filter { $0.key.hasPrefix("member/") && $0.value["name"] == text }
            return named.count == 1 ? named.first?.key : nil
        }
        switch group {
        case .none: return ""
        case .assignee: return member(task["assignee"])
        case .manager: return member(project(task, state)?["manager"])
        case .word: return task["status"]
        }
    }

    private func holds(_ condition: Condition, _ ids: [String], _ state: State) -> Bool {
        let tasks = ids.compactMap { state["task/\($0)"] }
        let all = tasks.map { $0["priority"].flatMap(Int.init) }
        let priorities = all.compactMap { $0 }
        switch condition {
        case .size: return tasks.count > 1
        case .few: return tasks.count < 3
        case .sum: return tasks.compactMap { $0["progress"].flatMap(Double.init) }.reduce(0, +) > 0.5
        case .least: return priorities.min().map { $0 < 2 } ?? false
        case .greatest: return priorities.max().map { $0 >= 4 } ?? false
        case .mean:
            guard !priorities.isEmpty else { return false }
            return Double(priorities.reduce(0, +)) / Double(priorities.count) >= 3
        case .projects:
            return Set(tasks.map { task in project(task, state) == nil ? "" : task["project"] ?? "" }).count > 1
        case .filtered:
            let isBroken = all.contains(nil)
            return (!isBroken && priorities.count { $0 > 2 } > 0) || tasks.count > 4
        case .mapped: return priorities.reduce(0) { $0 + 2 * $1 } > 7
        case .reached:
            // A task without a project makes the filter undecidable.
            guard tasks.allSatisfy({ project($0, state) != nil }) else { return false }
            return tasks.count { project($0, state)?["status"] == "on" } == 2
        case .slow: return priorities.contains(4)
        case .ordered: return all.first == .some(1)
        }
    }
}
