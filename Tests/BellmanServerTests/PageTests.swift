import Almanac
import BellmanModel
import BellmanStoreSQLite
import Testing

@testable import BellmanServer

@Suite struct PageTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\"\u{301} onmouseover=alert(1) x=\"",
        "<\u{301}b>",
        "</title><script>", "{{{body}}}{{#t}}", "javascript:alert(1)", "**x** [a](javascript:alert(1))", "'`onload=x",
        "\u{0}\u{1B}[31m\u{85}", "\u{202E}gnp.exe", "]]>--><svg/onload=alert(1)>", "&lt;b&gt;", "a\n- b\n1. c",
    ]

    /// Every place of the page that shows something from outside, each with every hostile text.
    @Test(arguments: hostile) func nothingFromOutsideBecomesMarkup(text: String) async throws {
        let rule = RuleReport(
            id: text, title: text, file: text, line: 1, state: .broken, nextRing: text, problem: text)
        let harness = try Harness(
            report: RulesReport(rules: [rule]), health: HealthReport(ready: false, reasons: [text], version: text))
        try harness.store.enqueue([
            Samples.item(
                "n1", title: text, text: [.authored("**to** [go]("), .value(text), .authored(")\n- "), .value(text)],
                channel: text,
                links: [Link(label: text, url: text), Link(label: text, url: "https://e.example/\(text)")],
                state: .dead, reason: text)
        ])
        let page = try await harness.send("GET", "/")
        #expect(page.status == 200)
        #expect(Markup.foreign(in: page.text, known: try Markup.known()) == [], "\(text)")
        #expect(!page.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    /// Tags and attributes as an HTML tokenizer sees them (by code points), against those of the templates.
    enum Markup {
        static func known() throws -> Set<String> {
            let made = NoticeHTML.render([.authored("- a\n\n1. **b** [c](https://d.example)\ne\nf"), .value("g")])
            return Set(tags(InboxTemplate.text) + tags(made))
        }

        static func foreign(in html: String, known: Set<String>) -> [String] {
            tags(html).filter { !known.contains($0) }
        }

        /// `name attribute attribute …` of each tag.
        static func tags(_ html: String) -> [String] {
            var found: [String] = []
            var rest = Array(html.unicodeScalars)[...]
            while let open = rest.firstIndex(of: "<") {
                rest = rest[(open + 1)...]
                guard let first = rest.first, first == "/" || first == "!" || first.properties.isAlphabetic else {
                    continue
                }
                var tag = ""
                var inQuotes = false
                while let scalar = rest.popFirst() {
                    if scalar == "\"" { inQuotes.toggle() }
                    if scalar == ">", !inQuotes { break }
                    if !inQuotes, scalar != "\"" { tag.unicodeScalars.append(scalar) }
                }
                found.append(tag)
            }
            return found
        }
    }

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
    func noticeText(parts: [TextPart], html: String) { #expect(NoticeHTML.render(parts) == html) }

    @Test func everyAnswerIsGuarded() async throws {
        let harness = try Harness(roles: ["guest"])
        for path in ["/", "/healthz", "/nowhere", "/v1/rules", "/assets/bellman.css"] {
            for role in [nil, "guest"] as [String?] {
                let answer = try await harness.send("GET", path, role: role)
                #expect(answer.header("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true, "\(path)")
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(answer.header("Referrer-Policy") == "no-referrer")
            }
        }
    }

    @Test func thePageSpeaksBothLanguages() async throws {
        let harness = try Samples.harness(.zh)
        let chinese = try await harness.send("GET", "/")
        #expect(chinese.text.contains("<html lang=\"zh-CN\">"))
        #expect(chinese.text.contains("今天 · 2026-10-01 周四"))
        #expect(chinese.text.contains("09:00"))
        let english = try await harness.send("GET", "/?lang=en")
        #expect(english.text.contains("Today · Thu 2026-10-01"))
        #expect(english.text.contains(">late<"))
        #expect(!english.text.contains("style=") && !english.text.contains("<script"))
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
