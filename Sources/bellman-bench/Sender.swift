import BellmanTransport
import BellmanTransportCurl
import Synchronization

/// The HTTP transport alone: no store, no formatting, 64 in flight.
enum Sender {
    static let inFlight = 64
    static let bodyBytes = 600

    static func run(url: String, count: Int) async throws {
        let transport = CurlHTTPTransport()
        let request = HTTPRequest(
            method: "POST", url: Secret(url), headers: [HTTPHeader("Content-Type", "application/json")],
            body: [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes), allowPrivate: true)
        await send(min(count, inFlight), request, transport)
        let (failed, cost) = await Meter.measureAwaiting { await send(count, request, transport) }
        guard failed == 0 else { throw BenchFailure(description: "\(failed) requests failed") }
        Meter.report("transport_alone", cost.cpuMicroseconds / Double(count), "us_cpu_per_request")
        Meter.report("transport_alone_rate", Double(count) / cost.wallMicroseconds * 1_000_000, "per_s")
        Meter.report("transport_alone_resident", Meter.residentMegabytes(), "MB")
        transport.stop()
    }

    private struct Progress {
        var left: Int
        var running = 0
        var failed = 0
    }

    /// Returns how many failed. Each answer starts the next request, on the transport's own thread.
    @discardableResult
    private static func send(_ count: Int, _ request: HTTPRequest, _ transport: CurlHTTPTransport) async -> Int {
        let first = min(count, inFlight)
        let relay = Relay(count - first, running: first)
        return await withCheckedContinuation { continuation in
            for _ in 0..<first { relay.start(request, transport) { continuation.resume(returning: $0) } }
        }
    }

    private final class Relay: Sendable {
        private let progress: Mutex<Progress>

        init(_ left: Int, running: Int) { progress = Mutex(Progress(left: left, running: running)) }

        func start(
            _ request: HTTPRequest, _ transport: CurlHTTPTransport, _ end: @escaping @Sendable (Int) -> Void
        ) {
            transport.start(request) { outcome in
                let (next, failed) = self.progress.withLock { progress -> (Bool, Int?) in
                    if case .failure = outcome { progress.failed += 1 }
                    guard progress.left > 0 else {
                        progress.running -= 1
                        return (false, progress.running == 0 ? progress.failed : nil)
                    }
                    progress.left -= 1
                    return (true, nil)
                }
                if next { self.start(request, transport, end) } else if let failed { end(failed) }
            }
        }
    }
}
