import Almanac
import BellmanModel
import BellmanTransport

/// Generic webhook: JSON of the notice's facts, signed as Standard Webhooks, with CloudEvents attributes.
struct WebhookChannel: Channel {
    enum Envelope: String { case plain, structured }

    private let endpoint: HookEndpoint
    let keys: [[UInt8]]
    let envelope: Envelope
    let source: String

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: false)
        var keys: [[UInt8]] = []
        var secrets: [Secret] = []
        for name in ["secret", "old_secret"] {
            guard let secret = try reader.secret(name) else { continue }
            guard let key = StandardWebhooks.key(secret) else {
                throw reader.fail(name, .badSecret(expected: "whsec_… (base64, 24+ bytes) or 8+ characters"))
            }
            keys.append(key)
            secrets.append(secret)
        }
        self.keys = keys
        let word = try reader.word("cloudevents", of: ["binary", "structured"])
        envelope = word == "structured" ? .structured : .plain
        source = try reader.text("source") ?? "bellman"
        endpoint = HookEndpoint(url, secrets: secrets, allowPrivate: reader.settings.allowPrivate)
    }

    /// A webhook gets one message for all: its receiver finds the people in the facts.
    var isRoom: Bool { true }
    var hasPlainForm: Bool { false }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        let own = called(message)
        // A body of the rule's own stands in no envelope.
        let envelope = own == nil ? envelope : .plain
        let bytes =
            own
            ?? Shortening.fit(message) { message in
                let bytes = body(message).bytes
                return Draft(bytes: bytes, measures: [Measure(bytes.count, of: message.limit(WebhookBody.limit))])
            }
        var headers = [HTTPHeader("Content-Type", contentType(envelope)), HTTPHeader("User-Agent", "Bellman")]
        headers.append(HTTPHeader("webhook-id", message.id))
        headers.append(HTTPHeader("webhook-timestamp", String(now.seconds)))
        if !keys.isEmpty {
            let signature = StandardWebhooks.signature(keys: keys, id: message.id, timestamp: now.seconds, body: bytes)
            headers.append(HTTPHeader("webhook-signature", signature))
        }
        if envelope == .plain { headers += WebhookBody.attributeHeaders(message, source: source) }
        return .http(
            HTTPRequest(
                method: "POST", url: endpoint.url, headers: headers, body: bytes, allowPrivate: endpoint.allowPrivate))
    }

    /// The body of a `call`, as the rule has it. Never cut: half of it would be another call.
    private func called(_ message: OutgoingMessage) -> [UInt8]? {
        guard message.notices.count == 1, case .call(let body?)? = message.notices[0].payload else { return nil }
        return Array(BellmanModel.JSONText.write(body).utf8)
    }

    private func contentType(_ envelope: Envelope) -> String {
        envelope == .structured ? "application/cloudevents+json; charset=UTF-8" : "application/json; charset=utf-8"
    }

    private func body(_ message: OutgoingMessage) -> JSONText {
        switch envelope {
        case .plain: WebhookBody.data(message)
        case .structured: WebhookBody.event(message, source: source)
        }
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, WebhookAnswer.judge)
    }
}
