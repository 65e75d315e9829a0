import BellmanModel
import BellmanStore

extension StoreContract {
    static let gathering: [ContractCheck] = [
        ContractCheck(name: "memberships are seen at once and kept with the tick", run: membershipsKept),
        ContractCheck(name: "memberships of a failed tick are gone", run: membershipsGoWithTheTick),
        ContractCheck(name: "a rehearsal leaves nothing", run: rehearsalLeavesNothing),
        ContractCheck(name: "values of a group are counted and ordered", run: valuesCounted),
        ContractCheck(name: "a record that is gone keeps its place", run: goneKeepsItsPlace),
        ContractCheck(name: "what is retired goes in portions", run: retiredGoes),
        ContractCheck(name: "a renamed rule keeps its gathering", run: renamedKeeps),
    ]

    private static func task(_ id: String) -> RecordRef { RecordRef(kind: "task", id: id) }

    private static func fill(_ store: any CompleteStore) throws -> GatheringHead {
        _ = try store.write(["A", "B", "C"].map { RecordWrite(ref: task($0), fields: [:], actor: "x") }, at: start)
        var head: GatheringHead?
        _ = try store.tick { view in
            let made = try view.addGathering(rule: "r", signature: "s")
            let group = try view.makeGatheredGroup(made.number, subject: "member/u")
            try expectEqual(try view.makeGatheredGroup(made.number, subject: "member/u"), group, "made once")
            for id in ["A", "B"] {
                try view.setGatheredMember(
                    made.number, of: task(id), GatheredMember(group: group.number, share: "1:\(id)"))
            }
            try view.setGatheredTally(group: group.number, "tally\u{0}é")
            _ = try view.countGathered(group: group.number, term: 0, value: "v", change: 1)
            head = made
            return commit { _ in }
        }
        guard let head else { throw ContractViolation(description: "no gathering") }
        return head
    }

    @Sendable private static func membershipsKept(_ store: any CompleteStore) throws {
        let head = try fill(store)
        try store.read { view in
            try expectEqual(try view.gatherings(), [head], "in force")
            guard let group = try view.gatheredGroup(head.number, subject: "member/u") else {
                throw ContractViolation(description: "no group")
            }
            try expectEqual(group.tally, "tally\u{0}é", "tally")
            try expectEqual(try view.gatheredGroup(number: group.number), group, "by number")
            try expectEqual(try view.gatheredIDs(group: group.number, limit: 9).sorted(), ["A", "B"], "ids")
            try expectEqual(try view.gatheredIDs(group: group.number, limit: 1).count, 1, "bounded")
            let member = GatheredMember(group: group.number, share: "1:A")
            try expectEqual(try view.gatheredMember(head.number, of: task("A")), member, "member")
            try expectEqual(try view.gatheredMember(head.number, of: task("C")), nil, "no member")
        }
        _ = try store.tick { view in
            for subject in ["z", "", "b"] { _ = try view.makeGatheredGroup(head.number, subject: subject) }
            let all = try view.gatheredGroups(head.number, after: nil, limit: 9).map(\.subject)
            try expectEqual(all, ["", "b", "member/u", "z"], "ascending")
            let page = try view.gatheredGroups(head.number, after: "", limit: 2).map(\.subject)
            try expectEqual(page, ["b", "member/u"], "a page")
            try view.setGatheredMember(head.number, of: task("A"), nil)
            try expectEqual(try view.gatheredMember(head.number, of: task("A")), nil, "taken out")
            return commit { _ in }
        }
    }

    @Sendable private static func membershipsGoWithTheTick(_ store: any CompleteStore) throws {
        let head = try fill(store)
        struct Failure: Error {}
        do {
            _ = try store.tick { view in
                try view.setGatheredMember(head.number, of: task("A"), nil)
                try view.retireGathering(head.number)
                throw Failure()
            }
        } catch is Failure {}
        try store.read { view in
            try expect(try view.gatheredMember(head.number, of: task("A")) != nil, "the member is back")
            try expectEqual(try view.gatherings(), [head], "still in force")
        }
    }

