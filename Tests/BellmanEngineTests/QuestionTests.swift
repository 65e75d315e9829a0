import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// `approve`: turns, branches, escalation, and every way an asking ends.
@Suite struct QuestionTests {
    /// A world with people, one contract, and a rule that asks when its status becomes `pending`.
    private struct Story {
        let world: World

        static let rule = """
            id: pay
            title: Payment
            when: {changes: contract.status, to: pending}
            then:
              - approve:
                  by: [contract.owner, "role('finance')"]
                  text: "Pay {{ contract.amount }} to {{ contract.vendor }}?"
                  escalate: {wait: 2 days, to: contract.owner.manager}
                  then:
                    approve:
                      - set: {status: approved}
                      - notify: {via: inbox, title: "yes by {{ approval.decided_by.name }}: {{ approval.comment }}"}
                      - wait: 1 hour
                        notify: {via: inbox, title: "later {{ approval.decision }}"}
                    reject:
                      - notify: {via: inbox, title: "no by {{ approval.decided_by.name }}: {{ approval.comment }}"}
            """

        init(_ rule: String = Story.rule, inMemory: Bool = true) throws {
            world = try World(rules: rule, inMemory: inMemory)
            try world.tick(at(0))
            for (id, manager, role) in [
                ("an", "chief", "staff"), ("bo", "chief", "finance"), ("cy", "chief", "finance"), ("chief", "", "head"),
            ] {
                var fields: [String: FieldValue] = [
                    "name": .string(id.uppercased()), "email": .string("\(id)@example.com"), "role": .string(role),
                ]
                if !manager.isEmpty { fields["manager"] = .reference(manager) }
                try world.write("member/\(id)", fields, at: at(0))
            }
            try world.write(
                "contract/C-1",
                [
                    "name": .string("Cloud"), "vendor": .string("Acme"), "owner": .reference("an"),
                    "amount": .money(Amount(units: 60_000 * 10_000)), "status": .string("draft"),
                ], at: at(0))
            try world.tick(at(0))
        }

        /// Asks the owner, and, where given, somebody else in a step before that.
        static func payments(before: String? = nil) -> String {
            var lines = ["id: pay", "title: Payment", "when: {changes: contract.status, to: pending}", "then:"]
            for (by, title) in [(before, "checked"), ("      by: contract.owner", "paid")] {
                guard let by else { continue }
                lines += [
                    "  - approve:", by, "      then:", "        approve:",
                    "          - notify: {via: inbox, title: \(title)}",
                ]
            }
            return lines.joined(separator: "\n")
        }

        func at(_ minutes: Int) -> Instant { .shanghai("2026-03-02T09:00").adding(seconds: Int64(minutes) * 60) }

        func ask(at minutes: Int = 1) throws {
            try world.write("contract/C-1", ["status": .string("pending")], at: at(minutes), actor: "an")
            try world.tick(at(minutes))
        }

        func decide(_ id: String, _ decision: String, by: String, _ comment: String = "", at minutes: Int) throws {
            try world.write(
                "approval/\(id)",
                ["decision": .string(decision), "comment": comment.isEmpty ? .null : .string(comment)],
                at: at(minutes), actor: by)
            try world.tick(at(minutes))
        }

        var approvals: [ApprovalQuestion] {
            get throws {
                try world.store.read { view in
                    try view.identifiers(kind: "approval", after: nil, limit: 100).compactMap {
                        try view.record(RecordRef(kind: "approval", id: $0)).map(ApprovalQuestion.init)
                    }
                }.sorted { ($0.askedAt, $0.approver) < ($1.askedAt, $1.approver) }
            }
        }

        var open: [ApprovalQuestion] { get throws { try approvals.filter(\.isOpen) } }

        func titles(_ channel: String = "inbox") throws -> [String] {
            try world.notices.filter { $0.channel == channel }.sorted {
                ($0.firedAt, $0.title) < ($1.firedAt, $1.title)
            }
            .map(\.title)
        }

        /// State and reason of every row of questions, in order.
        var rows: [String] {
            get throws {
                let firing = try world.ledger.last { $0.outcome.rang }?.firing ?? ""
                return try world.store.read { try $0.steps(firing: firing) }
                    .filter { QuestionRow.step(of: $0.step) != nil }
                    .map { "\(QuestionRow.isTimer($0.step) ? "timer" : "turn") \($0.state.rawValue) \($0.reason.code)" }
            }
        }
    }

