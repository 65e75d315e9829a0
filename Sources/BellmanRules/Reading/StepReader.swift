import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Reads one step of `then`: exactly one verb, beside it `wait`, `if`, `unless`.
struct StepReader {
    let file: RuleFileReader
    let text: TextReader
    let kind: String?
    let sink: ProblemSink

    static let verbs = ["notify", "set", "create", "approve", "invite", "call"]
    static let notifyKeys = ["via", "to", "title", "text", "links", "priority", "digest"]
    static let linksLimit = 10

    func read(_ node: YAMLNode, number: Int) -> Step? {
        guard
            let map = MappingReader(
                node, owner: "step", known: StepReader.verbs + ["wait", "if", "unless"], sink: sink)
        else { return nil }
        let used = map.order.filter(StepReader.verbs.contains)
        guard let verb = used.first else {
            if map.strangers.isEmpty { sink.report(.noVerb, node.range) }
            return nil
        }
        guard used.count == 1 else {
            sink.report(.severalVerbs(used), map.keyRange(used[1]))
            return nil
        }
        let wait = wait(map)
        let condition = text.condition(map.value("if"))
        let exclusion = text.condition(map.value("unless"))
        guard let action = action(verb, map, number) else { return nil }
        return Step(number: number, wait: wait, condition: condition, exclusion: exclusion, action: action)
    }

    func wait(_ map: MappingReader) -> Period? {
        guard let node = map.scalarNode("wait"), let text = node.scalar?.text else { return nil }
        return PeriodReader.positive(text, node, sink)
    }

    private func action(_ verb: String, _ map: MappingReader, _ number: Int) -> Step.Action? {
        guard let node = map.value(verb) else { return nil }
        switch verb {
        case "notify": return notify(node).map(Step.Action.notify)
        case "set": return set(node)
        case "create": return create(node)
        case "approve": return approve(node, number).map(Step.Action.approve)
        case "invite": return invite(node).map(Step.Action.invite)
        default: return call(node).map(Step.Action.call)
        }
    }

    // MARK: notify

    private func notify(_ node: YAMLNode) -> NotifyAction? {
        guard let map = MappingReader(node, owner: "notify", known: StepReader.notifyKeys, sink: sink) else {
            return nil
        }
        let via = channels(map)
        let to = (map.list("to") ?? []).compactMap { people($0, key: "to") }
        let title = map.value("title").flatMap { text.message($0, key: "title") }
        let body = map.value("text").flatMap { text.message($0, key: "text") }
        let links = links(map)
        let priority = map.choice("priority", Priority.self) ?? .normal
        let digest = digest(map)
        return NotifyAction(
            via: via, to: to, title: title, text: body, links: links, priority: priority, digest: digest)
    }

    private func digest(_ map: MappingReader) -> Every? {
        guard let node = map.scalarNode("digest"), let scalar = node.scalar else { return nil }
        return EveryReader.read(scalar, node, sink)
    }

    func channels(_ map: MappingReader) -> [String] {
        guard map.required("via") != nil else { return [] }
        return (map.list("via") ?? []).compactMap { node in
            guard let name = map.text(node, key: "via")?.text else { return nil }
            if file.defaults.channels.contains(name) { return name }
            sink.report(
                .unknownChannel(name, nearest: nearest(name, among: file.defaults.channels.sorted())), node.range)
            return nil
        }
    }

    func people(_ node: YAMLNode, key: String) -> Expression? {
        if let word = node.scalar?.text, StepReader.isAddress(word) {
            sink.report(.bareAddress(key: key, word), node.range)
            return nil
        }
        var text = text
        text.peopleKey = key
        guard let expression = text.expression(node) else { return nil }
        if let read = lastRead(expression), isMereText(read.kind, read.field) {
            sink.report(.namesNobody(key: key, path: "\(read.kind).\(read.field)"), node.range)
            return nil
        }
        if StepReader.namesPeople(expression.program.resultType) { return expression }
        sink.report(.notPeople(key: key, found: expression.program.resultType.description), node.range)
        return nil
    }

    /// The field that an expression names, where it is a path and nothing else.
    func lastRead(_ expression: Expression) -> (kind: String, field: String)? {
        let source = expression.program.source.trimmed
        guard source.unicodeScalars.allSatisfy({ $0 == "." || $0 == "_" || $0.properties.isAlphabetic }) else {
            return nil
        }
        let name = source.split(separator: ".").last.map(String.init) ?? ""
        for case .field(let kind, name, _) in expression.program.reads.reversed() { return (kind, name) }
        return nil
    }

