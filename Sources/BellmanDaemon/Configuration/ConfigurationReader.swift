import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanTransport
import SourceDiagnostics

/// Reads `bellman.yaml`. All mistakes at once; a value that is wrong keeps its default so that reading goes on.
public struct ConfigurationReader {
    /// Keys at the top, in the order of the commented default file.
    static let keys = [
        "store", "rules", "timezone", "language", "currency", "at", "calendar", "listen", "public_url", "admin",
        "log", "quiet_hours", "heartbeat", "expect_data", "channels", "endpoints", "kinds",
    ]
    /// Values under these names are secrets in every channel type.
    static let secretKeys: Set<String> = ["secret", "password", "token", "key"]

    private let file: SourceFile
    private let environment: [String: String]
    private var needsSecrets = true
    private var configuration: Configuration
    private var problems: [Diagnostic] = []

    /// - Parameter needsSecrets: false where nothing is sent: a secret that is not there then has a stand-in and a
    ///   warning.
    public static func read(
        _ file: SourceFile, folder: String, environment: [String: String], needsSecrets: Bool = true
    ) -> (configuration: Configuration, problems: [Diagnostic]) {
        var reader = ConfigurationReader(file, folder, environment)
        reader.needsSecrets = needsSecrets
        reader.run()
        let shown = masked(file)
        let problems = reader.problems.map { Diagnostic(fact: $0.fact, file: shown, range: $0.range) }
        return (reader.configuration, problems.sortedByPosition())
    }

    /// What diagnostics may quote.
    static func masked(_ file: SourceFile) -> SourceFile {
        SourceFile(name: file.name, bytes: SecretMask.masked(file.bytes))
    }

    private init(_ file: SourceFile, _ folder: String, _ environment: [String: String]) {
        self.file = file
        self.environment = environment
        configuration = .defaults(folder: folder, environment: environment)
    }

    private mutating func report(_ problem: ConfigurationProblem, _ range: SourceRange) {
        problems.append(Diagnostic(fact: problem, file: file, range: range))
    }

    private mutating func run() {
        let (root, yamlProblems) = YAMLReader.read(file)
        problems += yamlProblems
        guard let root else {
            // Even of a broken file the errors should be in its language.
            if file.text.contains("language: en") { configuration.language = .en }
            return
        }
        guard let pairs = root.pairs else { return report(.wantedMapping(file.name), root.range) }
        for pair in pairs {
            guard let key = pair.key.scalar?.text else { continue }
            guard ConfigurationReader.keys.contains(key) else {
                report(.unknownKey(key, nearest: nearest(key, among: ConfigurationReader.keys)), pair.key.range)
                continue
            }
            if pair.value.isEmpty { continue }
            take(key, pair.value)
        }
        if let expected = pairs.first(where: { $0.key.scalar?.text == "expect_data" })?.value, !expected.isEmpty {
            readExpectations(expected)
        }
        checkAdmin()
        checkFallbacks()
    }

    private mutating func take(_ key: String, _ node: YAMLNode) {
        switch key {
        case "channels": return readChannels(node)
        case "kinds":
            var found: [(ConfigurationProblem, SourceRange)] = []
            var reader = KindReader { found.append(($0, $1)) }
            configuration.kinds = reader.read(node, into: configuration.kinds)
            configuration.derivations = reader.derivations
            for (problem, range) in found { report(problem, range) }
            return
        case "quiet_hours":
            var found: [(ConfigurationProblem, SourceRange)] = []
            configuration.quietHours = QuietHoursReader { found.append(($0, $1)) }.read(node)
            for (problem, range) in found { report(problem, range) }
            return
        case "calendar": return readCalendar(node)
        case "endpoints": return readEndpoints(node)
        case "admin": return readAdmin(node)
        case "heartbeat":
            var found: [(ConfigurationProblem, SourceRange)] = []
            let address = node.pairs?.first { $0.key.scalar?.text == "url" }?.value
            let url = address?.scalar.flatMap { value("url", $0.text, address?.range ?? node.range) }
            configuration.heartbeat = HeartbeatReader(report: { found.append(($0, $1)) }, url: url).read(node)
            for (problem, range) in found { report(problem, range) }
            return
        // Names kinds, which may stand further down.
        case "expect_data": return
        default: break
        }
        guard let text = node.scalar?.text else { return report(.wantedText(key), node.range) }
        switch key {
        case "store": readStore(text, node.range)
        case "rules": configuration.rulesPath = text
        case "listen": readListen(text, node.range)
        case "currency": configuration.currency = text
        case "log":
            guard let style = LogStyle(text) else { return report(.badLog(text), node.range) }
            configuration.log = style
        case "public_url":
            if text.hasPrefix("https://") || text.hasPrefix("http://") {
                configuration.publicURL = text
            } else {
                report(.badURL(key: key, text), node.range)
            }
        default: readTiming(key, text, node.range)
        }
    }

