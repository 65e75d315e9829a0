import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let engine: [ContractCheck] = [
        ContractCheck(name: "an occurrence is decided once", run: decidedOnce),
        ContractCheck(name: "a tick that fails changes nothing", run: failedTick),
        ContractCheck(name: "progress and armed triggers", run: progressAndArming),
        ContractCheck(name: "mark of what is armed", run: armedMark),
        ContractCheck(name: "writes of rules are journalled with the tick", run: ruleWrites),
        ContractCheck(name: "level states and timers", run: levels),
        ContractCheck(name: "a renamed rule takes its history along", run: renames),
        ContractCheck(name: "rings are counted by rule, record and time", run: ringCount),
    ]

    @Sendable private static func decidedOnce(_ store: any CompleteStore) throws {
        let first = try store.tick { _ in
            commit {
                $0.ledger = [entry("r", "due=2026-11-30 -P7D")]
                $0.outbox = [item("n1", firing: "f-r-due=2026-11-30 -P7D"), item("stray", firing: "unknown")]
            }
        }
        try expectEqual(first, TickReceipt(decided: 1, alreadyDecided: 0, queued: 1), "first")
        let second = try store.tick { _ in
            commit {
                $0.ledger = [entry("r", "due=2026-11-30 -P7D", .silenced)]
                $0.outbox = [item("n2", firing: "f-r-due=2026-11-30 -P7D")]
            }
        }
        try expectEqual(second, TickReceipt(decided: 0, alreadyDecided: 1, queued: 0), "second")
        let kept = try store.read { try $0.decision(entry("r", "due=2026-11-30 -P7D").key) }
        try expectEqual(kept, entry("r", "due=2026-11-30 -P7D"), "the first decision stands")
        let queued = item("n1", firing: "f-r-due=2026-11-30 -P7D").notice
        try expectEqual(try store.item(id: "n1")?.notice, queued, "notice")
        try expect(try store.item(id: "n2") == nil, "the loser rings nothing")
        try expect(try store.item(id: "stray") == nil, "nobody's notice is dropped")
    }

    @Sendable private static func failedTick(_ store: any CompleteStore) throws {
        struct Stop: Error {}
        let bad = commit {
            $0.ledger = [entry("r", "1")]
            $0.outbox = [item("n", firing: "f-r-1")]
            $0.writes = [merge("task/1", [:]), merge("no such kind/1", [:])]
        }
        do {
            _ = try store.tick { _ in bad }
            throw ContractViolation(description: "a bad write was taken")
        } catch is StoreProblem {}
        do {
            _ = try store.tick { _ in throw Stop() }
            throw ContractViolation(description: "the error was swallowed")
        } catch is Stop {}
        try store.read { view in
            try expect(try view.progress() == nil, "no progress")
            try expect(try view.decision(entry("r", "1").key) == nil, "no decision")
            try expect(try view.record(RecordRef(kind: "task", id: "1")) == nil, "no record")
        }
        try expect(try store.item(id: "n") == nil, "no notice")
    }

    @Sendable private static func progressAndArming(_ store: any CompleteStore) throws {
        let armed = ArmedTrigger(rule: "r", trigger: "due -P7D", since: start, sequence: 0)
        let other = ArmedTrigger(rule: "r", trigger: "due -P1D", since: start, sequence: 0)
        _ = try store.tick { _ in commit({ $0.arm = [armed, other] }, sequence: 5) }
        let again = ArmedTrigger(rule: "r", trigger: "due -P7D", since: minutes(9), sequence: 9)
        _ = try store.tick { view in
            try expectEqual(try view.armed(), [other, armed], "seen inside the tick")
            return commit(
                {
                    $0.arm = [again]
                    $0.disarm = [(rule: "r", trigger: "due -P1D")]
                }, minute: 2, sequence: 6)
        }
        try expectEqual(try store.read { try $0.armed() }, [armed], "the first arming stands")
        let progress: EngineProgress? = EngineProgress(watermark: minutes(2), sequence: 6)
        try expectEqual(try store.read { try $0.progress() }, progress, "progress")
        for cursor in [minutes(1), nil] {
            _ = try store.tick { _ in
                commit({ $0.progress.cursor = cursor }, minute: 2, sequence: 6)
            }
            try expectEqual(
                try store.read { try $0.progress()?.cursor }, cursor, "where a clock that was set back stands")
        }
    }

    /// The mark never stays when something was armed, disarmed or renamed, and never moves without.
    @Sendable private static func armedMark(_ store: any CompleteStore) throws {
        let armed = ArmedTrigger(rule: "r", trigger: "due -P7D", since: start, sequence: 0)
        func mark() throws -> String? { try store.read { try $0.armedMark() } }
        var seen: [String?] = [try mark()]
        try expectEqual(seen, [nil], "a new store")
        let moves: [(String, (inout TickCommit) -> Void)] = [
            ("asked for", { $0.marksArmed = true }), ("armed", { $0.arm = [armed] }),
            ("renamed", { $0.renames = [(old: "r", new: "s")] }),
            ("disarmed", { $0.disarm = [(rule: "s", trigger: "due -P7D")] }),
        ]
        for (name, change) in moves {
            _ = try store.tick { _ in commit(change) }
            try expectEqual(seen.contains(try mark()), false, name)
            seen.append(try mark())
            _ = try store.tick { _ in commit { $0.ledger = [entry(name, "1")] } }
            try store.put("task/1", ["status": .string(name)])
            try expectEqual(try mark(), seen.last ?? nil, "nothing was armed after \(name)")
        }
    }

    @Sendable private static func ruleWrites(_ store: any CompleteStore) throws {
        try store.put("task/1", ["status": .string("open")])
        let write = RecordWrite(
            ref: RecordRef(kind: "task", id: "1"), operation: .update, fields: ["status": .string("late")],
            actor: "rule r", depth: 3)
        let gone = RecordWrite(ref: RecordRef(kind: "task", id: "2"), operation: .update, actor: "rule r")
        _ = try store.tick { _ in commit({ $0.writes = [write, gone] }, minute: 7, sequence: 1) }
        let change = try store.history("task/1").last
        try expectEqual(change?.sequence, 2, "after what the tick saw")
        try expectEqual(change?.depth, 3, "depth")
        try expectEqual(change?.at, minutes(7), "at the watermark")
    }

    @Sendable private static func levels(_ store: any CompleteStore) throws {
        func level(_ subject: String, check: Instant?) -> LevelState {
            LevelState(rule: "r", subject: subject, isTrue: true, since: start, rise: 4, rung: false, checkAt: check)
        }
        _ = try store.tick { _ in
            commit {
                $0.levels = [level("b", check: minutes(5)), level("a", check: minutes(9)), level("c", check: nil)]
            }
        }
        try store.read { view in
            try expectEqual(try view.levelSubjects(rule: "r"), ["a", "b", "c"], "subjects")
            try expectEqual(try view.nextTimer(), minutes(5), "next timer")
            try expectEqual(try view.levelsDue(through: minutes(5)).map(\.subject), ["b"], "due")
            try expectEqual(try view.level(rule: "r", subject: "c"), level("c", check: nil), "state")
        }
        _ = try store.tick { _ in
            commit {
                $0.levels = [level("b", check: nil)]
                $0.forgetLevels = [(rule: "r", subject: "a")]
            }
        }
        try store.read { view in
            try expectEqual(try view.levelSubjects(rule: "r"), ["b", "c"], "forgotten")
            try expect(try view.nextTimer() == nil, "no timer is left")
        }
    }

    @Sendable private static func renames(_ store: any CompleteStore) throws {
        let key = entry("old", "1").key
        let step = PendingStep(firing: "f-old-1", step: 1, key: key, dueAt: minutes(60), context: "{}")
        let level = LevelState(rule: "old", subject: "s", isTrue: true, since: start, rise: 1, rung: true, checkAt: nil)
        _ = try store.tick { _ in
            commit {
                $0.ledger = [entry("old", "1")]
                $0.arm = [ArmedTrigger(rule: "old", trigger: "t", since: start, sequence: 0)]
                $0.steps = [step]
                $0.levels = [level]
            }
        }
        let receipt = try store.tick { _ in
            commit {
                $0.renames = [(old: "old", new: "new")]
                $0.ledger = [entry("new", "1")]
            }
        }
        try expectEqual(receipt.alreadyDecided, 1, "decided under the old name")
        try store.read { view in
            try expectEqual(try view.armed().map(\.rule), ["new"], "armed")
            try expectEqual(try view.steps(firing: "f-old-1").map(\.key.rule), ["new"], "step")
            try expectEqual(try view.level(rule: "new", subject: "s")?.rung, true, "level")
        }
        try expectEqual(try store.lastRing(rule: "new"), minutes(1), "last ring")
    }

    @Sendable private static func ringCount(_ store: any CompleteStore) throws {
        _ = try store.tick { _ in
            commit {
                $0.ledger = [
                    entry("r", "1", at: minutes(1)), entry("r", "2", .firedLate, at: minutes(2)),
                    entry("r", "3", .skipped, at: minutes(3)), entry("q", "4", at: minutes(3)),
                ]
            }
        }
        try store.read { view in
            try expectEqual(try view.rings(rule: "r", subject: "task/1", after: start), 2, "all that rang")
            try expectEqual(try view.rings(rule: "r", subject: "task/1", after: minutes(1)), 1, "after")
            try expectEqual(try view.rings(rule: "r", subject: "task/2", after: start), 0, "another record")
        }
    }
}
