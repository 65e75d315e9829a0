import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads what people do about notices in a test: `ack`, `snooze`, `silence`, `decide`.
struct PeopleEventReader {
    let moments: TestMoments
    /// Ids of all rules, and of those that the test is about.
    let rules: (known: [String], tested: [String])
    let sink: ProblemSink

    static let acts = ["ack", "snooze", "silence", "decide"]
    /// Keys that stand beside one of them.
    static let companions = ["for", "choice", "comment"]
    private static let silenceKeys = [
        "rule", "tag", "kind", "record", "if", "from", "until", "for", "every", "reason",
    ]

    /// `for` is about a snooze, `choice` about a decision.
    func checkCompanions(_ map: MappingReader, of act: String) {
        let homes = ["for": ["snooze"], "choice": ["decide"], "comment": ["ack", "snooze", "decide"]]
        for key in PeopleEventReader.companions where map.has(key) {
            guard let allowed = homes[key], !allowed.contains(act) else { continue }
            sink.report(.goesWith(key, allowed), map.keyRange(key))
        }
    }

    func act(_ name: String, _ map: MappingReader) -> RuleTest.Event.Act? {
        switch name {
        case "ack": return rule(map, "ack").map { .acknowledge(rule: $0) }
        case "snooze":
            let rule = rule(map, "snooze")
            let by = map.required("by")
            let length = map.required("for").flatMap { node in
                map.text(node, key: "for").flatMap { PeriodReader.positive($0.text, node, sink) }
            }
            guard let rule, let length, by != nil else { return nil }
            return .snooze(rule: rule, length: length)
        case "silence": return map.value("silence").flatMap(silence)
        default:
            let by = map.required("by")
            guard let choice = map.required("choice").flatMap({ map.text($0, key: "choice") }), by != nil else {
                return nil
            }
            return .decide(choice: choice.text)
        }
    }

    private func rule(_ map: MappingReader, _ key: String) -> String? {
        guard let node = map.scalarNode(key), let id = node.scalar?.text else { return nil }
        if !rules.known.contains(id) {
            let near = nearest(id, among: rules.tested)
            sink.report(RuleTestProblem.unknownRule(id, nearest: near, known: rules.known), node.range)
        } else if !rules.tested.contains(id) {
            sink.report(RuleTestProblem.ruleNotTested(id, tested: rules.tested), node.range)
        }
        return id
    }

    private func silence(_ node: YAMLNode) -> RuleTest.Event.Act? {
        guard
            let map = MappingReader(node, owner: "silence", known: PeopleEventReader.silenceKeys, sink: sink)
        else { return nil }
        func text(_ key: String) -> String? { map.scalar(key)?.text }
        let rule = map.has("rule") ? rule(map, "rule") : nil
        var request = SilenceRequest(
            scope: SilenceScope(
                rule: rule, tag: text("tag"), kind: text("kind"), record: text("record"), condition: text("if")))
        request.from = text("from") ?? ""
        request.until = text("until") ?? ""
        request.length = text("for") ?? ""
        request.every = text("every") ?? ""
        request.reason = map.required("reason").flatMap { map.text($0, key: "reason")?.text } ?? ""
        return .silence(request)
    }
}
