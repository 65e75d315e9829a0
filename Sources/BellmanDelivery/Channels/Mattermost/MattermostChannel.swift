import Almanac
import BellmanTransport

/// Mattermost's incoming webhook: a room. `channel` and `username` work where the webhook allows them.
struct MattermostChannel: Channel {
    private let endpoint: HookEndpoint
    private let channel: String?
    private let username: String?

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        channel = try reader.text("channel")
        username = try reader.text("username")
        endpoint = HookEndpoint(url, allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    /// Servers that limit at all take 10 a second.
    var vendorPace: Pace? { Pace(count: 5, seconds: 1) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(
            Shortening.fit(message) { MattermostBody.draft($0, channel: channel, username: username) })
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, MattermostAnswer.judge)
    }
}
