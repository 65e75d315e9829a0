import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let records: [ContractCheck] = [
        ContractCheck(name: "merge keeps absent fields, null clears, equal is no change", run: mergeRules),
        ContractCheck(name: "measured fields keep when they were last written", run: touchedFields),
        ContractCheck(name: "create only, update only, delete, expected version", run: operations),
        ContractCheck(name: "every value comes back as it went in", run: roundTrip),
        ContractCheck(name: "a deleted record keeps its history and can come back", run: deletion),
        ContractCheck(name: "a batch is written whole or not at all", run: atomicBatch),
        ContractCheck(name: "the journal reads in order and in pages", run: journalPages),
        ContractCheck(name: "identifiers come in order and in pages", run: identifierPages),
    ]

    @Sendable private static func mergeRules(_ store: any CompleteStore) throws {
        let created = try store.put("task/1", ["title": .string("买票"), "status": .string("进行中")])
        try expectEqual(created, .created(version: 1), "create")
        let equal = try store.put("task/1", ["status": .string("进行中")], at: minutes(1))
        try expectEqual(equal, .unchanged(version: 1), "equal")
        let merged = try store.put("task/1", ["title": .null, "priority": .int(2)], at: minutes(2))
        try expectEqual(merged, .updated(version: 2), "merge")
        let record = try store.get("task/1")
        try expectEqual(record?.fields, ["status": .string("进行中"), "priority": .int(2)], "fields")
        try expectEqual(record?.createdAt, start, "created_at")
        try expectEqual(record?.updatedAt, minutes(2), "updated_at")
        let changes = try store.history("task/1")
        try expectEqual(changes.map(\.operation), [.created, .updated], "journal")
        try expectEqual(
            changes.last?.fields,
            [
                .init(name: "priority", old: .null, new: .int(2)),
                .init(name: "title", old: .string("买票"), new: .null),
            ], "one row for all fields, by name")
        try expectEqual(changes.last?.actor, "test", "actor")
        try expectEqual(changes.last?.at, minutes(2), "at")
    }

    @Sendable private static func touchedFields(_ store: any CompleteStore) throws {
        try store.put("contract/1", ["usage": .double(0.3), "name": .string("云"), "amount": .money(Amount(units: 5))])
        let equal = try store.put("contract/1", ["usage": .double(0.3), "name": .string("云")], at: minutes(5))
        try expectEqual(equal, .unchanged(version: 1), "equal")
        let record = try store.get("contract/1")
        try expectEqual(record?.touched, ["usage": minutes(5), "amount": start], "touched")
        try expectEqual(record?.measured["usage"]?.runs.map(\.first), [start, minutes(5)], "measured")
        try expectEqual(record?.measured.count, 1, "what never repeated stands in the journal")
        try expectEqual(record?.updatedAt, start, "an equal value is no update")
        try expectEqual(try store.history("contract/1").count, 1, "nor a journal row")
        try store.put("contract/1", ["usage": .null], at: minutes(6))
        try expectEqual(try store.get("contract/1")?.touched, ["amount": start], "cleared")
        let cleared = try store.get("contract/1")?.measured["usage"]?.runs.map(\.last)
        try expectEqual(cleared, [start, minutes(5)], "what was measured was measured")
        for minute in 7...60 where minute != 40 {
            try store.put("contract/1", ["usage": .double(0.2)], at: minutes(minute))
        }
        var times = MeasuredTimes()
        for minute in [0, 5] + Array(7...60) where minute != 40 { times.note(minutes(minute)) }
        try expectEqual(try store.get("contract/1")?.measured["usage"], times, "the runs")
        try expectEqual(times.runs.count, MeasuredTimes.runsKept, "so many are kept")
        let pause = zip(times.runs, times.runs.dropFirst()).contains {
            $0.last == minutes(39) && $1.first == minutes(41)
        }
        try expectEqual(pause, true, "the longest pause stays to be seen")
    }

    @Sendable private static func operations(_ store: any CompleteStore) throws {
        let ref = RecordRef(kind: "task", id: "a/b")
        func write(_ operation: RecordWrite.Operation, _ title: String, version: Int64? = nil) throws -> WriteResult? {
            let write = RecordWrite(
                ref: ref, operation: operation, fields: ["title": .string(title)], actor: "t", quiet: true, depth: 2,
                expectedVersion: version)
            return try store.write([write], at: start).first
        }
        try expectEqual(try write(.update, "x"), .missing, "update of nothing")
        try expectEqual(try write(.delete, "x"), .missing, "delete of nothing")
        try expectEqual(try write(.merge, "x", version: 3), .missing, "a version of nothing")
        try expectEqual(try write(.createIfAbsent, "one"), .created(version: 1), "create")
        try expectEqual(try write(.createIfAbsent, "two"), .unchanged(version: 1), "create again")
        try expectEqual(try write(.merge, "two", version: 7), .conflict(version: 1), "stale version")
        try expectEqual(try write(.update, "two", version: 1), .updated(version: 2), "right version")
        try expectEqual(try write(.delete, "", version: 2), .deleted, "delete")
        try expect(try store.get("task/a/b") == nil, "deleted")
        let last = try store.history("task/a/b").last
        try expect(last?.quiet == true && last?.depth == 2, "quiet and depth are kept")
    }

    @Sendable private static func roundTrip(_ store: any CompleteStore) throws {
        let contract: [String: FieldValue] = [
            "name": .string("引号\" 反斜杠\\ 换行\n\u{1}\u{7f} 🎉"), "owner": .reference("王芳"),
            "amount": .money(Amount(units: -123_456_789)), "last_amount": .money(Amount(units: 120_000)),
            "seats": .int(.max), "starts_on": .date(day("0001-01-01")), "expires_on": .date(day("2026-11-30")),
            "auto_renew": .bool(true), "notice_period": .period((try? Period.parse("P3M")) ?? .zero),
            "usage": .double(0.1), "custom": .map(["采购单": .string("x"), "n": .string("")]),
            "no longer declared": .string("2026-11-30"), "old list": .list([.int(1), .string("b"), .bool(false)]),
        ]
        let task: [String: FieldValue] = [
            "due": .date(day("2026-11-30")), "closed_at": .instant(Instant(microseconds: 1)),
            "labels": .list([.string("a"), .string("b")]), "progress": .double(1e-300), "note": .string(""),
            "priority": .int(.min), "milestone": .bool(false),
        ]
        try store.put("contract/1", contract)
        try store.put("task/1", task)
        try store.put("task/2", ["due": .instant(Instant(microseconds: -1)), "progress": .double(1)])
        try store.put("project/1", ["members": .list([.reference("a"), .reference("b")])])
        try store.put("车辆/京A", ["年检": .date(day("2027-01-01")), "状态": .string("在用")])
        try expectEqual(try store.get("contract/1")?.fields, contract, "contract")
        try expectEqual(try store.get("task/1")?.fields, task, "task")
        try expectEqual(try store.get("task/2")?["due"], .instant(Instant(microseconds: -1)), "a due with a time")
        try expectEqual(try store.get("task/2")?["progress"], .double(1), "a whole share")
        try expectEqual(try store.get("project/1")?["members"], .list([.reference("a"), .reference("b")]), "list")
        try expectEqual(try store.get("车辆/京A")?["年检"], .date(day("2027-01-01")), "own kind")
        try expectEqual(try store.put("contract/1", contract), .unchanged(version: 1), "all equal")
    }

    @Sendable private static func deletion(_ store: any CompleteStore) throws {
        try store.put("task/1", ["title": .string("a"), "due": .date(day("2026-11-30"))])
        let delete = RecordWrite(ref: RecordRef(kind: "task", id: "1"), operation: .delete, actor: "wang")
        _ = try store.write([delete, merge("task/1", ["title": .string("b")])], at: minutes(1))
        let changes = try store.history("task/1")
        try expectEqual(changes.map(\.operation), [.created, .deleted, .created], "history is one")
        try expectEqual(
            changes[1].fields,
            [
                .init(name: "due", old: .date(day("2026-11-30")), new: .null),
                .init(name: "title", old: .string("a"), new: .null),
            ], "old values")
        try expectEqual(try store.get("task/1")?.createdAt, minutes(1), "a new life")
        let dates = try store.read { try $0.moments(kind: "task", field: "due", dates: .earliest ... .latest) }
        try expectEqual(dates, [], "no date is left over")
        _ = try store.write([delete], at: minutes(2))
        try store.put("task/2", [:])
        let all = try store.read { try $0.changes(after: 0, limit: 10) }
        try expectEqual(all.map(\.ref.id), ["1", "1", "1", "1", "2"], "the journal names deleted records")
        try expectEqual(try store.read { try $0.count(kind: "task") }, 1, "count")
    }

    @Sendable private static func atomicBatch(_ store: any CompleteStore) throws {
        let bad = merge("no such kind/1", ["title": .string("x")])
        do {
            _ = try store.write([merge("task/1", [:]), bad], at: start)
            throw ContractViolation(description: "an unknown kind was written")
        } catch is StoreProblem {}
        try expect(try store.get("task/1") == nil, "nothing stays of the batch")
        try expectEqual(try store.read { try $0.lastSequence() }, 0, "nothing in the journal")
    }

    @Sendable private static func journalPages(_ store: any CompleteStore) throws {
        _ = try store.write((1...25).map { merge("task/\($0)", ["priority": .int(Int64($0))]) }, at: start)
        try store.put("task/3", ["priority": .int(9)])
        let page = try store.read { try $0.changes(after: 20, limit: 4) }
        try expectEqual(page.map(\.sequence), [21, 22, 23, 24], "page")
        try expectEqual(try store.read { try $0.lastSequence() }, 26, "last")
        let later = try store.read { try $0.changes(of: RecordRef(kind: "task", id: "3"), after: 3) }
        try expectEqual(later.map(\.sequence), [26], "of one record after")
    }

    @Sendable private static func identifierPages(_ store: any CompleteStore) throws {
        _ = try store.write(["b", "a", "C", "任务", "a1"].map { merge("task/\($0)", [:]) }, at: start)
        try store.put("member/z", [:])
        let first = try store.read { try $0.identifiers(kind: "task", after: nil, limit: 3) }
        try expectEqual(first, ["C", "a", "a1"], "by code point")
        let rest = try store.read { try $0.identifiers(kind: "task", after: "a1", limit: 9) }
        try expectEqual(rest, ["b", "任务"], "after")
        let none = try store.read { try $0.identifiers(kind: "nothing", after: nil, limit: 9) }
        try expectEqual(none, [], "unknown kind")
    }
}
