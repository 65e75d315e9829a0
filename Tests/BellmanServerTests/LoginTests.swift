import Almanac
import BellmanModel
import BellmanStoreSQLite
import Testing

@testable import BellmanServer

@Suite struct LoginTests {
    static let roles = Role.allCases.map(\.rawValue)

    private func desk(roles: [String] = LoginTests.roles) throws -> (Desk, Harness) {
        let harness = try Harness(listen: .tcp(host: "0.0.0.0", port: 1), roles: roles)
        try harness.store.enqueue([Samples.item("n5", title: "t", text: [], channel: "c", state: .dead)])
        return (Desk(harness), harness)
    }

    @Test func aTokenOpensASession() throws {
        let (desk, _) = try desk()
        let asked = desk.ask("GET", "/deliveries?state=dead", headers: ["accept": "text/html,*/*"])
        #expect(asked.status == 303)
        #expect(asked.header("Location") == "/login?next=%2Fdeliveries%3Fstate%3Ddead")
        #expect(desk.ask("GET", "/deliveries").status == 401)
        let entered = desk.ask(
            "POST", "/login", form: ["token": " \(Harness.token)guest ", "next": "/deliveries?state=dead"])
        #expect(entered.status == 303)
        #expect(entered.header("Location") == "/deliveries?state=dead")
        let cookie = try #require(entered.header("Set-Cookie"))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200"))
        let id = String(cookie.prefix { $0 != ";" })
        #expect(id.utf8.count == "bellman_session=".utf8.count + 64, "256 random bits")
        let page = desk.ask("GET", "/deliveries", cookie: "a=b; \(id)")
        #expect(page.status == 200)
        #expect(page.text.contains("guest-token"))
        #expect(!page.text.contains(id.dropFirst("bellman_session=".count)))
    }

    @Test func cookiesGoOverTLSOnlyWhereThereIsTLS() throws {
        let harness = try Harness(roles: ["admin"])
        let desk = Desk(harness) { $0.isHTTPS = true }
        let entered = desk.ask("POST", "/login", form: ["token": Harness.token + "admin"])
        #expect(entered.header("Set-Cookie")?.hasSuffix("; Secure") == true)
    }

    @Test func sessionsEnd() throws {
        let (desk, harness) = try desk()
        let first = try #require(desk.session("manager"))
        let second = try #require(desk.session("manager"))
        #expect(first != second)
        let form = try #require(desk.formToken(first))
        let left = desk.ask("POST", "/logout", cookie: first, form: ["form": form])
        #expect(left.header("Location") == "/login")
        #expect(left.header("Set-Cookie")?.contains("Max-Age=0") == true)
        #expect(desk.ask("GET", "/", cookie: first).status == 401)
        #expect(desk.ask("GET", "/", cookie: second).status == 200)
        desk.clock.advance(seconds: SessionBook.lifetimeSeconds)
        #expect(desk.ask("GET", "/", cookie: second).status == 401)
        let third = try #require(desk.session("manager"))
        #expect(try harness.store.removeToken(name: "manager-token"))
        #expect(desk.ask("GET", "/", cookie: third).status == 401)
        #expect(desk.ask("GET", "/", cookie: "bellman_session=" + String(repeating: "0", count: 64)).status == 401)
    }

    @Test func wrongTokensAreCountedHereToo() throws {
        let (desk, _) = try desk()
        let statuses = (0...FailureThrottle.limit).map { _ in
            desk.ask("POST", "/login", form: ["token": "nope"]).status
        }
        #expect(statuses == Array(repeating: 401, count: FailureThrottle.limit) + [429])
        #expect(desk.session("guest") != nil, "a right one still passes")
        for token in ["", String(repeating: "x", count: 600)] {
            let reply = desk.ask("POST", "/login", form: ["token": token])
            #expect(reply.header("Set-Cookie") == nil)
        }
    }

