import BellmanTransport
import CLibcurl
import Synchronization

/// HTTP over libcurl: HTTP/1.1, kept-alive connections, at most 64 exchanges at once on one host.
///
/// Requests that may reach private networks have a loop and connections of their own, since libcurl asks the address
/// policy only when it opens a connection.
public final class CurlHTTPTransport: HTTPTransport {
    private struct Loops {
        var guarded: HTTPLoop?
        var open: HTTPLoop?
        var stopped = false
    }

    private let loops = Mutex(Loops())
    private let options: HTTPLoop.Options

    /// `caFile` adds trust in a company's own authority (PEM) in place of the system's list.
    public init(perHost: Int = 128, caFile: String? = nil) {
        var options = HTTPLoop.Options()
        options.perHost = max(1, perHost)
        options.caFile = caFile
        self.options = options
    }

    public func start(_ request: HTTPRequest, completion: @escaping @Sendable (HTTPOutcome) -> Void) {
        guard WireSafety.isClean(request), let host = CurlHTTPTransport.hostKey(request.url.reveal()) else {
            completion(.failure(TransportFailure(.invalidRequest)))
            return
        }
        guard let loop = loop(allowPrivate: request.allowPrivate) else {
            completion(.failure(TransportFailure(.stopped)))
            return
        }
        loop.start(HTTPJob(request: request, hostKey: host, completion: completion))
    }

    public func stop() {
        let running = loops.withLock { loops in
            loops.stopped = true
            defer { (loops.guarded, loops.open) = (nil, nil) }
            return [loops.guarded, loops.open]
        }
        for loop in running { loop?.stop() }
    }

    private func loop(allowPrivate: Bool) -> HTTPLoop? {
        loops.withLock { loops in
            if loops.stopped { return nil }
            if allowPrivate {
                if loops.open == nil { loops.open = HTTPLoop(options) }
                return loops.open
            }
            if loops.guarded == nil { loops.guarded = HTTPLoop(options) }
            return loops.guarded
        }
    }

    /// Everything before the path: enough to tell hosts apart for the admission limit.
    private static func hostKey(_ url: String) -> String? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let rest = url[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        return rest[..<end].isEmpty ? nil : String(url[..<end])
    }
}
