import Almanac
import BellmanTransport

/// WeCom's group robot (developer.work.weixin.qq.com, path 99110, "消息推送"): a room.
struct WeComChannel: Channel {
    private let endpoint: HookEndpoint

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        endpoint = HookEndpoint(url, allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    var vendorPace: Pace? { Pace(count: 20, seconds: 60) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message, build: WeComBody.draft))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, WeComAnswer.judge)
    }
}
