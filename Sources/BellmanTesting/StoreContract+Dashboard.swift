import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let dashboard: [ContractCheck] = [
        ContractCheck(name: "delivery pages and counts", run: deliveryPages),
        ContractCheck(name: "ring counts and decisions of a rule", run: ringCounts),
        ContractCheck(name: "traffic of channels", run: traffic),
        ContractCheck(name: "records by date, page by page", run: dated),
        ContractCheck(name: "holdings of a member", run: holdings),
        ContractCheck(name: "words of a field", run: words),
    ]

    @Sendable private static func deliveryPages(_ store: any CompleteStore) throws {
        try expect(try store.oldestOpen() == nil, "nothing waits")
        try store.enqueue((1...5).map { item("n\($0)", channel: $0 == 2 ? "mail" : "chat", notBefore: minutes($0)) })
        let claimed = try store.claim(
            ClaimRequest(
                now: minutes(1), limit: 1, bundleAbove: 9, bundleSize: 9, lease: minutes(9), claim: "c"))
        let done = claimed.map {
            Completion(message: $0.id, claim: "c", fate: .dead(Reason("permanent_message")), attempt: nil)
        }
        try expectEqual(try store.complete(done, now: minutes(1)), 0, "stale")
        var pages: [[String]] = []
        var before: Int64?
        repeat {
            let page = try store.deliveries(state: nil, channel: nil, before: before, limit: 2)
            pages.append(page.items.map(\.notice.id))
            before = page.next
        } while before != nil
        try expectEqual(pages, [["n5", "n4"], ["n3", "n2"], ["n1"]], "newest first, each once")
        let dead = try store.deliveries(state: .dead, channel: nil, before: nil, limit: 9)
        try expectEqual(dead.items.map(\.notice.id), ["n1"], "by state")
        let mail = try store.deliveries(state: nil, channel: "mail", before: nil, limit: 9)
        try expectEqual(mail.items.map(\.notice.id), ["n2"], "by channel")
        try expect(mail.next == nil, "nothing further back")
        let both = try store.deliveries(state: .dead, channel: "mail", before: nil, limit: 9)
        try expectEqual(both.items.count, 0, "by both")
        try expectEqual(try store.oldestOpen(), start, "oldest that waits")
        let counts = try store.deliveryCounts(most: 3)
        try expectEqual(counts[.waiting], BoundedCount(3, isCut: true), "counted up to the bound")
        try expectEqual(counts[.dead], BoundedCount(1), "counted whole")
        try expectEqual(counts[.held], BoundedCount(0), "a state without rows")
    }

    @Sendable private static func ringCounts(_ store: any CompleteStore) throws {
        for minute in 1...6 {
            _ = try store.tick { _ in
                commit(
                    {
                        $0.ledger = [
                            entry("r", "\(minute)", minute == 3 ? .skipped : .fired, at: minutes(minute)),
                            entry("q\(minute)", "1", .firedLate, at: minutes(minute)),
                        ]
                    }, minute: minute)
            }
        }
        let all = try store.ringCounts(since: minutes(0))
        try expectEqual(all.byRule["r"], 5, "rings, not decisions")
        try expectEqual(all.byRule.count, 7, "every rule that rang")
        try expectEqual(try store.ringCounts(since: minutes(4)).byRule, ["r": 2, "q5": 1, "q6": 1], "only since then")
        try expectEqual(try store.ringCounts(since: minutes(6)).byRule, [:], "nothing since then")
        let first = try store.decisions(rule: "r", before: nil, limit: 4)
        try expectEqual(first.entries.map(\.key.occurrence), ["6", "5", "4", "3"], "newest first, all outcomes")
        let second = try store.decisions(rule: "r", before: first.next, limit: 4)
        try expectEqual(second.entries.map(\.key.occurrence), ["2", "1"], "the rest")
        try expectEqual(try store.decisions(rule: "q1", before: nil, limit: 4).entries.count, 1, "an old one")
        try expect(try store.decisions(rule: "none", before: nil, limit: 4).entries.isEmpty, "an unknown one")
    }

    @Sendable private static func traffic(_ store: any CompleteStore) throws {
        try store.enqueue([item("a"), item("b", to: "li"), item("c", channel: "mail")])
        let claimed = try store.claim(
            ClaimRequest(
                now: minutes(1), limit: 9, excluding: ["mail"], bundleAbove: 9, bundleSize: 9, lease: minutes(9),
                claim: "c"))
        try expectEqual(claimed.count, 2, "claimed")
        let done = claimed.enumerated().map { index, message in
            let attempt = Attempt(
                notice: message.id, number: 1, at: minutes(2), verdict: index == 0 ? "delivered" : "transient",
                answer: "HTTP 500")
            return Completion(
                message: message.id, claim: "c", fate: index == 0 ? .sent : .retry(at: minutes(5)), attempt: attempt)
        }
        try expectEqual(try store.complete(done, now: minutes(2)), 0, "stale")
        let report = try store.channelTraffic(since: minutes(1))
        let chat = ChannelTraffic(sent: 1, failed: 1, waiting: 1, lastSuccess: minutes(2))
        try expectEqual(report.byChannel["chat"], chat, "chat")
        try expectEqual(report.byChannel["mail"], ChannelTraffic(waiting: 1), "mail only waits")
        try expectEqual(try store.channelTraffic(since: minutes(2)).byChannel["chat"]?.sent, 0, "only since then")
    }

    @Sendable private static func dated(_ store: any CompleteStore) throws {
        for (id, date) in [("a", "2026-12-01"), ("b", "2026-11-01"), ("c", "2026-12-01"), ("d", "2027-03-01")] {
            try store.put("contract/\(id)", ["expires_on": .date(day(date)), "name": .string(id)])
        }
        try store.put("contract/e", ["name": .string("without a date")])
        let dates = day("2026-11-01")...day("2026-12-31")
        var found: [String] = []
        var after: DatedCursor?
        repeat {
            let page = try store.dated(
                kind: "contract", field: "expires_on", dates: dates, after: after, limit: 1)
            found += page.map(\.record.ref.id)
            after = page.last?.cursor
        } while after != nil
        try expectEqual(found.first, "b", "earliest first")
        try expectEqual(found.sorted(), ["a", "b", "c"], "each once, only in the range")
        let none = try store.dated(kind: "contract", field: "name", dates: dates, after: nil, limit: 9)
        try expect(none.isEmpty, "a field without dates")
    }

    @Sendable private static func holdings(_ store: any CompleteStore) throws {
        try store.put("member/wang", ["name": .string("王芳"), "email": .string("Wang@Example.com")])
        try store.put("task/1", ["assignee": .reference("wang")])
        try store.put("task/2", ["assignee": .reference("王芳")])
        try store.put("task/3", ["assignee": .reference("wang@example.com")])
        try store.put("task/4", ["assignee": .reference("li")])
        let wang = RecordRef(kind: "member", id: "wang")
        let held = try store.holdings(kind: "task", field: "assignee", target: wang, most: 9)
        try expectEqual(held.map(\.ref.id).sorted(), ["1", "2", "3"], "by id, name and e-mail")
        try expectEqual(try store.holdings(kind: "task", field: "assignee", target: wang, most: 2).count, 2, "bounded")
        try expect(try store.holdings(kind: "task", field: "title", target: wang, most: 2).isEmpty, "no reference")
    }

    @Sendable private static func words(_ store: any CompleteStore) throws {
        for (id, status) in [("1", "进行中"), ("2", "待办"), ("3", "进行中")] {
            try store.put("task/\(id)", ["status": .string(status)])
        }
        try store.put("task/4", ["title": .string("无状态")])
        try store.put("contract/1", ["status": .string("active")])
        try expectEqual(try store.words(kind: "task", field: "status"), ["进行中", "待办"], "the most used first")
        try expectEqual(try store.words(kind: "risk", field: "status"), [], "no such record")
    }
}
