import Almanac
import BellmanModel
import BellmanStoreSQLite
import Testing

@testable import BellmanServer

@Suite struct RecordTests {
    @Test func aRecordLives() async throws {
        let harness = try Harness(roles: ["admin", "member"])
        let created = try await harness.post("task", #"{"id":"T/1","title":"修门","due":"2026-10-05","progress":0.5}"#)
        #expect(created.status == 201)
        #expect(created.header("Location") == "/v1/records/task/T%2F1")
        #expect(harness.nudges.value == 1)
        let path = "/v1/records/task/T%2F1"
        let read = try await harness.send("GET", path, role: "member")
        let tag = try #require(read.header("ETag"))
        #expect(try read.json()["title"] == .string("修门"))
        #expect(try await harness.send("GET", path, role: "member", headers: ["If-None-Match": tag]).status == 304)

        let patched = try await harness.send(
            "PATCH", path, role: "member", type: "application/merge-patch+json", body: #"{"due":null,"priority":2}"#,
            headers: ["If-Match": tag])
        #expect(patched.status == 200)
        #expect(try patched.json()["due"] == nil)
        #expect(try patched.json()["priority"] == .int(2))
        #expect(try patched.json()["title"] == .string("修门"))

        let late = try await harness.send(
            "PATCH", path, role: "member", type: "application/json", body: #"{"priority":3}"#,
            headers: ["If-Match": tag])
        #expect(late.status == 412)
        #expect(late.header("ETag") == patched.header("ETag"))
        #expect(try await harness.send("DELETE", path, role: "admin", headers: ["If-Match": "\"999\""]).status == 412)
        #expect(try await harness.send("DELETE", path, role: "admin", headers: ["If-Match": "W/\(tag)"]).status == 412)
        let history = try await harness.send("GET", path + "/history", role: "member").json()
        #expect(
            history["changes"]?.arrayValue?.compactMap { $0["actor"]?.stringValue } == ["admin-token", "member-token"])
        #expect(try await harness.send("DELETE", path, role: "admin", headers: ["If-Match": "*"]).status == 204)
        #expect(try await harness.send("GET", path, role: "member").status == 404)
        #expect(try await harness.send("DELETE", path, role: "admin").status == 404)
        #expect(harness.nudges.value == 3)
    }

