import Almanac
import BellmanModel
import BellmanRules

/// What the engine knows of a channel: enough to make one delivery per person or one per room.
public struct ChannelTrait: Sendable, Hashable {
    public let name: String
    public let isRoom: Bool
    public init(name: String, isRoom: Bool) {
        self.name = name
        self.isRoom = isRoom
    }
}

/// Configuration that decisions depend on.
public struct EngineSettings: Sendable {
    public var presentation: Presentation
    /// By the name a rule uses; `mail` and `chat` lead to the inbox where they are not configured.
    public var channels: [String: ChannelTrait]

    /// The configuration's: digests to rooms go by it.
    public var zone: Zone

    /// Random, made with the store: ids of two stores never meet in one receiver.
    public var storeID = ""

    public init(presentation: Presentation, channels: [String: ChannelTrait], zone: Zone = .utc) {
        self.presentation = presentation
        self.zone = zone
        self.channels = channels
    }
}

/// Named limits of the promise (design: "The promise", "Steps").
public enum EngineLimits {
    /// Later than this after its instant, a ring is marked late. Seconds.
    public static let lateAfter: Int64 = 10 * 60
    /// A `before` milestone expires when its date has been over for longer, an `after` milestone that long after its
    /// own instant, a waiting step that long after it fell due. Seconds.
    public static let expiry: Int64 = 7 * 86_400
    /// Missed runs that `catch_up: all` rings, and superseded rows that are written for one catch-up.
    public static let catchUpCap = 100
    /// Rule actions that may follow from one another.
    public static let chainDepth = 10
    /// Largest JSON body of a `call`, bytes.
    public static let callBytes = 64 * 1_024
    /// Changes taken from the journal in one query.
    public static let changePage = 1_000
    /// Work of finding out, for new level rules, when their levels turned true, in one tick: writes that are read plus
    /// records that are looked at again before each write that can have turned a level. When it is spent, a level counts
    /// from the last write of its record.
    public static let levelLoad = 500_000
    /// Writes of the whole journal that are read for the lists of a new level rule; before them lists are as now.
    public static let linkHistory: Int64 = 200_000
    /// Records looked at in one query when a rule is new.
    public static let scanPage = 500
    /// Rows of aggregate rules that are gone, dropped in one tick.
    public static let gatheringsForgotten = 20_000
}
