import Almanac
import BellmanModel
import BellmanStoreSQLite
import Testing

@testable import BellmanServer

@Suite struct PageTests {
    @Test(
        arguments: [
            ([.authored("a **b** c")], "<p>a <strong>b</strong> c</p>"),
            ([.authored("**"), .value("x**y"), .authored("**")], "<p><strong><bdi>x**y</bdi></strong></p>"),
            (
                [.authored("- a\n- "), .value("b\nc"), .authored("\n\nd\ne")],
                "<ul><li>a</li><li><bdi>b<br>c</bdi></li></ul><p>d<br>e</p>"
            ),
            ([.authored("1. a\n2. b")], "<ol><li>a</li><li>b</li></ol>"),
            (
                [.authored("[go](https://e.example/?a=1&b=2)")],
                "<p><a href=\"https://e.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\">go</a></p>"
            ),
            (
                [.authored("[go](https://e.example/"), .value("a)b"), .authored(")")],
                "<p><a href=\"https://e.example/a)b\" rel=\"noopener noreferrer\">go</a></p>"
            ),
            ([.authored("[go](javascript:x)")], "<p>go (javascript:x)</p>"),
            ([.authored("**open [x] (y)")], "<p>**open [x] (y)</p>"),
            ([.value("- a\n**b**")], "<p><bdi>- a<br>**b**</bdi></p>"),
            ([.authored("[a](https://u@evil.example)")], "<p>a (https://u@evil.example)</p>"), ([.authored("")], ""),
        ] as [([TextPart], String)])
    func noticeText(parts: [TextPart], html: String) { #expect(NoticeHTML.render(parts).markup == html) }

    @Test func everyAnswerIsGuarded() async throws {
        let harness = try Harness(roles: ["guest"])
        for path in ["/", "/healthz", "/nowhere", "/v1/rules", "/assets/bellman.css"] {
            for role in [nil, "guest"] as [String?] {
                let answer = try await harness.send("GET", path, role: role)
                #expect(answer.header("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true, "\(path)")
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(answer.header("Referrer-Policy") == "same-origin")
            }
        }
    }

    @Test func thePageSpeaksBothLanguages() async throws {
        let harness = try Samples.harness(.zh)
        let chinese = try await harness.send("GET", "/inbox")
        #expect(chinese.text.contains("<html lang=\"zh-CN\">"))
        #expect(chinese.text.contains("今天 · 2026-10-01 周四"))
        #expect(chinese.text.contains("09:00"))
        let english = try await harness.send("GET", "/inbox?lang=en")
        #expect(english.text.contains("Today · Thu 2026-10-01"))
        #expect(english.text.contains(">late<"))
        #expect(english.header("Set-Cookie")?.hasPrefix("bellman_lang=en; ") == true)
    }

    @Test func deliveriesAreListedAndResent() async throws {
        var harness = try Samples.harness(.en)
        harness.dependencies.language = .en
        try harness.store.addToken(
            name: "m", role: "manager", hash: Harness.hash(Harness.token + "manager"), at: Harness.now)
        let dead = try await harness.send("GET", "/v1/deliveries?state=dead", role: "manager")
        #expect(dead.status == 200)
        #expect(!dead.text.contains("@"), "addresses stay inside")
        let items = try dead.json()["deliveries"]?.arrayValue ?? []
        #expect(items.count == 1)
        let id = try #require(items.first?["id"]?.stringValue)
        #expect(try await harness.send("POST", "/v1/deliveries/\(id)/resend", role: "manager").status == 202)
        #expect(
            try await harness.send("GET", "/v1/deliveries/\(id)", role: "manager").json()["state"] == .string("waiting")
        )
    }
}
