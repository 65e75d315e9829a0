import Almanac
import BellmanTransport

/// A Discord webhook: a room.
struct DiscordChannel: Channel {
    private let endpoint: HookEndpoint

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let url = try reader.webURL("url", literalIsSecret: true)
        let thread = try reader.text("thread_id")
        if let thread, thread.isEmpty || !thread.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw reader.fail("thread_id", .wrongType(expected: "int"))
        }
        let whole = DiscordChannel.address(url.reveal(), thread: thread)
        endpoint = HookEndpoint(Secret(whole), secrets: [url], allowPrivate: reader.settings.allowPrivate)
    }

    /// Always with `wait=true`: otherwise a message that is not kept is answered like one that is.
    static func address(_ url: String, thread: String?) -> String {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var items = (parts.count > 1 ? parts[1].split(separator: "&") : []).filter { item in
            !item.hasPrefix("wait=") && !(thread != nil && item.hasPrefix("thread_id="))
        }
        items.append("wait=true")
        if let thread { items.append("thread_id=\(thread)") }
        return parts[0] + "?" + items.joined(separator: "&")
    }

    var isRoom: Bool { true }
    /// Reported: 30 a minute a channel and 5 in two seconds a webhook; this keeps both.
    var vendorPace: Pace? { Pace(count: 5, seconds: 10) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        endpoint.post(Shortening.fit(message, build: DiscordBody.draft))
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now, DiscordAnswer.judge)
    }
}
