import Almanac
import BellmanTransport

/// Slack: an incoming webhook (`url`), or a bot (`token` and `channel`): a room.
struct SlackChannel: Channel {
    private let endpoint: HookEndpoint
    /// Of the bot; a webhook has its own.
    private let channel: String?

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let allowPrivate = reader.settings.allowPrivate
        let token = try reader.token("token")
        if let token {
            channel = try reader.requiredText("channel")
            let url =
                reader.has("url")
                ? try reader.webURL("url", literalIsSecret: false)
                : Secret("https://slack.com/api/chat.postMessage")
            let login = HTTPHeader("Authorization", "Bearer " + token.reveal())
            endpoint = HookEndpoint(url, secrets: [token], headers: [login], allowPrivate: allowPrivate)
        } else {
            channel = nil
            endpoint = HookEndpoint(try reader.webURL("url", literalIsSecret: true), allowPrivate: allowPrivate)
        }
    }

    var isRoom: Bool { true }
    var vendorPace: Pace? { Pace(count: 1, seconds: 1) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message) { SlackBody.draft($0, channel: channel) })
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, SlackAnswer.judge)
    }
}