    @Test func approversAreAskedInTurn() throws {
        let story = try Story()
        try story.ask()
        #expect(try story.open.map(\.approver) == ["an"])
        try story.decide(story.open[0].id, "approve", by: "an", "fine", at: 2)
        #expect(try story.open.map(\.approver) == ["bo"])
        #expect(try story.titles().isEmpty)
        try story.decide(story.open[0].id, "approve", by: "bo", at: 3)
        #expect(try story.open.map(\.approver) == ["cy"])
        try story.decide(story.open[0].id, "approve", by: "cy", "go", at: 4)
        #expect(try story.titles() == ["yes by CY: go"])
        #expect(try story.open.isEmpty)
        let contract = try story.world.store.read { try $0.record(RecordRef(kind: "contract", id: "C-1")) }
        #expect(contract?["status"] == .string("approved"))
        try story.world.tick(story.at(70))
        #expect(try story.titles() == ["yes by CY: go", "later approve"])
        #expect(try story.approvals.map(\.decidedBy) == ["an", "bo", "cy"])
        #expect(try story.approvals.allSatisfy { $0.decidedAt != nil })
    }

    @Test func theFirstRejectEndsIt() throws {
        let story = try Story()
        try story.ask()
        try story.decide(story.open[0].id, "approve", by: "an", at: 2)
        try story.decide(story.open[0].id, "reject", by: "bo", "too dear", at: 3)
        #expect(try story.titles() == ["no by BO: too dear"])
        #expect(try story.open.isEmpty)
        #expect(try story.approvals.count == 2)
    }

    /// Tiers are steps with conditions of their own.
    @Test(arguments: [(60_000, ["boss", "money"]), (50_000, ["boss", "money"]), (49_999, ["boss"])])
    func tiers(amount: Int, asked: [String]) throws {
        let world = try World(
            rules: """
                id: r
                when: {created: contract}
                then:
                  - {approve: {by: "'boss'"}}
                  - if: contract.amount >= 50000
                    approve: {by: "'money'"}
                """, inMemory: true)
        try world.tick(.shanghai("2026-03-02T08:00"))
        try world.write(
            "contract/C", ["amount": .money(Amount(units: Int64(amount) * 10_000))], at: .shanghai("2026-03-02T09:00"))
        try world.tick(.shanghai("2026-03-02T09:00"))
        #expect(try world.notices.map(\.recipientKey).sorted() == asked)
    }

