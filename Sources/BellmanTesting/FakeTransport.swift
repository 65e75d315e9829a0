import BellmanTransport
import Synchronization

/// Answers by script, at once or when the test lets it; records everything. Both transports in one.
public final class FakeTransport: HTTPTransport, MailTransport {
    private struct State {
        var requests: [HTTPRequest] = []
        var envelopes: [MailEnvelope] = []
        var held: [@Sendable () -> Void] = []
        var holding = false
    }

    private let state = Mutex(State())
    private let answerHTTP: @Sendable (HTTPRequest, Int) -> HTTPOutcome
    private let answerMail: @Sendable (MailEnvelope, Int) -> MailOutcome

    /// The scripts get the request and how many came before it.
    public init(
        http: @escaping @Sendable (HTTPRequest, Int) -> HTTPOutcome = { _, _ in
            .success(HTTPResponse(status: 200, body: Array(#"{"errcode":0,"errmsg":"ok"}"#.utf8)))
        },
        mail: @escaping @Sendable (MailEnvelope, Int) -> MailOutcome = { _, _ in
            .success(MailReply(code: 250, text: "2.0.0 Ok"))
        }
    ) {
        answerHTTP = http
        answerMail = mail
    }

    public var requests: [HTTPRequest] { state.withLock { $0.requests } }
    public var envelopes: [MailEnvelope] { state.withLock { $0.envelopes } }
    public var heldCount: Int { state.withLock { $0.held.count } }

    /// From now on answers wait for `releaseAll`.
    public func hold() { state.withLock { $0.holding = true } }

    public func releaseAll() {
        let held = state.withLock { state in
            state.holding = false
            defer { state.held = [] }
            return state.held
        }
        for body in held { body() }
    }

    public func start(_ request: HTTPRequest, completion: @escaping @Sendable (HTTPOutcome) -> Void) {
        let number = state.withLock { state in
            state.requests.append(request)
            return state.requests.count - 1
        }
        let outcome = answerHTTP(request, number)
        deliver { completion(outcome) }
    }

    public func start(_ envelope: MailEnvelope, completion: @escaping @Sendable (MailOutcome) -> Void) {
        let number = state.withLock { state in
            state.envelopes.append(envelope)
            return state.envelopes.count - 1
        }
        let outcome = answerMail(envelope, number)
        deliver { completion(outcome) }
    }

    private func deliver(_ body: @escaping @Sendable () -> Void) {
        let now = state.withLock { state in
            if state.holding { state.held.append(body) }
            return !state.holding
        }
        if now { body() }
    }
}
