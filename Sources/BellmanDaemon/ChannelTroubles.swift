import Almanac
import BellmanDelivery
import BellmanStore

/// Channels that are out of use, kept in the store: commands can tell, and the next run does not knock again at once.
public struct ChannelTroubles: Sendable {
    private static let prefix = "channels/out-of-use/"
    private let documents: any AdministrationStore
    private let policies: [String: ChannelPolicy]

    public init(documents: any AdministrationStore, channels: ChannelSet) {
        self.documents = documents
        policies = channels.policies
    }

    /// `nil` when the channel is in use again.
    func set(_ channel: String, _ trouble: ChannelTrouble?) throws {
        let robot = policies[channel]?.robot ?? ""
        try documents.setDocument(
            ChannelTroubles.prefix + channel, trouble.map { "\($0.since.microseconds) \(robot) \($0.words)" })
    }

    /// Those whose address is still the one that refused; a channel that was configured anew begins afresh.
    public func all() throws -> [String: ChannelTrouble] {
        var found: [String: ChannelTrouble] = [:]
        for entry in try documents.documents(prefix: ChannelTroubles.prefix) {
            let channel = String(entry.name.dropFirst(ChannelTroubles.prefix.count))
            let parts = entry.text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let since = Int64(parts[0]), policies[channel]?.robot == String(parts[1]) else {
                continue
            }
            found[channel] = ChannelTrouble(since: Instant(microseconds: since), words: String(parts[2]))
        }
        return found
    }
}

extension Instance {
    public var channelTroubles: ChannelTroubles {
        ChannelTroubles(documents: store, channels: workshop.channels)
    }
}
