import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanTransport
import SourceDiagnostics

/// `bellman.yaml` after reading: every value typed, secrets resolved.
public struct Configuration: Sendable {
    /// The folder that relative paths count from.
    public var folder: String
    public var storePath: String
    public var rulesPath: String
    public var timing: RuleTiming
    /// The entries of `calendar:`.
    public var calendarNames = ["CN"]
    /// The calendars that configuration and rules name.
    public let calendars: CalendarLibrary
    public var language: AlmanacLanguage
    public var currency: String
    public var listen: ListenAddress
    public var publicURL: String
    public var admin: String
    /// Whom a channel without a receiver of its own (mail) brings Bellman's own troubles to: an address.
    public var adminAddress = ""
    var adminRange: SourceRange?
    public var channels: [ChannelDeclaration]
    /// Where `call` goes, as channels of the type `webhook` with names that begin with `endpoint:`.
    public var endpoints: [ChannelDeclaration] = []
    public var heartbeat: Heartbeat?
    /// Kinds of which something new should come at least that often.
    public var expectedData: [String: Period] = [:]
    public var kinds: [KindDefinition]
    /// Where the expressions of derived fields stand, by `kind.field`.
    var derivations: [String: DerivationPlace] = [:]
    /// Of every channel that does not say otherwise.
    public var quietHours: QuietHours?
    public var log = LogStyle.standard
    /// Channels with a value that could not be read: reported already, and not looked at further.
    var brokenChannels: Set<String> = []

    public static func defaults(folder: String, environment: [String: String] = [:]) -> Configuration {
        Configuration(
            folder: folder, storePath: "bellman.db", rulesPath: "rules",
            timing: RuleTiming(zone: .system(), calendar: .china, at: .nine),
            calendars: CalendarLibrary(folder: folder), language: language(of: environment),
            currency: "CNY",
            listen: .standard, publicURL: "", admin: "inbox", channels: [],
            kinds: BuiltInKinds.all)
    }

    /// Where the configuration does not say: Chinese in a Chinese locale or in none (`C`), else English.
    public static func language(of environment: [String: String]) -> AlmanacLanguage {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let word = locale.prefix { $0 != "." && $0 != "@" }
        // A machine that says nothing says nothing about its people either: the product's first language.
        return ["", "C", "POSIX"].contains(word) || word.hasPrefix("zh") ? .zh : .en
    }

    /// A path of the configuration as an absolute one.
    public func resolve(_ path: String) -> String { path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)" }

    /// Whom `admin: {to: …}` names; nil where it names nobody that a channel could write to.
    var adminPerson: Recipient? {
        let isNumber = (Int64(adminAddress) ?? 0) > 0
        guard isNumber || WireSafety.isCleanMailbox(adminAddress) else { return nil }
        return Recipient(
            id: adminAddress, name: adminAddress, email: isNumber ? nil : adminAddress, phone: nil,
            handles: isNumber ? ["telegram": adminAddress] : [:])
    }

    /// The timing with its calendar as its files are now.
    var presentTiming: RuleTiming {
        RuleTiming(zone: timing.zone, calendar: calendars.best(calendarNames), at: timing.at)
    }

    public var presentation: Presentation {
        Presentation(language: language, currency: currency, publicURL: publicURL)
    }

    /// Keys in which another reading of the configuration differs and that only a restart brings into effect.
    func keysForRestart(_ other: Configuration) -> [String] {
        let pairs: [(String, String, String)] = [
            ("store", storePath, other.storePath), ("rules", rulesPath, other.rulesPath),
            ("timezone, at", "\(timing.zone) \(timing.at)", "\(other.timing.zone) \(other.timing.at)"),
            ("calendar", "\(calendarNames)", "\(other.calendarNames)"),
            ("language", language.rawValue, other.language.rawValue), ("currency", currency, other.currency),
            ("listen", "\(listen)", "\(other.listen)"), ("public_url", publicURL, other.publicURL),
            ("admin", "\(admin) \(adminAddress)", "\(other.admin) \(other.adminAddress)"),
            ("kinds", "\(kinds)", "\(other.kinds)"), ("log", "\(log)", "\(other.log)"),
            ("channels", channelNames, other.channelNames), ("endpoints", endpointNames, other.endpointNames),
            ("heartbeat", "\(heartbeat?.identity ?? "")", "\(other.heartbeat?.identity ?? "")"),
            ("expect_data", expectations, other.expectations),
        ]
        return pairs.filter { $1 != $2 }.map { $0.0 }
    }

    /// Channels that come or go are known to rules and to what waits; only what a channel says of itself is read anew.
    private var channelNames: String { channels.map { "\($0.name) \($0.type)" }.sorted().joined(separator: "\n") }

    private var endpointNames: String { endpoints.map(\.name).sorted().joined(separator: "\n") }
    private var expectations: String {
        expectedData.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.canonical)" }.joined(separator: "\n")
    }

    public var diagnosticLanguage: Language { language == .zh ? .zh : .en }
}

/// One channel as the configuration declares it; what its keys mean is the channel type's own affair.
public struct ChannelDeclaration: Sendable {
    public struct Value: Sendable {
        public let text: String
        /// Came from a secret reference: never shown.
        public let isSecret: Bool
        public let range: SourceRange
    }
    /// Keys that every type of channel has.
    public struct Common: Sendable {
        public var fallback: String?
        public var maxAge: Period?
        public var limit: Pace?
        public var allowPrivate = false
        public var quietHours: QuietHours?
        static let keys = ["fallback", "max_age", "limit", "allow_private", "quiet_hours"]
    }

    public let name: String
    public let type: String
    public let common: Common
    /// The keys of its own type.
    public let values: [String: Value]
    public let range: SourceRange
}
