import BellmanTransport
import Synchronization

/// A small HTTP/1.1 server on loopback that records requests and answers by script.
public final class LoopbackHTTPServer: Sendable {
    public struct Received: Sendable, Hashable {
        public let line: String
        public let headers: [HTTPHeader]
        public let body: [UInt8]
        /// Which connection it came on, from 0.
        public let connection: Int

        public func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    public enum Answer: Sendable {
        case reply(status: Int, headers: [HTTPHeader] = [], body: String = "")
        /// Hangs up without a byte.
        case close
        /// Never answers; waits until the client goes.
        case silence
        /// Status 200, then a body without end.
        case endless
    }

    private struct State {
        var received: [Received] = []
        var connections = 0
        var open = 0
        var mostOpen = 0
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared: Shared
    private let listener: LoopbackListener

    /// The script gets the request and how many came before it.
    public init?(_ script: @escaping @Sendable (Received, Int) -> Answer) {
        let shared = Shared()
        guard let listener = LoopbackListener({ LoopbackHTTPServer.serve($0, shared, script) }) else { return nil }
        self.shared = shared
        self.listener = listener
    }

    public var url: String { "http://127.0.0.1:\(listener.port)" }
    public var port: Int { listener.port }
    public var received: [Received] { shared.state.withLock { $0.received } }
    public var connections: Int { shared.state.withLock { $0.connections } }
    public func stop() { listener.stop() }

    private static func serve(
        _ connection: LoopbackConnection, _ shared: Shared, _ script: (Received, Int) -> Answer
    ) {
        let number = shared.state.withLock { state in
            state.connections += 1
            return state.connections - 1
        }
        defer { connection.end() }
        while let request = read(connection, number) {
            let before = shared.state.withLock { state in
                state.received.append(request)
                return state.received.count - 1
            }
            guard answer(script(request, before), on: connection) else { return }
        }
    }

    private static func read(_ connection: LoopbackConnection, _ number: Int) -> Received? {
        guard let line = connection.line() else { return nil }
        var headers: [HTTPHeader] = []
        while let header = connection.line(), !header.isEmpty {
            let parts = header.split(separator: ":", maxSplits: 1)
            let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
            headers.append(HTTPHeader(String(parts[0]), String(value)))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard let body = connection.bytes(length) else { return nil }
        return Received(line: line, headers: headers, body: body, connection: number)
    }

    /// False ends the connection.
    private static func answer(_ answer: Answer, on connection: LoopbackConnection) -> Bool {
        switch answer {
        case .close: return false
        case .silence:
            connection.awaitEnd()
            return false
        case .endless:
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while connection.write("1000\r\n" + String(repeating: "x", count: 4_096) + "\r\n") {}
            return false
        case .reply(let status, let headers, let body):
            let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
            return connection.write(
                "HTTP/1.1 \(status) X\r\n\(lines)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
    }
}