    private mutating func readTiming(_ key: String, _ text: String, _ range: SourceRange) {
        var timing = configuration.timing
        switch key {
        case "timezone":
            guard let zone = try? Zone.named(text) else {
                return report(.badZone(text, nearest: Zone.nearestName(to: text)), range)
            }
            timing = RuleTiming(zone: zone, calendar: timing.calendar, at: timing.at)
        case "at":
            guard let at = LocalTime(text) else { return report(.badTime(text), range) }
            timing = RuleTiming(zone: timing.zone, calendar: timing.calendar, at: at)
        case "language":
            guard let language = AlmanacLanguage(rawValue: text) else { return report(.badLanguage(text), range) }
            configuration.language = language
        default: break
        }
        configuration.timing = timing
    }

    /// A calendar that cannot be used leaves what the other entries of the list say: a deadline must not be missed
    /// because a holiday file is broken.
    private mutating func readCalendar(_ node: YAMLNode) {
        var found: [(ConfigurationProblem, SourceRange)] = []
        let names = (node.items ?? [node]).compactMap { $0.scalar?.text }
        let read = configuration.calendars.forConfiguration.read(
            node, notText: { found.append((.wantedText("calendar"), $0)) },
            refused: { refusal, range in
                let isFile = refusal.entry.map { CalendarFile.isCalendarFile(names[$0]) } ?? false
                found.append((isFile ? .calendarFile(refusal) : .badCalendar(refusal), range))
            })
        for (problem, range) in found { report(problem, range) }
        guard read != nil || found.contains(where: \.0.isBearable) else { return }
        configuration.calendarNames = names
        configuration.timing = configuration.presentTiming
    }

    private mutating func readStore(_ text: String, _ range: SourceRange) {
        let path = text.hasPrefix("sqlite:") ? String(text.dropFirst(7)) : ""
        guard !path.isEmpty else { return report(.badStore(text), range) }
        configuration.storePath = path
    }

    private mutating func readListen(_ text: String, _ range: SourceRange) {
        guard let address = ListenAddress(text) else { return report(.badListen(text), range) }
        configuration.listen = address
    }

    // MARK: channels

