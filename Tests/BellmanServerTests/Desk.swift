import Almanac
import BellmanModel
import Synchronization

@testable import BellmanServer

/// One pipeline over several requests, as browsers see it, with a clock that tests set.
struct Desk: Sendable {
    let pipeline: Pipeline
    let clock: TestClock

    final class TestClock: Sendable {
        private let time = Mutex(Harness.now)
        var now: Instant { time.withLock { $0 } }
        func advance(seconds: Int) { time.withLock { $0 = $0.adding(seconds: seconds) } }
    }

    init(_ harness: Harness, change: (inout ServerDependencies) -> Void = { _ in }) {
        let clock = TestClock()
        self.clock = clock
        var dependencies = harness.dependencies
        dependencies.now = { clock.now }
        change(&dependencies)
        pipeline = Pipeline(dependencies) { _ in }
    }

    /// `path` may have a query. A form is sent as browsers do from our own pages unless `headers` say otherwise.
    func ask(
        _ method: String, _ path: String, cookie: String? = nil, form: [String: String]? = nil,
        headers: [String: String] = [:]
    ) -> Reply {
        var all = ["host": "localhost"]
        if let cookie { all["cookie"] = cookie }
        if form != nil {
            all["content-type"] = "application/x-www-form-urlencoded"
            all["origin"] = "http://localhost"
            all["sec-fetch-site"] = "same-origin"
        }
        for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let head = RequestHead(
            method: method, path: parts[0], query: Query(parts.count > 1 ? parts[1] : nil),
            headers: all.map { ($0.key, $0.value) }, host: all["host"], source: "192.0.2.7")
        let body = (form ?? [:]).map { "\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value))" }
        switch pipeline.admit(head) {
        case .done(let reply): return reply
        case .goOn(let admission):
            return pipeline.answer(head, admission: admission, body: Array(body.joined(separator: "&").utf8))
        }
    }

    /// Signs in; the cookie as the browser sends it back.
    func session(_ role: String) -> String? {
        let reply = ask("POST", "/login", form: ["token": Harness.token + role, "next": "/rules"])
        return reply.header("Set-Cookie").map { String($0.prefix { $0 != ";" }) }
    }

    /// What the forms of that session's pages carry.
    func formToken(_ cookie: String) -> String? {
        let page = ask("GET", "/", cookie: cookie).text
        guard let start = page.range(of: "name=\"form\" value=\"") else { return nil }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }
}

extension Reply {
    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension StringProtocol {
    /// The first place of a text.
    func range(of wanted: String) -> Range<Index>? { firstRange(of: wanted) }
}
