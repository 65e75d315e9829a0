import BellmanModel
import Synchronization

/// What happened, for those who look on. Names and figures only: what a notice says is read from the page.
public struct LiveEvent: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Rules rang.
        case firing
        /// A notice was sent, put off or given up.
        case delivery
        /// The rules were read anew.
        case rules
        /// Everything due was decided.
        case tick
    }

    public let kind: Kind
    public let fields: [Field]

    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: JSONValue
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public init(_ kind: Kind, _ fields: [Field] = []) {
        self.kind = kind
        self.fields = fields
    }
}

/// Hands events to listeners (`GET /v1/events`). Publishing never waits: a listener that falls behind is let go and
/// comes back by itself. Everything is bounded.
public final class EventHub: Sendable {
    static let mostListeners = 64
    /// Events that a listener may be behind.
    static let backlog = 64
    /// Events kept for listeners that come back.
    static let remembered = 256
    static let heartbeatSeconds: Int64 = 20
    /// A stream ends after so many heartbeats; who comes back shows the token or the session anew.
    static let mostBeats = 30
    static let retrySeconds = 5

    private struct State {
        var listeners: [Int: AsyncStream<String>.Continuation] = [:]
        var nextListener = 0
        var last: Int64 = 0
        var recent: [(number: Int64, text: String)] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Tells numbers of this process from those of an earlier one.
    private let epoch: String

    public init() {
        var generator = SystemRandomNumberGenerator()
        epoch = String(UInt32.random(in: .min ... .max, using: &generator), radix: 36)
    }

    /// Of the last event; a tick, a change of rules, a firing and a delivery are events.
    var number: Int64 { state.withLock { $0.last } }

    public func publish(_ event: LiveEvent) {
        state.withLock { state in
            state.last += 1
            let id = "\(epoch)-\(state.last)"
            let text = EventHub.text(event.kind.rawValue, id: id, fields: event.fields)
            state.recent.append((state.last, text))
            if state.recent.count > EventHub.remembered { state.recent.removeFirst() }
            for (listener, continuation) in state.listeners { EventHub.send(text, to: continuation, listener, &state) }
        }
    }

    /// Ends all streams; new listeners are refused. For the end of the process.
    public func close() {
        let open = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for continuation in open { continuation.finish() }
    }

    var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Nil when there are as many listeners as there may be.
    ///
    /// What was missed since `lastID` comes first; a listener who missed more than is remembered is told to look at
    /// everything anew (`resync`).
    func subscribe(lastID: String?) -> EventSubscription? {
        let (texts, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(EventHub.backlog + EventHub.remembered))
        let number = state.withLock { state -> Int? in
            guard !state.isClosed, state.listeners.count < EventHub.mostListeners else { return nil }
            state.nextListener += 1
            continuation.yield("retry: \(EventHub.retrySeconds * 1000)\n\n")
            for text in missed(since: lastID, state) { continuation.yield(text) }
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        guard let number else {
            continuation.finish()
            return nil
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        return EventSubscription(texts: texts, continuation: continuation)
    }

    private func missed(since lastID: String?, _ state: State) -> [String] {
        guard let lastID else { return [] }
        let parts = lastID.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == epoch, let number = Int64(parts[1]), number <= state.last,
            number + 1 >= state.recent.first?.number ?? state.last + 1
        {
            return state.recent.filter { $0.number > number }.map(\.text)
        }
        return [EventHub.text("resync", id: "\(epoch)-\(state.last)", fields: [])]
    }

    private func forget(_ listener: Int) { _ = state.withLock { $0.listeners.removeValue(forKey: listener) } }

    private static func send(
        _ text: String, to continuation: AsyncStream<String>.Continuation, _ listener: Int, _ state: inout State
    ) {
        if case .enqueued = continuation.yield(text) { return }
        state.listeners[listener] = nil
        // The end would call `forget`, which waits for the lock that is held here.
        continuation.onTermination = nil
        continuation.finish()
    }

    private static func text(_ name: String, id: String, fields: [LiveEvent.Field]) -> String {
        let data = JSONText.write(.fields([("id", .string(id))] + fields.map { ($0.name, $0.value) }))
        return "id: \(id)\nevent: \(name)\ndata: \(data)\n\n"
    }
}

/// One listener's events as they go over the wire (HTML, section 9.2 "Server-sent events").
struct EventSubscription: Sendable {
    let texts: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let beats = BeatCount()

    fileprivate init(texts: AsyncStream<String>, continuation: AsyncStream<String>.Continuation) {
        self.texts = texts
        self.continuation = continuation
    }

    /// A comment, so that proxies and browsers see that the line is alive.
    func beat() {
        if beats.next() > EventHub.mostBeats { return end() }
        continuation.yield(": \n\n")
    }

    func end() { continuation.finish() }
}

private final class BeatCount: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