    @Sendable private static func rehearsalLeavesNothing(_ store: any CompleteStore) throws {
        let head = try fill(store)
        _ = try store.tick { view in
            try view.rehearseGathering {
                try view.setGatheredMember(head.number, of: task("A"), nil)
                _ = try view.makeGatheredGroup(head.number, subject: "new")
            }
            try expect(try view.gatheredMember(head.number, of: task("A")) != nil, "the member is back")
            try expectEqual(try view.gatheredGroup(head.number, subject: "new"), nil, "no group")
            try view.setGatheredMember(head.number, of: task("B"), nil)
            return commit { _ in }
        }
        try expectEqual(try store.read { try $0.gatheredMember(head.number, of: task("B")) }, nil, "kept after it")
    }

    @Sendable private static func valuesCounted(_ store: any CompleteStore) throws {
        let head = try fill(store)
        _ = try store.tick { view in
            let group = try view.makeGatheredGroup(head.number, subject: "g").number
            for (value, change, now) in [("i1", 1, 1), ("i2", 1, 1), ("i1", 1, 2), ("i1", -1, 1), ("j", 1, 1)] {
                let count = try view.countGathered(group: group, term: 1, value: value, change: change)
                try expectEqual(count, now, "\(value) \(change)")
            }
            func extreme(_ isGreatest: Bool) throws -> String? {
                try view.gatheredExtreme(group: group, term: 1, prefix: "i", isGreatest: isGreatest)
            }
            try expectEqual(try extreme(false), "i1", "smallest")
            try expectEqual(try extreme(true), "i2", "greatest")
            try expectEqual(try view.countGathered(group: group, term: 1, value: "i1", change: -1), 0, "gone")
            try expectEqual(try extreme(false), "i2", "smallest then")
            let other = try view.gatheredExtreme(group: group, term: 0, prefix: "i", isGreatest: true)
            try expectEqual(other, nil, "another term")
            return commit { _ in }
        }
    }

    @Sendable private static func goneKeepsItsPlace(_ store: any CompleteStore) throws {
        let head = try fill(store)
        _ = try store.write([RecordWrite(ref: task("A"), operation: .delete, actor: "x")], at: start)
        _ = try store.tick { view in
            guard let member = try view.gatheredMember(head.number, of: task("A")) else {
                throw ContractViolation(description: "the place is lost")
            }
            try expectEqual(try view.gatheredIDs(group: member.group, limit: 9).sorted(), ["A", "B"], "ids")
            try view.setGatheredMember(head.number, of: task("A"), nil)
            try expectEqual(try view.gatheredIDs(group: member.group, limit: 9), ["B"], "taken out")
            return commit { _ in }
        }
    }

    @Sendable private static func retiredGoes(_ store: any CompleteStore) throws {
        let head = try fill(store)
        var rounds = 0
        _ = try store.tick { view in
            try view.retireGathering(head.number)
            try expectEqual(try view.gatherings(), [], "none in force")
            while try view.forgetGathered(limit: 1, hasLevel: { _ in false }) { rounds += 1 }
            try expectEqual(try view.gatheredMember(head.number, of: task("A")), nil, "no member")
            try expectEqual(try view.gatheredGroup(head.number, subject: "member/u"), nil, "no group")
            return commit { _ in }
        }
        try expect(rounds > 2 && rounds < 20, "portions: \(rounds)")
    }

    @Sendable private static func renamedKeeps(_ store: any CompleteStore) throws {
        let head = try fill(store)
        _ = try store.tick { _ in commit { $0.renames = [(old: "r", new: "n")] } }
        let found = try store.read { try $0.gatherings() }
        try expectEqual(found.map(\.number), [head.number], "number")
        try expectEqual(found.map(\.rule), ["n"], "rule")
    }
}
