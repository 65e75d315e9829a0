import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import SourceDiagnostics

struct BenchFailure: Error, CustomStringConvertible {
    let description: String
}

/// The engine on a real SQLite file, with the time told by the bench.
struct Bench {
    let store: SQLiteStore
    var core: EngineCore
    let zone: Zone
    private let reader: RuleFileReader

    private struct Deriver: MomentDeriver {
        let moments: DerivedMoments
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            moments.moments(kind: kind, fields: fields)
        }
    }

    init(_ path: String) throws {
        zone = try Zone.named("Asia/Shanghai")
        let language = RuleLanguage(schema: .builtIn)
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let presentation = Presentation(language: .en, currency: "CNY")
        let moments = DerivedMoments(language: language, timing: timing, presentation: presentation)
        store = try SQLiteStore(path: path, role: .daemon, schema: .builtIn, deriver: Deriver(moments: moments))
        let settings = EngineSettings(
            presentation: presentation, channels: ["inbox": ChannelTrait(name: "inbox", isRoom: true)])
        let defaults = RuleDefaults(timing: timing, language: .en, currency: "CNY", channels: ["inbox"])
        reader = RuleFileReader(language: language, defaults: defaults)
        core = EngineCore(rules: RuleSet([]), settings: settings, moments: moments)
    }

    mutating func load(_ rules: String) throws {
        let reading = reader.read(SourceFile(name: "rules.yaml", text: rules))
        if reading.hasErrors {
            throw BenchFailure(description: TextRenderer(language: .en).render(reading.problems))
        }
        core.rules = RuleSet(reading.rules)
    }

    @discardableResult
    func tick(_ now: Instant) throws -> TickReceipt {
        try store.tick { try core.tick(at: now, view: $0) }
    }

    /// Local time of a day that is counted from 2026-03-02.
    func time(day: Int, _ hour: Int, _ minute: Int) throws -> Instant {
        let date = Bench.firstDay.adding(days: day)
        let clock = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00"
        guard let local = CivilDateTime(iso: "\(date)T\(clock)") else {
            throw BenchFailure(description: "no time \(date) \(clock)")
        }
        return zone.resolve(local)
    }

    static let firstDay = CivilDate(clampingDays: 20_514)
}