    /// A built-in text field that holds neither a member's id nor an address.
    private func isMereText(_ kind: String, _ field: String) -> Bool {
        guard
            let definition = BuiltInKinds.all.first(where: { $0.name == kind })?.fields.first(where: {
                $0.name == field
            })
        else { return false }
        return [.string, .text].contains(definition.type) && !["email", "waiting_for"].contains(field)
    }

    /// `wang@example.com` or a name in Chinese: a text that lacks its quotes, and no expression.
    private static func isAddress(_ word: String) -> Bool {
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && word.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "@.-_+0123456789".unicodeScalars.contains($0)
            }
    }

    /// Members, customers (who have an e-mail too), addresses as text, and lists of these.
    private static func namesPeople(_ type: CELType) -> Bool {
        switch type.withoutNull {
        case .dyn, .string, .null, .error: true
        case .object(let kind): kind == "member" || kind == "customer"
        case .list(let element): namesPeople(element)
        case .param: true
        default: false
        }
    }

    private func links(_ map: MappingReader) -> [(label: Template, url: Template)] {
        guard let node = map.value("links") else { return [] }
        guard let items = node.items else {
            sink.report(.wantedList("links"), node.range)
            return []
        }
        if items.count > StepReader.linksLimit {
            sink.report(.tooMany("links", limit: StepReader.linksLimit), node.range)
        }
        return items.compactMap { item in
            guard let link = MappingReader(item, owner: "links", known: ["label", "url"], sink: sink),
                let label = link.required("label").flatMap({ text.message($0, key: "label") }),
                let url = link.required("url").flatMap({ text.template($0, key: "url") })
            else { return nil }
            return (label, url)
        }
    }

    // MARK: set and create

    private func set(_ node: YAMLNode) -> Step.Action? {
        guard let kind else {
            sink.report(.recordNeeded("set"), node.range)
            return nil
        }
        return assignments(node, kind, owner: "set").map(Step.Action.set)
    }

    private func create(_ node: YAMLNode) -> Step.Action? {
        guard let map = MappingReader(node, owner: "create", known: ["kind", "fields"], sink: sink),
            let kindNode = map.required("kind"), let name = map.text(kindNode, key: "kind")?.text
        else { return nil }
        guard file.language.schema.kind(name) != nil else {
            sink.report(
                .unknownKind(name, nearest: nearest(name, among: file.language.schema.kindNames)), kindNode.range)
            return nil
        }
        guard let fields = map.required("fields") else { return nil }
        return assignments(fields, name, owner: "fields").map { .create(kind: name, fields: $0) }
    }

    private func assignments(_ node: YAMLNode, _ kind: String, owner: String) -> [FieldAssignment]? {
        guard let pairs = node.pairs else {
            sink.report(.wantedMapping(owner), node.range)
            return nil
        }
        return pairs.compactMap { assignment($0, kind) }
    }

    private func assignment(_ pair: YAMLNode.Pair, _ kind: String) -> FieldAssignment? {
        guard let name = pair.key.scalar?.text else { return nil }
        guard let field = file.language.schema.field(name, of: kind) else {
            let names = file.language.schema.kind(kind)?.fields.map(\.name) ?? []
            sink.report(.unknownField(name, kind: kind, nearest: nearest(name, among: names)), pair.key.range)
            return nil
        }
        if case .derived = field.type {
            sink.report(.derivedField("\(kind).\(name)"), pair.key.range)
            return nil
        }
        guard let value = pair.value.isEmpty ? Template(parts: []) : text.template(pair.value, key: name) else {
            return nil
        }
        if let constant = value.constant, !constant.isEmpty { check(constant, field, pair.value) }
        return FieldAssignment(field: name, type: field.type, value: value)
    }

    /// A constant is parsed when the rule is loaded, so that a typo shows then and not at three in the morning.
    private func check(_ text: String, _ field: FieldDefinition, _ node: YAMLNode) {
        do {
            _ = try FieldParser(zone: file.defaults.timing.zone).value(text, as: field.type)
        } catch {
            sink.report(
                .badValue(field: field.name, message: error.words(.en), messageZH: error.words(.zh)), node.range)
        }
    }
}
