import Almanac
import BellmanModel
import BellmanTransport

/// Mail through a relay: a direct channel, one transaction for each recipient.
struct EmailChannel: Channel {
    let relay: MailRelay
    let sender: Mailbox
    private let redaction: Redaction

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let from = try reader.requiredText("from")
        guard let sender = Mailbox(from) else { throw reader.fail("from", .badAddress) }
        self.sender = sender
        let username = try reader.text("username")
        let password = try reader.secret("password")
        guard (username == nil) == (password == nil) else { throw reader.fail("password", .passwordWithoutUser) }
        // Some relays repeat what they were given.
        redaction = Redaction([password])
        relay = try EmailChannel.relay(&reader, username: username, password: password, domain: sender.domain)
    }

    private static func relay(
        _ reader: inout SettingReader, username: String?, password: Secret?, domain: String
    ) throws(ChannelProblem) -> MailRelay {
        let url = try reader.requiredText("relay")
        let greeting = try reader.text("hello") ?? domain
        let tls = try reader.word("tls", of: ["required", "none"])
        let implicit = url.hasPrefix("smtps://")
        guard implicit || url.hasPrefix("smtp://"), let authority = SettingReader.host(of: url),
            let (host, port) = split(authority, standard: implicit ? 465 : 587)
        else { throw reader.fail("relay", .badURL) }
        guard WireSafety.isCleanHost(greeting) else { throw reader.fail("hello", .badURL) }
        let allowPrivate = reader.settings.allowPrivate
        if tls == "none", !allowPrivate || implicit { throw reader.fail("tls", .plainMail) }
        return MailRelay(
            host: host, port: port, security: implicit ? .implicit : tls == "none" ? .none : .startTLS,
            username: username, password: password, greetingName: greeting, allowPrivate: allowPrivate)
    }

    private static func split(_ authority: Substring, standard: Int) -> (String, Int)? {
        if authority.contains("@") || authority.isEmpty { return nil }
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else {
            return (String(authority), standard)
        }
        guard let port = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(port) else {
            return nil
        }
        let host = String(authority[..<colon])
        return host.isEmpty ? nil : (host, port)
    }

    var isRoom: Bool { false }
    var hasPlainForm: Bool { false }
    var retrySchedule: RetrySchedule { .mail }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        guard let person = message.recipients.first else { throw .noAddress }
        let address = person.email ?? (person.id.contains("@") ? person.id : "")
        if address.isEmpty { throw .noAddress }
        guard WireSafety.isCleanMailbox(address) else { throw .badAddress }
        let recipient = Mailbox(name: person.name == address ? "" : person.name, address: address)
        let bytes = EmailBody(message: message, from: sender, to: recipient, now: now).bytes
        return .mail(MailEnvelope(relay: relay, sender: sender.address, recipient: address, message: bytes))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        EmailAnswer.judge(answer, redaction)
    }
}
