/// One header field, as sent or received.
public struct HTTPHeader: Sendable, Hashable {
    public let name: String
    public let value: String
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Bounds of one exchange.
public struct HTTPLimits: Sendable, Hashable {
    /// Whole exchange, milliseconds from the moment that it leaves the queue.
    public var totalMilliseconds: Int
    public var connectMilliseconds: Int
    /// Longer answers are cut here, and say so.
    public var bodyBytes: Int
    /// Longer header sections end the exchange.
    public var headerBytes: Int

    public init(
        totalMilliseconds: Int = 30_000, connectMilliseconds: Int = 10_000, bodyBytes: Int = 65_536,
        headerBytes: Int = 65_536
    ) {
        self.totalMilliseconds = totalMilliseconds
        self.connectMilliseconds = connectMilliseconds
        self.bodyBytes = bodyBytes
        self.headerBytes = headerBytes
    }

    public static let delivery = HTTPLimits()
}

/// What to send. The URL is secret because robots carry their token in it.
public struct HTTPRequest: Sendable, Hashable {
    public var method: String
    public var url: Secret
    public var headers: [HTTPHeader]
    public var body: [UInt8]
    /// Opens private and loopback addresses for this request (`allow_private`).
    public var allowPrivate: Bool
    public var limits: HTTPLimits

    public init(
        method: String, url: Secret, headers: [HTTPHeader] = [], body: [UInt8] = [], allowPrivate: Bool = false,
        limits: HTTPLimits = .delivery
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.allowPrivate = allowPrivate
        self.limits = limits
    }
}

public struct HTTPResponse: Sendable, Hashable {
    public let status: Int
    public let headers: [HTTPHeader]
    public let body: [UInt8]
    /// The answer went on past the limit, or the connection was cut while it came.
    public let bodyCut: Bool

    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = [], bodyCut: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.bodyCut = bodyCut
    }

    /// First field of that name, upper and lower case alike.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no answer.
public struct TransportFailure: Error, Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request cannot be put on the wire (control characters, bad URL). Nothing was tried.
        case invalidRequest = "invalid_request"
        case nameNotFound = "name_not_found"
        case cannotConnect = "cannot_connect"
        /// The address policy refused every address of the host.
        case addressRefused = "address_refused"
        /// Certificate, handshake, or no TLS where TLS is required.
        case tls
        case authentication
        case timeout
        case closed
        case tooLarge = "too_large"
        /// The transport is shutting down.
        case stopped
        case other
    }

    public let kind: Kind
    /// True when the receiver may have got the whole message: a retry may double it.
    public let mayHaveArrived: Bool
    /// Technical words of the library; never the URL.
    public let detail: String

    public init(_ kind: Kind, mayHaveArrived: Bool = false, detail: String = "") {
        self.kind = kind
        self.mayHaveArrived = mayHaveArrived
        self.detail = detail
    }
}

public typealias HTTPOutcome = Result<HTTPResponse, TransportFailure>

/// Guarantees: never follows a redirect, uses no proxy, `.netrc` or cookie, verifies TLS, checks each address that it
/// connects to, and calls `completion` exactly once, on a thread of its own choosing.
public protocol HTTPTransport: Sendable {
    func start(_ request: HTTPRequest, completion: @escaping @Sendable (HTTPOutcome) -> Void)
}

extension HTTPTransport {
    public func send(_ request: HTTPRequest) async -> HTTPOutcome {
        await withCheckedContinuation { continuation in
            start(request) { continuation.resume(returning: $0) }
        }
    }
}
