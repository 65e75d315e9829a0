import Almanac
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

/// Every outcome of a decision.
@Suite struct PeopleDeskDecideTests {
    private struct None: MomentDeriver {
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] { [] }
    }

    private static let now = Instant(iso: "2026-10-01T01:30:00Z")!
    private let store: SQLiteStore
    private let desk: PeopleDesk

    init() throws {
        let store = try SQLiteStore(path: ":memory:", role: .scratch, schema: .builtIn, deriver: None())
        self.store = store
        desk = PeopleDesk(
            store: store, language: RuleLanguage(schema: .builtIn),
            timing: RuleTiming(zone: .utc, calendar: .china, at: .nine), rules: { [] },
            now: { PeopleDeskDecideTests.now })
        for id in ["wang", "li", "chief"] {
            try write("member/\(id)", ["name": .string(id.uppercased()), "email": .string("\(id)@example.com")])
        }
        try write(
            "approval/A-1",
            [
                "approver": .reference("wang@example.com"), "escalated_to": .list([.reference("chief")]),
                "choices": .list([.string("approve"), .string("reject")]),
            ])
    }

    private func write(_ ref: String, _ fields: [String: FieldValue]) throws {
        let ref = try #require(RecordRef(ref))
        _ = try store.write([RecordWrite(ref: ref, fields: fields, actor: "t")], at: PeopleDeskDecideTests.now)
    }

    private func decide(_ choice: String, _ by: String, way: String = "command", id: String = "A-1") throws
        -> ActOutcome
    {
        try desk.decide(approval: id, choice: choice, by: Person(by), comment: "why", way: way)
    }

    private func question() throws -> ApprovalQuestion {
        ApprovalQuestion(try #require(try store.read { try $0.record(RecordRef(kind: "approval", id: "A-1")) }))
    }

    @Test(arguments: [
        ("wang", "link", "wang"), ("wang@example.com", "link", "wang"), ("WANG", "page", "wang"),
        ("chief", "link", "chief"), ("cli (root)", "command", "cli (root)"), ("manager-token", "page", "manager-token"),
    ])
    func whoMayDecide(by: String, way: String, recorded: String) throws {
        #expect(try decide("approve", by, way: way) == .done)
        let question = try question()
        #expect(question.decision == "approve" && question.decidedBy == recorded && question.comment == "why")
        #expect(question.decidedAt == PeopleDeskDecideTests.now)
        let acts = try store.acts(target: "approval/A-1", limit: 10)
        #expect(acts.map(\.verb) == ["decide"])
        #expect(
            acts.first?.by.id == recorded && acts.first?.detail == "\(way) approve" && acts.first?.comment == "why")
        let changes = try store.read { try $0.changes(of: question.ref, after: 0) }
        #expect(changes.last?.actor == recorded)
    }

    @Test(arguments: [("li", "link"), ("li", "command"), ("LI", "page"), ("nobody", "link"), ("", "command")])
    func whoMayNot(by: String, way: String) throws {
        #expect(try decide("approve", by, way: way) == .refused(.notYours))
        #expect(try question().isOpen)
        #expect(try store.acts(target: nil, limit: 10).isEmpty)
    }

    @Test(arguments: [("同意", "approve"), ("驳回", "reject"), ("Reject", "reject"), ("APPROVE", "approve")])
    func labelsAreUnderstood(said: String, choice: String) throws {
        #expect(try decide(said, "wang") == .done)
        #expect(try question().decision == choice)
    }

    @Test(arguments: ["", "maybe", "cancelled", "approve "]) func otherWordsAreNot(said: String) throws {
        #expect(try decide(said, "wang") == .refused(.badChoice))
        #expect(try question().isOpen)
    }

    @Test func theFirstDecisionStays() throws {
        #expect(try decide("approve", "wang") == .done)
        let already = ActOutcome.already(by: Person("wang"), at: PeopleDeskDecideTests.now, choice: "approve")
        #expect(try decide("reject", "chief") == already)
        #expect(try decide("approve", "li") == already)
        #expect(try question().decision == "approve")
        #expect(try store.acts(target: nil, limit: 10).count == 1)
    }

    @Test func whatIsGoneOrTakenBack() throws {
        #expect(try decide("approve", "wang", id: "A-2") == .unknown)
        try write("approval/A-1", ["decision": .string("cancelled")])
        #expect(try decide("approve", "wang") == .refused(.cancelled))
    }

    /// A word of a direct edit that is no choice leaves the question open.
    @Test func aWordThatDecidesNothing() throws {
        try write("approval/A-1", ["decision": .string("maybe")])
        #expect(try decide("reject", "wang") == .done)
    }

    /// The record was written after it was read: the decision is refused as a whole.
    @Test func aStaleDecisionWritesNothing() throws {
        let question = try question()
        try write("approval/A-1", ["comment": .string("meanwhile")])
        let entry = ActEntry(
            verb: "decide", target: "approval/A-1", by: Person("wang"), at: PeopleDeskDecideTests.now, comment: "",
            detail: "")
        let write = RecordWrite(
            ref: question.ref, operation: .update, fields: ["decision": .string("approve")], actor: "wang",
            expectedVersion: question.version)
        #expect(try store.decide(write, entry: entry) == false)
        #expect(try self.question().isOpen)
        #expect(try store.acts(target: nil, limit: 10).isEmpty)
    }
}
