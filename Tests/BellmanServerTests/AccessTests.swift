import Testing

@testable import BellmanServer

@Suite struct AccessTests {
    /// What stands for the variable parts of each route, and what it answers to those who may.
    static let paths: [String: String] = [
        "/v1/records/*": "/v1/records/task", "/v1/records/*/*": "/v1/records/task/T-1",
        "/v1/records/*/*/history": "/v1/records/task/T-1/history", "/v1/deliveries/*": "/v1/deliveries/none",
        "/v1/deliveries/*/resend": "/v1/deliveries/none/resend", "/rules/*": "/rules/none",
        "/deliveries/*": "/deliveries/none", "/deliveries/*/resend": "/deliveries/none/resend",
        "/approvals/*": "/approvals/none",
    ]

    /// Whose answer does not go by the caller: signing in and out, and signed links (`ActLinkPageTests`).
    static let others: Set<String> = ["/login", "/logout", "/act/*"]

    /// Every route x no token, unknown token, each role, a role that does not exist.
    @Test func everyRouteWithEveryCaller() async throws {
        let harness = try Harness(
            listen: .tcp(host: "0.0.0.0", port: 1), roles: Role.allCases.map(\.rawValue) + ["owner"])
        // A stream of events would never end.
        harness.dependencies.events.close()
        let table = Pipeline(harness.dependencies) { _ in }.table
        #expect(table.routes.count >= 30)
        for route in table.routes where !AccessTests.others.contains(route.pattern) {
            let path = AccessTests.paths[route.pattern] ?? route.pattern
            #expect(!path.contains("*"), "\(route.pattern) has no entry in this test")
            for role in [nil, "wrong", "admin", "manager", "member", "guest", "owner"] as [String?] {
                let answer = try await harness.send(
                    route.method, path, role: role, type: "application/json", body: route.takesBody ? "{}" : nil)
                let context = "\(route.method) \(path) as \(role ?? "nobody"): \(answer.status)"
                let expected = AccessTests.refusal(route.need, role)
                if let expected {
                    #expect(answer.status == expected || (expected == 401 && answer.status == 429), "\(context)")
                    #expect(!answer.text.contains("T-1"), "\(context)")
                } else {
                    #expect(![401, 403, 421, 429].contains(answer.status), "\(context)")
                }
            }
        }
    }

    /// 401, 403 or nil for "let in", written out anew.
    private static func refusal(_ need: Need, _ role: String?) -> Int? {
        if need == .nothing { return nil }
        switch (role, need) {
        case (nil, _), ("wrong", _): return 401
        case ("admin", _), ("manager", _): return nil
        case ("member", .writing): return 403
        case ("member", _): return nil
        case ("guest", .editing), ("guest", .writing): return 403
        case ("guest", _): return nil
        default: return 403
        }
    }

    @Test func readsOnLoopbackAreOpenUntilATokenExists() async throws {
        let fresh = try Harness()
        for path in ["/", "/v1/rules", "/v1/records/task", "/metrics"] {
            #expect(try await fresh.send("GET", path).status == 200, "\(path)")
        }
        #expect(try await fresh.send("POST", "/v1/records/task", type: "application/json", body: "{}").status == 401)
        #expect(try await fresh.send("GET", "/", headers: ["X-Forwarded-For": "203.0.113.9"]).status == 401)
        let owned = try Harness(roles: ["guest"])
        for path in ["/", "/v1/rules", "/v1/records/task", "/nowhere"] {
            #expect(try await owned.send("GET", path).status == 401, "\(path)")
        }
        for path in ["/metrics", "/healthz", "/readyz"] {
            #expect(try await owned.send("GET", path).status == 200, "\(path)")
        }
        #expect(try await owned.send("GET", "/nowhere", role: "guest").status == 404)
    }

    @Test func browsersMayReadWithBasicButNeverWrite() async throws {
        let harness = try Harness(roles: ["admin"])
        // x:tok-of-the-admin
        let basic = ["Authorization": "Basic eDp0b2stb2YtdGhlLWFkbWlu"]
        #expect(try await harness.send("GET", "/", headers: basic).status == 200)
        let write = try await harness.send(
            "POST", "/v1/records/task", type: "application/json", body: "{\"id\":\"T\"}", headers: basic)
        #expect(write.status == 401)
        #expect(try await harness.send("GET", "/").header("WWW-Authenticate")?.hasPrefix("Basic") == true)
        #expect(try await harness.send("GET", "/v1/rules").header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
    }

    @Test(arguments: [
        ("localhost", 200), ("localhost:8420", 200), ("127.0.0.1:8420", 200), ("127.9.9.9", 200), ("[::1]:8420", 200),
        ("LOCALHOST.", 200), ("bell.example.com", 200), ("bell.example.com:443", 200), ("evil.example", 421),
        ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421), ("127.0.0.1@evil.example", 421),
        ("0x7f.0.0.1", 421), ("", 421), ("localhost:80:80", 421), ("[::1", 421), ("[::1]evil", 421),
        ("127.0.0.256", 421),
    ])
    func hostsOnLoopback(host: String, status: Int) throws {
        let policy = HostPolicy(listen: .standard, publicHost: "Bell.example.com")
        #expect(policy.allows(host) == (status == 200), "\(host)")
    }

    @Test func refusedHostIsAProblem() throws {
        let harness = try Harness()
        let pipeline = Pipeline(harness.dependencies) { _ in }
        for (host, expected) in [("evil.example", 421), ("localhost", 0)] {
            let head = RequestHead(method: "GET", path: "/", query: Query(nil), headers: [], host: host, source: "")
            guard case .done(let reply) = pipeline.admit(head) else {
                #expect(expected == 0)
                continue
            }
            #expect(reply.status == expected)
        }
    }

    @Test func wrongTokensAreCountedAndRightOnesPass() async throws {
        let harness = try Harness(roles: ["guest"])
        let pipeline = Pipeline(harness.dependencies) { _ in }
        let head = { (token: String) in
            RequestHead(
                method: "GET", path: "/v1/rules", query: Query(nil), headers: [("authorization", "Bearer \(token)")],
                host: "localhost", source: "192.0.2.1")
        }
        var statuses: [Int] = []
        for _ in 0...FailureThrottle.limit {
            if case .done(let reply) = pipeline.admit(head("nope")) { statuses.append(reply.status) }
        }
        #expect(statuses == Array(repeating: 401, count: FailureThrottle.limit) + [429])
        guard case .goOn = pipeline.admit(head(Harness.token + "guest")) else {
            Issue.record("the right token was locked out")
            return
        }
    }

    @Test(
        arguments: [
            ("127.0.0.1:8420", ListenAddress.tcp(host: "127.0.0.1", port: 8420)),
            (":80", .tcp(host: "0.0.0.0", port: 80)),
            ("[::1]:1", .tcp(host: "::1", port: 1)), ("unix:/run/b.sock", .unix(path: "/run/b.sock")),
            ("unix:b.sock", .unix(path: "b.sock")), ("unix:", nil), ("127.0.0.1", nil), ("::1:80", nil),
            ("h:65536", nil), ("h:x", nil),
        ] as [(String, ListenAddress?)])
    func listenAddresses(text: String, expected: ListenAddress?) { #expect(ListenAddress(text) == expected) }
}
