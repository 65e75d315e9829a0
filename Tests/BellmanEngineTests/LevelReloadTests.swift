import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// What becomes of a level that is under way when Bellman restarts or its rules change.
@Suite struct LevelReloadTests {
    private static func rule(
        _ id: String = "low", while text: String = "contract.usage < 0.3", for span: String = "3 months",
        more: String = ""
    ) -> String {
        """
        - id: \(id)
          when: {while: "\(text)", for: \(span)}
          \(more.isEmpty ? "enabled: true" : more)
          then: [{notify: {via: inbox}}]

        """
    }

    private static let other = "- id: other\n  when: {created: task}\n  then: [{notify: {via: inbox}}]\n"

    /// The rule is edited on 1 March; C is low since 1 January, D rang before, E is low since 1 February.
    @Test(arguments: [
        ("nothing", rule(), ["C 2026-04-01", "E 2026-05-01"]),
        ("another rule beside it", rule() + other, ["C 2026-04-01", "E 2026-05-01"]),
        ("its words", rule(more: "title: 新标题"), ["C 2026-04-01", "E 2026-05-01"]),
        ("a shorter span", rule(for: "2 months"), ["E 2026-04-01"]),
        ("a longer span", rule(for: "4 months"), ["C 2026-05-01", "E 2026-06-01"]),
        ("another condition that was true as long", rule(while: "contract.usage < 0.25"), ["C 2026-04-01"]),
        ("a name", rule("too-low", more: "was: low"), ["C 2026-04-01", "E 2026-05-01"]),
        (
            "a rule that is new", rule("brand-new", more: "existing: fire"),
            ["C 2026-04-01", "D 2026-03-01", "E 2026-05-01"]
        ),
    ])
    func anEdit(what: String, edited: String, rings: [String]) throws {
        let world = try World(rules: LevelReloadTests.rule())
        try world.tick(.shanghai("2025-06-01T09:00"))
        try world.write("contract/D", ["usage": .double(0.28)], at: .shanghai("2025-07-01T09:00"))
        try world.tick(.shanghai("2025-10-01T09:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.write("contract/E", ["usage": .double(0.28)], at: .shanghai("2026-02-01T09:00"))
        try world.tick(.shanghai("2026-02-01T09:00"))
        let before = Set(try world.ledgerLines)
        #expect(before == ["low contract/D rise=1: fired"])
        try world.load(edited)
        world.restart()
        try world.tick(.shanghai("2026-03-01T09:00"))
        for month in 3...7 { try world.tick(.shanghai("2026-0\(month)-01T09:00")) }
        let rang = try world.ledger.filter { $0.outcome.rang && $0.scheduledAt > .shanghai("2026-01-01T00:00") }
        #expect(
            rang.map { "\($0.key.subject.suffix(1)) \("\($0.scheduledAt)".prefix(10))" }.sorted() == rings, "\(what)")
    }

    @Test func aChangeInTheVeryTickOfARenameRingsNothingAgain() throws {
        let world = try World(rules: LevelReloadTests.rule(for: "1 day"))
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.tick(.shanghai("2026-01-03T09:00"))
        try world.load(LevelReloadTests.rule("new-name", for: "1 day", more: "was: low"))
        try world.write("contract/C", ["usage": .double(0.2)], at: .shanghai("2026-01-04T09:00"))
        try world.tick(.shanghai("2026-01-04T09:00"))
        try world.tick(.shanghai("2026-01-09T09:00"))
        #expect(try world.ledger.filter(\.outcome.rang).count == 1)
    }

    @Test func switchedOffAndOnAgainTheSpanGoesOnByTheJournal() throws {
        let world = try World(rules: LevelReloadTests.rule())
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.write("contract/D", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.tick(.shanghai("2026-01-02T09:00"))
        try world.load(LevelReloadTests.rule(more: "enabled: false"))
        try world.tick(.shanghai("2026-01-03T09:00"))
        try world.write("contract/D", ["usage": .double(0.9)], at: .shanghai("2026-01-10T09:00"))
        try world.write("contract/D", ["usage": .double(0.1)], at: .shanghai("2026-01-10T09:01"))
        try world.load(LevelReloadTests.rule())
        try world.tick(.shanghai("2026-02-03T09:00"))
        try world.tick(.shanghai("2026-04-01T09:00"))
        #expect(try world.ledgerLines == ["low contract/C rise=1: fired"])
        try world.tick(.shanghai("2026-04-10T09:01"))
        #expect(try world.ledgerLines == ["low contract/C rise=1: fired", "low contract/D rise=4: fired"])
    }

    @Test func aTimerOfARuleThatIsOffIsForgotten() throws {
        let world = try World(rules: LevelReloadTests.rule(for: "1 day"))
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.tick(.shanghai("2026-01-01T10:00"))
        try world.load(LevelReloadTests.rule(for: "1 day", more: "enabled: false"))
        try world.tick(.shanghai("2026-01-05T10:00"))
        #expect(try world.store.read { try $0.nextTimer() } == nil)
    }

    @Test func aNewRuleLooksAtReferencesAndListsOfTheJournal() throws {
        let world = try World(rules: LevelReloadTests.other)
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.write(
            "account/A", ["contract": .reference("C"), "status": .string("idle")], at: .shanghai("2026-01-01T09:00"))
        try world.write("contract/C", ["usage": .double(0.9)], at: .shanghai("2026-01-10T09:00"))
        try world.write("contract/C", ["usage": .double(0.2)], at: .shanghai("2026-01-20T09:00"))
        try world.write(
            "account/B", ["contract": .reference("C"), "status": .string("busy")], at: .shanghai("2026-01-22T09:00"))
        try world.delete("account/B", at: .shanghai("2026-01-25T09:00"))
        try world.tick(.shanghai("2026-01-26T09:00"))
        try world.load(
            LevelReloadTests.rule("behind", while: "account.contract.usage < 0.3", for: "10 days")
                + LevelReloadTests.rule("idle", while: "contract.accounts.all(a, a.status == 'idle')", for: "10 days"))
        try world.tick(.shanghai("2026-01-27T09:00"))
        let checks = try world.store.read { view in
            [try view.level(rule: "behind", subject: "account/A"), try view.level(rule: "idle", subject: "contract/C")]
        }
        #expect(checks.map { $0?.since } == [.shanghai("2026-01-20T09:00"), .shanghai("2026-01-25T09:00")])
        #expect(checks.map { $0?.rise } == [4, 6])
        try world.tick(.shanghai("2026-02-04T09:00"))
        #expect(try world.ledgerLines == ["behind account/A rise=4: fired_late", "idle contract/C rise=6: fired"])
    }

    @Test func deletedAndMadeAgainIsANewRise() throws {
        let world = try World(rules: LevelReloadTests.rule(for: "10 days"))
        try world.tick(.shanghai("2026-01-01T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-01T09:00"))
        try world.tick(.shanghai("2026-01-02T09:00"))
        try world.delete("contract/C", at: .shanghai("2026-01-05T09:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-05T09:01"))
        try world.tick(.shanghai("2026-01-12T09:00"))
        #expect(try world.ledgerLines.isEmpty)
        try world.tick(.shanghai("2026-01-15T09:01"))
        #expect(try world.ledgerLines == ["low contract/C rise=3: fired"])
    }

    /// A trigger that a clock ahead had armed is armed anew when the clock is set back; nothing was edited by that, and
    /// what rises in that very tick rings.
    @Test func aClockSetBackIsNoEdit() throws {
        let world = try World(rules: LevelReloadTests.other)
        try world.tick(.shanghai("2026-01-01T08:00"))
        let low = "- id: low\n  when: {while: contract.usage < 0.3}\n  then: [{notify: {via: inbox}}]\n"
        try world.load(LevelReloadTests.other + low)
        try world.tick(.shanghai("2026-01-03T08:00"))
        try world.write("contract/C", ["usage": .double(0.1)], at: .shanghai("2026-01-02T07:00"))
        try world.tick(.shanghai("2026-01-02T08:00"))
        #expect(try world.ledgerLines == ["low contract/C rise=1: fired"])
    }

    // MARK: long journals

    private func rise(_ rule: String, _ subject: String, in world: World, at now: Instant) throws -> Int64? {
        try world.load(LevelReloadTests.other + rule)
        try world.tick(now)
        return try world.store.read { try $0.level(rule: "low", subject: subject) }?.rise
    }

    /// Writes of what the condition does not read are passed over, however many; where nothing depends on the rise, or
    /// the span is over whatever came before, nothing is looked for.
    @Test func theRiseBehindManyOtherWrites() throws {
        let world = try World(rules: LevelReloadTests.other, inMemory: true)
        let start = Instant.shanghai("2026-01-01T09:00")
        try world.tick(start)
        try world.write("contract/C", ["usage": .double(0.9)], at: start)
        try world.write("contract/C", ["usage": .double(0.1)], at: start.adding(seconds: 60))
        for number in 1...5_200 {
            try world.write(
                "contract/C", ["name": .string("n\(number)")], at: start.adding(seconds: 60 + Int64(number)))
        }
        try world.write("contract/C", ["usage": .double(0.2)], at: start.adding(seconds: 30 * 86_400))
        let now = start.adding(seconds: 40 * 86_400)
        #expect(try rise(LevelReloadTests.rule(for: "3 months"), "contract/C", in: world, at: now) == 2)
        #expect(
            try rise(LevelReloadTests.rule(for: "5 days", more: "existing: fire"), "contract/C", in: world, at: now)
                == 2)
        try world.load(LevelReloadTests.other)
        try world.tick(now)
        #expect(try rise(LevelReloadTests.rule(for: "5 days"), "contract/C", in: world, at: now) == 5_203)
        try world.load(LevelReloadTests.other)
        try world.tick(now)
        let plain = "- id: low\n  when: {while: contract.usage < 0.3}\n  then: [{notify: {via: inbox}}]\n"
        try world.write("contract/C", ["name": .string("last")], at: now)
        #expect(try rise(plain, "contract/C", in: world, at: now) == 5_204)
    }

    /// A list of 200 whose members change again and again: the work is bounded (writes that cannot matter are free),
    /// and a level that is not reached within it counts from its record's last write.
    @Test(arguments: [("status", 4, false), ("login", 16, false), ("status", 16, true)])
    func theWorkOfALoadIsBounded(_ field: String, _ rounds: Int, _ isSpent: Bool) throws {
        let world = try World(rules: LevelReloadTests.other, inMemory: true)
        let start = Instant.shanghai("2026-01-01T09:00")
        try world.tick(start)
        try world.write("contract/C", ["usage": .double(0.1)], at: start)
        for round in 0..<rounds {
            for member in 0..<200 {
                try world.write(
                    "account/A\(member)",
                    ["contract": .reference("C"), field: .string(round % 2 == 0 ? "idle" : "busy")],
                    at: start.adding(seconds: Int64(round) * 3_600))
            }
        }
        let last = start.adding(seconds: 86_400)
        try world.write("contract/C", ["name": .string("last")], at: last)
        let rule = LevelReloadTests.rule(while: "contract.accounts.all(a, a.status != 'gone')")
        let found = try rise(rule, "contract/C", in: world, at: last)
        #expect(found == (isSpent ? Int64(rounds) * 200 + 2 : 1))
    }
}
