import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Synchronization
import Testing

@testable import BellmanServer

/// Acknowledging, putting off and silencing by the API and on pages: who may, in whose name, and what is told.
@Suite struct ActTests {
    /// Writes down what it is asked, and answers as it is told.
    final class Acts: PeopleActs, SilenceActs {
        let calls = Mutex<[String]>([])
        let outcome: ActOutcome
        init(_ outcome: ActOutcome = .done) { self.outcome = outcome }

        private func note(_ text: String) -> ActOutcome {
            calls.withLock { $0.append(text) }
            return outcome
        }

        func acknowledge(firing: String, by: Person, comment: String, way: String) throws -> ActOutcome {
            note("ack \(firing) \(by.id) \(way) \(comment)")
        }
        func snooze(firing: String, by: Person, until: Instant, comment: String, way: String) throws -> ActOutcome {
            note("snooze \(firing) \(by.id) \(way) \(until)")
        }
        func decide(approval: String, choice: String, by: Person, comment: String, way: String) throws -> ActOutcome {
            .unknown
        }
        func silence(_ request: SilenceRequest, by: Person, way: String) throws -> Silence {
            guard !request.reason.isEmpty else { throw SilenceProblem.noReason }
            _ = note("silence \(request.scope.text) \(request.length) \(by.id) \(way)")
            return Silence(
                id: "s-1", scope: request.scope, from: Harness.now, until: nil, by: by, at: Harness.now,
                reason: request.reason)
        }
        func endSilence(_ id: String, by: Person, comment: String, way: String) throws -> SilenceEnding { .unknown }
    }

