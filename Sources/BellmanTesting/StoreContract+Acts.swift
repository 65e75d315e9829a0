import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let acts: [ContractCheck] = [
        ContractCheck(name: "a firing is acknowledged once", run: acknowledgedOnce),
        ContractCheck(name: "an acknowledgement is news until a tick noted it", run: acknowledgementIsNews),
        ContractCheck(name: "an acknowledgement is found by the beginning of the occurrence", run: byBeginning),
        ContractCheck(name: "a snooze queues once and drops what waited in its place", run: snoozed),
        ContractCheck(name: "a silence is kept as it was made", run: silenceKept),
        ContractCheck(name: "a silence ends once", run: silenceEnds),
        ContractCheck(name: "what waits is found by its subject", run: waitingBySubject),
        ContractCheck(name: "a link is spent once", run: linkSpent),
    ]

    private static func acknowledgement(_ firing: String, by: String = "wang", at: Int = 5) -> Acknowledgement {
        Acknowledgement(firing: firing, by: Person(by), at: minutes(at), comment: "在办“了”")
    }

    private static func silence(_ id: String, until: Instant? = minutes(60)) -> Silence {
        Silence(
            id: id, scope: SilenceScope(rule: "r", tag: "t", kind: "task", record: "task/1", condition: "task.open"),
            from: minutes(1), until: until, by: Person("wang"), at: minutes(0), reason: "盘点")
    }

    @Sendable private static func acknowledgedOnce(_ store: any CompleteStore) throws {
        try expect(try store.acknowledge(acknowledgement("f-1"), way: "page"), "the first")
        try expect(try !store.acknowledge(acknowledgement("f-1", by: "li", at: 6), way: "page"), "the second")
        try expectEqual(
            try store.read { try $0.acknowledgement(firing: "f-1") }, Optional(acknowledgement("f-1")),
            "the first stays")
        try expectEqual(try store.read { try $0.acknowledgement(firing: "f-2") }, nil, "another firing")
        let entry = ActEntry(
            verb: "ack", target: "f-1", by: Person("wang"), at: minutes(5), comment: "在办“了”", detail: "page")
        try expectEqual(try store.acts(target: nil, limit: 9), [entry], "one line")
        try expectEqual(try store.acts(target: "f-1", limit: 9), [entry], "of the target")
        try expectEqual(try store.acts(target: "f-2", limit: 9), [], "of another target")
    }

    @Sendable private static func acknowledgementIsNews(_ store: any CompleteStore) throws {
        _ = try store.acknowledge(acknowledgement("f-1"), way: "api")
        _ = try store.acknowledge(acknowledgement("f-2"), way: "api")
        try expectEqual(try store.read { try $0.acknowledgedAnew() }, ["f-1", "f-2"], "news")
        _ = try store.tick { _ in commit { $0.noted = ["f-1"] } }
        try expectEqual(try store.read { try $0.acknowledgedAnew() }, ["f-2"], "noted")
        try expect(try store.read { try $0.acknowledgement(firing: "f-1") } != nil, "still acknowledged")
    }

    @Sendable private static func byBeginning(_ store: any CompleteStore) throws {
        _ = try store.tick { _ in
            commit { $0.ledger = [entry("r", "due=2026-10-01 P1D"), entry("r", "due=2026-10-10 P1D")] }
        }
        _ = try store.acknowledge(acknowledgement("f-r-due=2026-10-01 P1D"), way: "api")
        func found(_ rule: String, _ subject: String, _ prefix: String) throws -> String? {
            try store.read { view in
                try view.acknowledgement(rule: rule, subject: subject, occurrencePrefix: prefix)?.firing
            }
        }
        try expectEqual(try found("r", "task/1", "due=2026-10-01 "), "f-r-due=2026-10-01 P1D", "the date")
        try expectEqual(try found("r", "task/1", "due=2026-10-10 "), nil, "another date")
        try expectEqual(try found("r", "task/1", "due=2026-10-1 "), nil, "another beginning")
        try expectEqual(try found("r", "task/2", "due=2026-10-01 "), nil, "another record")
        try expectEqual(try found("q", "task/1", "due=2026-10-01 "), nil, "another rule")
    }

    @Sendable private static func snoozed(_ store: any CompleteStore) throws {
        func again(_ id: String, at minute: Int) -> OutboxItem {
            var held = item(id, firing: "f-1", notBefore: minutes(minute))
            held.state = .held
            held.reason = Reason("snooze", "wang")
            return held
        }
        let entry = ActEntry(
            verb: "snooze", target: "f-1", by: Person("wang"), at: minutes(5), comment: "", detail: "page until=…")
        try expect(try store.snooze([again("n-1", at: 60)], instead: [], entry), "queued")
        try expect(try !store.snooze([again("n-1", at: 60)], instead: ["n-1"], entry), "the same again")
        try expect(try store.snooze([again("n-2", at: 90)], instead: ["n-1"], entry), "put off once more")
        try expectEqual(try store.item(id: "n-1")?.state, .dropped, "the first is not wanted any more")
        try expectEqual(try store.item(id: "n-2")?.notBefore, minutes(90), "the second waits")
        try expectEqual(try store.acts(target: "f-1", limit: 9).count, 2, "two lines")
    }

    @Sendable private static func silenceKept(_ store: any CompleteStore) throws {
        let plain = silence("s-1")
        let recurring = Silence(
            id: "s-2", scope: SilenceScope(tag: "t"), from: minutes(0), until: nil,
            recurrence: try SilenceRecurrence(
                every: "friday at 18:00", length: Period(seconds: 60 * 3600), zone: Zone.named("Asia/Shanghai")),
            by: Person("li"), at: minutes(1), reason: "周末")
        try expect(try store.silence(plain, way: "command"), "made")
        try expect(try store.silence(recurring, way: "command"), "made")
        try expect(try !store.silence(plain, way: "command"), "the id is taken")
        try expectEqual(try store.silences(limit: 9), [recurring, plain], "newest first")
        try expectEqual(try store.read { try $0.silences(notOverAt: minutes(59)) }, [plain, recurring], "not over")
        try expectEqual(try store.read { try $0.silences(notOverAt: minutes(60)) }, [recurring], "over at its end")
        try expectEqual(
            try store.acts(target: "s-1", limit: 9).map(\.detail),
            ["command rule=r tag=t kind=task record=task/1 if=task.open"], "its line")
    }

    @Sendable private static func silenceEnds(_ store: any CompleteStore) throws {
        _ = try store.silence(silence("s-1", until: nil), way: "command")
        let end = Silence.End(at: minutes(10), by: Person("li"))
        let ended = try store.endSilence("s-1", by: Person("li"), at: minutes(10), comment: "done", way: "page")
        try expectEqual(ended?.ended, end, "ended")
        let again = try store.endSilence("s-1", by: Person("zhao"), at: minutes(11), comment: "", way: "page")
        try expectEqual(again?.ended, end, "the first end stays")
        try expectEqual(
            try store.endSilence("s-9", by: Person("li"), at: minutes(10), comment: "", way: "page"), nil, "unknown")
        try expectEqual(try store.read { try $0.silences(notOverAt: minutes(9)).count }, 1, "it was silent then")
        try expectEqual(try store.read { try $0.silences(notOverAt: minutes(10)).count }, 0, "and is not any more")
        try expectEqual(try store.acts(target: "s-1", limit: 9).map(\.verb), ["silence_end", "silence"], "lines")
    }

    @Sendable private static func waitingBySubject(_ store: any CompleteStore) throws {
        try expect(try store.read { try !$0.hasWaitingSteps() }, "nothing waits")
        let key = entry("r", "1").key
        let step = PendingStep(firing: "f-r-1", step: 1, key: key, dueAt: minutes(60), context: "")
        _ = try store.tick { _ in
            commit {
                $0.ledger = [entry("r", "1")]
                $0.steps = [step]
            }
        }
        try expect(try store.read { try $0.hasWaitingSteps() }, "one waits")
        try expectEqual(try store.read { try $0.waitingSteps(subject: "task/1") }, [step], "for the subject")
        try expectEqual(try store.read { try $0.waitingSteps(subject: "task/2") }, [], "for another")
        var done = step
        done.state = .cancelled
        _ = try store.tick { _ in commit { $0.steps = [done] } }
        try expectEqual(try store.read { try $0.waitingSteps(subject: "task/1") }, [], "it waits no more")
        try expect(try store.read { try !$0.hasWaitingSteps() }, "nothing waits any more")
    }

    @Sendable private static func linkSpent(_ store: any CompleteStore) throws {
        try expect(try store.spendLink("n1", at: minutes(1)), "once")
        try expect(try !store.spendLink("n1", at: minutes(2)), "not twice")
        try expect(try store.spendLink("n2", at: minutes(2)), "another one")
    }
}
