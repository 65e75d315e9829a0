import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads one test. What it says of zone and language goes before what it says of times.
struct RuleTestReader {
    let file: RuleTestFileReader
    let rules: RuleOutline
    let sink: ProblemSink
    var settings: RuleTestSettings

    static let keys = [
        "name", "rules", "clock", "records", "events", "down", "ends", "expect", "nothing_else", "at_end",
        "timezone", "calendar", "language", "at", "currency",
    ]

    init(file: RuleTestFileReader, rules: RuleOutline, sink: ProblemSink) {
        self.file = file
        self.rules = rules
        self.sink = sink
        settings = RuleTestSettings(file.defaults)
    }

    mutating func read(_ node: YAMLNode, name: String, place: RulePlace) -> RuleTest? {
        guard let map = MappingReader(node, owner: "test", known: RuleTestReader.keys, sink: sink) else { return nil }
        readSettings(map)
        let moments = TestMoments(zone: settings.zone, sink: sink)
        let selected = selection(map)
        let clock = map.required("clock").flatMap { moments.instant($0) }
        var cast = TestCast(
            schema: file.schema, moments: moments, made: rules.made(by: selected), clock: clock, sink: sink)
        let records = cast.records(map)
        var story = TestStory(moments: moments, clock: clock, sink: sink)
        story.recordDates = cast.dates
        story.rules = (known: rules.ids, tested: selected ?? rules.ids)
        let events = story.events(map, &cast)
        let down = story.down(map)
        let reader = ExpectationReader(
            moments: moments, cast: cast, known: rules.ids, tested: selected ?? rules.ids,
            configured: file.configured, sink: sink)
        let expectations = reader.read(map)
        let atEnd = EndRecordReader(cast: cast, sink: sink).read(map)
        let nothingElse = map.bool("nothing_else") ?? false
        if expectations.isEmpty, !nothingElse, !map.has("at_end"), !map.strangers.contains("expect"),
            !map.has("expect") || isEmpty(map)
        {
            sink.report(RuleTestProblem.nothingExpected, map.has("expect") ? map.keyRange("expect") : firstKey(node))
        }
        guard let clock else { return nil }
        let ends = story.end(map, expectations)
        story.checkEvents(events, ends: ends)
        reader.check(expectations, from: clock, to: ends)
        return RuleTest(
            name: name, place: place, rules: selected, settings: settings, clock: clock, records: records,
            events: events.map(\.event), down: down, ends: ends, expectations: expectations.map(\.line),
            nothingElse: nothingElse, atEnd: atEnd)
    }

    private func isEmpty(_ map: MappingReader) -> Bool { map.list("expect")?.isEmpty ?? false }

    private func firstKey(_ node: YAMLNode) -> SourceRange { node.pairs?.first?.key.range ?? node.range }

    // MARK: settings

    private mutating func readSettings(_ map: MappingReader) {
        if let node = map.scalarNode("timezone"), let name = node.scalar?.text {
            if let zone = try? Zone.named(name) {
                settings.zone = zone
            } else {
                sink.report(.badZone(name, nearest: Zone.nearestName(to: name)), node.range)
            }
        }
        if let node = map.value("calendar"), let calendar = file.defaults.calendar(node, sink) {
            settings.calendar = calendar
        }
        if let node = map.scalarNode("at"), let text = node.scalar?.text {
            if let time = LocalTime(text) { settings.at = time } else { sink.report(.badTime(text), node.range) }
        }
        if let node = map.scalarNode("language"), let text = node.scalar?.text {
            if let language = AlmanacLanguage(rawValue: text) {
                settings.language = language
            } else {
                sink.report(RuleTestProblem.badLanguage(text), node.range)
            }
        }
        if let text = map.scalar("currency")?.text { settings.currency = text }
    }

    // MARK: rules

    /// Nil for all.
    private func selection(_ map: MappingReader) -> [String]? {
        guard let node = map.required("rules") else { return [] }
        if node.scalar?.text == "all", !rules.ids.contains("all") { return nil }
        return (node.items ?? [node]).compactMap { item in
            guard let id = map.text(item, key: "rules")?.text else { return nil }
            if !rules.ids.contains(id) {
                let near = nearest(id, among: rules.ids)
                sink.report(RuleTestProblem.unknownRule(id, nearest: near, known: rules.ids), item.range)
            }
            return id
        }
    }
}

/// Reads the times of a test.
struct TestMoments {
    let zone: Zone
    let sink: ProblemSink

    /// An instant, or a date whose first instant is meant.
    func instant(_ node: YAMLNode) -> Instant? {
        switch when(node) {
        case .instant(let instant): instant
        case .day(let date): zone.startOfDay(date)
        case nil: nil
        }
    }

    /// Times without an offset are on the test's clock.
    func when(_ node: YAMLNode) -> RuleTest.Expectation.When? {
        guard let text = node.scalar?.text else {
            sink.report(.wantedText("at"), node.range)
            return nil
        }
        do {
            switch try FieldParser(zone: zone).value(text, as: .when) {
            case .date(let date): return .day(date)
            case .instant(let instant): return .instant(instant)
            default: sink.report(.emptyValue("at"), node.range)
            }
        } catch {
            sink.report(problem(text, error), node.range)
        }
        return nil
    }

    private func problem(_ text: String, _ problem: FieldProblem) -> RuleTestProblem {
        switch problem {
        case .impossibleDate, .impossibleTime:
            .impossibleMoment(english: problem.words(.en), chinese: problem.words(.zh))
        default: .badMoment(text)
        }
    }

    /// The last instant of the day.
    func end(of date: CivilDate) -> Instant { zone.startOfDay(date.adding(days: 1)).adding(microseconds: -1) }

    func shown(_ instant: Instant) -> String { Instant(seconds: instant.seconds).iso(in: zone) }
}