    private mutating func readChannels(_ node: YAMLNode) {
        guard let pairs = node.pairs else { return report(.wantedMapping("channels"), node.range) }
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            guard let entries = pair.value.pairs else {
                report(.wantedMapping(name), pair.value.range)
                continue
            }
            if name.hasPrefix(EngineSettings.endpointPrefix) {
                report(.endpointAmongChannels(name), pair.key.range)
                continue
            }
            readChannel(name, entries, pair.key.range)
        }
    }

    /// Endpoints are channels of the type `webhook` that only `call` can name.
    private mutating func readEndpoints(_ node: YAMLNode) {
        guard let pairs = node.pairs else { return report(.wantedMapping("endpoints"), node.range) }
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            guard let entries = pair.value.pairs else {
                report(.wantedMapping(name), pair.value.range)
                continue
            }
            let known = ConfigurationReader.endpointKeys
            let (good, bad) = (
                entries.filter { known.contains($0.key.scalar?.text ?? "") },
                entries.filter { !known.contains($0.key.scalar?.text ?? "") }
            )
            for entry in bad {
                let key = entry.key.scalar?.text ?? ""
                report(.unknownKey(key, nearest: nearest(key, among: known)), entry.key.range)
            }
            readChannel(EngineSettings.channelName(ofEndpoint: name), good, pair.key.range, endpoint: true)
        }
    }

    static let endpointKeys = [
        "url", "secret", "old_secret", "cloudevents", "source", "allow_private", "limit", "max_age",
    ]

    private mutating func readExpectations(_ node: YAMLNode) {
        guard let pairs = node.pairs else { return report(.wantedMapping("expect_data"), node.range) }
        let kinds = configuration.kinds.map(\.name)
        for pair in pairs {
            guard let kind = pair.key.scalar?.text, let text = pair.value.scalar?.text else {
                report(.wantedText("expect_data"), pair.value.range)
                continue
            }
            guard kinds.contains(kind) else {
                report(.unknownKind(kind, nearest: nearest(kind, among: kinds)), pair.key.range)
                continue
            }
            guard let period = try? Period.parse(text), !period.isZero, !period.isNegative else {
                report(.badAge(text), pair.value.range)
                continue
            }
            configuration.expectedData[kind] = period
        }
    }

    private mutating func readChannel(
        _ name: String, _ entries: [YAMLNode.Pair], _ range: SourceRange, endpoint: Bool = false
    ) {
        var values: [String: ChannelDeclaration.Value] = [:]
        var common = ChannelDeclaration.Common()
        var found: [(ConfigurationProblem, SourceRange)] = []
        let reader = CommonKeyReader { found.append(($0, $1)) }
        for entry in entries {
            if let key = entry.key.scalar?.text, ChannelDeclaration.Common.keys.contains(key) {
                if !reader.take(key, entry.value, into: &common) { configuration.brokenChannels.insert(name) }
                continue
            }
            guard let key = entry.key.scalar?.text, let scalar = entry.value.scalar else {
                report(.wantedText(entry.key.scalar?.text ?? name), entry.value.range)
                continue
            }
            if let value = value(key, scalar.text, entry.value.range) {
                values[key] = value
            } else {
                configuration.brokenChannels.insert(name)
            }
        }
        for (problem, range) in found { report(problem, range) }
        if endpoint {
            configuration.endpoints.append(
                ChannelDeclaration(name: name, type: "webhook", common: common, values: values, range: range))
            return
        }
        guard let type = values.removeValue(forKey: "type")?.text else {
            return report(.channelWithoutType(name), range)
        }
        configuration.channels.append(
            ChannelDeclaration(name: name, type: type, common: common, values: values, range: range))
    }

    private mutating func value(_ key: String, _ text: String, _ range: SourceRange) -> ChannelDeclaration.Value? {
        do {
            if let reference = try SecretReference(text) {
                let secret = try reference.resolve(environment: environment, folder: configuration.folder)
                return ChannelDeclaration.Value(text: secret, isSecret: true, range: range)
            }
        } catch {
            if !needsSecrets, let stand = standIn(key, error) {
                report(.notNeededNow(problem(of: error)), range)
                return ChannelDeclaration.Value(text: stand, isSecret: true, range: range)
            }
            report(problem(of: error), range)
            return nil
        }
        if ConfigurationReader.secretKeys.contains(key) {
            report(.literalSecret(key: key), range)
            return nil
        }
        return ChannelDeclaration.Value(text: text, isSecret: false, range: range)
    }

    /// A value of the right form that leads nowhere; nil for a reference that no machine could follow.
    private func standIn(_ key: String, _ failure: SecretReference.Failure) -> String? {
        if case .unknownSource = failure { return nil }
        return switch key {
        case "url": "https://unresolved.invalid/hook?access_token=unresolved&key=unresolved"
        case "relay": "smtps://unresolved.invalid:465"
        case "from": "bellman@unresolved.invalid"
        case "token": "0:unresolved-unresolved"
        default: "unresolved"
        }
    }

    private func problem(of failure: SecretReference.Failure) -> ConfigurationProblem {
        switch failure {
        case .noSuchVariable(let name): .secretMissing(name)
        case .noCredentialFolder(let name): .secretNoCredentials(name)
        case .unreadable(let path, let why): .secretUnreadable(path: path, why: why)
        case .empty(let name): .secretEmpty(name)
        case .unknownSource(let source): .secretSource(source)
        }
    }

    private mutating func checkFallbacks() {
        let fallbacks = Dictionary(
            configuration.channels.map { ($0.name, $0.common.fallback) }, uniquingKeysWith: { $1 })
        let names = fallbacks.keys.sorted() + (fallbacks["inbox"] == nil ? ["inbox"] : [])
        for channel in configuration.channels {
            guard let fallback = channel.common.fallback else { continue }
            if !names.contains(fallback) {
                report(.unknownFallback(fallback, nearest: nearest(fallback, among: names)), channel.range)
                continue
            }
            var seen: Set<String> = [channel.name]
            var next: String? = fallback
            while let name = next, seen.insert(name).inserted { next = fallbacks[name] ?? nil }
            if next == channel.name { report(.fallbackCircle(channel.name), channel.range) }
        }
    }

    // MARK: admin

    static let adminKeys = ["via", "to"]

    /// A channel's name, or `{via: mail, to: ops@example.com}`.
    private mutating func readAdmin(_ node: YAMLNode) {
        configuration.adminRange = node.range
        if let name = node.scalar?.text {
            guard WireSafety.isCleanMailbox(name) else {
                configuration.admin = name
                return
            }
            return report(.adminIsAddress(name), node.range)
        }
        guard let pairs = node.pairs else { return report(.badAdmin, node.range) }
        for pair in pairs {
            let key = pair.key.scalar?.text ?? ""
            guard ConfigurationReader.adminKeys.contains(key) else {
                report(.unknownKey(key, nearest: nearest(key, among: ConfigurationReader.adminKeys)), pair.key.range)
                continue
            }
            guard let text = pair.value.scalar?.text, !text.isEmpty else {
                report(.wantedText(key), pair.value.range)
                continue
            }
            if key == "via" {
                (configuration.admin, configuration.adminRange) = (text, pair.value.range)
            } else {
                configuration.adminAddress = text
            }
        }
        if !pairs.contains(where: { $0.key.scalar?.text == "via" }) { report(.badAdmin, node.range) }
    }

    private mutating func checkAdmin() {
        let names = Set(configuration.channels.map(\.name)).union(["inbox", "mail", "chat"])
        guard !names.contains(configuration.admin), let range = configuration.adminRange else { return }
        report(
            .unknownAdmin(configuration.admin, nearest: nearest(configuration.admin, among: names.sorted())), range)
    }
}
