import Almanac
import BellmanModel
import SourceDiagnostics

/// What a rule takes from the configuration where it says nothing itself.
public struct RuleDefaults: Sendable {
    public var timing: RuleTiming
    public var language: AlmanacLanguage
    public var currency: String
    /// Every name that `via` may hold.
    public var channels: Set<String>
    /// Every name that `call` may hold in `endpoint`.
    public var endpoints: Set<String>
    /// What `calendar:` may name.
    public var calendars: CalendarLookup

    public init(
        timing: RuleTiming, language: AlmanacLanguage, currency: String, channels: Set<String>,
        endpoints: Set<String> = [], calendars: CalendarLookup = .builtIn
    ) {
        self.timing = timing
        self.language = language
        self.currency = currency
        self.channels = channels
        self.endpoints = endpoints
        self.calendars = calendars
    }

    /// The value of `calendar:`; nil where it names none, which is reported.
    func calendar(_ node: YAMLNode, _ sink: ProblemSink) -> WorkingCalendar? {
        calendars.read(node) {
            sink.report(.wantedText("calendar"), $0)
        } refused: {
            sink.report(.badCalendar($0), $1)
        }?.calendar
    }
}

/// The rules of one file, and what is wrong with it.
public struct RuleFileReading: Sendable {
    public let rules: [Rule]
    public let problems: [Diagnostic]
    /// Words of status fields that the rules name.
    public let words: [WordUse]
    public var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
