import Almanac
import BellmanTransport
import Digests

/// A value of a channel's configuration after secrets were resolved.
public enum SettingValue: Sendable, Hashable {
    case text(String)
    /// Came from `${env:…}`, `${file:…}` or `${credential:…}`.
    case secret(Secret)
    case bool(Bool)
    case int(Int64)
}

/// `limit: 20 per minute`.
public struct Pace: Sendable, Hashable {
    public let count: Int
    public let seconds: Int64
    public init(count: Int, seconds: Int64) {
        self.count = max(1, count)
        self.seconds = max(1, seconds)
    }
}

/// One entry of `channels:` as the daemon read it; common keys are already taken out of `values`.
public struct ChannelSettings: Sendable, Hashable {
    public let name: String
    public let type: String
    public let values: [String: SettingValue]
    /// Channel that takes what this one cannot deliver.
    public let fallback: String?
    /// Older notices are dead-lettered. Only its exact part and days (of 24 hours) count.
    public let maxAge: Period?
    /// In place of the vendor's own pace.
    public let limit: Pace?
    public let allowPrivate: Bool
    /// The channel's own, in place of the configuration's.
    public let quietHours: QuietHours?

    public init(
        name: String, type: String, values: [String: SettingValue], fallback: String? = nil, maxAge: Period? = nil,
        limit: Pace? = nil, allowPrivate: Bool = false, quietHours: QuietHours? = nil
    ) {
        self.name = name
        self.type = type
        self.values = values
        self.fallback = fallback
        self.maxAge = maxAge
        self.limit = limit
        self.allowPrivate = allowPrivate
        self.quietHours = quietHours
    }

    /// Names the vendor's robot, so that two channels with one address share its pace. A digest: it shows no secret.
    var robot: String {
        let address = ["url", "token", "chat_id", "topic"].map { key in
            switch values[key] {
            case .text(let text): text
            case .secret(let secret): secret.reveal()
            default: ""
            }
        }
        guard address.contains(where: { !$0.isEmpty }) else { return name }
        return type + "-" + Digests.stableID(["robot", type] + address)
    }

    public static let defaultMaxAgeSeconds: Int64 = 5 * 86_400

    public var maxAgeSeconds: Int64 {
        guard let maxAge, !maxAge.isZero else { return ChannelSettings.defaultMaxAgeSeconds }
        return Int64(maxAge.months * 30 + maxAge.days + maxAge.workingDays) * 86_400 + maxAge.seconds
    }
}

/// What is wrong with a channel's configuration; worded in `DeliveryWording`.
public struct ChannelProblem: Error, Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case unknownType(suggestion: String?)
        case unknownKey(suggestion: String?)
        case missing
        case wrongType(expected: String)
        /// A secret written into the file itself.
        case literalSecret
        case badURL
        /// `http://` without `allow_private`.
        case plainHTTP
        case badSecret(expected: String)
        case badAddress
        /// `tls: none` without `allow_private`.
        case plainMail
        case badWord(allowed: [String])
        case passwordWithoutUser
    }

    public let channel: String
    public let key: String
    public let kind: Kind

    public init(channel: String, key: String, kind: Kind) {
        self.channel = channel
        self.key = key
        self.kind = kind
    }
}
