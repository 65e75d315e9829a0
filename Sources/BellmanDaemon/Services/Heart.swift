import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTransport
import BellmanTransportCurl
import CLinux
import Glibc
import Synchronization

/// Sends the sign of life: a request, a touched file, or both.
public final class Heart: Sendable {
    private struct State {
        var last: Instant?
        var failures = 0
        var words = ""
    }

    private let heartbeat: Heartbeat
    private let file: String?
    private let http: any HTTPTransport
    private let documents: any AdministrationStore
    private let state = Mutex(State())

    /// When, and what came of it, for `status` and `doctor`.
    static let document = "heartbeat/last"
    /// So many failures in a row are told.
    private static let lasting = 3
    private static let limitMilliseconds = 10_000

    init(_ heartbeat: Heartbeat, file: String?, http: any HTTPTransport, documents: any AdministrationStore) {
        self.heartbeat = heartbeat
        self.file = file
        self.http = http
        self.documents = documents
    }

    /// A clock that was set back must not silence it.
    func isDue(_ now: Instant) -> Bool {
        guard let last = state.withLock({ $0.last }) else { return true }
        return now >= last.adding(seconds: heartbeat.every) || now < last
    }

    /// Why it has been failing for a while; nil when it works.
    var lastingFailure: String? { state.withLock { $0.failures >= Heart.lasting ? $0.words : nil } }

    /// The inbox always works, so it does not count unless it is all there is.
    static func someChannelWorks(_ standings: [ChannelStanding]) -> Bool {
        let real = standings.filter { $0.name != "inbox" && !$0.name.hasPrefix("endpoint:") }
        return real.isEmpty || real.contains { $0.state != .dead }
    }

    /// Does not wait for the answer.
    func beat(_ now: Instant) {
        let touched = touch()
        guard let request else { return note(now, touched) }
        state.withLock { $0.last = now }
        http.start(request) { [self] in note(now, touched ?? Heart.failure($0)) }
    }

    /// Waits for the answer; its failure in words, nil when all went well.
    func beatAndWait(_ now: Instant) async -> String? {
        let touched = touch()
        var failure = touched
        if let request {
            let answer = Heart.failure(await http.send(request))
            failure = touched ?? answer
        }
        note(now, failure)
        return failure
    }

    private var request: HTTPRequest? {
        heartbeat.url.map { url in
            HTTPRequest(
                method: heartbeat.isPost ? "POST" : "GET", url: url, headers: [HTTPHeader("User-Agent", "Bellman")],
                allowPrivate: heartbeat.allowPrivate,
                limits: HTTPLimits(totalMilliseconds: Heart.limitMilliseconds, bodyBytes: 1_024))
        }
    }

    /// Any success will do.
    private static func failure(_ outcome: HTTPOutcome) -> String? {
        switch outcome {
        case .success(let response): (200..<300).contains(response.status) ? nil : "HTTP \(response.status)"
        case .failure(let failure): failure.kind.rawValue
        }
    }

    private func note(_ now: Instant, _ failure: String?) {
        state.withLock { state in
            state.last = now
            state.failures = failure == nil ? 0 : state.failures + 1
            state.words = failure ?? ""
        }
        // The next beat says it again; a store that refuses is told of elsewhere.
        try? documents.setDocument(Heart.document, "\(now.microseconds) \(failure ?? "")")
    }

    /// Its failure in words.
    private func touch() -> String? {
        guard let file else { return nil }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { return "\(file): \(String(cString: strerror(errno)))" }
        defer { close(descriptor) }
        return futimens(descriptor, nil) == 0 ? nil : "\(file): \(String(cString: strerror(errno)))"
    }
}

/// The last sign of life, as the store has it.
public struct LastHeartbeat: Sendable {
    public let at: Instant
    /// nil where it went well.
    public let failure: String?
}

extension Instance {
    func heart() -> Heart? {
        guard let heartbeat = configuration.heartbeat else { return nil }
        return Heart(
            heartbeat, file: heartbeat.file.map(configuration.resolve),
            http: CurlHTTPTransport(caFile: Workshop.processEnvironment["BELLMAN_CA_FILE"]), documents: store)
    }

    public func lastHeartbeat() throws -> LastHeartbeat? {
        guard let text = try store.document(Heart.document) else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let at = parts.first.flatMap({ Int64($0) }) else { return nil }
        let words = parts.dropFirst().first.map(String.init) ?? ""
        return LastHeartbeat(at: Instant(microseconds: at), failure: words.isEmpty ? nil : words)
    }
}
