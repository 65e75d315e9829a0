import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Steps that ask people, invite them or call an endpoint.
extension StepReader {
    static let approveKeys = ["by", "choices", "text", "via", "then", "escalate"]
    static let inviteKeys = ["to", "title", "starts_at", "duration", "location"]
    static let callKeys = ["endpoint", "body"]
    /// Depth of mappings and lists inside `body`.
    static let bodyDepth = 8
    /// Words to choose from; each becomes a button.
    static let choicesLimit = 10

    // MARK: approve

    func approve(_ node: YAMLNode, _ number: Int) -> ApproveAction? {
        guard let map = MappingReader(node, owner: "approve", known: StepReader.approveKeys, sink: sink) else {
            return nil
        }
        let approvers = map.required("by") == nil ? [] : map.list("by") ?? []
        let by = approvers.compactMap { people($0, key: "by") }
        let via = map.has("via") ? channels(map) : []
        let question = map.value("text").flatMap { text.message($0, key: "text") }
        let choices = choices(map)
        let branches = map.value("then").map { self.branches($0, choices, number) } ?? [:]
        let escalation = escalation(map)
        return ApproveAction(
            by: by, nobody: nobody(approvers), choices: choices, text: question, via: via, branches: branches,
            escalation: escalation)
    }

    /// Entries of the form `condition ? people : []` or `condition ? [] : people`.
    private func nobody(_ nodes: [YAMLNode]) -> [Int: (condition: Expression, is: Bool)] {
        var found: [Int: (condition: Expression, is: Bool)] = [:]
        for (index, node) in nodes.enumerated() {
            guard let choice = node.scalar.flatMap({ TopChoice($0.text) }),
                choice.isEmptyWhenTrue || choice.isEmptyWhenFalse,
                let condition = text.silent(choice.condition)
            else { continue }
            found[index] = (condition, choice.isEmptyWhenTrue)
        }
        return found
    }

    private func choices(_ map: MappingReader) -> [String] {
        guard map.has("choices") else { return ApproveAction.usualChoices }
        let nodes = map.list("choices") ?? []
        let words = nodes.compactMap { map.text($0, key: "choices")?.text }
        if let range = map.peek("choices")?.range {
            if words.count > StepReader.choicesLimit {
                sink.report(.tooMany("choices", limit: StepReader.choicesLimit), range)
            } else if words.count == nodes.count, Set(words).count < 2 {
                let comma = words.first?.first { "，、；".contains($0) }
                sink.report(comma.map { .choicesComma(String($0)) } ?? .tooFewChoices, range)
            }
        }
        return words
    }

    /// What follows each decision: `approve`, `reject`, or a choice of the rule's own.
    private func branches(_ node: YAMLNode, _ choices: [String], _ number: Int) -> [String: [Step]] {
        guard let map = MappingReader(node, owner: "then", known: choices, sink: sink) else { return [:] }
        let reader = StepReader(file: file, text: text.deciding, kind: kind, sink: sink)
        var ordinal = 0
        var branches: [String: [Step]] = [:]
        // In the order of the choices, so that an edited order of the branches renames no step.
        for choice in choices where map.has(choice) {
            guard let steps = map.value(choice) else { continue }
            for step in steps.items ?? [steps] {
                if ordinal == RuleReader.stepsLimit {
                    sink.report(.tooMany("then", limit: RuleReader.stepsLimit), step.range)
                    return branches
                }
                if let read = reader.read(step, number: Step.nested(in: number, ordinal)) {
                    branches[choice, default: []].append(read)
                }
                ordinal += 1
            }
        }
        return branches
    }

    private func escalation(_ map: MappingReader) -> ApproveAction.Escalation? {
        guard let node = map.value("escalate"),
            let escalate = MappingReader(node, owner: "escalate", known: ["wait", "to"], sink: sink)
        else { return nil }
        let wait = escalate.required("wait") == nil ? nil : wait(escalate)
        let to = escalate.required("to") == nil ? [] : (escalate.list("to") ?? []).compactMap { people($0, key: "to") }
        return wait.map { ApproveAction.Escalation(wait: $0, to: to) }
    }

    // MARK: invite

