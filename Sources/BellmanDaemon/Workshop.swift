import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanTransport
import Glibc
import SourceDiagnostics

/// Where the configuration is: `--config`, else `./bellman.yaml`, else `/etc/bellman/bellman.yaml`, else defaults.
public struct Location: Sendable {
    public let file: String?

    public init(configuration: String?) {
        if let configuration {
            file = configuration
        } else {
            file = ["bellman.yaml", "/etc/bellman/bellman.yaml"].first(where: TextFile.exists)
        }
    }
}

/// Problems of `bellman.yaml` that end a command.
public struct ConfigurationTroubles: Error, Sendable {
    public let problems: [Diagnostic]
    /// The configured language, as far as it could be read.
    public let language: AlmanacLanguage
}

/// The configuration with everything that is made from it alone: language, channels, settings. No store yet.
public struct Workshop: Sendable {
    public let configuration: Configuration
    /// Warnings of the configuration.
    public let remarks: [Diagnostic]
    /// Those that are the same on every machine: without the secrets that this one lacks.
    public var remarksOnFile: [Diagnostic] {
        remarks.filter { ($0.fact as? ConfigurationProblem)?.isMissingSecret != true }
    }
    public let language: RuleLanguage
    public let channels: ChannelSet
    public let engineSettings: EngineSettings
    public let moments: DerivedMoments

    /// Bytes of the configuration file.
    static let sizeLimit = 1 << 20

    /// - Parameter needsSecrets: false for what sends nothing, such as the tests of rules.
    public init(
        _ location: Location, environment: [String: String] = Workshop.processEnvironment, needsSecrets: Bool = true
    ) throws {
        let reading = try Workshop.read(location, environment: environment, needsSecrets: needsSecrets)
        try self.init(configuration: reading.configuration, file: reading.file, problems: reading.problems)
    }

    /// Reads without ending at the first problem: what `check` shows.
    public static func read(
        _ location: Location, environment: [String: String] = Workshop.processEnvironment, needsSecrets: Bool = true
    ) throws -> (configuration: Configuration, file: SourceFile?, problems: [Diagnostic]) {
        guard let path = location.file else { return (.defaults(folder: ".", environment: environment), nil, []) }
        switch TextFile.read(path, limit: sizeLimit) {
        case .failure(let failure): throw UnreadableFile(path: path, why: failure.text)
        case .success(let bytes):
            let file = SourceFile(name: path, bytes: bytes)
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            let (configuration, problems) = ConfigurationReader.read(
                file, folder: folder, environment: environment, needsSecrets: needsSecrets)
            return (configuration, file, problems)
        }
    }

    init(configuration: Configuration, file: SourceFile?, problems: [Diagnostic]) throws {
        var problems = problems
        let schema = Schema(kinds: configuration.kinds)
        language = RuleLanguage(schema: schema)
        let source = file.map(ConfigurationReader.masked) ?? SourceFile(name: "bellman.yaml", text: "")
        problems += language.derivationProblems.map { problem in
            let path = "\(problem.kind).\(problem.field)"
            return Diagnostic(
                fact: ConfigurationProblem.derivation(path: path, problem.fact), file: source,
                range: configuration.derivations[path]?.fileRange(problem.range) ?? SourceRange(0, 0))
        }
        let (set, channelProblems) = ChannelSet.make(
            (configuration.channels + configuration.endpoints).map(Workshop.settings), quiet: configuration.quietHours,
            zone: configuration.timing.zone)
        channels = set
        for problem in channelProblems where !configuration.brokenChannels.contains(problem.channel) {
            let fact = ConfigurationProblem.channel(
                english: DeliveryWording("en").text(problem), chinese: DeliveryWording("zh").text(problem))
            let entry = (configuration.channels + configuration.endpoints).first { $0.name == problem.channel }
            let range = entry?.values[problem.key]?.range ?? entry?.range ?? SourceRange(0, 0)
            problems.append(Diagnostic(fact: fact, file: source, range: range))
        }
        self.configuration = configuration
        if let fact = Workshop.adminProblem(configuration, set) {
            let range = configuration.adminRange ?? SourceRange(0, 0)
            problems.append(Diagnostic(fact: fact, file: source, range: range))
        }
        let errors = problems.filter { problem in
            problem.severity == .error && (problem.fact as? ConfigurationProblem)?.isBearable != true
        }
        guard errors.isEmpty else {
            throw ConfigurationTroubles(problems: problems.sortedByPosition(), language: configuration.language)
        }
        remarks = problems
        moments = DerivedMoments(
            language: language, timing: configuration.timing, presentation: configuration.presentation)
        engineSettings = EngineSettings(
            presentation: configuration.presentation, channels: Workshop.traits(set), zone: configuration.timing.zone)
    }

    public var ruleReader: RuleFileReader {
        RuleFileReader(
            language: language,
            defaults: RuleDefaults(
                timing: configuration.presentTiming, language: configuration.language,
                currency: configuration.currency,
                channels: Set(engineSettings.channels.keys.filter { !$0.hasPrefix(EngineSettings.endpointPrefix) }),
                endpoints: Set(
                    configuration.endpoints.map { String($0.name.dropFirst(EngineSettings.endpointPrefix.count)) }),
                calendars: configuration.calendars.forRules))
    }

    /// With the calendars as their files are now.
    var presentMoments: DerivedMoments {
        DerivedMoments(
            language: language, timing: configuration.presentTiming, presentation: configuration.presentation)
    }

    public var rulesFolder: RulesFolder { RulesFolder(path: configuration.resolve(configuration.rulesPath)) }

    /// `mail` and `chat` always exist: where they are not configured, the inbox takes their notices.
    private static func traits(_ set: ChannelSet) -> [String: ChannelTrait] {
        var traits: [String: ChannelTrait] = [:]
        for (name, channel) in set.channels { traits[name] = ChannelTrait(name: name, isRoom: channel.isRoom) }
        for name in ["mail", "chat"] where traits[name] == nil {
            traits[name] = ChannelTrait(name: "inbox", isRoom: true)
        }
        return traits
    }

    /// What keeps Bellman's own troubles from whom `admin` means.
    private static func adminProblem(_ configuration: Configuration, _ set: ChannelSet) -> ConfigurationProblem? {
        let (name, address) = (configuration.admin, configuration.adminAddress)
        // Where there is no such channel, the inbox stands in for it.
        guard let channel = set.channels[name] else { return nil }
        if channel.isRoom { return address.isEmpty ? nil : .adminNeedsNoAddress(name) }
        if address.isEmpty { return .adminNobody(name) }
        return configuration.adminPerson == nil ? .adminBadAddress(address) : nil
    }

    /// Names that rules may use but no channel answers to.
    public var standIns: [String] { ["mail", "chat"].filter { channels.channels[$0] == nil } }

    private static func settings(_ declaration: ChannelDeclaration) -> ChannelSettings {
        let values = declaration.values.mapValues { value -> SettingValue in
            value.isSecret ? .secret(Secret(value.text)) : .text(value.text)
        }
        let common = declaration.common
        return ChannelSettings(
            name: declaration.name, type: declaration.type, values: values, fallback: common.fallback,
            maxAge: common.maxAge, limit: common.limit, allowPrivate: common.allowPrivate,
            quietHours: common.quietHours)
    }

    public static var processEnvironment: [String: String] {
        var found: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if let equals = text.firstIndex(of: "=") {
                found[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return found
    }
}

public struct UnreadableFile: Error, Sendable {
    public let path: String
    public let why: String
}
