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

    /// In a direct channel a person's own quiet hours go before the channel's, these before the configuration's, and
    /// are read on the person's clock. In a room the channel's go before the configuration's, on its clock. What a
    /// member's record says in a form that cannot be read counts as not said.
    static func ask(_ notice: Notice, _ policy: ChannelPolicy, _ now: Instant) -> Answer {
        guard !notice.urgent, !notice.isForMachines else { return .open }
        var (quiet, zone) = (policy.quiet, policy.zone)
        if let person = person(notice, policy) {
            if let own = person.quietHours.flatMap(QuietHours.init) { quiet = own }
            if let name = person.timezone, let own = Zone.find(name) { zone = own }
        }
        guard let quiet, let opening = quiet.opening(at: now, in: zone) else { return .open }
        // A calendar that missed a change would be wrong for good.
        return quiet.fate == .drop && notice.payload == nil ? .drop : .shut(until: opening)
    }

    /// Whom alone the notice is for.
    static func person(_ notice: Notice, _ policy: ChannelPolicy) -> Recipient? {
        policy.isRoom ? nil : notice.recipients.first
    }

    /// What of the person's own times cannot be read, where it matters: their zone does only where somebody set
    /// quiet hours.
    static func problems(_ notice: Notice, _ policy: ChannelPolicy) -> [MemberTimeProblem] {
        guard !notice.urgent, let person = person(notice, policy) else { return [] }
        let all = MemberTimeProblem.all(
            member: person.id, quietHours: person.quietHours, timezone: person.timezone)
        let isQuiet = policy.quiet != nil || person.quietHours != nil
        return all.filter { isQuiet || $0.field != .timezone }
    }
}

extension Notice {
    /// A call disturbs nobody.
    fileprivate var isForMachines: Bool { if case .call? = payload { true } else { false } }
}

/// When a notice would leave that falls due at some instant, as far as quiet hours and digests decide it.
public enum Departure: Sendable, Hashable {
    case atOnce
    /// Held until then; the code says for what (`quiet_hours`, `digest`).
    case held(until: Instant, Reason)
    /// Quiet hours drop it.
    case dropped
}

extension ChannelSet {
    /// Foresees what the dispatcher will do with an item that the engine has just queued. Pacing, bundling and channels
    /// that are out are not foreseen.
    public func departure(of item: OutboxItem) -> Departure {
        let isHeld = item.state == .held
        guard let policy = policies[item.notice.channel] else { return .atOnce }
        switch QuietGate.ask(item.notice, policy, item.notBefore) {
        case .drop: return .dropped
        case .shut(let until): return .held(until: until, isHeld ? item.reason : Reason("quiet_hours"))
        case .open: return isHeld ? .held(until: item.notBefore, item.reason) : .atOnce
        }
    }
}
