import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads what happens in a test: events, down time, the end.
struct TestStory {
    let moments: TestMoments
    let clock: Instant?
    let sink: ProblemSink
    /// The latest instant that the file names.
    private var latest: Instant?

    struct PlacedEvent {
        let event: RuleTest.Event
        let range: SourceRange
    }

    /// What is done to records, and what people do about notices.
    static let acts = ["set", "create", "delete"] + PeopleEventReader.acts
    /// Days after everything else that a date in a record still counts as the end.
    private static let longestDefault = 800
    /// Dates of the given records.
    var recordDates: [CivilDate] = []
    /// Ids of all rules, and of those that the test is about.
    var rules: (known: [String], tested: [String]) = ([], [])
    private static let keys = ["at", "record", "by", "quiet"] + PeopleEventReader.companions + acts
    /// Who acts where the file does not say.
    static let actor = "test"

    init(moments: TestMoments, clock: Instant?, sink: ProblemSink) {
        self.moments = moments
        self.clock = clock
        self.sink = sink
        latest = clock
    }

    private mutating func note(_ instant: Instant) { latest = max(latest ?? instant, instant) }

    // MARK: events

    /// Ascending in time. Whether a record is there is asked in that order too.
    mutating func events(_ map: MappingReader, _ cast: inout TestCast) -> [PlacedEvent] {
        guard let node = map.value("events") else { return [] }
        var drafts: [Draft] = []
        for item in node.items ?? [node] {
            if let draft = draft(item, cast) { drafts.append(draft) }
        }
        // A stable order: those of one instant stay as they are written.
        let ordered = drafts.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return ordered.compactMap { event($0.element, &cast) }
    }

    private struct Draft {
        let at: Instant
        let atRange: SourceRange
        let record: RecordRef?
        let recordRange: SourceRange
        let act: String
        let map: MappingReader
        let place: RulePlace
    }

    private mutating func draft(_ item: YAMLNode, _ cast: TestCast) -> Draft? {
        guard let map = MappingReader(item, owner: "events", known: TestStory.keys, sink: sink) else { return nil }
        let at = map.required("at").flatMap { node in moments.instant(node).map { ($0, node.range) } }
        let acts = map.order.filter(TestStory.acts.contains)
        guard acts.count == 1 else {
            if acts.count > 1 {
                sink.report(RuleTestProblem.severalActs(acts), map.keyRange(acts[1]))
            } else if map.strangers.isEmpty {
                sink.report(RuleTestProblem.noAct, item.range)
            }
            return nil
        }
        let people = PeopleEventReader(moments: moments, rules: rules, sink: sink)
        people.checkCompanions(map, of: acts[0])
        // Whom a question is put to is told by what it is about.
        let key = acts[0] == "decide" ? "decide" : "record"
        let isNeeded = !["ack", "snooze", "silence"].contains(acts[0])
        let node = isNeeded ? map.required(key) : map.value(key)
        let record = node.flatMap { cast.reference($0, map, key: key) }
        guard let at, record != nil || !isNeeded else { return nil }
        if let clock, at.0 < clock {
            sink.report(
                RuleTestProblem.eventBeforeClock(moments.shown(at.0), clock: moments.shown(clock)), at.1)
        }
        note(at.0)
        return Draft(
            at: at.0, atRange: at.1, record: record, recordRange: node?.range ?? at.1, act: acts[0], map: map,
            place: RulePlace(file: sink.file.name, line: sink.file.line(at: item.range.start)))
    }

    private func event(_ draft: Draft, _ cast: inout TestCast) -> PlacedEvent? {
        let people = PeopleEventReader(moments: moments, rules: rules, sink: sink)
        let act =
            PeopleEventReader.acts.contains(draft.act)
            ? people.act(draft.act, draft.map) : draft.record.flatMap { change(draft, $0, &cast) }
        guard let act else { return nil }
        let map = draft.map
        let event = RuleTest.Event(
            at: draft.at, place: draft.place, record: draft.record, act: act,
            actor: map.scalar("by")?.text ?? TestStory.actor, quiet: map.bool("quiet") ?? false,
            comment: map.scalar("comment")?.text ?? "")
        return PlacedEvent(event: event, range: draft.atRange)
    }

