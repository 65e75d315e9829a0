import Almanac
import BellmanModel
import BellmanTransport
import Digests

/// DingTalk's custom robot (open.dingtalk.com, "自定义机器人接入"): a room.
struct DingTalkChannel: Channel {
    private let endpoint: HookEndpoint
    private let secret: Secret?
    private let keyword: String?

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        secret = try reader.secret("secret")
        keyword = try reader.text("keyword")
        if let secret, secret.isEmpty { throw reader.fail("secret", .badSecret(expected: "SEC…")) }
        endpoint = HookEndpoint(url, secrets: [secret], allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    /// Above 20 a minute the robot is shut out for ten minutes.
    var vendorPace: Pace? { Pace(count: 20, seconds: 60) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message) { DingTalkBody.draft($0, keyword: keyword) }, to: signedURL(now))
    }

    /// Made anew for every attempt: the vendor takes a time at most an hour old.
    private func signedURL(_ now: Instant) -> Secret {
        guard let secret else { return endpoint.url }
        let milliseconds = now.microseconds / 1_000
        let base = endpoint.url.reveal()
        let join = base.contains("?") ? "&" : "?"
        let sign = DingTalkChannel.sign(secret: secret.reveal(), milliseconds: milliseconds)
        return Secret("\(base)\(join)timestamp=\(milliseconds)&sign=\(sign)")
    }

    /// base64(HMAC-SHA256(secret, "<ms>\n<secret>")), percent-encoded once.
    static func sign(secret: String, milliseconds: Int64) -> String {
        let digest = Digests.hmacSHA256(key: Array(secret.utf8), message: Array("\(milliseconds)\n\(secret)".utf8))
        return TextCoding.base64(digest).replacing("+", with: "%2B").replacing("/", with: "%2F")
            .replacing("=", with: "%3D")
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, DingTalkAnswer.judge)
    }
}
