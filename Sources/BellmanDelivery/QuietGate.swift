import Almanac
import BellmanModel
import BellmanStore

/// Whether a message may disturb its recipient now.
enum QuietGate {
    enum Answer: Hashable {
        case open
        case shut(until: Instant)
        /// `then: drop`.
        case drop
    }

    /// A person's own quiet hours go before the channel's in a direct channel, and are read on the person's clock.
    static func ask(_ message: ClaimedMessage, _ policy: ChannelPolicy, _ now: Instant) -> Answer {
        guard let notice = message.items.first?.notice, !notice.urgent else { return .open }
        var (quiet, zone) = (policy.quiet, policy.zone)
        if !policy.isRoom, let person = notice.recipients.first {
            if let own = person.quietHours.flatMap(QuietHours.init) { quiet = own }
            if let name = person.timezone, let own = try? Zone.named(name) { zone = own }
        }
        guard let quiet, let opening = quiet.opening(at: now, in: zone) else { return .open }
        return quiet.fate == .drop ? .drop : .shut(until: opening)
    }
}
