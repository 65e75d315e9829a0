import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let administration: [ContractCheck] = [
        ContractCheck(name: "documents", run: documents),
        ContractCheck(name: "tokens", run: tokens),
        ContractCheck(name: "ledger lists and counts", run: ledgerLists),
    ]

    @Sendable private static func documents(_ store: any CompleteStore) throws {
        try store.setDocument("rules/b", "two")
        try store.setDocument("rules/a", "one")
        try store.setDocument("rules%", "no")
        try expectEqual(try store.documents(prefix: "rules/").map(\.text), ["one", "two"], "prefix is plain text")
        try store.setDocument("rules/a", "three")
        try store.setDocument("rules/b", nil)
        try expectEqual(try store.document("rules/a"), "three", "replaced")
        try expect(try store.document("rules/b") == nil, "removed")
        try store.setDocuments([("rules/a", nil), ("rules/c", "four"), ("rules/c", "five")])
        try store.setDocuments([])
        try expectEqual(try store.documents(prefix: "rules/").map(\.text), ["five"], "several at once")
    }

    @Sendable private static func tokens(_ store: any CompleteStore) throws {
        try store.addToken(name: "ci", role: "admin", hash: "h1", at: start)
        try store.addToken(name: "bi", role: "guest", hash: "h2", at: minutes(1))
        try expectEqual(try store.token(hash: "h1")?.role, "admin", "by hash")
        try expect(try store.token(hash: "h") == nil, "no such token")
        try expectEqual(try store.tokens().map(\.name), ["bi", "ci"], "list")
        try expect(try store.removeToken(name: "ci"), "removed")
        try expect(try !store.removeToken(name: "ci"), "removed already")
    }

    @Sendable private static func ledgerLists(_ store: any CompleteStore) throws {
        _ = try store.tick { _ in
            commit {
                $0.ledger = [
                    entry("r", "1", at: minutes(1)), entry("r", "2", .skipped, at: minutes(2)),
                    entry("q", "1", .firedLate, at: minutes(3)),
                ]
            }
        }
        _ = try store.tick { _ in commit { $0.ledger = [entry("r", "3", at: minutes(2))] } }
        let ofRule = try store.ledger(rule: "r", subject: nil, outcomes: [], limit: 9).map(\.key.occurrence)
        try expectEqual(ofRule, ["3", "2", "1"], "newest first")
        let rung = try store.ledger(rule: nil, subject: "task/1", outcomes: [.fired, .firedLate], limit: 2)
        try expectEqual(rung.map(\.key.rule), ["r", "q"], "outcomes and limit")
        try expectEqual(try store.lastRing(rule: "r"), minutes(2), "last ring")
        try expect(try store.lastRing(rule: "none") == nil, "never rang")
        let counts = try store.outcomeCounts().map { "\($0.rule) \($0.outcome.rawValue) \($0.count)" }
        try expectEqual(counts, ["q fired_late 1", "r fired 2", "r skipped 1"], "counts")
    }
}