    @Test func sendingAgainChangesNothing() async throws {
        let harness = try Harness(roles: ["admin"])
        let first = try await harness.post("task", #"{"id":"T","title":"a"}"#)
        let again = try await harness.post("task", #"{"id":"T","title":"a"}"#)
        #expect(again.status == 200)
        #expect(again.header("ETag") == first.header("ETag"))
        #expect(harness.nudges.value == 1)
        #expect(try await harness.post("task", first.text).status == 200, "what was read can be sent back")
    }

    @Test func aRecordIsRefusedWhole() async throws {
        let harness = try Harness(roles: ["admin"])
        let answer = try await harness.post("task", #"{"id":"T","title":"a","asignee":"x","due":"soon","progress":30}"#)
        #expect(answer.status == 422)
        #expect(answer.header("Content-Type")?.hasPrefix("application/problem+json") == true)
        let errors = try answer.json()["errors"]?.arrayValue ?? []
        #expect(errors.compactMap { $0["field"]?.stringValue } == ["asignee", "due", "progress"])
        #expect(errors[0]["detail"]?.stringValue?.contains("assignee") == true)
        #expect(errors[1]["detail"]?.stringValue?.contains("2026-11-30") == true)
        #expect(try await harness.send("GET", "/v1/records/task/T", role: "admin").status == 404)
    }

    @Test func batchesReportEachRow() async throws {
        let harness = try Harness(roles: ["admin"])
        let lines =
            "{\"id\":\"A\",\"title\":\"a\"}\n\n{oops}\r\n{\"id\":\"B\",\"due\":\"x\"}\n7\n{\"id\":5,\"title\":\"c\"}"
        let answer = try await harness.post("task", lines, type: "application/x-ndjson")
        #expect(answer.status == 207)
        let rows = try answer.json()["rows"]?.arrayValue ?? []
        #expect(rows.compactMap { $0["row"]?.intValue } == [1, 3, 4, 5, 6])
        #expect(
            rows.compactMap { $0["result"]?.stringValue } == ["created", "rejected", "rejected", "rejected", "created"])
        #expect(rows[2]["id"] == .string("B"))
        #expect(rows[4]["id"] == .string("5"))
        #expect(harness.nudges.value == 1)
        let array = try await harness.post("task", #"[{"id":"A","title":"a"},{"id":"D","title":"d"}]"#)
        #expect(array.status == 200)
        #expect(try array.json()["unchanged"] == .int(1))
        #expect(try array.json()["created"] == .int(1))
    }

    @Test func tablesGoToTheImporter() async throws {
        var harness = try Harness(roles: ["admin"])
        #expect(try await harness.post("task", "id\nA\n", type: "text/csv").status == 501)
        harness.dependencies.importCSV = { kind, bytes, actor, _ in
            guard bytes.count > 2 else { throw CSVRefusal(words: "no header") }
            return [
                ImportedRow(row: 2, id: "\(kind) \(actor)", result: .created),
                ImportedRow(row: 3, id: nil, result: .rejected, problem: "ragged"),
            ]
        }
        let answer = try await harness.post("task", "id\nA\n", type: "text/csv; charset=utf-8")
        #expect(answer.status == 207)
        #expect(try answer.json()["rows"]?.arrayValue?.first?["id"] == .string("task admin-token"))
        #expect(try await harness.post("task", "x", type: "text/csv").status == 422)
    }

    @Test func listsArePaged() async throws {
        let harness = try Harness(roles: ["admin"])
        let items = (1...5).map { "{\"id\":\"T\($0)\",\"title\":\"t\"}" }.joined(separator: ",")
        _ = try await harness.post("task", "[\(items)]")
        var path: String? = "/v1/records/task?limit=2"
        var pages: [[String]] = []
        while let next = path {
            let answer = try await harness.send("GET", next, role: "admin")
            let json = try answer.json()
            #expect(json["total"] == .int(5))
            pages.append(json["records"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [])
            path = answer.header("Link").map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        #expect(pages == [["T1", "T2"], ["T3", "T4"], ["T5"]])
    }

    @Test(
        arguments: [
            ("GET", "/v1/records/taks", nil, nil, 404, "unknown-kind"),
            ("GET", "/nowhere", nil, nil, 404, "no-such-path"),
            ("PUT", "/v1/records/task", nil, nil, 405, "method-not-allowed"),
            ("OPTIONS", "/", nil, nil, 405, "method-not-allowed"),
            ("GET", "/v1/records/task?limit=0", nil, nil, 400, "bad-query"),
            ("GET", "/v1/deliveries?state=gone", nil, nil, 400, "bad-query"),
            ("GET", "/v1/records/task/%zz", nil, nil, 400, "bad-path"),
            ("GET", "/assets/..%2f..%2fetc", nil, nil, 404, "no-such-path"),
            ("GET", "/assets/../x", nil, nil, 404, "no-such-path"),
            ("GET", "/v1/records/task/", nil, nil, 404, "no-such-path"),
            ("POST", "/v1/records/task", "application/json", "{", 400, "bad-json"),
            ("POST", "/v1/records/task", "application/json", "", 400, "empty-body"),
            ("POST", "/v1/records/task", "application/json", "3", 422, "not-an-object"),
            ("POST", "/v1/records/task", "application/json", "{}", 422, "bad-record"),
            ("POST", "/v1/records/task", "application/json", "{\"id\":\"a\\nb\"}", 422, "bad-record"),
            ("POST", "/v1/records/task", "application/json", "{\"id\":\"a\",\"overdue\":true}", 422, "bad-record"),
            ("POST", "/v1/records/task", "text/html", "{}", 415, "media-type"),
            ("POST", "/v1/records/task", nil, "{}", 415, "media-type"),
            ("PATCH", "/v1/records/task/a", "application/json", "{\"id\":\"b\"}", 422, "bad-record"),
            ("PATCH", "/v1/records/task/a", "application/json", "{\"title\":\"b\"}", 404, "no-record"),
            ("POST", "/v1/deliveries/x/resend", nil, nil, 404, "no-delivery"),
        ] as [(String, String, String?, String?, Int, String)])
    func problems(
        method: String, path: String, type: String?, body: String?, status: Int, code: String
    ) async throws {
        let harness = try Harness(roles: ["admin"])
        let mark = path.contains("?") ? "&" : "?"
        for language in AlmanacLanguage.allCases {
            let answer = try await harness.send(
                method, "\(path)\(mark)lang=\(language.rawValue)", role: "admin", type: type, body: body)
            #expect(answer.status == status, "\(answer.text)")
            let json = try answer.json()
            #expect(json["type"] == .string("urn:bellman:problem:\(code)"))
            #expect(json["status"] == .int(Int64(status)))
            let detail = json["detail"]?.stringValue ?? ""
            let isChinese = detail.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(isChinese == (language == .zh), "\(detail)")
        }
    }

    @Test func nearestNamesAreOffered() async throws {
        let harness = try Harness(language: .zh, roles: ["admin"])
        #expect(try await harness.send("GET", "/v1/records/taks", role: "admin").text.contains("是否指 task"))
    }

    @Test func bodiesHaveALimit() async throws {
        let harness = try Harness(roles: ["admin"])
        let fitting = String(repeating: " ", count: Pipeline.bodyLimit)
        #expect(try await harness.post("task", fitting).status == 400)
        #expect(try await harness.post("task", fitting + " ").status == 413)
    }

    @Test func headIsGetWithoutBody() async throws {
        let harness = try Harness()
        let answer = try await harness.send("HEAD", "/v1/rules")
        #expect(answer.status == 200)
        #expect(answer.text.isEmpty)
    }

    @Test func metricsAreEscaped() {
        let text = MetricsText.write([
            MetricSample("a", help: "x\ny", labels: [.init("l", "q\"\\\n")], value: 1),
            MetricSample("a", help: "x\ny", value: 0.5),
        ])
        #expect(text == "# HELP a x\\ny\n# TYPE a gauge\na{l=\"q\\\"\\\\\\n\"} 1\na 0.5\n")
    }
}