    @Test func theNoticeSaysEverything() throws {
        let story = try Story()
        try story.ask()
        let notice = try #require(try story.world.notices.first { $0.channel == "mail" })
        let approval = try story.open[0].id
        let text = notice.text.map(\.words).joined()
        #expect(notice.title == "Please decide: “Cloud” (60,000 CNY)")
        for wanted in [
            "Pay 60,000 CNY to Acme?", "Cloud (contract/C-1)", "Amount: 60,000 CNY", "Asked by: AN, rule “Payment”",
            "1 of 3", "Decide before: 2026-03-04 09:01", "CHIEF", "bellman approve \(approval)",
            "bellman approve \(approval) --reject",
        ] {
            #expect(text.contains(wanted), "\(wanted) in \(text)")
        }
        #expect(
            notice.acts == [
                .decide(approval: approval, choice: "approve"), .decide(approval: approval, choice: "reject"),
            ])
        #expect(approval.wholeMatch(of: /A-[A-Z2-7]{8}/) != nil)
    }

    @Test func othersAreToldOnceAndMayDecide() throws {
        let story = try Story()
        try story.ask()
        let day = 24 * 60
        try story.world.tick(story.at(2 * day))
        #expect(try story.titles("mail").count == 1)
        for minutes in [2 * day + 1, 2 * day + 2, 5 * day] { try story.world.tick(story.at(minutes)) }
        #expect(
            try story.titles("mail") == [
                "Please decide: “Cloud” (60,000 CNY)", "Please decide for AN: “Cloud” (60,000 CNY)",
            ])
        #expect(try story.open.map(\.deputies) == [["chief"]])
        let told = try #require(try story.world.notices.first { $0.recipientKey == "chief" })
        #expect(try told.acts.first == .decide(approval: story.open[0].id, choice: "approve"))
        try story.decide(story.open[0].id, "reject", by: "chief", "no", at: 5 * day + 1)
        #expect(try story.titles() == ["no by CHIEF: no"])
    }

    @Test func anAcknowledgementEndsTheEscalation() throws {
        let story = try Story()
        try story.ask()
        let firing = try #require(try story.world.ledger.first).firing
        _ = try story.world.store.acknowledge(
            Acknowledgement(firing: firing, by: Person("bo"), at: story.at(3), comment: ""), way: "command")
        try story.world.tick(story.at(3 * 24 * 60))
        #expect(try story.titles("mail").count == 1)
        #expect(try story.rows == ["turn waiting asked", "timer cancelled acknowledged"])
        #expect(try story.open.count == 1)
    }

    @Test func aRestartForgetsNothing() throws {
        let story = try Story(inMemory: false)
        try story.ask()
        story.world.restart()
        try story.world.tick(story.at(2))
        // Decided while the daemon was down for two weeks.
        let id = try story.open[0].id
        try story.world.write("approval/\(id)", ["decision": .string("reject")], at: story.at(20), actor: "an")
        story.world.restart()
        try story.world.tick(story.at(14 * 24 * 60))
        story.world.restart()
        try story.world.tick(story.at(14 * 24 * 60 + 1))
        #expect(try story.titles() == ["no by AN: (not set)"])
    }

    /// Two nodes that saw the same decision: one of them finishes the row.
    @Test func oneBranchRuns() throws {
        let story = try Story()
        try story.ask()
        let id = try story.open[0].id
        try story.world.write("approval/\(id)", ["decision": .string("reject")], at: story.at(2), actor: "an")
        let core = story.world.core
        let slower = try story.world.store.read { try core.tick(at: story.at(2), view: $0) }
        try story.world.tick(story.at(2))
        _ = try story.world.store.tick { _ in slower }
        #expect(try story.titles() == ["no by AN: (not set)"])
    }

    // MARK: ends

    enum End: String, CaseIterable {
        case condition, deleted, ruleGone, stepGone, takenBack, approvalDeleted
    }

    @Test(arguments: End.allCases) func anAskingEnds(_ end: End) throws {
        let rule = Story.rule.replacing(
            "then:\n  - approve", with: "if: contract.status == \"pending\"\nthen:\n  - approve")
        let story = try Story(rule)
        try story.ask()
        let id = try story.open[0].id
        switch end {
        case .condition: try story.world.write("contract/C-1", ["status": .string("stopped")], at: story.at(5))
        case .deleted: try story.world.delete("contract/C-1", at: story.at(5))
        case .ruleGone:
            try story.world.load("id: other\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]")
        case .stepGone:
            try story.world.load(
                "id: pay\nwhen: {changes: contract.status, to: pending}\nthen: [{notify: {via: inbox}}]")
        case .takenBack:
            try story.world.write("approval/\(id)", ["decision": .string("cancelled")], at: story.at(5), actor: "an")
        case .approvalDeleted: try story.world.delete("approval/\(id)", at: story.at(5))
        }
        // An edited rule is seen at the next hour at the latest.
        try story.world.tick(story.at(61))
        let reasons = [
            End.condition: "condition_false", .deleted: "record_deleted", .ruleGone: "rule_changed",
            .stepGone: "rule_changed", .takenBack: "taken_back", .approvalDeleted: "record_deleted",
        ]
        let reason = try #require(reasons[end])
        #expect(try story.rows == ["turn cancelled \(reason)", "timer cancelled \(reason)"])
        #expect(try story.open.isEmpty)
        if end != .approvalDeleted { #expect(try story.approvals.map(\.decision) == ["cancelled"]) }
        // A decision that comes afterwards runs nothing.
        try story.decide(id, "approve", by: "an", at: 70)
        try story.world.tick(story.at(4 * 24 * 60))
        #expect(try story.titles().isEmpty)
        #expect(try story.titles("mail").count == 1)
    }

    /// The condition reads another record: its change ends the asking in the tick that sees it.
    @Test func aLinkedRecordEndsIt() throws {
        let rule = Story.rule.replacing(
            "then:\n  - approve", with: "if: contract.owner.active != false\nthen:\n  - approve")
        let story = try Story(rule)
        try story.ask()
        try story.world.write("member/an", ["active": .bool(false)], at: story.at(5))
        try story.world.tick(story.at(5))
        #expect(try story.open.isEmpty)
    }

    @Test func aMovedDateEndsIt() throws {
        let world = try World(
            rules: "id: r\nwhen: {before: task.due, by: 1 day}\nthen: [{approve: {by: task.assignee}}]", inMemory: true)
        try world.tick(.shanghai("2026-03-01T08:00"))
        try world.write(
            "task/A", ["due": .date(CivilDate(iso: "2026-03-10")!), "assignee": .reference("an")],
            at: .shanghai("2026-03-01T09:00"))
        try world.write("member/an", ["name": .string("An")], at: .shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-01T09:00"))
        try world.tick(.shanghai("2026-03-09T09:00"))
        #expect(try world.store.read { try $0.openQuestions() }.count == 1)
        try world.write("task/A", ["due": .date(CivilDate(iso: "2026-03-20")!)], at: .shanghai("2026-03-09T10:00"))
        try world.tick(.shanghai("2026-03-09T10:00"))
        #expect(try world.store.read { try $0.openQuestions() }.isEmpty)
    }

    /// An edited rule changes neither the approvers nor the choices of an open question.
    @Test func anEditedRuleLeavesTheQuestionAnswerable() throws {
        let story = try Story()
        try story.ask()
        try story.world.load(
            Story.rule.replacing("contract.owner, \"role('finance')\"", with: "contract.owner.manager"))
        try story.world.tick(story.at(61))
        try story.decide(story.open[0].id, "approve", by: "an", at: 62)
        #expect(try story.open.map(\.approver) == ["bo"])
    }

    /// An asking of other people is put before the one that is open: the answer still goes to the branches of its own.
    @Test func anAskingPutBeforeAnOpenOneTakesNoAnswerOfIt() throws {
        let story = try Story(Story.payments())
        try story.ask()
        let asked = try story.open[0]
        #expect(asked.approver == "an")
        try story.world.load(Story.payments(before: "      by: \"member('bo')\""))
        try story.world.tick(story.at(61))
        try story.decide(asked.id, "approve", by: "an", at: 62)
        #expect(try story.titles() == ["paid"])
    }

    // MARK: what is wrong

    @Test(arguments: [
        ("", 1), ("contract.owner.department_head", 1), ("[contract.owner, contract.owner.department_head]", 2),
    ])
    func nobodyIsAskedWhereSomebodyIsMissing(by: String, entry: Int) throws {
        let rule = Story.rule.replacing(
            "[contract.owner, \"role('finance')\"]", with: by.isEmpty ? "\"role('none')\"" : by)
        let story = try Story(rule)
        try story.world.write("contract/C-1", ["status": .string("pending")], at: story.at(1), actor: "an")
        var troubles: [String] = []
        let core = story.world.core
        _ = try story.world.store.tick { view in
            let commit = try core.tick(at: story.at(1), view: view)
            troubles = commit.troubles
            return commit
        }
        #expect(troubles.count == 1)
        #expect(troubles[0].contains("entry \(entry)") && troubles[0].contains("contract/C-1"))
        #expect(try story.approvals.isEmpty)
        #expect(try story.world.notices.isEmpty)
    }

    /// Once somebody is there the question is put, in the tick of the write; and only once.
    @Test(arguments: [
        ("\"role('none')\"", "role", FieldValue.string("none"), "an"),
        ("contract.owner.department_head", "department_head", .reference("bo"), "bo"),
        ("[contract.owner, contract.owner.department_head]", "department_head", .reference("bo"), "an"),
    ])
    func theQuestionIsPutWhenSomebodyTurnsUp(by: String, field: String, value: FieldValue, asked: String) throws {
        let story = try Story(Story.rule.replacing("[contract.owner, \"role('finance')\"]", with: by))
        try story.ask()
        #expect(try story.rows == ["turn waiting nobody_to_ask"])
        #expect(try story.world.store.read { try $0.waitingQuestions().unasked.count } == 1)
        try story.world.write("member/cy", ["phone": .string("1")], at: story.at(2))
        try story.world.tick(story.at(2))
        #expect(try story.approvals.isEmpty)
        try story.world.write("member/an", [field: value], at: story.at(3))
        try story.world.tick(story.at(3))
        #expect(try story.open.map(\.approver) == [asked])
        #expect(try story.rows == ["turn waiting asked", "timer waiting escalates", "turn done asked_late"])
        #expect(try story.world.notices.map { $0.recipients.map(\.id) } == [[asked]])
        try story.world.tick(story.at(70))
        #expect(try story.approvals.count == 1)
        let waiting = try story.world.store.read { try $0.waitingQuestions() }
        #expect(waiting.open.count == 1 && waiting.unasked.isEmpty)
    }

    /// What nobody could be asked is over with its condition, and an edited rule is seen within the hour.
    @Test(arguments: [true, false]) func whatNobodyWasAskedEndsOrGoesOn(ends: Bool) throws {
        let rule = Story.rule.replacing(
            "title: Payment\n", with: "title: Payment\nif: contract.status == \"pending\"\n")
        let story = try Story(rule.replacing("role('finance')", with: "role('none')"))
        try story.ask()
        #expect(try story.approvals.isEmpty)
        if ends {
            try story.world.write("contract/C-1", ["status": .string("draft")], at: story.at(2))
            try story.world.tick(story.at(2))
            #expect(try story.rows == ["turn cancelled condition_false"])
        } else {
            try story.world.load(rule)
            try story.world.tick(story.at(61))
            #expect(try story.open.map(\.approver) == ["an"])
        }
    }

    @Test(arguments: ["approve", "reject", "cancelled"])
    func aDecisionByAnEditIsInTheAuditLog(decision: String) throws {
        let story = try Story()
        try story.ask()
        let id = try story.open[0].id
        try story.decide(id, decision, by: "an", "why", at: 2)
        try story.world.tick(story.at(70))
        let acts = try story.world.store.acts(target: "approval/\(id)", limit: 9)
        #expect(
            acts.map { [$0.verb, $0.by.id, $0.way, $0.facts, $0.comment] } == [
                ["decide", "an", "edit", decision, "why"]
            ])
        #expect(acts.first?.at == story.at(2))
    }

    /// What came by a page has its line already.
    @Test func aDecisionHasOneLine() throws {
        let story = try Story()
        try story.ask()
        let asked = try story.open[0]
        let entry = ActEntry(
            verb: "decide", target: asked.ref.description, by: Person("an"), at: story.at(2), comment: "",
            detail: "page approve")
        let write = RecordWrite(
            ref: asked.ref, operation: .update, fields: ["decision": .string("approve")], actor: "an")
        #expect(try story.world.store.decide(write, entry: entry))
        try story.world.tick(story.at(2))
        #expect(try story.open.map(\.approver) == ["bo"])
        #expect(try story.world.store.acts(target: nil, limit: 9) == [entry])
    }

    @Test func duplicatesAreAskedOnce() throws {
        let story = try Story(Story.rule.replacing("\"role('finance')\"", with: "contract.owner, \"'an@example.com'\""))
        try story.ask()
        try story.decide(story.open[0].id, "approve", by: "an", at: 2)
        #expect(try story.titles() == ["yes by AN: (not set)"])
        #expect(try story.approvals.count == 1)
    }

    /// A word that is no choice is told and decides nothing; the question can still be decided.
    @Test func anUnknownWordDecidesNothing() throws {
        let story = try Story()
        try story.ask()
        let id = try story.open[0].id
        try story.world.write("approval/\(id)", ["decision": .string("maybe")], at: story.at(2), actor: "an")
        var troubles: [String] = []
        let core = story.world.core
        _ = try story.world.store.tick { view in
            let commit = try core.tick(at: story.at(2), view: view)
            troubles = commit.troubles
            return commit
        }
        #expect(troubles.count == 1 && troubles[0].contains("maybe") && troubles[0].contains("approve, reject"))
        try story.decide(id, "reject", by: "an", at: 3)
        #expect(try story.titles() == ["no by AN: (not set)"])
    }

    @Test func ownChoicesAndNestedQuestions() throws {
        let story = try Story(
            """
            id: pay
            title: Payment
            when: {changes: contract.status, to: pending}
            then:
              - approve:
                  by: "'an'"
                  choices: [all, half, nothing]
                  then:
                    half:
                      - approve:
                          by: "'bo'"
                          text: "after {{ approval.decision }}"
                          then:
                            approve: [{notify: {via: inbox, title: "nested {{ approval.decided_by.name }}"}}]
                    nothing: [{notify: {via: inbox, title: "nothing"}}]
            """)
        try story.ask()
        #expect(try story.open.map(\.choices) == [["all", "half", "nothing"]])
        try story.decide(story.open[0].id, "half", by: "an", at: 2)
        #expect(try story.open.map(\.question) == ["after half"])
        try story.decide(story.open[0].id, "approve", by: "bo", at: 3)
        #expect(try story.titles() == ["nested BO"])
    }

    /// A rule that decides its own questions is stopped like any chain.
    @Test func aChainOfDecisionsIsStopped() throws {
        let story = try Story(
            """
            - id: loop
              when: {changes: contract.status}
              then:
                - approve:
                    by: "'an'"
                    then: {approve: [{set: {status: "{{ contract.status }}x"}}]}
            - id: robot
              when: {created: approval}
              then: [{set: {decision: approve}}]
            """)
        try story.ask()
        for minute in 2...30 { try story.world.tick(story.at(minute)) }
        #expect(try story.approvals.count <= EngineLimits.chainDepth)
    }

    /// A question in a repetition of its firing is not put twice, nor its escalation put off.
    @Test func asksNothingTwice() throws {
        let story = try Story()
        try story.ask()
        for minute in 2...5 {
            try story.world.write("contract/C-1", ["vendor": .string("V\(minute)")], at: story.at(minute))
            try story.world.tick(story.at(minute))
        }
        #expect(try story.approvals.count == 1)
        #expect(try story.titles("mail").count == 1)
    }
}
