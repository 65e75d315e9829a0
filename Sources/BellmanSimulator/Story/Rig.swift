import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import SourceDiagnostics

/// What all stories in one zone share: kinds, the reader of rules, the engine's settings.
struct Rig: Sendable {
    let language: RuleLanguage
    let moments: DerivedMoments
    let settings: EngineSettings
    private let defaults: RuleDefaults

    struct Deriver: MomentDeriver {
        let moments: DerivedMoments
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            moments.moments(kind: kind, fields: fields)
        }
    }

    /// The story's own rules did not compile; a fault of the simulator.
    struct BadRules: Error, CustomStringConvertible {
        let description: String
    }

    init(zone name: PlainZone) throws {
        let zone = try Zone.named(name.rawValue)
        language = RuleLanguage(schema: .builtIn)
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let presentation = Presentation(language: .en, currency: "CNY")
        moments = DerivedMoments(language: language, timing: timing, presentation: presentation)
        let rooms = ["inbox": true, "mail": false, "chat": true, "hook": true]
        var settings = EngineSettings(
            presentation: presentation,
            channels: Dictionary(uniqueKeysWithValues: rooms.map { ($0, ChannelTrait(name: $0, isRoom: $1)) }),
            zone: zone)
        settings.storeID = "simulated"
        self.settings = settings
        defaults = RuleDefaults(timing: timing, language: .en, currency: "CNY", channels: Set(StoryRule.channels))
    }

    var deriver: Deriver { Deriver(moments: moments) }

    /// Each rule is a file of its own, read once for each text.
    func compile(_ rules: [StoryRule], _ known: inout [String: [Rule]]) throws -> RuleSet {
        let reader = RuleFileReader(language: language, defaults: defaults)
        var all: [Rule] = []
        for text in rules.map(\.yaml) {
            if let read = known[text] {
                all += read
                continue
            }
            let reading = reader.read(SourceFile(name: "rules.yaml", text: text))
            if reading.hasErrors {
                throw BadRules(description: TextRenderer(language: .en).render(reading.problems) + text)
            }
            known[text] = reading.rules
            all += reading.rules
        }
        return RuleSet(all)
    }

    /// Made once for each zone; reading a schema and its expressions takes longer than a story's day.
    static let all: [PlainZone: Result<Rig, any Error>] = Dictionary(
        uniqueKeysWithValues: PlainZone.allCases.map { zone in (zone, Result { try Rig(zone: zone) }) })
}
