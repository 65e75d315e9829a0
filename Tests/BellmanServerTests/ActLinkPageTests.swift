import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Synchronization
import Testing

@testable import BellmanServer

/// The page behind signed links: what it shows, and that only its button acts.
@Suite struct ActLinkPageTests {
    /// Notes what it was asked to do; decides like the real one, in the record.
    private final class People: PeopleActs, SilenceActs {
        // No link silences anything.
        func silence(_ request: SilenceRequest, by: Person, way: String) throws -> Silence {
            throw SilenceProblem.noReason
        }
        func endSilence(_ id: String, by: Person, comment: String, way: String) throws -> SilenceEnding { .unknown }

        let store: SQLiteStore
        let calls = Mutex<[String]>([])
        init(_ store: SQLiteStore) { self.store = store }

        private func note(_ call: String) { calls.withLock { $0.append(call) } }

        func acknowledge(firing: String, by: Person, comment: String, way: String) throws -> ActOutcome {
            note("ack \(firing) \(by.id) [\(comment)] \(way)")
            let act = Acknowledgement(firing: firing, by: by, at: Harness.now, comment: comment)
            if try store.acknowledge(act, way: way) { return .done }
            guard let first = try store.read({ try $0.acknowledgement(firing: firing) }) else { return .unknown }
            return .already(by: first.by, at: first.at, choice: "")
        }

        func snooze(firing: String, by: Person, until: Instant, comment: String, way: String) throws -> ActOutcome {
            note("snooze \(firing) \(by.id) \(until.iso) [\(comment)] \(way)")
            return .done
        }

        func decide(approval: String, choice: String, by: Person, comment: String, way: String) throws -> ActOutcome {
            note("decide \(approval) \(choice) \(by.id) [\(comment)] \(way)")
            let ref = RecordRef(kind: "approval", id: approval)
            guard let record = try store.read({ try $0.record(ref) }) else { return .unknown }
            let question = ApprovalQuestion(record)
            if question.isCancelled { return .refused(.cancelled) }
            if question.isDecided {
                return .already(by: Person(question.decidedBy), at: Harness.now, choice: question.decision)
            }
            if !question.choices.contains(choice) { return .refused(.badChoice) }
            if way == "link", question.approver != by.id { return .refused(.notYours) }
            _ = try store.write(
                [
                    RecordWrite(
                        ref: ref,
                        fields: [
                            "decision": .string(choice), "decided_by": .reference(by.id),
                            "decided_at": .instant(Harness.now), "comment": .string(comment),
                        ], actor: by.id)
                ], at: Harness.now)
            return .done
        }
    }

    private struct Scene {
        let desk: Desk
        let people: People
        let store: SQLiteStore
        let harness: Harness
        var calls: [String] { people.calls.withLock { $0 } }

        func question(_ id: String = "A-1") throws -> ApprovalQuestion {
            ApprovalQuestion(try #require(try store.read { try $0.record(RecordRef(kind: "approval", id: id)) }))
        }
    }

    private static let later = Harness.now.adding(seconds: 86_400)
    private static let tickets: [String: ActTicket] = [
        "yes": ActTicket(act: .decide(choice: "approve"), target: "A-1", person: "wang", expiry: later),
        "no": ActTicket(act: .decide(choice: "reject"), target: "A-1", person: "wang", expiry: later),
        "odd": ActTicket(act: .decide(choice: "half"), target: "A-1", person: "wang", expiry: later),
        "stranger": ActTicket(act: .decide(choice: "approve"), target: "A-1", person: "li", expiry: later),
        "lost": ActTicket(act: .decide(choice: "approve"), target: "A-9", person: "wang", expiry: later),
        "ack": ActTicket(act: .acknowledge, target: "f-1", person: "wang", expiry: later),
        "snooze": ActTicket(act: .snooze, target: "f-1", person: "wang", expiry: later),
        "room": ActTicket(act: .acknowledge, target: "f-1", person: "", expiry: later),
        "nothing": ActTicket(act: .acknowledge, target: "f-9", person: "wang", expiry: later),
    ]

