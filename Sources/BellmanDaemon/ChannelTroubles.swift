import BellmanStore

/// Channels that are out of use, kept in the store so that commands beside the daemon can tell.
public struct ChannelTroubles: Sendable {
    private static let prefix = "channels/out-of-use/"
    private let documents: any AdministrationStore

    public init(documents: any AdministrationStore) { self.documents = documents }

    /// `nil` when the channel is in use again.
    func set(_ channel: String, _ words: String?) throws {
        try documents.setDocument(ChannelTroubles.prefix + channel, words)
    }

    /// A fresh start tries every channel anew.
    func clear() throws {
        for entry in try documents.documents(prefix: ChannelTroubles.prefix) {
            try documents.setDocument(entry.name, nil)
        }
    }

    /// Name and the receiver's words.
    public func all() throws -> [(channel: String, words: String)] {
        try documents.documents(prefix: ChannelTroubles.prefix).map {
            (String($0.name.dropFirst(ChannelTroubles.prefix.count)), $0.text)
        }
    }
}
