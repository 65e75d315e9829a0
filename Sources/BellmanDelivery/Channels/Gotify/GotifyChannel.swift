import Almanac
import BellmanTransport

/// An application of a Gotify server: a room.
struct GotifyChannel: Channel {
    private let endpoint: HookEndpoint

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let base = try reader.webURL("url", literalIsSecret: false).reveal()
        guard let token = try reader.token("token") else { throw reader.fail("token", .missing) }
        let url = Secret((base.hasSuffix("/") ? String(base.dropLast()) : base) + "/message")
        endpoint = HookEndpoint(
            url, secrets: [token], headers: [HTTPHeader("X-Gotify-Key", token.reveal())],
            allowPrivate: reader.settings.allowPrivate)
    }

    var isRoom: Bool { true }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message, build: GotifyBody.draft))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, GotifyAnswer.judge)
    }
}
