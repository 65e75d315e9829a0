import Almanac
import BellmanTransport

/// Microsoft Teams through a Workflows URL: a room. The URL is signed as it stands and is never put together anew.
struct TeamsChannel: Channel {
    private let endpoint: HookEndpoint

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        endpoint = HookEndpoint(url, allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }
    /// The old connectors' bounds, 4 a second and 60 in half a minute; those of Workflows depend on the licence.
    var vendorPace: Pace? { Pace(count: 4, seconds: 2) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message, build: TeamsBody.draft))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, TeamsAnswer.judge)
    }
}