    @Test(arguments: [
        ("/rules?x=1", "/rules?x=1"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/"),
        ("", "/"), ("/a b", "/"), ("/v1/rules", "/"), ("/\n", "/"), ("javascript:x", "/"), ("/%2F", "/%2F"),
    ])
    func onwardToOwnPagesOnly(next: String, path: String) { #expect(LoginHandlers.safe(next) == path) }

    /// Every route with a session of every role, none, an unknown and an ended one.
    @Test func everyRouteWithEverySession() throws {
        let (desk, _) = try desk()
        for route in desk.pipeline.table.routes where !AccessTests.others.contains(route.pattern) {
            let path = AccessTests.paths[route.pattern] ?? route.pattern
            for role in LoginTests.roles {
                let cookie = try #require(desk.session(role))
                let form = route.takesBody ? ["form": try #require(desk.formToken(cookie))] : nil
                let status = desk.ask(route.method, path, cookie: cookie, form: form).status
                let context = "\(route.method) \(path) as \(role): \(status)"
                if route.need == .nothing || route.need == .reading {
                    #expect(![401, 403, 421].contains(status), "\(context)")
                } else if route.isForm {
                    let isRefused = role == "guest" || (role == "member" && route.need == .writing)
                    #expect((status == 403) == isRefused, "\(context)")
                    #expect(status != 401, "\(context)")
                } else {
                    #expect(status == 401, "\(context): a cookie counts for no write of the API")
                }
            }
            let unknown = desk.ask(route.method, path, cookie: "bellman_session=abc", form: route.takesBody ? [:] : nil)
            #expect((unknown.status == 401) == (route.need != .nothing), "\(route.method) \(path)")
        }
    }

    @Test func onlyOurOwnFormsCount() throws {
        let (desk, harness) = try desk()
        let cookie = try #require(desk.session("manager"))
        let token = try #require(desk.formToken(cookie))
        let second = try #require(desk.session("manager"))
        let other = try #require(desk.formToken(second))
        let path = "/deliveries/n5/resend"
        for headers in [
            ["origin": "https://evil.example"], ["origin": "null"], ["origin": "http://localhost.evil.example"],
            ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"], ["sec-fetch-site": "none"],
            ["origin": "", "sec-fetch-site": ""], ["content-type": "text/plain"],
            ["origin": "http://localhost:81"],
            // Browsers repeat Basic credentials by themselves: they prove nothing.
            ["authorization": "Basic eDp0b2stb2YtdGhlLW1hbmFnZXI=", "origin": "https://evil.example"],
        ] {
            let reply = desk.ask("POST", path, cookie: cookie, form: ["form": token], headers: headers)
            #expect(reply.status == 403, "\(headers)")
        }
        for form in [[:], ["form": ""], ["form": other], ["form": token + "0"]] {
            #expect(desk.ask("POST", path, cookie: cookie, form: form).status == 403, "\(form)")
        }
        #expect(try harness.store.item(id: "n5")?.state == .dead)
        let login = desk.ask(
            "POST", "/login", form: ["token": Harness.token + "guest"], headers: ["origin": "https://evil.example"])
        #expect(login.status == 403, "nobody is signed in as somebody else from a foreign page")
        let good = desk.ask("POST", path, cookie: cookie, form: ["form": token])
        #expect(good.status == 303)
        #expect(good.header("Location") == "/deliveries/n5?resent=1")
        #expect(try harness.store.item(id: "n5")?.state == .waiting)
        #expect(harness.nudges.value == 1)
    }

    @Test func aProxyMayChangeTheHost() throws {
        let harness = try Harness(roles: ["manager"])
        let desk = Desk(harness) { $0.publicHost = "bell.example.com" }
        let headers = ["origin": "https://bell.example.com", "host": "127.0.0.1:8420"]
        let reply = desk.ask("POST", "/login", form: ["token": Harness.token + "manager"], headers: headers)
        #expect(reply.status == 303)
    }

    @Test func theButtonIsForThoseWhoMay() throws {
        let (desk, _) = try desk()
        for (role, isShown) in [("guest", false), ("member", false), ("manager", true), ("admin", true)] {
            let cookie = try #require(desk.session(role))
            let page = desk.ask("GET", "/deliveries/n5", cookie: cookie)
            #expect(page.text.contains("action=\"/deliveries/n5/resend\"") == isShown, "\(role)")
        }
        let fresh = try Harness()
        try fresh.store.enqueue([Samples.item("n5", title: "t", text: [], channel: "c", state: .dead)])
        let page = Desk(fresh).ask("GET", "/deliveries/n5")
        #expect(page.text.contains("bellman token create"))
        #expect(!page.text.contains("<form"))
    }

    @Test func sessionsAreBounded() {
        let book = SessionBook()
        let ids = (0...SessionBook.mostSessions).map { number in
            book.begin(tokenHash: "h", now: Harness.now.adding(seconds: number), hash: { $0 })
        }
        let now = Harness.now.adding(seconds: SessionBook.mostSessions)
        #expect(book.session(ids[0], now: now) == nil, "the one that ends first made room")
        #expect(book.session(ids[1], now: now) != nil)
    }

    @Test(
        arguments: [
            (["zh-CN", "zh;q=0.9", "en;q=0.8"], .zh), (["fr", "en-GB;q=0.7", "zh;q=0.3"], .en), (["fr"], nil),
            (["en;q=0", "zh;q=0.1"], .zh), (["zh", "en"], .zh), (["en", "zh"], .en), ([], nil), (["*"], nil),
            (["en;q=x", "zh;q=0.2"], .zh), (["", ";", "-"], nil),
        ] as [([String], AlmanacLanguage?)])
    func browsersPreferALanguage(items: [String], language: AlmanacLanguage?) {
        #expect(LanguageChoice.preferred(items) == language)
    }

    @Test func theLanguageIsRemembered() throws {
        let desk = Desk(try Harness(language: .en))
        #expect(desk.ask("GET", "/").text.contains("<html lang=\"en\">"))
        #expect(desk.ask("GET", "/", headers: ["accept-language": "zh"]).text.contains("<html lang=\"zh-CN\">"))
        let chosen = desk.ask("GET", "/?lang=zh")
        #expect(chosen.header("Set-Cookie")?.hasPrefix("bellman_lang=zh; Path=/; HttpOnly; SameSite=Lax") == true)
        let later = desk.ask("GET", "/", cookie: "bellman_lang=zh", headers: ["accept-language": "en"])
        #expect(later.text.contains("<html lang=\"zh-CN\">"))
        #expect(desk.ask("GET", "/?lang=%3Cscript%3E").header("Set-Cookie") == nil)
    }
}
