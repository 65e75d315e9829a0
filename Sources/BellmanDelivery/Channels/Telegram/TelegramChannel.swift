import Almanac
import BellmanModel
import BellmanTransport

/// A Telegram bot. With `chat_id` a room; without it each member is written to by the number in `telegram_id`.
struct TelegramChannel: Channel {
    private let endpoint: HookEndpoint
    private let chat: TelegramBody.Chat?
    private let thread: Int64?

    init(_ reader: inout SettingReader) throws(ChannelProblem) {
        let token = try reader.requiredSecret("token")
        guard TelegramChannel.isToken(token.reveal()) else {
            throw reader.fail("token", .badSecret(expected: "123456789:AA…"))
        }
        // A Bot API server of one's own stands elsewhere.
        let base =
            reader.has("url")
            ? try reader.webURL("url", literalIsSecret: false).reveal() : "https://api.telegram.org"
        let chat = try reader.text("chat_id")
        self.chat = chat.map { TelegramBody.Chat($0) }
        thread = try reader.int("thread")
        // The token stands in the path, so the whole address is secret.
        let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
        let url = Secret("\(trimmed)/bot\(token.reveal())/sendMessage")
        endpoint = HookEndpoint(url, secrets: [token], allowPrivate: reader.settings.allowPrivate)
    }

    private static func isToken(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[0].utf8.allSatisfy { (48...57).contains($0) }
            && parts[1].utf8.count >= 10 && Mentions.isHandle(String(parts[1]), "-_")
    }

    var isRoom: Bool { chat != nil }
    /// A group takes 20 a minute and one a second; all chats together 30 a second.
    var vendorPace: Pace? { isRoom ? Pace(count: 1, seconds: 3) : Pace(count: 20, seconds: 1) }

    func format(_ message: OutgoingMessage, now: Instant) throws(FormatProblem) -> WireRequest {
        let target: TelegramBody.Chat
        if let chat { target = chat } else { target = try person(message) }
        let (isRoom, thread) = (isRoom, thread)
        return endpoint.post(
            Shortening.fit(message) { TelegramBody.draft($0, chat: target, thread: thread, mentions: isRoom) })
    }

    /// A bot can write to a person by number only.
    private func person(_ message: OutgoingMessage) throws(FormatProblem) -> TelegramBody.Chat {
        guard let handle = message.recipients.first?.handles["telegram"], !handle.isEmpty else { throw .noAddress }
        guard let number = Int64(handle), number > 0 else { throw .badAddress }
        return .number(number)
    }

    func classify(_ answer: WireAnswer, now: Instant) -> Judgement {
        endpoint.judge(answer, now: now) { TelegramAnswer.judge($0, isRoom: isRoom) }
    }
}
