import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import SourceDiagnostics

/// The rules and channels of every story, read once.
struct PowerRules: Sendable {
    static let text = """
        - id: made
          when: {created: task}
          then: [{notify: {via: hook, title: "{{ task.title }}"}}]
        - id: started
          when: {changes: task.status, to: doing}
          then:
            - set: {note: started}
            - notify: {via: mail, to: task.assignee}
        - id: due
          when: [{before: task.due, by: [3 days, 1 day, 0 days]}, {after: task.due, by: 1 day}]
          if: task.open
          then:
            - notify: {via: [hook, mail], to: task.assignee}
            - {wait: 1 day, notify: {via: mail, to: task.assignee, title: "again"}}
        - id: stuck
          when: {while: 'task.status == "blocked"', for: 1 day}
          then: [{notify: {via: hook}}]
        - id: evening
          when: {every: "day at 17:30"}
          select: task
          where: task.open
          group: task.assignee
          then: [{notify: {via: mail, to: group, text: '{{ records.size() }}'}}]
        """

    let moments: DerivedMoments
    let core: EngineCore
    let channels: ChannelSet

    /// What the store asks for derived dates; there are none that matter here.
    struct Deriver: MomentDeriver {
        let moments: DerivedMoments
        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            moments.moments(kind: kind, fields: fields)
        }
    }

    static let shared = Result { try PowerRules() }

    private init() throws {
        let language = RuleLanguage(schema: .builtIn)
        let timing = RuleTiming(zone: .utc, calendar: .china, at: .nine)
        let presentation = Presentation(language: .en, currency: "CNY")
        moments = DerivedMoments(language: language, timing: timing, presentation: presentation)
        let defaults = RuleDefaults(
            timing: timing, language: .en, currency: "CNY", channels: ["inbox", "mail", "hook"], endpoints: [])
        let reading = RuleFileReader(language: language, defaults: defaults).read(
            SourceFile(name: "power.yaml", text: PowerRules.text))
        guard !reading.hasErrors else {
            throw PowerTrouble.rules(TextRenderer(language: .en).render(reading.problems))
        }
        let traits = ["inbox": true, "mail": false, "hook": true].map { ($0, ChannelTrait(name: $0, isRoom: $1)) }
        let settings = EngineSettings(
            presentation: presentation, channels: Dictionary(uniqueKeysWithValues: traits))
        core = EngineCore(rules: RuleSet(reading.rules), settings: settings, moments: moments)
        let made = ChannelSet.make([
            ChannelSettings(
                name: "hook", type: "webhook", values: ["url": .text("https://example.com/in")],
                limit: Pace(count: 60_000, seconds: 60)),
            ChannelSettings(
                name: "mail", type: "email",
                values: ["from": .text("bell@example.com"), "relay": .text("smtp://relay.example.com")]),
        ])
        if let problem = made.problems.first { throw PowerTrouble.rules("\(problem)") }
        channels = made.set
    }
}
