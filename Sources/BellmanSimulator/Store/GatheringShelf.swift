import BellmanModel
import BellmanStore

/// Memberships and tallies of aggregate rules.
struct GatheringShelf {
    struct Head {
        let number: Int64
        var rule: String
        let signature: String
        var isRetired = false
        var head: GatheringHead { GatheringHead(number: number, rule: rule, signature: signature) }
    }

    struct Place: Hashable {
        let gathering: Int64
        let record: RecordRef
    }

    struct Value: Hashable {
        let group: Int64
        let term: Int
        let value: String
    }

    var heads: [Head] = []
    var members: [Place: GatheredMember] = [:]
    var groups: [Int64: (gathering: Int64, group: GatheredGroup)] = [:]
    var values: [Value: Int] = [:]
    private var numbers: Int64 = 0

    mutating func number() -> Int64 {
        numbers += 1
        return numbers
    }

    func group(_ gathering: Int64, subject: String) -> GatheredGroup? {
        groups.values.first { $0.gathering == gathering && $0.group.subject == subject }?.group
    }

    func extreme(group: Int64, term: Int, prefix: String, isGreatest: Bool) -> String? {
        let found = values.keys.filter { $0.group == group && $0.term == term && $0.value.hasPrefix(prefix) }
            .map(\.value)
        return isGreatest ? found.max(by: isBefore) : found.min(by: isBefore)
    }

    mutating func count(_ value: Value, change: Int) -> Int {
        let now = (values[value] ?? 0) + change
        values[value] = now == 0 ? nil : now
        return now
    }

    /// Drops at most about `limit` rows of what is retired. The rule of a head that has nothing left is returned with
    /// how much of the limit is left.
    mutating func forget(limit: Int) -> (isAny: Bool, finished: (rule: String, left: Int)?) {
        guard let place = heads.firstIndex(where: \.isRetired) else { return (false, nil) }
        let number = heads[place].number
        var left = limit
        for member in members.keys.filter({ $0.gathering == number }).sorted(by: { $0.record < $1.record }).prefix(left)
        {
            members[member] = nil
            left -= 1
        }
        for group in groups.keys.filter({ groups[$0]?.gathering == number }).sorted() where left > 0 {
            for value in values.keys.filter({ $0.group == group }) { values[value] = nil }
            groups[group] = nil
            left -= 1
        }
        guard left > 0 else { return (true, nil) }
        let rule = heads.remove(at: place).rule
        return (true, (rule, left))
    }
}
