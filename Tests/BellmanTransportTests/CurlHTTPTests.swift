import BellmanTesting
import BellmanTransport
import BellmanTransportCurl
import Testing

@Suite struct CurlHTTPTests {
    private func post(_ url: String, allowPrivate: Bool = true, milliseconds: Int = 20_000) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: Secret(url), headers: [HTTPHeader("Content-Type", "application/json")],
            body: Array(#"{"标题":"你好"}"#.utf8), allowPrivate: allowPrivate,
            limits: HTTPLimits(totalMilliseconds: milliseconds))
    }

    @Test func postsAndReadsTheAnswer() async throws {
        let server = try #require(
            LoopbackHTTPServer { _, _ in .reply(status: 201, headers: [HTTPHeader("X-Word", "ok")], body: "done") })
        let transport = CurlHTTPTransport()
        let response = try await transport.send(post(server.url + "/hook")).get()
        #expect(response.status == 201 && response.header("x-word") == "ok" && response.body == Array("done".utf8))
        #expect(server.received[0].line == "POST /hook HTTP/1.1")
        #expect(server.received[0].body == Array(#"{"标题":"你好"}"#.utf8))
        for _ in 0..<9 { _ = try await transport.send(post(server.url)).get() }
        // Kept alive, unless the machine is so busy that a connection grows too old between two posts.
        #expect(server.connections < 10)
        transport.stop()
    }

    @Test func manyAtOnceStayBelowTheLimit() async throws {
        let server = try #require(LoopbackHTTPServer { _, _ in .reply(status: 200) })
        let transport = CurlHTTPTransport(perHost: 8)
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<300 { group.addTask { (try? await transport.send(post(server.url)).get().status) ?? 0 } }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses == [Int](repeating: 200, count: 300))
        #expect(server.connections <= 8)
        transport.stop()
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]",
    ])
    func loopbackIsRefusedHoweverItIsWritten(host: String) async throws {
        let server = try #require(LoopbackHTTPServer { _, _ in .reply(status: 200) })
        let transport = CurlHTTPTransport()
        let outcome = await transport.send(post("http://\(host):\(server.port)/", allowPrivate: false))
        guard case .failure(let failure) = outcome else {
            Issue.record("\(host) was reached")
            return
        }
        #expect(failure.kind == .addressRefused && !failure.mayHaveArrived)
        #expect(server.connections == 0)
        transport.stop()
    }

    @Test func redirectsAreNotFollowed() async throws {
        let server = try #require(
            LoopbackHTTPServer { _, _ in .reply(status: 302, headers: [HTTPHeader("Location", "/other")]) })
        let transport = CurlHTTPTransport()
        #expect(try await transport.send(post(server.url)).get().status == 302)
        #expect(server.received.count == 1)
        transport.stop()
    }

    @Test func silenceEndsAtTheDeadlineAndMayHaveArrived() async throws {
        let server = try #require(LoopbackHTTPServer { _, _ in .silence })
        let transport = CurlHTTPTransport()
        let outcome = await transport.send(post(server.url, milliseconds: 300))
        guard case .failure(let failure) = outcome else {
            Issue.record("an answer came")
            return
        }
        #expect(failure.kind == .timeout && failure.mayHaveArrived)
        transport.stop()
    }

    @Test func hangUpMayHaveArrived() async throws {
        let server = try #require(LoopbackHTTPServer { _, _ in .close })
        let transport = CurlHTTPTransport()
        guard case .failure(let failure) = await transport.send(post(server.url)) else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .closed && failure.mayHaveArrived)
        server.stop()
        transport.stop()
    }

    @Test func endlessBodyIsCut() async throws {
        let server = try #require(LoopbackHTTPServer { _, _ in .endless })
        let transport = CurlHTTPTransport()
        let response = try await transport.send(post(server.url)).get()
        #expect(response.status == 200 && response.bodyCut && response.body.count == 65_536)
        transport.stop()
    }

    @Test func controlCharactersNeverReachTheWire() async {
        let transport = CurlHTTPTransport()
        for request in [
            post("http://127.0.0.1:1/\r\nX: y"),
            HTTPRequest(
                method: "POST", url: Secret("http://127.0.0.1:1/"), headers: [HTTPHeader("A", "b\r\nC: d")],
                allowPrivate: true),
            HTTPRequest(
                method: "POST", url: Secret("http://127.0.0.1:1/"), headers: [HTTPHeader("A:\n", "b")],
                allowPrivate: true),
        ] {
            guard case .failure(let failure) = await transport.send(request) else {
                Issue.record("sent")
                return
            }
            #expect(failure.kind == .invalidRequest)
        }
        transport.stop()
    }
}
