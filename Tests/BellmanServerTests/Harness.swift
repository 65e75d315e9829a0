import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization

@testable import BellmanServer

/// A server on a real store in a folder of its own, with a clock that stands still.
struct Harness: Sendable {
    let folder: TemporaryFolder
    let store: SQLiteStore
    var dependencies: ServerDependencies
    let nudges = Counter()

    static let now = Instant(iso: "2026-10-01T01:30:00Z")!
    static let token = "tok-of-the-"

    init(
        language: AlmanacLanguage = .en, listen: ListenAddress = .standard, publicHost: String? = nil,
        roles: [String] = [],
        report: RulesReport = RulesReport(rules: []), health: HealthReport = HealthReport(ready: true)
    ) throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(
            path: folder.file("t.db"), role: .daemon, schema: .builtIn, deriver: NoDerivedMoments())
        let nudges = self.nudges
        dependencies = ServerDependencies(
            records: store, outbox: store, administration: store, dashboard: store, schema: .builtIn,
            zone: try Zone.named("Asia/Shanghai"), language: language, listen: listen, publicHost: publicHost,
            now: { Harness.now }, rulesReport: { _ in report }, health: { health },
            metrics: { [MetricSample("bellman_ticks_total", help: "Ticks.", kind: .counter, value: 3)] },
            nudge: { nudges.add() }, hashToken: Harness.hash)
        for role in roles {
            try store.addToken(
                name: "\(role)-token", role: role, hash: Harness.hash(Harness.token + role), at: Harness.now)
        }
    }

    static func hash(_ token: String) -> String {
        SHA256.hash(data: Array(token.utf8)).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0\(hex)" : hex
        }.joined()
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        func json() throws -> JSONValue { try JSONText.parse(text) }
    }

    /// One request straight to the responder.
    func send(
        _ method: String, _ path: String, role: String? = nil, type: String? = nil, body: String? = nil,
        headers extra: [String: String] = [:]
    ) async throws -> Answer {
        var headers = HTTPFields()
        if let role { headers[.authorization] = "Bearer \(Harness.token)\(role)" }
        if let type { headers[.contentType] = type }
        for (name, value) in extra { headers[HTTPField.Name(name)!] = value }
        let fields = headers
        let app = try BellmanServer.application(
            dependencies, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let response = try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: .init(method)!, headers: fields, body: body.map { ByteBuffer(string: $0) })
        }
        return Answer(
            status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }

    func post(_ kind: String, _ json: String, type: String = "application/json") async throws -> Answer {
        try await send("POST", "/v1/records/\(kind)", role: "admin", type: type, body: json)
    }
}

struct NoDerivedMoments: MomentDeriver {
    func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] { [] }
}

final class Counter: Sendable {
    private let count = Mutex(0)
    func add() { count.withLock { $0 += 1 } }
    var value: Int { count.withLock { $0 } }
}
