import BellmanModel
import BellmanStore

extension VirtualView {
    private var shelf: GatheringShelf { _read { yield store.state.gathering } }

    func gatherings() -> [GatheringHead] {
        shelf.heads.filter { !$0.isRetired }.sorted { ($0.rule, $0.number) < ($1.rule, $1.number) }.map(\.head)
    }

    func gatheredMember(_ gathering: Int64, of record: RecordRef) -> GatheredMember? {
        shelf.members[.init(gathering: gathering, record: record)]
    }

    func gatheredGroup(_ gathering: Int64, subject: String) -> GatheredGroup? {
        shelf.group(gathering, subject: subject)
    }

    func gatheredGroup(number: Int64) -> GatheredGroup? { shelf.groups[number]?.group }

    func gatheredGroups(_ gathering: Int64, after subject: String?, limit: Int) -> [GatheredGroup] {
        let all = shelf.groups.values.filter { $0.gathering == gathering }.map(\.group)
        let rest = all.filter { group in subject.map { isBefore($0, group.subject) } ?? true }
        return Array(rest.sorted { isBefore($0.subject, $1.subject) }.prefix(limit))
    }

    func gatheredIDs(group: Int64, limit: Int) -> [String] {
        let found = shelf.members.filter { $0.value.group == group }.map(\.key.record.id)
        return Array(found.sorted(by: isBefore).prefix(limit))
    }

    func gatheredExtreme(group: Int64, term: Int, prefix: String, isGreatest: Bool) -> String? {
        shelf.extreme(group: group, term: term, prefix: prefix, isGreatest: isGreatest)
    }

    // MARK: writing

    private func change<T>(_ body: (inout GatheringShelf) throws -> T) throws -> T {
        guard mayWrite else { throw StoreProblem.other(path: "memory", why: "this view is for reading") }
        return try body(&store.state.gathering)
    }

    func addGathering(rule: String, signature: String) throws -> GatheringHead {
        try change { shelf in
            let head = GatheringShelf.Head(number: shelf.number(), rule: rule, signature: signature)
            shelf.heads.append(head)
            return head.head
        }
    }

    func retireGathering(_ number: Int64) throws {
        try change { shelf in
            for place in shelf.heads.indices where shelf.heads[place].number == number {
                shelf.heads[place].isRetired = true
            }
        }
    }

    func forgetGathered(limit: Int, hasLevel: (String) -> Bool) throws -> Bool {
        let (isAny, finished) = try change { $0.forget(limit: limit) }
        guard let finished, !hasLevel(finished.rule) else { return isAny }
        for subject in levelSubjects(rule: finished.rule).prefix(finished.left) {
            store.state.levels[.init(rule: finished.rule, subject: subject)] = nil
        }
        return isAny
    }

    func makeGatheredGroup(_ gathering: Int64, subject: String) throws -> GatheredGroup {
        if let known = gatheredGroup(gathering, subject: subject) { return known }
        return try change { shelf in
            let group = GatheredGroup(number: shelf.number(), subject: subject, tally: "")
            shelf.groups[group.number] = (gathering, group)
            return group
        }
    }

    func setGatheredTally(group: Int64, _ tally: String) throws {
        try change { shelf in
            guard let known = shelf.groups[group] else { return }
            let new = GatheredGroup(number: group, subject: known.group.subject, tally: tally)
            shelf.groups[group] = (known.gathering, new)
        }
    }

    func removeGatheredGroup(_ group: Int64) throws { try change { $0.groups[group] = nil } }

    func setGatheredMember(_ gathering: Int64, of record: RecordRef, _ member: GatheredMember?) throws {
        try change { $0.members[.init(gathering: gathering, record: record)] = member }
    }

    func countGathered(group: Int64, term: Int, value: String, change by: Int) throws -> Int {
        try change { $0.count(.init(group: group, term: term, value: value), change: by) }
    }

    func rehearseGathering(_ body: () throws -> Void) throws {
        let before = store.state.gathering
        defer { store.state.gathering = before }
        try body()
    }
}
