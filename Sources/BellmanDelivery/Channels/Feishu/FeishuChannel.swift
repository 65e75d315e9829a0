import Almanac
import BellmanTransport
import Digests

/// Feishu's and Lark's custom bot (open.feishu.cn, "自定义机器人使用指南"): a room. The host in the URL tells which.
struct FeishuChannel: Channel {
    private let endpoint: HookEndpoint
    private let secret: Secret?
    private let keyword: String?

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        secret = try reader.secret("secret")
        keyword = try reader.text("keyword")
        if let secret, secret.isEmpty { throw reader.fail("secret", .missing) }
        endpoint = HookEndpoint(url, secrets: [secret], allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    /// The vendor's bounds are 100 a minute and 5 a second; this keeps both.
    var vendorPace: Pace? { Pace(count: 5, seconds: 4) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        // Made anew for every attempt: the vendor takes a time at most an hour old.
        let signature = secret.map {
            (time: now.seconds, sign: FeishuChannel.sign(secret: $0.reveal(), seconds: now.seconds))
        }
        return endpoint.post(
            Shortening.fit(message) { FeishuBody.draft($0, keyword: keyword, signature: signature) })
    }

    /// base64(HMAC-SHA256("<seconds>\n<secret>", "")): the text that is usually signed is the key here.
    static func sign(secret: String, seconds: Int64) -> String {
        TextCoding.base64(Digests.hmacSHA256(key: Array("\(seconds)\n\(secret)".utf8), message: []))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, FeishuAnswer.judge)
    }
}