    private func change(_ draft: Draft, _ ref: RecordRef, _ cast: inout TestCast) -> RuleTest.Event.Act? {
        let map = draft.map
        let isThere = cast.isAlive(ref)
        let mayBeThere = isThere || cast.made.contains(ref.kind)
        switch draft.act {
        case "delete":
            guard map.bool("delete") == true else {
                if map.bool("delete") == false { sink.report(RuleTestProblem.noAct, map.keyRange("delete")) }
                return nil
            }
            if !mayBeThere {
                sink.report(
                    RuleTestProblem.noRecord(ref.description, nearest: cast.nearestRecord(ref)), draft.recordRange)
            }
            cast.vanish(ref)
            return .delete
        case "create":
            if isThere { sink.report(RuleTestProblem.recordExists(ref.description), draft.recordRange) }
            cast.appear(ref)
            return .create(fields(draft, ref, cast))
        default:
            if !mayBeThere {
                sink.report(
                    RuleTestProblem.madeBySet(ref.description, nearest: cast.nearestRecord(ref)), draft.recordRange)
            }
            cast.appear(ref)
            return .set(fields(draft, ref, cast))
        }
    }

    private func fields(_ draft: Draft, _ ref: RecordRef, _ cast: TestCast) -> [String: FieldValue] {
        guard let kind = cast.schema.kind(ref.kind), let node = draft.map.value(draft.act),
            let map = MappingReader(
                node, owner: kind.name, known: TestCast.keys(kind, isGiven: false), sink: sink)
        else { return [:] }
        var links: [TestCast.Link] = []
        let fields = cast.fields(map, kind, &links)
        for link in links { cast.check(link) }
        return fields
    }

    // MARK: down time

    mutating func down(_ map: MappingReader) -> [Range<Instant>] {
        guard let node = map.value("down") else { return [] }
        guard let items = node.items else {
            sink.report(RuleTestProblem.badDown, node.range)
            return []
        }
        // One pair alone is what is meant by two instants.
        let pairs = items.count == 2 && items.allSatisfy { $0.scalar != nil } ? [node] : items
        let spans = pairs.compactMap { span($0) }
        return merged(spans.sorted { $0.lowerBound < $1.lowerBound })
    }

    private mutating func span(_ node: YAMLNode) -> Range<Instant>? {
        guard let ends = node.items, ends.count == 2 else {
            sink.report(RuleTestProblem.badDown, node.range)
            return nil
        }
        guard let from = moments.instant(ends[0]), let to = moments.instant(ends[1]) else { return nil }
        guard from < to else {
            sink.report(RuleTestProblem.downReversed(moments.shown(from), moments.shown(to)), node.range)
            return nil
        }
        if let clock, from < clock {
            sink.report(
                RuleTestProblem.downBeforeClock(moments.shown(from), clock: moments.shown(clock)), ends[0].range)
        }
        note(to)
        return from..<to
    }

    private func merged(_ spans: [Range<Instant>]) -> [Range<Instant>] {
        spans.reduce(into: []) { result, span in
            if let last = result.last, span.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                result.append(span)
            }
        }
    }

    // MARK: the end

    /// `ends`, or the end of the last day that the file names.
    mutating func end(_ map: MappingReader, _ expectations: [ExpectationReader.Placed]) -> Instant {
        for placed in expectations where placed.line.outcome == nil {
            switch placed.line.at {
            case .instant(let instant): note(instant)
            case .day(let date): note(moments.end(of: date))
            case nil: break
            }
        }
        let last = latest ?? .earliest
        guard let node = map.value("ends"), let when = moments.when(node) else {
            let day = moments.zone.date(last)
            // 9999-12-31 and its like are written for "never" and are nobody's end.
            let dates = recordDates.filter { $0 > day && $0.days(since: day) <= TestStory.longestDefault }
            return moments.end(of: dates.max() ?? day)
        }
        let ends =
            switch when {
            case .instant(let instant): instant
            case .day(let date): moments.end(of: date)
            }
        if let clock, ends < clock {
            sink.report(RuleTestProblem.endsBeforeClock(moments.shown(ends), clock: moments.shown(clock)), node.range)
        }
        return ends
    }

    func checkEvents(_ events: [PlacedEvent], ends: Instant) {
        for placed in events where placed.event.at > ends {
            sink.report(
                RuleTestProblem.eventAfterEnd(moments.shown(placed.event.at), ends: moments.shown(ends)), placed.range)
        }
    }
}
