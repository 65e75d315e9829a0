import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads the lines of `expect`.
struct ExpectationReader {
    let moments: TestMoments
    let cast: TestCast
    /// All rules that there are.
    let known: [String]
    /// Rules of the test, as it names them.
    let tested: [String]
    let configured: Set<String>
    let sink: ProblemSink

    struct Placed {
        let line: RuleTest.Expectation
        let atRange: SourceRange?
    }

    static let keys = [
        "at", "rule", "record", "to", "via", "contains", "title", "text", "late", "priority", "payload", "outcome",
        "reason",
    ]
    /// What only a notice has.
    private static let noticeKeys = ["to", "via", "contains", "title", "text", "late", "priority", "payload"]

    func read(_ map: MappingReader) -> [Placed] {
        guard map.has("expect"), let nodes = map.list("expect") else { return [] }
        return nodes.compactMap(read)
    }

    private func read(_ node: YAMLNode) -> Placed? {
        guard let map = MappingReader(node, owner: "expect", known: ExpectationReader.keys, sink: sink) else {
            return nil
        }
        if map.order.isEmpty, map.strangers.isEmpty {
            sink.report(RuleTestProblem.emptyExpectation, node.range)
            return nil
        }
        var line = RuleTest.Expectation(
            place: RulePlace(file: sink.file.name, line: sink.file.line(at: node.range.start)))
        line.at = map.value("at").flatMap { moments.when($0) }
        line.rule = rule(map)
        line.record = record(map)
        line.outcome = outcome(map)
        line.reason = map.scalar("reason")?.text
        readNotice(map, &line)
        join(map, &line)
        return Placed(line: line, atRange: map.has("at") ? map.value("at")?.range : nil)
    }

    /// `outcome` is about a decision, the other keys about a notice; a decision that rings has both.
    private func join(_ map: MappingReader, _ line: inout RuleTest.Expectation) {
        if map.has("reason"), !map.has("outcome") {
            sink.report(RuleTestProblem.reasonWithoutOutcome, map.keyRange("reason"))
        }
        let keys = ExpectationReader.noticeKeys.filter(map.has)
        guard let outcome = line.outcome, !keys.isEmpty else { return }
        if case .decision(let decided) = outcome, decided.rang, line.reason == nil {
            line.outcome = nil
            line.late = line.late ?? (decided == .firedLate)
            return
        }
        for key in keys { sink.report(RuleTestProblem.notWithOutcome(key), map.keyRange(key)) }
    }

    private func readNotice(_ map: MappingReader, _ line: inout RuleTest.Expectation) {
        line.to = people(map)
        line.via = map.list("via")?.compactMap { map.text($0, key: "via")?.text }
        line.contains = map.list("contains")?.compactMap { map.text($0, key: "contains")?.text } ?? []
        line.title = map.scalar("title")?.text
        line.text = map.scalar("text")?.text
        line.late = map.bool("late")
        line.priority = map.choice("priority", Priority.self)
        line.payload = payload(map)
    }

    private func rule(_ map: MappingReader) -> String? {
        guard let node = map.scalarNode("rule"), let id = node.scalar?.text else { return nil }
        guard !tested.contains(id) else { return id }
        if !known.contains(id) {
            let near = nearest(id, among: tested.filter(known.contains))
            sink.report(RuleTestProblem.unknownRule(id, nearest: near, known: known), node.range)
        } else if tested.allSatisfy(known.contains), !tested.isEmpty {
            sink.report(RuleTestProblem.ruleNotTested(id, tested: tested), node.range)
        }
        return id
    }

    private func record(_ map: MappingReader) -> RecordRef? {
        guard let node = map.value("record"), let ref = cast.reference(node, map, key: "record") else { return nil }
        if !cast.known.contains(ref), !cast.made.contains(ref.kind) {
            sink.report(RuleTestProblem.noRecord(ref.description, nearest: cast.nearestRecord(ref)), node.range)
        }
        return ref
    }

    private func outcome(_ map: MappingReader) -> ExpectedOutcome? {
        guard let node = map.scalarNode("outcome"), let word = node.scalar?.text else { return nil }
        guard let outcome = ExpectedOutcome(word) else {
            let near = nearest(word, among: ExpectedOutcome.words)
            sink.report(
                .wantedOneOf("outcome", found: word, choices: ExpectedOutcome.words, nearest: near), node.range)
            return nil
        }
        return outcome
    }

    /// `to: []` says that nobody is named. A name or an e-mail of a given member stands for the id.
    private func people(_ map: MappingReader) -> [String]? {
        guard map.has("to"), let nodes = map.list("to") else { return nil }
        return nodes.compactMap { node in
            guard let text = map.text(node, key: "to")?.text else { return nil }
            if let id = cast.find(text, kind: "member") { return id }
            if !text.contains("@"), RecordRef(text) == nil, !cast.made.contains("member") {
                let near = nearest(text, among: cast.ids("member"))
                sink.report(RuleTestProblem.unknownPerson(text, nearest: near), node.range)
            }
            return text
        }
    }

    // MARK: payload

    private func payload(_ map: MappingReader) -> [(channel: String, body: BodyPattern)] {
        guard let node = map.value("payload") else { return [] }
        guard let pairs = node.pairs else {
            sink.report(.wantedMapping("payload"), node.range)
            return []
        }
        return pairs.compactMap { pair in
            guard let name = pair.key.scalar?.text else { return nil }
            guard configured.contains(name) else {
                if let near = nearest(name, among: configured.sorted()) {
                    sink.report(.unknownChannel(name, nearest: near), pair.key.range)
                } else {
                    sink.report(RuleTestProblem.payloadWithoutChannel(name), pair.key.range)
                }
                return nil
            }
            guard !pair.value.isEmpty else {
                sink.report(.emptyValue(name), pair.key.range)
                return nil
            }
            if let text = pair.value.scalar?.text { return (name, .contains(text)) }
            return (name, pattern(pair.value))
        }
    }

    private func pattern(_ node: YAMLNode) -> BodyPattern {
        switch node.content {
        case .broken: return .null
        case .scalar(let scalar): return node.isEmpty ? .null : .value(scalar.text)
        case .sequence(let items): return .list(items.map(pattern))
        case .mapping(let pairs):
            // A key of this name alone asks for a part of a text.
            if pairs.count == 1, pairs[0].key.scalar?.text == "contains", let text = pairs[0].value.scalar?.text {
                return .contains(text)
            }
            return .mapping(pairs.map { .init(key: $0.key.scalar?.text ?? "", pattern: pattern($0.value)) })
        }
    }

    // MARK: what can never be met

    func check(_ lines: [Placed], from clock: Instant, to ends: Instant) {
        for placed in lines where placed.line.outcome == nil {
            guard let range = placed.atRange, let at = placed.line.at else { continue }
            let (first, last) =
                switch at {
                case .instant(let instant): (instant, instant)
                case .day(let date): (moments.zone.startOfDay(date), moments.end(of: date))
                }
            if last < clock || first > ends {
                sink.report(
                    RuleTestProblem.neverThen(
                        moments.shown(first), from: moments.shown(clock), to: moments.shown(ends)), range)
            }
        }
    }
}
