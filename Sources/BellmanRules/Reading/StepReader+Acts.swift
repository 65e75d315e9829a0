import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Steps that ask people, invite them or call an endpoint: read and type-checked, so that a rule which waits for them
/// is right on the day they come.
extension StepReader {
    static let approveKeys = ["by", "choices", "text", "via", "then", "escalate"]
    static let inviteKeys = ["to", "title", "starts_at", "duration", "location"]
    static let callKeys = ["endpoint", "body"]
    /// Depth of mappings and lists inside `body`.
    static let bodyDepth = 8

    func readComing(_ verb: String, _ map: MappingReader) {
        guard let node = map.value(verb) else { return }
        switch verb {
        case "approve": approve(node)
        case "invite": invite(node)
        default: call(node)
        }
    }

    private func approve(_ node: YAMLNode) {
        guard let map = MappingReader(node, owner: "approve", known: StepReader.approveKeys, sink: sink) else { return }
        if map.required("by") != nil { _ = (map.list("by") ?? []).compactMap(people) }
        if map.has("via") { _ = channels(map) }
        _ = map.value("text").flatMap { text.template($0, key: "text") }
        let choices = (map.list("choices") ?? []).compactMap { map.text($0, key: "choices")?.text }
        if let branches = map.value("then") { self.branches(branches, choices: choices) }
        guard let escalation = map.value("escalate"),
            let escalate = MappingReader(escalation, owner: "escalate", known: ["wait", "to"], sink: sink)
        else { return }
        if escalate.required("wait") != nil { _ = wait(escalate) }
        if escalate.required("to") != nil { _ = (escalate.list("to") ?? []).compactMap(people) }
    }

    /// What follows each decision: `approve`, `reject`, or a choice of the rule's own.
    private func branches(_ node: YAMLNode, choices: [String]) {
        let known = choices.isEmpty ? ["approve", "reject"] : choices
        guard let map = MappingReader(node, owner: "then", known: known, sink: sink) else { return }
        for choice in map.order {
            guard let steps = map.value(choice) else { continue }
            for step in steps.items ?? [steps] { _ = read(step) }
        }
    }

    private func invite(_ node: YAMLNode) {
        guard let map = MappingReader(node, owner: "invite", known: StepReader.inviteKeys, sink: sink) else { return }
        if map.required("to") != nil { _ = (map.list("to") ?? []).compactMap(people) }
        for key in ["title", "location"] { _ = map.value(key).flatMap { text.template($0, key: key) } }
        if let start = map.required("starts_at"), let expression = text.expression(start) {
            let type = expression.program.resultType.withoutNull
            if ![.timestamp, HostType.date, HostType.when, .dyn, .error].contains(type) {
                sink.report(.notAMoment(found: type.description), start.range)
            }
        }
        guard let length = map.value("duration"), let scalar = map.text(length, key: "duration") else { return }
        if scalar.text.contains("{{") {
            _ = text.template(length, key: "duration")
        } else {
            _ = PeriodReader.positive(scalar.text, length, sink)
        }
    }

    private func call(_ node: YAMLNode) {
        guard let map = MappingReader(node, owner: "call", known: StepReader.callKeys, sink: sink) else { return }
        if map.required("endpoint") != nil { _ = map.scalarNode("endpoint") }
        if let body = map.value("body") { self.body(body, depth: 0) }
    }

    private func body(_ node: YAMLNode, depth: Int) {
        guard depth < StepReader.bodyDepth else { return sink.report(.tooMany("body", limit: depth), node.range) }
        if let items = node.items {
            for item in items { body(item, depth: depth + 1) }
        } else if let pairs = node.pairs {
            for pair in pairs { body(pair.value, depth: depth + 1) }
        } else if !node.isEmpty {
            _ = text.template(node, key: "body")
        }
    }
}
