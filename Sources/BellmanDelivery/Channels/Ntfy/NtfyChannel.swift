import Almanac
import BellmanTransport
import Digests

/// A topic of an ntfy server: a room. An unprotected topic's name is its password, so without a login it must come
/// from a secret reference.
struct NtfyChannel: Channel {
    private let endpoint: HookEndpoint
    private let topic: Secret

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url =
            reader.has("url") ? try reader.webURL("url", literalIsSecret: false) : Secret("https://ntfy.sh")
        let token = try reader.token("token")
        let username = try reader.text("username")
        let password = try reader.secret("password")
        guard (username == nil) == (password == nil) else { throw reader.fail("password", .passwordWithoutUser) }
        let isProtected = token != nil || password != nil
        topic = isProtected ? Secret(try reader.requiredText("topic")) : try reader.requiredSecret("topic")
        guard Mentions.isHandle(topic.reveal(), "-_"), topic.reveal().utf8.count <= 64 else {
            throw reader.fail("topic", .wrongType(expected: "A-Z a-z 0-9 - _"))
        }
        var headers: [HTTPHeader] = []
        if let token {
            headers.append(HTTPHeader("Authorization", "Bearer " + token.reveal()))
        } else if let username, let password {
            let login = TextCoding.base64(Array("\(username):\(password.reveal())".utf8))
            headers.append(HTTPHeader("Authorization", "Basic " + login))
        }
        endpoint = HookEndpoint(
            url, secrets: [token, password, isProtected ? nil : topic], headers: headers,
            allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    /// Sixty at once, then one in five seconds.
    var vendorPace: Pace? { Pace(count: 12, seconds: 60) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message) { NtfyBody.draft($0, topic: topic.reveal()) })
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, NtfyAnswer.judge)
    }
}