    func invite(_ node: YAMLNode) -> InviteAction? {
        guard let map = MappingReader(node, owner: "invite", known: StepReader.inviteKeys, sink: sink) else {
            return nil
        }
        let to = map.required("to") == nil ? [] : (map.list("to") ?? []).compactMap { people($0, key: "to") }
        let title = map.value("title").flatMap { text.message($0, key: "title") }
        let location = map.value("location").flatMap { text.template($0, key: "location") }
        let length = length(map)
        guard let start = map.required("starts_at"), !isBareMoment(start), let expression = text.expression(start)
        else { return nil }
        let type = expression.program.resultType.withoutNull
        if ![.timestamp, HostType.date, HostType.when, .dyn, .error].contains(type) {
            sink.report(.notAMoment(found: type.description), start.range)
        }
        return InviteAction(to: to, title: title, startsAt: expression, duration: length, location: location)
    }

    private func length(_ map: MappingReader) -> InviteAction.Length? {
        guard let node = map.value("duration"), let scalar = map.text(node, key: "duration") else { return nil }
        if scalar.text.contains("{{") {
            guard let template = text.template(node, key: "duration") else { return nil }
            checkLength(template, node)
            return .template(template)
        }
        if let head = scalar.text.split(separator: ".").first, text.environment.variables[String(head)] != nil {
            sink.report(.fieldAsLength(scalar.text), node.range)
            return nil
        }
        guard let period = PeriodReader.positive(scalar.text, node, sink) else { return nil }
        let days = period.months * 30 + period.days + period.workingDays
        if days > Int(StepReader.longestMeeting) || period.microseconds > RuleEvaluator.longestMeeting * 1_000_000 {
            sink.report(.tooLong(scalar.text, days: Int(StepReader.longestMeeting)), node.range)
        }
        return .fixed(period)
    }

    /// Days.
    private static let longestMeeting = RuleEvaluator.longestMeeting / 86_400

    /// One value alone must be a length, or a text that may hold one; what a record is called never is.
    private func checkLength(_ template: Template, _ node: YAMLNode) {
        guard let expression = template.single else { return }
        if let read = lastRead(expression), file.language.schema.kind(read.kind)?.titleField == read.field {
            sink.report(.notALength(found: "\(read.kind).\(read.field)"), node.range)
            return
        }
        let type = expression.program.resultType.withoutNull
        switch type {
        case .duration, .string, .dyn, .error, .int, .uint, HostType.period: return
        default: sink.report(.notALength(found: type.description), node.range)
        }
    }

    /// `2026-11-30 10:00` is no expression; YAML takes it as it stands.
    private func isBareMoment(_ node: YAMLNode) -> Bool {
        guard let word = node.scalar?.text, let date = word.split(separator: " ").first?.split(separator: "T").first,
            CivilDate(date) != nil
        else { return false }
        sink.report(.bareMoment(word), node.range)
        return true
    }

    // MARK: call

    func call(_ node: YAMLNode) -> CallAction? {
        guard let map = MappingReader(node, owner: "call", known: StepReader.callKeys, sink: sink) else { return nil }
        let body = map.value("body").flatMap { self.body($0, depth: 0) }
        guard let name = map.required("endpoint"), let endpoint = map.text(name, key: "endpoint")?.text else {
            return nil
        }
        if !file.defaults.endpoints.contains(endpoint) {
            sink.report(
                .unknownEndpoint(endpoint, nearest: nearest(endpoint, among: file.defaults.endpoints.sorted())),
                name.range)
        }
        return CallAction(endpoint: endpoint, body: body)
    }

    private func body(_ node: YAMLNode, depth: Int) -> CallAction.BodyTemplate? {
        guard depth < StepReader.bodyDepth else {
            sink.report(.tooMany("body", limit: depth), node.range)
            return nil
        }
        if let items = node.items { return .array(items.compactMap { body($0, depth: depth + 1) }) }
        if let pairs = node.pairs {
            return .object(
                pairs.compactMap { pair in
                    guard let key = pair.key.scalar?.text, let value = body(pair.value, depth: depth + 1) else {
                        return nil
                    }
                    return (key, value)
                })
        }
        if node.isEmpty { return .null }
        return text.template(node, key: "body").map(CallAction.BodyTemplate.value)
    }
}
