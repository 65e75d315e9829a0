import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import SourceDiagnostics
import Testing

/// A real engine on a real SQLite file, driven by hand.
final class World {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let language: RuleLanguage
    let moments: DerivedMoments
    let settings: EngineSettings
    let defaults: RuleDefaults
    private(set) var core: EngineCore

    struct BadRules: Error, CustomStringConvertible {
        let description: String
    }

    private struct Deriver: MomentDeriver {
        let moments: DerivedMoments
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            moments.moments(kind: kind, fields: fields)
        }
    }

    /// In memory a tick waits for no disk.
    init(
        rules: String, zone: String = "Asia/Shanghai", language words: AlmanacLanguage = .en, inMemory: Bool = false
    ) throws {
        folder = try TemporaryFolder()
        language = RuleLanguage(schema: .builtIn)
        let timing = RuleTiming(zone: try Zone.named(zone), calendar: .china, at: .nine)
        let presentation = Presentation(language: words, currency: "CNY")
        moments = DerivedMoments(language: language, timing: timing, presentation: presentation)
        store = try SQLiteStore(
            path: folder.file("bellman.db"), role: inMemory ? .scratch : .daemon, schema: .builtIn,
            deriver: Deriver(moments: moments))
        let channels = ["inbox": true, "mail": false, "chat": true, "endpoint:erp": true]
        settings = EngineSettings(
            presentation: presentation,
            channels: Dictionary(uniqueKeysWithValues: channels.map { ($0, ChannelTrait(name: $0, isRoom: $1)) }))
        defaults = RuleDefaults(
            timing: timing, language: words, currency: "CNY", channels: ["inbox", "mail", "chat"],
            endpoints: ["erp"])
        core = EngineCore(rules: RuleSet([]), settings: settings, moments: moments)
        try load(rules)
    }

    func load(_ text: String) throws {
        let reading = RuleFileReader(language: language, defaults: defaults).read(
            SourceFile(name: "rules.yaml", text: text))
        if reading.hasErrors { throw BadRules(description: TextRenderer(language: .en).render(reading.problems)) }
        core.rules = RuleSet(reading.rules)
    }

    /// The same store with an engine that remembers nothing.
    func restart() { core = EngineCore(rules: RuleSet(core.rules.rules), settings: settings, moments: moments) }

    /// Ticks until no rule wrote anything more.
    @discardableResult
    func tick(_ now: Instant) throws -> Int {
        var decided = 0
        for _ in 0..<12 {
            var wrote = false
            let receipt = try store.tick { view in
                let commit = try core.tick(at: now, view: view)
                wrote = !commit.writes.isEmpty
                return commit
            }
            decided += receipt.decided
            if !wrote { break }
        }
        try auditTick(now)
        return decided
    }

    /// With `BELLMAN_AUDIT_TICKS` every tick of every test here is followed by a self-audit: slow, and the widest proof
    /// that it raises no false alarm.
    private static let auditsTicks = ProcessInfo.processInfo.environment["BELLMAN_AUDIT_TICKS"] != nil

    private func auditTick(_ now: Instant) throws {
        guard World.auditsTicks else { return }
        let report = try audit(at: now, days: 400)
        #expect(report.isGood, "self-audit at \(now): \(report.findings.prefix(5))")
    }

    func write(_ ref: String, _ fields: [String: FieldValue], at: Instant, actor: String = "test", quiet: Bool = false)
        throws
    {
        let ref = RecordRef(ref) ?? RecordRef(kind: "task", id: ref)
        _ = try store.write([RecordWrite(ref: ref, fields: fields, actor: actor, quiet: quiet)], at: at)
    }

    func delete(_ ref: String, at: Instant) throws {
        let ref = RecordRef(ref) ?? RecordRef(kind: "task", id: ref)
        _ = try store.write([RecordWrite(ref: ref, operation: .delete, actor: "test")], at: at)
    }

    var ledger: [LedgerEntry] {
        get throws { try store.ledger(rule: nil, subject: nil, outcomes: [], limit: 1_000_000) }
    }

    /// `rule subject occurrence: outcome`, sorted.
    var ledgerLines: [String] {
        get throws {
            try ledger.map { "\($0.key.rule) \($0.key.subject) \($0.key.occurrence): \($0.outcome.rawValue)" }.sorted()
        }
    }

    var notices: [Notice] {
        get throws { try store.items(state: nil, channel: nil, limit: 1_000_000).map(\.notice) }
    }
}

extension Instant {
    /// Local time in Asia/Shanghai: `2026-06-30T09:00`.
    static func shanghai(_ text: String) -> Instant {
        guard let local = CivilDateTime(iso: text.count == 16 ? text + ":00" : text),
            let zone = try? Zone.named("Asia/Shanghai")
        else { return .earliest }
        return zone.resolve(local)
    }
}
