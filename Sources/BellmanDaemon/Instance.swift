import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTransport
import BellmanTransportCurl
import Digests
import Glibc
import Synchronization

/// One Bellman on one store: what commands and the daemon are made of.
public struct Instance: Sendable {
    public let workshop: Workshop
    public let store: SQLiteStore
    public let clock = SystemClock()

    public var configuration: Configuration { workshop.configuration }

    /// What the date index is made with; a daemon takes another when a calendar file changes.
    final class Deriver: MomentDeriver {
        private let kept: Mutex<DerivedMoments>

        init(moments: DerivedMoments) { kept = Mutex(moments) }

        var moments: DerivedMoments { kept.withLock { $0 } }
        var mark: String { moments.mark }
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            moments.moments(kind: kind, fields: fields)
        }

        fileprivate func adopt(_ moments: DerivedMoments) { kept.withLock { $0 = moments } }
    }

    let deriver: Deriver

    /// Makes the date index anew with other moments. They count from then on; where it fails, the old ones stay.
    func adopt(_ moments: DerivedMoments) throws {
        let old = deriver.moments
        do { try store.reindex { deriver.adopt(moments) } } catch {
            deriver.adopt(old)
            throw error
        }
    }

    /// - Parameter storePath: another file than the configuration's.
    public init(_ workshop: Workshop, role: StoreRole, storePath: String? = nil) throws {
        self.workshop = workshop
        deriver = Deriver(moments: workshop.moments)
        store = try SQLiteStore(
            path: storePath ?? workshop.configuration.resolve(workshop.configuration.storePath), role: role,
            schema: workshop.language.schema, deriver: deriver)
    }

    /// Starting with nothing works: a rules folder that never held a rule is made. One that held rules and is
    /// gone is a trouble, and stays one.
    func makeRulesFolder() throws {
        let path = workshop.rulesFolder.path
        if !TextFile.exists(path), try store.documents(prefix: RuleBook.prefix).isEmpty {
            _ = TextFile.makeFolder(path)
        }
    }

    public func ruleBook() throws -> RuleBook {
        try RuleBook(workshop, documents: store)
    }

    public func engine(rules: [Rule]) throws -> EngineService {
        var settings = workshop.engineSettings
        settings.storeID = try storeID()
        return EngineService(
            core: EngineCore(rules: RuleSet(rules), settings: settings, moments: workshop.moments), store: store)
    }

    /// For questions alone: it decides nothing, so a store that has no id yet stays without one.
    func engine(asking rules: [Rule]) -> EngineService {
        EngineService(
            core: EngineCore(rules: RuleSet(rules), settings: workshop.engineSettings, moments: workshop.moments),
            store: store)
    }

    static let storeIDDocument = "store/id"

    @discardableResult
    func storeID() throws -> String {
        if let id = try store.document(Instance.storeIDDocument) { return id }
        var generator = SystemRandomNumberGenerator()
        let id = TextCoding.hex((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        try store.setDocument(Instance.storeIDDocument, id)
        return id
    }

    /// `engine` is asked whether what was held should still leave. With `knocks`, channels that were out of use are tried
    /// once again at the start: whoever starts a service has perhaps mended them.
    public func dispatcher(
        engine: EngineService? = nil, clock: (any WallClock)? = nil, sleeper: (any Sleeper)? = nil,
        inboxLine: (@Sendable (String) -> Void)? = nil, knocks: Bool = false,
        settled: @escaping @Sendable (Int) -> Void = { _ in },
        report: @escaping @Sendable (any Error) -> Void = { _ in },
        log: @escaping @Sendable (LogEvent, [(String, String)]) -> Void = { _, _ in }
    ) -> DispatchService {
        let environment = Workshop.processEnvironment
        // A private certificate authority, for relays and endpoints inside a company.
        let authority = environment["BELLMAN_CA_FILE"]
        var around = DispatchSurroundings(
            store: store, http: CurlHTTPTransport(caFile: authority), mail: CurlMailTransport(caFile: authority),
            clock: clock ?? self.clock, sleeper: sleeper ?? self.clock, inboxLine: inboxLine, report: report)
        around.settled = settled
        around.links = actLinks()
        around.gaveUp = { log($0.logEvent, $0.logFields) }
        let store = store
        around.present = { member in
            do {
                let record = try store.read { try $0.record(RecordRef(kind: "member", id: member)) }
                return record.map(RuleEvaluator.recipient)
            } catch {
                report(error)
                return nil
            }
        }
        if let engine {
            around.objection = { notice, now in
                // An invitation is changed by another one, and a call was made when the rule fired.
                guard notice.payload == nil else { return nil }
                do { return try engine.answer(to: notice) ?? engine.objection(notice: notice, at: now) } catch {
                    report(error)
                    return nil
                }
            }
        }
        let desk = adminDesk
        around.tellAdmin = { word in
            do {
                // At once: nothing here waits for a tick.
                try desk.tell(
                    "delivery/\(word.key)", title: word.title, text: word.text, at: word.at, daily: word.isDaily,
                    about: word.channel)
                return try desk.flush(at: word.at)
            } catch {
                report(error)
                return false
            }
        }
        bringNews(of: clock ?? self.clock, desk, knocks: knocks, into: &around, report: report, log: log)
        return DispatchService(
            workshop.channels, language: configuration.language.rawValue,
            surroundings: around, seed: UInt64.random(in: .min ... .max),
            claimName: "\(getpid())-\(UInt32.random(in: .min ... .max))")
    }

    /// What becomes of a channel that goes out of use or is in use again, and which ones are out of use now.
    private func bringNews(
        of present: any WallClock, _ desk: AdminDesk, knocks: Bool, into around: inout DispatchSurroundings,
        report: @escaping @Sendable (any Error) -> Void,
        log: @escaping @Sendable (LogEvent, [(String, String)]) -> Void
    ) {
        let store = store
        let troubles = channelTroubles
        around.channelNews = { channel, trouble in
            let words = trouble.map { [("answer", $0.words)] } ?? []
            log(trouble == nil ? .channelBack : .channelOut, [("channel", channel)] + words)
            do {
                try troubles.set(channel, trouble)
                if trouble == nil {
                    try desk.settled("delivery/channel_dead \(channel)")
                    try store.hasten(channel: channel, now: present.now())
                }
            } catch { report(error) }
        }
        do {
            let now = present.now()
            around.troubles = try troubles.all().mapValues { knocks ? $0.due(at: now) : $0 }
            for channel in around.troubles.keys where knocks { try store.hasten(channel: channel, now: now) }
        } catch { report(error) }
    }

    public var adminDesk: AdminDesk {
        let person = configuration.adminPerson
        let trait = workshop.engineSettings.channels[configuration.admin]
        // A channel that has nobody to write to would only make dead letters.
        let isReached = trait.map { $0.isRoom || person != nil } ?? false
        return AdminDesk(
            outbox: store, documents: store, channel: isReached ? trait?.name ?? "inbox" : "inbox",
            person: trait?.isRoom == true ? nil : person, language: configuration.language)
    }

    /// A channel that was out of use works again, as a test has shown: what waits for it leaves. True where it was.
    public func channelMended(_ name: String) throws -> Bool {
        guard try channelTroubles.all()[name] != nil else { return false }
        try channelTroubles.set(name, nil)
        try adminDesk.settled("delivery/channel_dead \(name)")
        try store.hasten(channel: name, now: clock.now())
        nudge()
        return true
    }

    /// Tells a running daemon that something was written.
    public func nudge(_ news: NudgeSocket.News = .records) { NudgeSocket.nudge(store: store.path, news) }

    /// SHA-256 of an API token: all that the store keeps of it.
    public static func hash(token: String) -> String { TextCoding.hex(Digests.sha256(token)) }

    /// A new API token: 256 random bits.
    public static func newToken() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return "bellman_" + TextCoding.base32(bytes)
    }
}

extension Instance {
    /// Whether a daemon holds the store's lock.
    public var isDaemonRunning: Bool {
        do {
            let lock = try DaemonLock(path: store.path, patience: 0)
            lock.release()
            return false
        } catch {
            return true
        }
    }
}
