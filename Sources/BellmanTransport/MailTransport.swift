/// How the way to the relay is protected.
public enum MailSecurity: String, Sendable, Hashable {
    /// TLS from the first byte (`smtps://`, RFC 8314).
    case implicit
    /// STARTTLS, required: without it nothing is sent.
    case startTLS
    /// Clear text, for a relay on the same machine or in a private network only.
    case none
}

public struct MailRelay: Sendable, Hashable {
    public let host: String
    public let port: Int
    public let security: MailSecurity
    public let username: String?
    public let password: Secret?
    /// Name that the greeting gives (RFC 5321 §4.1.1.1).
    public let greetingName: String
    public let allowPrivate: Bool

    public init(
        host: String, port: Int, security: MailSecurity, username: String?, password: Secret?, greetingName: String,
        allowPrivate: Bool
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.username = username
        self.password = password
        self.greetingName = greetingName
        self.allowPrivate = allowPrivate
    }
}

/// One transaction: one sender, one recipient, one message with CRLF line ends.
public struct MailEnvelope: Sendable, Hashable {
    public let relay: MailRelay
    public let sender: String
    public let recipient: String
    public let message: [UInt8]

    public init(relay: MailRelay, sender: String, recipient: String, message: [UInt8]) {
        self.relay = relay
        self.sender = sender
        self.recipient = recipient
        self.message = message
    }
}

/// The relay's last reply: `250 2.0.0 Ok: queued as 4F…`.
public struct MailReply: Sendable, Hashable {
    public let code: Int
    public let text: String
    public init(code: Int, text: String) {
        self.code = code
        self.text = text
    }
}

/// A reply that refused the message is a success of the transport: the code says what it means.
public typealias MailOutcome = Result<MailReply, TransportFailure>

/// Guarantees: credentials are sent only over the demanded security, a relay that offers no login where one is
/// configured gets no message, and `completion` is called exactly once.
public protocol MailTransport: Sendable {
    func start(_ envelope: MailEnvelope, completion: @escaping @Sendable (MailOutcome) -> Void)
}

extension MailTransport {
    public func send(_ envelope: MailEnvelope) async -> MailOutcome {
        await withCheckedContinuation { continuation in
            start(envelope) { continuation.resume(returning: $0) }
        }
    }
}
