import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanServer

/// Whatever stands in a record, a rule, a reply or a configuration stays text on every page.
@Suite struct EscapingTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\"\u{301} onmouseover=alert(1) x=\"",
        "<\u{301}b>", "</title><script>", "{{{body}}}{{#t}}", "javascript:alert(1)",
        "**x** [a](javascript:alert(1))", "'`onload=x", "\u{0}\u{1B}[31m\u{85}", "\u{202E}gnp.exe\u{2066}",
        "]]>--><svg/onload=alert(1)>", "&lt;b&gt;", "a\n- b\n1. c", "</pre></table></main>", "x'; \"y\" \\",
        "</textarea><form action=//evil.example>", "<meta http-equiv=refresh content=0>",
    ]
    static let pages = [
        "/", "/inbox", "/coming", "/rules", "/rules/r", "/deliveries", "/deliveries?state=dead&channel=x",
        "/deliveries/n1", "/renewals", "/people", "/channels", "/login?next=%2Frules", "/rules/none",
    ]

    /// A store and surroundings in which every text from outside is the given one.
    static func desk(_ text: String, session: Bool = true) throws -> (desk: Desk, cookie: String?) {
        let report = RulesReport(rules: [
            rule("r", text, .ok), rule("b\(text)", text, .broken), rule("l", text, .lost), rule("d", text, .disabled),
        ])
        let health = HealthReport(ready: false, reasons: [text], watermark: Harness.now, version: text)
        let harness = try Harness(report: report, health: health)
        if session {
            try harness.store.addToken(
                name: text, role: "admin", hash: Harness.hash(Harness.token + "admin"), at: Harness.now)
        }
        try fill(harness.store, text)
        let coming = (0..<3).map { day in
            ComingNotice(
                at: Harness.now.adding(seconds: day * 86_400 + 60), rule: text, ruleTitle: text, record: text,
                subject: text, detail: text)
        }
        let channels = ChannelHealth.State.allCases.map { state in
            ChannelHealth(name: text, type: text, state: state, until: Harness.now, words: text, waiting: 3)
        }
        let desk = Desk(harness) { dependencies in
            dependencies.outlook = { _ in coming }
            dependencies.channels = { channels + [ChannelHealth(name: "x", type: "slack")] }
            dependencies.nextRinging = { ["r": Harness.now] }
            dependencies.ruleSource = { _ in RuleSource(file: text, line: 2, text: "a\n\(text)\nb") }
            dependencies.currency = text
            dependencies.derivedMoments = { _, fields in ["cancel_by": fields["expires_on"] ?? .null] }
        }
        return (desk, session ? desk.session("admin") : nil)
    }

    private static func rule(_ id: String, _ text: String, _ state: RuleReport.State) -> RuleReport {
        RuleReport(
            id: id, title: text, file: text, line: 1, state: state, lastRing: Harness.now, nextRing: text,
            problem: text, tags: [text])
    }

    private static func fill(_ store: SQLiteStore, _ text: String) throws {
        let notice = Samples.item(
            "n1", title: text, text: [.authored("**to** [go]("), .value(text), .authored(")\n- "), .value(text)],
            channel: text,
            links: [Link(label: text, url: text), Link(label: text, url: "https://e.example/\(text)")], state: .dead,
            reason: text, late: true, urgent: true, record: text, rule: text, people: [text])
        try store.enqueue([notice, Samples.item("n2", title: text, text: [], channel: text, state: .waiting)])
        let claimed = try store.claim(
            ClaimRequest(
                now: Harness.now, limit: 9, bundleAbove: 9, bundleSize: 9, lease: Harness.now, claim: "c"))
        _ = try store.complete(
            claimed.map { message in
                let attempt = Attempt(notice: message.id, number: 1, at: Harness.now, verdict: text, answer: text)
                return Completion(message: message.id, claim: "c", fate: .dead(Reason(text, text)), attempt: attempt)
            }, now: Harness.now)
        let id = RecordTyper.fault(id: text) == nil ? text : "m"
        let day = CivilDate(iso: "2026-10-05") ?? .epoch
        let strings = { (names: [String]) in
            Dictionary(names.map { ($0, FieldValue.string(text)) }, uniquingKeysWith: { $1 })
        }
        var contract = strings(["name", "vendor", "status", "currency"])
        contract.merge([
            "owner": .reference(id), "amount": .money(Amount(units: 5_000_000)),
            "last_amount": .money(Amount(units: 1)),
            "expires_on": .date(day), "usage": .double(0.3), "auto_renew": .bool(true),
            "notice_period": .period(Period(days: 3)),
        ]) { $1 }
        var task = strings(["title", "status"])
        task.merge(["assignee": .reference(id), "due": .date(CivilDate(iso: "2026-01-05") ?? .epoch)]) { $1 }
        let writes: [(String, [String: FieldValue])] = [
            ("member", strings(["name", "department", "email", "phone", "slack_id"])), ("contract", contract),
            ("task", task), ("risk", strings(["title"]).merging(["owner": .reference(id)]) { $1 }),
        ]
        _ = try store.write(
            writes.map { RecordWrite(ref: RecordRef(kind: $0.0, id: id), fields: $0.1, actor: text) }, at: Harness.now)
        _ = try store.tick { _ in
            var commit = TickCommit(progress: EngineProgress(watermark: Harness.now, sequence: 1))
            commit.ledger = [
                LedgerEntry(
                    key: OccurrenceKey(rule: "r", subject: text, occurrence: text), outcome: .failed,
                    reason: Reason(text, text), scheduledAt: .earliest, decidedAt: Harness.now, firing: text)
            ]
            return commit
        }
    }

    @Test(arguments: hostile) func nothingFromOutsideBecomesMarkup(text: String) throws {
        let plain = try EscapingTests.desk("plain")
        let bad = try EscapingTests.desk(text)
        for page in EscapingTests.pages {
            for language in ["en", "zh"] {
                let address = page + (page.contains("?") ? "&" : "?") + "lang=\(language)"
                let headers = ["accept": "text/html"]
                let known = Set(
                    Markup.tags(plain.desk.ask("GET", address, cookie: plain.cookie, headers: headers).text))
                let reply = bad.desk.ask("GET", address, cookie: bad.cookie, headers: headers)
                #expect(reply.status == (page == "/rules/none" ? 404 : 200), "\(page)")
                // A value's own line ends are shown as such.
                let foreign = Markup.tags(reply.text).filter { !known.contains($0) && $0 != "br" }
                #expect(foreign.isEmpty, "\(page): \(foreign.prefix(3)) by \(text)")
                let controls = reply.text.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }
                #expect(controls.isEmpty, "\(page)")
                #expect(!reply.text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) }, "\(page)")
            }
        }
    }

    /// The same from the address itself.
    @Test(arguments: hostile) func addressesStayText(text: String) throws {
        let desk = try EscapingTests.desk("plain", session: false).desk
        let part = PercentCoding.encode(text)
        for address in [
            "/rules/\(part)", "/deliveries/\(part)", "/deliveries?channel=\(part)", "/deliveries?state=\(part)",
            "/inbox?before=\(part)", "/people?after=\(part)", "/renewals?after=\(part)", "/coming?from=\(part)",
            "/login?next=\(part)", "/?\(part)=\(part)", "/\(part)",
        ] {
            let reply = desk.ask("GET", address, headers: ["accept": "text/html"])
            let tags = Markup.tags(reply.text)
            #expect(!tags.contains { $0.contains("onerror") || $0.hasPrefix("svg on") || $0 == "script" }, "\(address)")
            #expect(!tags.contains { $0.hasPrefix("form action=//") || $0.hasPrefix("img src=x") }, "\(address)")
        }
    }

    @Test func pagesHoldNothingInline() throws {
        let (desk, cookie) = try EscapingTests.desk("plain")
        for page in EscapingTests.pages {
            let reply = desk.ask("GET", page, cookie: cookie, headers: ["accept": "text/html"])
            #expect(reply.header("Content-Security-Policy") == Reply.securityHeaders[0].value, "\(page)")
            for tag in Markup.tags(reply.text) {
                #expect(!tag.contains(" style=") && !tag.contains(" on"), "\(page): \(tag)")
                #expect(!tag.hasPrefix("script") || tag.contains("src="), "\(page): \(tag)")
            }
        }
        #expect(Reply.securityHeaders[0].value.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self';"))
        #expect(!Reply.securityHeaders[0].value.contains("unsafe"))
    }

    @Test func filesAreKeptByTheirFingerprint() throws {
        let desk = Desk(try Harness())
        for asset in [Assets.stylesheet, .script, .icon] {
            let first = desk.ask("GET", asset.path)
            #expect(first.status == 200)
            #expect(first.header("Cache-Control")?.contains("immutable") == true)
            let tag = try #require(first.header("ETag"))
            #expect(desk.ask("GET", asset.path, headers: ["if-none-match": "W/\(tag), \"x\""]).status == 304)
            #expect(desk.ask("GET", asset.path, headers: ["if-none-match": "\"x\""]).status == 200)
            let plain = String(asset.path.prefix { $0 != "?" })
            #expect(desk.ask("GET", plain).header("Cache-Control") == "no-cache")
        }
    }

    /// Tags and their attributes as an HTML tokenizer sees them (by code points), without quoted values.
    enum Markup {
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
}