    private func scene(_ language: AlmanacLanguage = .en, question: String = "Pay 500?\nReally?") throws -> Scene {
        let harness = try Harness(language: language, roles: ["admin", "member", "guest"])
        let store = harness.store
        let people = People(store)
        func write(_ ref: String, _ fields: [String: FieldValue]) throws {
            let ref = try #require(RecordRef(ref))
            _ = try store.write([RecordWrite(ref: ref, fields: fields, actor: "t")], at: Harness.now)
        }
        try write("member/wang", ["name": .string("王芳"), "email": .string("wang@example.com")])
        try write("member/li", ["name": .string("Li & Sons")])
        try write("contract/C-1", ["name": .string("Cloud <b>")])
        try write(
            "approval/A-1",
            [
                "subject": .string("contract/C-1"), "question": .string(question), "approver": .reference("wang"),
                "choices": .list([.string("approve"), .string("reject")]), "rule": .string("pay"),
                "firing": .string("f-1"),
            ])
        let key = OccurrenceKey(rule: "pay", subject: "contract/C-1", occurrence: "change=1")
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: Harness.now, sequence: 0))
            commit.ledger = [
                LedgerEntry(
                    key: key, outcome: .fired, reason: Reason("on_time"), scheduledAt: Harness.now,
                    decidedAt: Harness.now, firing: "f-1")
            ]
            commit.steps = [
                PendingStep(
                    firing: "f-1", step: QuestionRow.turn(step: 0, place: 0), key: key, dueAt: .latest,
                    reason: Reason("asked", "approval/A-1"), context: "")
            ]
            return commit
        }
        let desk = Desk(harness) { dependencies in
            dependencies.people = PeopleDependencies(
                acts: people, store: store, calendar: .mondayToFriday, at: .nine)
            let now = dependencies.now
            dependencies.readTicket = { token in
                guard var ticket = ActLinkPageTests.tickets[token] else { return .failure(.invalid) }
                ticket.nonce = token
                return now() < ticket.expiry ? .success(ticket) : .failure(.expired)
            }
            dependencies.isSpent = { try store.isSpent($0) }
            dependencies.spendLink = { try store.spendLink($0, at: Harness.now) }
        }
        return Scene(desk: desk, people: people, store: store, harness: harness)
    }

    /// As a browser sends the form of a page with `Referrer-Policy: no-referrer`.
    private func press(_ scene: Scene, _ token: String, _ form: [String: String] = ["comment": ""]) -> Reply {
        scene.desk.ask("POST", "/act/\(token)", form: form, headers: ["origin": "null", "sec-fetch-site": ""])
    }

    // MARK: fetching decides nothing

    @Test func scannersDecideNothing() throws {
        let scene = try scene()
        for token in ActLinkPageTests.tickets.keys {
            for method in ["GET", "HEAD", "GET", "HEAD", "GET"] {
                _ = scene.desk.ask(method, "/act/\(token)?utm_source=scan&choice=approve&comment=x")
            }
            for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
                // Without a token nobody learns that other methods are none here.
                #expect(scene.desk.ask(method, "/act/\(token)").status == 401)
            }
        }
        #expect(scene.calls.isEmpty)
        #expect(try scene.question().isOpen)
        #expect(scene.harness.nudges.value == 0)
        #expect(press(scene, "yes").status == 200)
        #expect(try scene.question().decision == "approve")
    }

    @Test(arguments: ["yes", "ack", "snooze", "room", "lost", "forged"]) func headersOfEveryAnswer(token: String) throws
    {
        let scene = try scene()
        for reply in [scene.desk.ask("GET", "/act/\(token)"), press(scene, token)] {
            #expect(reply.headers.filter { $0.name == "Referrer-Policy" }.map(\.value) == ["no-referrer"])
            #expect(reply.headers.filter { $0.name == "Cache-Control" }.map(\.value) == ["no-store"])
            #expect(reply.header("X-Robots-Tag")?.contains("noindex") == true)
            #expect(reply.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            #expect(reply.header("X-Frame-Options") == "DENY")
            #expect(reply.header("Set-Cookie") == nil)
            #expect(!reply.text.contains("<script"))
        }
    }

    // MARK: deciding

    @Test(arguments: [AlmanacLanguage.en, .zh]) func thePageSaysWhatWillHappen(language: AlmanacLanguage) throws {
        let scene = try scene(language)
        let page = scene.desk.ask("GET", "/act/yes")
        #expect(page.status == 200)
        let label = ApprovalChoice.label("approve", language)
        for wanted in ["王芳", "Cloud &lt;b&gt;", "contract/C-1", "A-1", "Pay 500?<br>Really?", ">\(label)</button>"] {
            #expect(page.text.contains(wanted), "\(wanted)")
        }
        #expect(page.text.contains("<form method=\"post\">"))
        #expect(page.text.components(of: "<button") == 1)
    }

    @Test func aSecondPressSaysWhoDecidedWhat() throws {
        let scene = try scene()
        #expect(press(scene, "yes", ["comment": " within the budget \u{7}\r\nok "]).status == 200)
        #expect(scene.calls == ["decide A-1 approve wang [within the budget \nok] link"])
        #expect(scene.harness.nudges.value == 1)
        for token in ["yes", "no"] {
            let again = press(scene, token)
            #expect(again.status == 409)
            for wanted in ["王芳", "Approve", "within the budget", "2026-10-01"] { #expect(again.text.contains(wanted)) }
            let seen = scene.desk.ask("GET", "/act/\(token)")
            #expect(seen.status == 200)
            #expect(seen.text.contains("王芳") && !seen.text.contains("<button"))
        }
        #expect(try scene.question().decision == "approve")
    }

    @Test(arguments: [
        ("forged", 403, "bellman approve"), ("lost", 410, "deleted"), ("stranger", 403, "somebody else"),
        ("odd", 409, "other choices"), ("nothing", 410, "deleted"),
    ])
    func whatALinkCannotDo(token: String, status: Int, words: String) throws {
        let scene = try scene()
        let reply = press(scene, token)
        #expect(reply.status == status)
        #expect(reply.text.contains(words))
        #expect(try scene.question().isOpen)
    }

    @Test func anExpiredLink() throws {
        let scene = try scene()
        scene.desk.clock.advance(seconds: 86_400)
        for reply in [scene.desk.ask("GET", "/act/yes"), press(scene, "yes"), scene.desk.ask("GET", "/act/ack")] {
            #expect(reply.status == 410)
            #expect(reply.text.contains("expired") && reply.text.contains("bellman approve"))
        }
        #expect(scene.calls.isEmpty)
    }

    @Test func aQuestionThatWasTakenBack() throws {
        let scene = try scene()
        _ = try scene.store.write(
            [
                RecordWrite(
                    ref: RecordRef(kind: "approval", id: "A-1"),
                    fields: ["decision": .string("cancelled"), "comment": .string("the date was changed")], actor: "t")
            ], at: Harness.now)
        for reply in [scene.desk.ask("GET", "/act/yes"), press(scene, "yes")] {
            #expect(reply.status == 410)
            #expect(reply.text.contains("the date was changed"))
        }
    }

    @Test func aBodyOfAnotherKindIsRefused() throws {
        let scene = try scene()
        let reply = scene.desk.ask("POST", "/act/yes", headers: ["content-type": "text/plain"])
        #expect(reply.status == 415)
        #expect(scene.calls.isEmpty)
    }

    @Test func aCommentIsCutAndShownAsText() throws {
        let scene = try scene(question: "<script>alert(1)</script>")
        #expect(scene.desk.ask("GET", "/act/yes").text.contains("&lt;script&gt;"))
        let long = "\"><img src=x>" + String(repeating: "é", count: 5_000)
        #expect(press(scene, "yes", ["comment": long]).status == 200)
        #expect(try scene.question().comment.count == ActPage.commentLimit)
        #expect(!press(scene, "yes").text.contains("<img src=x"))
    }

    /// What stands in the path reaches no header.
    @Test func nothingIsPutIntoHeaders() throws {
        let scene = try scene()
        for path in ["/act/a%0d%0aX-Evil:1", "/act/%E2%80%AE", "/act/a%00b", "/act/..%2f..%2fetc"] {
            let reply = scene.desk.ask("GET", path)
            #expect([401, 403].contains(reply.status))
            #expect(reply.headers.allSatisfy { !$0.value.contains("Evil") && !$0.value.contains("\r") })
        }
    }

    // MARK: rooms and snoozes

    @Test func inARoomTheReaderSaysTheName() throws {
        let scene = try scene()
        #expect(scene.desk.ask("GET", "/act/room").text.contains("name=\"who\""))
        #expect(press(scene, "room", ["who": ""]).status == 422)
        #expect(press(scene, "room", ["who": "nobody we know"]).status == 422)
        #expect(scene.calls.isEmpty)
        #expect(press(scene, "room", ["who": " wang@example.com ", "comment": "mine"]).status == 200)
        #expect(scene.calls == ["ack f-1 wang [mine] link"])
        let again = press(scene, "ack")
        #expect(again.status == 409)
        #expect(again.text.contains("王芳"))
    }

    /// 2026-10-01 is a Thursday, 09:30 in Shanghai.
    @Test(arguments: [
        ("hour", "2026-10-01T02:30:00Z"), ("tomorrow", "2026-10-02T01:00:00Z"), ("monday", "2026-10-05T01:00:00Z"),
    ])
    func snoozes(span: String, until: String) throws {
        let scene = try scene()
        #expect(scene.desk.ask("GET", "/act/snooze").text.components(of: "type=\"radio\"") == 3)
        #expect(press(scene, "snooze", ["until": span]).status == 200)
        #expect(scene.calls == ["snooze f-1 wang \(until) [] link"])
        #expect(press(scene, "snooze", ["until": span]).status == 409)
        #expect(scene.calls.count == 1)
    }

    @Test func aSnoozeNeedsATime() throws {
        let scene = try scene()
        #expect(press(scene, "snooze", ["until": "1999"]).status == 422)
        #expect(press(scene, "snooze", ["until": "hour"]).status == 200)
    }

    // MARK: dashboard

    @Test func theDashboardDecidesWithATokenOfAMember() throws {
        let scene = try scene()
        let guest = try #require(scene.desk.session("guest"))
        #expect(scene.desk.ask("GET", "/approvals", cookie: guest).text.contains("role member"))
        #expect(scene.desk.ask("GET", "/", cookie: guest).text.contains("1 question waits for a decision"))
        #expect(scene.desk.ask("GET", "/", cookie: guest).text.contains("Nobody could be asked") == false)
        let form = ["choice": "reject", "comment": "no", "form": scene.desk.formToken(guest) ?? ""]
        #expect(scene.desk.ask("POST", "/approvals/A-1", cookie: guest, form: form).status == 403)
        #expect(scene.desk.ask("POST", "/approvals/A-1", form: form).status == 401)
        let member = try #require(scene.desk.session("member"))
        let page = scene.desk.ask("GET", "/approvals", cookie: member)
        #expect(page.text.contains("A-1") && page.text.contains("Cloud &lt;b&gt;") && page.text.contains("王芳"))
        let forged = ["choice": "reject", "form": "no"]
        #expect(scene.desk.ask("POST", "/approvals/A-1", cookie: member, form: forged).status == 403)
        #expect(try scene.question().isOpen)
        let good = ["choice": "reject", "comment": "no", "form": scene.desk.formToken(member) ?? ""]
        let done = scene.desk.ask("POST", "/approvals/A-1", cookie: member, form: good)
        #expect(done.status == 303 && done.header("Location") == "/approvals?done=A-1")
        #expect(scene.calls == ["decide A-1 reject member-token [no] page"])
        #expect(scene.desk.ask("POST", "/approvals/A-1", cookie: member, form: good).status == 409)
        #expect(scene.desk.ask("POST", "/approvals/A-7", cookie: member, form: good).status == 404)
        #expect(scene.desk.ask("GET", "/approvals", cookie: member).text.contains("Reject"))
        #expect(!scene.desk.ask("GET", "/", cookie: member).text.contains("waits for a decision"))
    }

    @Test func theOverviewNamesWhatNobodyCouldBeAsked() throws {
        let scene = try scene()
        let key = OccurrenceKey(rule: "pay", subject: "contract/C-9", occurrence: "change=2")
        _ = try scene.store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: Harness.now, sequence: 0))
            commit.ledger = [
                LedgerEntry(
                    key: key, outcome: .fired, reason: Reason("on_time"), scheduledAt: Harness.now,
                    decidedAt: Harness.now, firing: "f-2")
            ]
            commit.steps = [
                PendingStep(
                    firing: "f-2", step: QuestionRow.unasked(step: 0), key: key, dueAt: .latest,
                    reason: Reason("nobody_to_ask", "2"), context: "")
            ]
            return commit
        }
        let page = scene.desk.ask("GET", "/", cookie: scene.desk.session("guest")).text
        #expect(
            page.contains("Nobody could be asked: ") && page.contains("contract/C-9") && page.contains("/firings/f-2"))
        #expect(page.contains("entry 2 of “by” leads to nobody"))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of wanted: String) -> Int {
        split(separator: wanted, omittingEmptySubsequences: false).count - 1
    }
}
