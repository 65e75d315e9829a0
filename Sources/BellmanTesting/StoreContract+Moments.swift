import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let moments: [ContractCheck] = [
        ContractCheck(name: "dates and instants are found by range", run: momentRanges),
        ContractCheck(name: "derived dates are found like plain ones", run: derivedMoments),
        ContractCheck(name: "created_at and updated_at are moments too", run: keptMoments),
    ]

    @Sendable private static func momentRanges(_ store: any CompleteStore) throws {
        try store.put("task/b", ["due": .date(day("2026-11-30"))])
        try store.put("task/a", ["due": .date(day("2026-11-30"))])
        try store.put("task/c", ["due": .instant(minutes(10))])
        try store.put("task/d", ["due": .date(day("2026-12-01"))])
        try store.read { view in
            let dates = try view.moments(kind: "task", field: "due", dates: day("2026-11-01")...day("2026-11-30"))
            try expectEqual(dates.map(\.id), ["a", "b"], "by value, then id")
            try expectEqual(dates.first?.value, .date(day("2026-11-30")), "value")
            let instants = try view.moments(kind: "task", field: "due", instants: minutes(10)...minutes(10))
            try expectEqual(instants, [IndexedMoment(id: "c", value: .instant(minutes(10)))], "instants apart")
            let next = try view.nextDate(kind: "task", field: "due", after: day("2026-11-30"))
            try expectEqual(next, day("2026-12-01"), "next date")
            let at = try view.nextInstant(kind: "task", field: "due", after: minutes(9))
            try expectEqual(at, minutes(10), "next instant")
            try expect(try view.nextInstant(kind: "task", field: "due", after: minutes(10)) == nil, "none after")
            try expectEqual(try view.moments(kind: "task", field: "title", dates: .earliest ... .latest), [], "no date")
        }
        try store.put("task/a", ["due": .date(day("2027-01-01"))])
        let moved = try store.read { try $0.moments(kind: "task", field: "due", dates: .earliest ... .latest) }
        try expectEqual(moved.map(\.id), ["b", "d", "a"], "moved")
    }

    @Sendable private static func derivedMoments(_ store: any CompleteStore) throws {
        let notice = FieldValue.period((try? Period.parse("P1M")) ?? .zero)
        try store.put("contract/1", ["expires_on": .date(day("2026-12-31"))])
        func dates() throws -> [IndexedMoment] {
            try store.read { try $0.moments(kind: "contract", field: "cancel_by", dates: .earliest ... .latest) }
        }
        try expectEqual(try dates(), [], "nothing to subtract")
        try store.put("contract/1", ["notice_period": notice])
        try expectEqual(try dates(), [IndexedMoment(id: "1", value: .date(day("2026-11-30")))], "derived")
    }

    @Sendable private static func keptMoments(_ store: any CompleteStore) throws {
        try store.put("task/1", ["title": .string("a")])
        try store.put("task/2", ["title": .string("a")], at: minutes(1))
        try store.put("task/1", ["title": .string("b")], at: minutes(2))
        try store.read { view in
            let updated = try view.moments(kind: "task", field: "updated_at", instants: start...minutes(9))
            try expectEqual(updated.map(\.id), ["2", "1"], "updated_at")
            let created = try view.moments(kind: "task", field: "created_at", instants: start...minutes(0))
            try expectEqual(created.map(\.id), ["1"], "created_at")
            let next = try view.nextInstant(kind: "task", field: "updated_at", after: minutes(1))
            try expectEqual(next, minutes(2), "next")
        }
    }
}
