import BellmanTransport

/// The channel types. A new one is its folder and a line here.
public enum ChannelRegistry {
    public typealias Maker = @Sendable (inout SettingReader) throws(ChannelProblem) -> any Channel

    public static let makers: [String: Maker] = [
        "webhook": { (reader) throws(ChannelProblem) in try WebhookChannel(&reader) },
        "dingtalk": { (reader) throws(ChannelProblem) in try DingTalkChannel(&reader) },
        "wecom": { (reader) throws(ChannelProblem) in try WeComChannel(&reader) },
        "feishu": { (reader) throws(ChannelProblem) in try FeishuChannel(&reader) },
        "slack": { (reader) throws(ChannelProblem) in try SlackChannel(&reader) },
        "teams": { (reader) throws(ChannelProblem) in try TeamsChannel(&reader) },
        "discord": { (reader) throws(ChannelProblem) in try DiscordChannel(&reader) },
        "telegram": { (reader) throws(ChannelProblem) in try TelegramChannel(&reader) },
        "mattermost": { (reader) throws(ChannelProblem) in try MattermostChannel(&reader) },
        "ntfy": { (reader) throws(ChannelProblem) in try NtfyChannel(&reader) },
        "gotify": { (reader) throws(ChannelProblem) in try GotifyChannel(&reader) },
        "email": { (reader) throws(ChannelProblem) in try EmailChannel(&reader) },
        "inbox": { (reader) throws(ChannelProblem) in InboxChannel() },
    ]

    public static var types: [String] { makers.keys.sorted() }

    /// The channel that the settings describe, or the first problem.
    public static func make(_ settings: ChannelSettings) throws(ChannelProblem) -> any Channel {
        guard let maker = makers[settings.type] else {
            let near = nearestWord(settings.type, among: types)
            throw ChannelProblem(channel: settings.name, key: settings.type, kind: .unknownType(suggestion: near))
        }
        var reader = SettingReader(settings)
        let channel = try maker(&reader)
        try reader.refuseUnknown()
        return channel
    }
}