    private func harness(_ acts: Acts) throws -> Harness {
        var harness = try Harness(roles: ["admin", "manager", "member", "guest"])
        harness.dependencies.people = PeopleDependencies(
            acts: acts, store: harness.store, calendar: .mondayToFriday, at: .nine)
        _ = try harness.store.write(
            [RecordWrite(ref: RecordRef(kind: "member", id: "wang"), fields: ["name": .string("王芳")], actor: "test")],
            at: Harness.now)
        let key = OccurrenceKey(rule: "r", subject: "task/A", occurrence: "change=1")
        _ = try harness.store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: Harness.now, sequence: 1))
            commit.ledger = [
                LedgerEntry(
                    key: key, outcome: .fired, reason: Reason("on_time"), scheduledAt: Harness.now,
                    decidedAt: Harness.now, firing: "f-1")
            ]
            return commit
        }
        return harness
    }

    struct Row: CustomTestStringConvertible {
        let method: String
        let path: String
        let role: String?
        let body: String
        var outcome = ActOutcome.done
        let status: Int
        var call: String?
        var testDescription: String { "\(method) \(path) \(role ?? "-") \(body)" }
    }

    static let rows: [Row] = [
        Row(method: "POST", path: "/v1/firings/f-1/ack", role: nil, body: "{}", status: 401),
        Row(method: "POST", path: "/v1/firings/f-1/ack", role: "guest", body: "{}", status: 403),
        Row(
            method: "POST", path: "/v1/firings/f-1/ack", role: "member", body: "", status: 200,
            call: "ack f-1 member-token api "),
        Row(
            method: "POST", path: "/v1/firings/f-1/ack", role: "member", body: "{\"by\": \"wang\"}", status: 403),
        Row(
            method: "POST", path: "/v1/firings/f-1/ack", role: "manager", body: "{\"by\": \"王芳\", \"comment\": \"c\"}",
            status: 200, call: "ack f-1 wang api c"),
        Row(
            method: "POST", path: "/v1/firings/f-1/ack", role: "manager", body: "{\"by\": \"nobody\"}", status: 422),
        Row(method: "POST", path: "/v1/firings/f-1/ack", role: "manager", body: "{\"comments\": \"c\"}", status: 422),
        Row(method: "POST", path: "/v1/firings/f-1/ack", role: "manager", body: "{\"comment\": 1}", status: 422),
        Row(method: "POST", path: "/v1/firings/f-1/ack", role: "manager", body: "[]", status: 422),
        Row(
            method: "POST", path: "/v1/firings/f-9/ack", role: "manager", body: "{}", outcome: .unknown, status: 404,
            call: "ack f-9 manager-token api "),
        Row(
            method: "POST", path: "/v1/firings/f-1/snooze", role: "member", body: "{\"for\": \"1 day\"}", status: 200,
            call: "snooze f-1 member-token api 2026-10-02T01:30:00Z"),
        Row(
            method: "POST", path: "/v1/firings/f-1/snooze", role: "member", body: "{\"until\": \"2026-10-05\"}",
            status: 200, call: "snooze f-1 member-token api 2026-10-05T01:00:00Z"),
        Row(method: "POST", path: "/v1/firings/f-1/snooze", role: "member", body: "{}", status: 422),
        Row(
            method: "POST", path: "/v1/firings/f-1/snooze", role: "member",
            body: "{\"for\": \"1 day\", \"until\": \"2026-10-05\"}", status: 422),
        Row(method: "POST", path: "/v1/firings/f-1/snooze", role: "member", body: "{\"for\": \"soon\"}", status: 422),
        Row(
            method: "POST", path: "/v1/firings/f-1/snooze", role: "member", body: "{\"for\": \"1 day\"}",
            outcome: .refused(.notYours), status: 422, call: "snooze f-1 member-token api 2026-10-02T01:30:00Z"),
        Row(
            method: "POST", path: "/v1/silences", role: "member", body: "{\"rule\": \"r\", \"reason\": \"x\"}",
            status: 403),
        Row(method: "POST", path: "/v1/silences", role: "manager", body: "{\"rule\": \"r\"}", status: 422),
        Row(
            method: "POST", path: "/v1/silences", role: "manager",
            body: "{\"rule\": \"r\", \"for\": \"1 day\", \"reason\": \"x\"}", status: 201,
            call: "silence rule=r 1 day manager-token api"),
        Row(method: "DELETE", path: "/v1/silences/s-9", role: "manager", body: "", status: 404),
        Row(method: "DELETE", path: "/v1/silences/s-9", role: "member", body: "", status: 403),
        Row(method: "GET", path: "/v1/silences", role: "guest", body: "", status: 200),
        Row(method: "GET", path: "/v1/acts", role: "guest", body: "", status: 200),
        Row(method: "GET", path: "/v1/acts", role: nil, body: "", status: 401),
    ]

    @Test(arguments: rows) func interface(_ row: Row) async throws {
        let acts = Acts(row.outcome)
        let answer = try await harness(acts).send(
            row.method, row.path, role: row.role, type: row.body.isEmpty ? nil : "application/json",
            body: row.body.isEmpty ? nil : row.body)
        #expect(answer.status == row.status, "\(answer.text)")
        #expect(acts.calls.withLock { $0 } == [row.call].compactMap { $0 })
    }

    @Test func whoWasFirstIsTold() async throws {
        let acts = Acts(.already(by: Person("li"), at: Harness.now, choice: ""))
        let answer = try await harness(acts).send("POST", "/v1/firings/f-1/ack", role: "member")
        let json = try answer.json()
        #expect(json["outcome"]?.stringValue == "already")
        #expect(json["by"]?.stringValue == "li")
    }

    // MARK: pages

    @Test(arguments: ["/firings/f-1/ack", "/firings/f-1/snooze", "/silences", "/silences/s-1/end"])
    func aFormMustBeOurs(_ path: String) throws {
        let acts = Acts()
        let desk = Desk(try harness(acts))
        let cookie = try #require(desk.session("manager"))
        let token = try #require(desk.formToken(cookie))
        let form = ["for": "P1D", "rule": "r", "reason": "x"]
        #expect(desk.ask("POST", path, cookie: cookie, form: form).status == 403)
        #expect(
            desk.ask(
                "POST", path, cookie: cookie, form: form.merging(["form": token]) { $1 },
                headers: ["origin": "https://evil.example", "sec-fetch-site": "cross-site"]
            ).status == 403)
        #expect(acts.calls.withLock { $0 }.isEmpty)
        let status = desk.ask("POST", path, cookie: cookie, form: form.merging(["form": token]) { $1 }).status
        #expect(status == (path.hasSuffix("end") ? 404 : 303))
    }

    @Test func aGuestHasNoButtons() throws {
        let desk = Desk(try harness(Acts()))
        let guest = try #require(desk.session("guest"))
        let token = try #require(desk.formToken(guest))
        #expect(!desk.ask("GET", "/firings/f-1", cookie: guest).text.contains("/firings/f-1/ack"))
        #expect(desk.ask("POST", "/firings/f-1/ack", cookie: guest, form: ["form": token]).status == 403)
        let member = try #require(desk.session("member"))
        #expect(desk.ask("GET", "/firings/f-1", cookie: member).text.contains("action=\"/firings/f-1/ack\""))
        #expect(!desk.ask("GET", "/silences", cookie: member).text.contains("action=\"/silences\""))
        let manager = try #require(desk.session("manager"))
        #expect(desk.ask("GET", "/silences", cookie: manager).text.contains("action=\"/silences\""))
    }

    @Test(arguments: AlmanacLanguage.allCases) func pagesAreThere(_ language: AlmanacLanguage) throws {
        let harness = try harness(Acts())
        _ = try harness.store.acknowledge(
            Acknowledgement(firing: "f-1", by: Person("wang"), at: Harness.now, comment: "<b>在办</b>"), way: "page")
        _ = try harness.store.silence(
            Silence(
                id: "s-1", scope: SilenceScope(condition: "a < \"b\""), from: Harness.now, until: nil,
                by: Person("wang"), at: Harness.now, reason: "<i>盘点</i>"), way: "page")
        let desk = Desk(harness)
        let cookie = try #require(desk.session("manager"))
        for path in ["/firings/f-1", "/silences", "/acts"] {
            let page = desk.ask("GET", "\(path)?lang=\(language.rawValue)", cookie: cookie)
            #expect(page.status == 200)
            #expect(!page.text.contains("<b>在办") && !page.text.contains("<i>盘点"))
            #expect(page.text.contains(language == .zh ? "<html lang=\"zh-CN\">" : "<html lang=\"en\">"))
        }
        #expect(desk.ask("GET", "/firings/f-2", cookie: cookie).status == 404)
    }
}
