import Almanac
import BellmanModel
import BellmanStore

/// What the dispatcher must know about a channel.
public struct ChannelPolicy: Sendable, Hashable {
    public let isRoom: Bool
    public let pace: Pace?
    public let schedule: RetrySchedule
    public let maxAgeSeconds: Int64
    public var fallback: String?
    /// What the vendor counts the pace by; channels with one URL share it. Never a secret.
    public let robot: String
    /// The channel's quiet hours, or the configuration's.
    public let quiet: QuietHours?
    /// The configuration's; a person's own stands in the notice.
    public let zone: Zone
    /// A message that was refused is tried once more in its plain form.
    public let hasPlainForm: Bool

    public init(
        isRoom: Bool, pace: Pace?, schedule: RetrySchedule, maxAgeSeconds: Int64, fallback: String?,
        robot: String = "", quiet: QuietHours? = nil, zone: Zone = .utc, hasPlainForm: Bool = false
    ) {
        self.isRoom = isRoom
        self.pace = pace
        self.schedule = schedule
        self.maxAgeSeconds = maxAgeSeconds
        self.fallback = fallback
        self.robot = robot
        self.quiet = quiet
        self.zone = zone
        self.hasPlainForm = hasPlainForm
    }
}

public enum DispatcherEvent: Sendable {
    /// A timer, a nudge, or completions that were written: look again.
    case wake
    /// The answer to `claim`; beside it what the rules no longer stand by, as completions.
    case claimed([ClaimedMessage], objections: [Completion])
    /// The store could not be read; tried again later.
    case claimFailed
    /// A message's answer was judged. By message id.
    case finished(String, Judgement)
    /// A message could not be put into its channel's form.
    case unformatted(String, FormatProblem)
    /// Channels that were out of use and work again, as somebody found out beside the dispatcher.
    case mended([String])
    /// New configuration: every channel gets a fresh start.
    case configured([String: ChannelPolicy])
    /// Claim nothing more; give back what has not left yet.
    case shutdown
}

public enum DispatcherAction: Sendable {
    case claim(limit: Int, excluding: Set<String>, eager: Set<String>)
    case send(ClaimedMessage)
    /// To be written in one transaction.
    case complete([Completion], marks: [SendMark])
    /// Words for the admin channel.
    case tell([AdminWord])
    /// A channel went out of use, or is in use again (`nil`).
    case news(channel: String, trouble: ChannelTrouble?)
    /// A message that a channel will never deliver.
    case gaveUp(GivenUp)
    /// Nothing to do before that instant, or before something becomes due on another channel.
    case rest(until: Instant?, excluding: Set<String>)
}

/// What a channel will never deliver, for the log.
public struct GivenUp: Sendable, Hashable {
    public let notices: [String]
    public let channel: String
    /// Its detail has the receiver's own words.
    public let reason: Reason
    /// The channel that takes it over; nil where it is a dead letter.
    public let fallback: String?
}

/// Why and since when a channel is out of use; outlives the process.
public struct ChannelTrouble: Sendable, Hashable {
    public let since: Instant
    /// The receiver's own.
    public let words: String
    public init(since: Instant, words: String) {
        self.since = since
        self.words = words
    }

    /// The same, so long ago that the channel is tried again now.
    public func due(at now: Instant) -> ChannelTrouble {
        ChannelTrouble(since: now.adding(seconds: -DispatcherLimits.deadChannelSeconds), words: words)
    }
}

/// How a channel is doing.
public struct ChannelStanding: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable { case working, resting, dead }
    public let name: String
    public let state: State
    /// Of a resting channel.
    public let until: Instant?
    /// The receiver's last refusal; empty when all is well.
    public let words: String
    public let inFlight: Int
    public let lastDelivery: Instant?
}

/// Sizes of the dispatcher.
public enum DispatcherLimits {
    public static let claimAtOnce = 256
    /// Exchanges under way on one channel, so that a slow one takes no room from the others.
    public static let inFlightPerChannel = 64
    /// The same before the receiver has answered.
    public static let firstInFlight = 8
    /// Claimed and not yet sent, on one channel; a channel with more is left out of the next claim.
    public static let queuedPerChannel = 64
    public static let completionsAtOnce = 256
    public static let completionDelayMicroseconds: Int64 = 50_000
    /// More than this waiting for one recipient leave as one message.
    public static let bundleAbove = 20
    /// Notices in one message: each still gets its line there.
    public static let bundleSize = Bundle.listed
    public static let leaseSeconds: Int64 = 900
    /// Held notices that are compared with the quiet hours once a minute, the newest first; all are at start and after
    /// a reload. One that is not looked at leaves when the hours end that it was held for.
    public static let heldLookedAt = 1_000
    /// Claimed messages that could not leave within this time are given back.
    public static let queueSeconds: Int64 = 300
    /// Failures in a row after which a channel rests.
    public static let failuresBeforeRest = 8
    public static let shortestRestSeconds: Int64 = 15
    public static let longestRestSeconds: Int64 = 600
    /// A message held by a channel that is out of use is looked at this often.
    public static let deadChannelSeconds: Int64 = 3_600
    /// Tries before `max_age` counts from the notice's making; a notice that was long held gets these in any case.
    public static let triesBeforeAge = 4
    /// How far back sends count for a robot's pace after a restart.
    public static let marksSeconds: Int64 = 86_400
}
