import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let outbox: [ContractCheck] = [
        ContractCheck(name: "an item is claimed by one holder", run: claimedOnce),
        ContractCheck(name: "a stale completion changes nothing", run: staleCompletion),
        ContractCheck(name: "urgent first, then oldest, channels in turn", run: claimOrder),
        ContractCheck(name: "many for one recipient leave as one, also again", run: bundles),
        ContractCheck(name: "what was held leaves as one", run: held),
        ContractCheck(name: "urgent ones leave apart", run: urgentApart),
        ContractCheck(name: "untried messages may be bundled anew, interrupted ones not", run: rebundling),
        ContractCheck(name: "send marks", run: marks),
        ContractCheck(name: "what is held is asked about earlier when its gate changed", run: reopened),
        ContractCheck(name: "retries, attempts and follow-ups", run: retries),
        ContractCheck(name: "resend and lists", run: resendAndLists),
        ContractCheck(name: "pages of held", run: pagesOfHeld),
    ]

    private static func claim(
        _ store: any CompleteStore, at now: Instant = start, limit: Int = 100, excluding: Set<String> = [],
        eager: Set<String> = [], above: Int = 20, name: String = "c"
    ) throws -> [ClaimedMessage] {
        try store.claim(
            ClaimRequest(
                now: now, limit: limit, excluding: excluding, eager: eager, bundleAbove: above, bundleSize: 50,
                lease: now.adding(seconds: 60), claim: name))
    }

    private static func completion(
        _ message: ClaimedMessage, _ fate: Completion.Fate, attempt: Int? = nil, followUps: [OutboxItem] = []
    ) -> Completion {
        let tried = attempt.map {
            Attempt(notice: message.id, number: $0, at: start, verdict: "transient", answer: "503 busy")
        }
        return Completion(message: message.id, claim: message.claim, fate: fate, attempt: tried, followUps: followUps)
    }

    @Sendable private static func claimedOnce(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2", notBefore: minutes(5)), item("1", to: "li")])
        try expectEqual(try claim(store).map(\.id), ["1"], "what is due, each id once")
        try expectEqual(try claim(store, name: "d").map(\.id), [], "claimed already")
        try expectEqual(try store.nextDue(excluding: []), minutes(5), "next")
        try expect(try store.nextDue(excluding: ["chat"]) == nil, "channel left out")
        try expectEqual(try store.releaseClaims(endedBy: start), 0, "the lease still runs")
        try expectEqual(try store.releaseClaims(endedBy: minutes(1)), 1, "the lease is over")
        try expectEqual(try claim(store, excluding: ["chat"]).map(\.id), [], "channel left out")
        try expectEqual(try claim(store, name: "d").map(\.id), ["1"], "claimed anew")
        try expectEqual(try store.releaseClaims(endedBy: nil), 1, "all are given back")
    }

    @Sendable private static func staleCompletion(_ store: any CompleteStore) throws {
        try store.enqueue([item("1")])
        let old = try claim(store, name: "old")
        _ = try store.releaseClaims(endedBy: nil)
        let new = try claim(store, name: "new")
        let stale = old.map { completion($0, .dead(Reason("no")), attempt: 1, followUps: [item("f")]) }
        try expectEqual(try store.complete(stale, now: start), 1, "stale")
        try expectEqual(try store.item(id: "1")?.state, .waiting, "unchanged")
        try expect(try store.item(id: "f") == nil, "no follow-up")
        try expectEqual(try store.complete(new.map { completion($0, .sent) }, now: minutes(1)), 0, "good")
        let sent = try store.item(id: "1")
        try expectEqual(sent?.state, .sent, "sent")
        try expectEqual(sent?.finishedAt, minutes(1), "finished")
        try expectEqual(try store.complete(new.map { completion($0, .sent) }, now: start), 1, "twice is stale")
    }

    @Sendable private static func claimOrder(_ store: any CompleteStore) throws {
        let early = start.adding(seconds: -60)
        try store.enqueue([
            item("c1", channel: "chat", to: "a"), item("c0", channel: "chat", to: "b", notBefore: early),
            item("ch", channel: "chat", to: "c", .high), item("cl", channel: "chat", to: "d", .low, notBefore: early),
            item("m1", channel: "mail", to: "a"), item("m2", channel: "mail", to: "b"),
        ])
        try expectEqual(try claim(store, limit: 3).map(\.id), ["ch", "m1", "c0"], "in turn")
        try expectEqual(try claim(store).map(\.id), ["c1", "cl", "m2"], "the rest, by channel")
    }

    @Sendable private static func bundles(_ store: any CompleteStore) throws {
        try store.enqueue((1...25).map { item("n\($0)", to: "wang", $0 == 25 ? .high : .normal) })
        try store.enqueue((1...3).map { item("x\($0)", to: "li") })
        let first = try claim(store)
        try expectEqual(first.map(\.items.count), [25, 1, 1, 1], "more than twenty are one")
        try expectEqual(first.first?.items.first?.notice.id, "n25", "the urgent one leads")
        guard let bundle = first.first else { return }
        try expect(bundle.id != "n25" && Set(bundle.items.map(\.bundle)) == [bundle.id], "its own id on every row")
        _ = try store.complete(
            [completion(bundle, .retry(at: minutes(5)), attempt: 1)] + first.dropFirst().map { completion($0, .sent) },
            now: start)
        try store.enqueue([item("late", to: "wang", notBefore: minutes(5))])
        let again = try claim(store, at: minutes(5), name: "d")
        try expectEqual(again.map(\.id), [bundle.id, "late"], "the same bundle leaves again, the late one alone")
        try expectEqual(again.first?.items.map(\.notice.id), bundle.items.map(\.notice.id), "with the same items")
        try expectEqual(try store.attempts(notice: "n7").count, 1, "each knows of the attempt")
        _ = try store.complete(again.map { completion($0, .sent) }, now: minutes(5))
        try expectEqual(try store.summary().counts, [.sent: 29], "all sent")
    }

    @Sendable private static func reopened(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2"), item("3", to: "li")])
        let claimed = try claim(store)
        let held = Completion.Fate.held(until: minutes(60), Reason("quiet_hours"))
        _ = try store.complete(
            [completion(claimed[0], held), completion(claimed[1], held), completion(claimed[2], .sent)], now: start)
        try store.reopen(["1", "3", "none"], now: minutes(5))
        try expectEqual(try store.nextDue(excluding: []), minutes(5), "due now")
        let again = try claim(store, at: minutes(5), name: "again")
        try expectEqual(again.map { $0.items.map(\.notice.id) }, [["1"]], "what was not named stays held")
        try expectEqual(again.first?.items.first?.state, .held, "it is asked about again")
        try store.reopen(["1"], now: minutes(1))
        try expectEqual(try store.item(id: "1")?.notBefore, minutes(5), "what is claimed is left alone")
        try expectEqual(try store.item(id: "3")?.state, .sent, "and what was sent")
    }

    @Sendable private static func retries(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2", to: "li")])
        let claimed = try claim(store)
        _ = try store.complete(
            [
                completion(claimed[0], .retry(at: minutes(3)), attempt: 1),
                completion(
                    claimed[1], .dead(Reason("permanent_target", "gone")), attempt: 1,
                    followUps: [item("fallback", channel: "mail")]),
            ], now: start)
        let waiting = try store.item(id: "1")
        try expectEqual(waiting?.notBefore, minutes(3), "later")
        try expectEqual(waiting?.attempts, 1, "tried once")
        try expectEqual(try store.item(id: "2")?.reason, Reason("permanent_target", "gone"), "reason")
        try expectEqual(try store.item(id: "fallback")?.state, .waiting, "follow-up")
        let attempt = Attempt(notice: "1", number: 1, at: start, verdict: "transient", answer: "503 busy")
        try expectEqual(try store.attempts(notice: "1"), [attempt], "attempt")
        let paced = try claim(store, at: minutes(3), excluding: ["mail"], name: "e")
        _ = try store.complete(paced.map { completion($0, .retry(at: minutes(4))) }, now: minutes(3))
        try expectEqual(try store.item(id: "1")?.attempts, 1, "waiting for a turn is no attempt")
        let released = try claim(store, at: minutes(4), excluding: ["mail"], name: "g")
        _ = try store.complete(released.map { completion($0, .released) }, now: minutes(4))
        try expectEqual(try claim(store, at: minutes(4), excluding: ["mail"], name: "h").count, 1, "given back")
    }

    @Sendable private static func pagesOfHeld(_ store: any CompleteStore) throws {
        try store.enqueue((1...5).map { item("\($0)", firing: "f\($0)", channel: $0 == 3 ? "mail" : "hook") })
        let claimed = try claim(store, excluding: ["mail"])
        let fate = Completion.Fate.held(until: minutes(60), Reason("quiet_hours"))
        _ = try store.complete(claimed.map { completion($0, fate) }, now: start)
        for size in 1...5 {
            var pages: [[String]] = []
            try store.eachHeld(atOnce: size) { page in
                pages.append(page.map(\.notice.id))
                // What a page is read for may move what is on it.
                try store.reopen(page.map(\.notice.id), now: minutes(1))
            }
            try expectEqual(pages.flatMap { $0 }, ["1", "2", "4", "5"], "each once, oldest first")
            try expect(pages.allSatisfy { $0.count <= size }, "no page is larger")
        }
    }

    @Sendable private static func resendAndLists(_ store: any CompleteStore) throws {
        try store.enqueue([item("1", firing: "f1"), item("2", firing: "f1", channel: "mail"), item("3", firing: "f3")])
        let claimed = try claim(store, excluding: ["mail"])
        _ = try store.complete(claimed.map { completion($0, .dropped(Reason("silenced"))) }, now: start)
        try expectEqual(try store.items(firing: "f1").map(\.notice.id), ["1", "2"], "by firing")
        let dropped = try store.items(state: .dropped, channel: nil, limit: 9)
        try expectEqual(dropped.map(\.notice.id), ["3", "1"], "newest first")
        try expectEqual(try store.items(state: nil, channel: "mail", limit: 9).map(\.notice.id), ["2"], "by channel")
        try expectEqual(try store.items(state: nil, channel: nil, limit: 1).map(\.notice.id), ["3"], "limit")
        let summary = OutboxSummary(counts: [.dropped: 2, .waiting: 1], oldestWaiting: start)
        try expectEqual(try store.summary(), summary, "summary")
        try expect(try store.resend(id: "3", now: minutes(9)), "resend")
        try expect(try !store.resend(id: "3", now: minutes(9)), "it waits already")
        try expect(try !store.resend(id: "none", now: minutes(9)), "no such notice")
        let again = try claim(store, at: minutes(9), excluding: ["mail"], name: "r")
        try expectEqual(again.map(\.id), ["3"], "the same id")
    }

    @Sendable private static func held(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2"), item("3", to: "li")])
        let first = try claim(store)
        let quiet = Reason("quiet_hours")
        _ = try store.complete(first.map { completion($0, .held(until: minutes(60), quiet)) }, now: start)
        let waiting = try store.item(id: "1")
        try expectEqual(waiting?.state, .held, "held")
        try expectEqual(waiting?.reason, quiet, "why")
        try expectEqual(waiting?.attempts, 0, "not tried")
        try expectEqual(try store.nextDue(excluding: []), minutes(60), "the gate opens")
        try store.enqueue([item("4", notBefore: minutes(60))])
        let later = try claim(store, at: minutes(60), name: "d")
        try expectEqual(later.map { $0.items.map(\.notice.id).sorted() }, [["1", "2", "4"], ["3"]], "as one for each")
    }

    @Sendable private static func urgentApart(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2"), item("u", .low, urgent: true), item("3", to: "li")])
        let messages = try claim(store, eager: ["chat"])
        try expectEqual(messages.map { $0.items.map(\.notice.id) }, [["u"], ["1", "2"], ["3"]], "urgent first, alone")
    }

    @Sendable private static func rebundling(_ store: any CompleteStore) throws {
        try store.enqueue([item("1"), item("2")])
        let first = try claim(store)
        try expectEqual(first.map(\.id), ["1", "2"], "few leave alone")
        _ = try store.complete(first.map { completion($0, .released) }, now: start)
        let together = try claim(store, eager: ["chat"], name: "d")
        try expectEqual(together.map(\.items.count), [2], "now as one")
        _ = try store.releaseClaims(endedBy: nil)
        let again = try claim(store, name: "e")
        try expectEqual(again.map(\.id), together.map(\.id), "it may have arrived: the same bundle")
        _ = try store.complete(again.map { completion($0, .released) }, now: start)
        try expectEqual(try claim(store, name: "f").map(\.id), together.map(\.id), "also when given back")
    }

    @Sendable private static func marks(_ store: any CompleteStore) throws {
        let marks = [SendMark(robot: "r1", at: start), SendMark(robot: "r2", at: minutes(1))]
        try expectEqual(try store.complete([], marks: marks, now: minutes(1)), 0, "noted")
        try expectEqual(try store.marks(after: minutes(-5)), marks, "all")
        try expectEqual(try store.marks(after: start), [marks[1]], "after an instant")
        _ = try store.complete([], marks: [SendMark(robot: "r1", at: minutes(3_000))], now: minutes(3_000))
        try expectEqual(try store.marks(after: minutes(-5)).count, 1, "old ones go")
    }
}
