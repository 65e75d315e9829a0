import SourceDiagnostics

/// Takes a mapping apart key by key. What nobody asked for is an unknown key, with the nearest valid name.
final class MappingReader {
    let node: YAMLNode
    private let sink: ProblemSink
    /// What the mapping describes, for messages: `rule`, `notify`, …
    private let owner: String
    private let known: [String]
    private var values: [String: YAMLNode.Pair] = [:]
    private(set) var order: [String] = []
    /// Keys that were there but not understood: each is reported already.
    private(set) var strangers: Set<String> = []
    /// Keys whose absence is explained by a problem that is reported already.
    private var excused: Set<String> = []
    private var isTorn = false

    /// `known` are the valid keys; `nil` when the node is no mapping (reported).
    init?(_ node: YAMLNode, owner: String, known: [String], sink: ProblemSink) {
        guard let pairs = node.pairs else {
            sink.report(.wantedMapping(owner), node.range)
            return nil
        }
        self.node = node
        self.sink = sink
        self.owner = owner
        self.known = known
        for pair in pairs where !sink.isFull { take(pair) }
    }

    private func take(_ pair: YAMLNode.Pair) {
        guard let name = pair.key.scalar?.text else {
            return sink.report(.bareTemplate(sink.file.text(of: pair.key.range)), pair.key.range)
        }
        guard known.contains(name) else { return refuse(name, pair) }
        if pair.value.isBroken {
            excused.insert(name)
            strangers.insert(name)
            return
        }
        if let bracket = Slips.wideBracket(pair.value.scalar) {
            excused.insert(name)
            isTorn = true
            let start = pair.value.range.start
            return sink.report(bracket, SourceRange(start, start + Slips.wideLength))
        }
        values[name] = pair
        order.append(name)
    }

    /// A key nobody knows: torn at a comma, typed with an input method, or misspelt.
    private func refuse(_ name: String, _ pair: YAMLNode.Pair) {
        strangers.insert(name)
        let isLone = node.isFlow && pair.value.isEmpty
        if isTorn, isLone { return }
        if let wide = Slips.fullWidth(name) {
            let start = pair.key.range.start + wide.offset
            excused.formUnion(known.filter { name.hasPrefix($0) })
            return sink.report(
                YAMLProblem.fullWidth(wide.character, wide.ascii), SourceRange(start, start + wide.length))
        }
        let near = nearest(name, among: known)
        if isLone, near == nil, let key = order.last, let text = values[key]?.value.scalar?.text {
            return sink.report(.tornAtComma(name, key: key, whole: "\(text), \(name)"), pair.key.range)
        }
        if let near { excused.insert(near) }
        let value = pair.value.scalar.flatMap { $0.text.isEmpty ? nil : Slips.flowText($0) }
        if owner == "rule", TriggerReader.words.contains(name) {
            // The trigger is there, in the wrong place: “when” is not missing as well.
            let isTrigger = TriggerReader.forms.contains(name)
            if isTrigger { excused.insert("when") }
            let shown = isTrigger && !["before", "after"].contains(name) ? value : nil
            return sink.report(.triggerKeyOutside(name, value: shown), pair.key.range)
        }
        if owner == "when", RuleReader.keys.contains(name) {
            return sink.report(.ruleKeyInside(name, value: value), pair.key.range)
        }
        if owner == "then" {
            let meant = near ?? ApproveAction.meantChoice(name, among: known)
            return sink.report(.unknownChoice(name, choices: known, nearest: meant), pair.key.range)
        }
        sink.report(.unknownKey(name, nearest: near, owner: owner), pair.key.range)
    }

    /// The absence of these keys is explained elsewhere.
    func excuse(_ keys: Set<String>) { excused.formUnion(keys) }

    func has(_ key: String) -> Bool { values[key] != nil }
    func keyRange(_ key: String) -> SourceRange { values[key]?.key.range ?? node.range }

    /// The value as it stands, nothing reported.
    func peek(_ key: String) -> YAMLNode? { values[key]?.value }

    /// The value of a key, `nil` when absent; an empty value is reported.
    func value(_ key: String) -> YAMLNode? {
        guard let pair = values[key] else { return nil }
        if pair.value.isEmpty {
            sink.report(.emptyValue(key), pair.key.range)
            return nil
        }
        return pair.value
    }

    func required(_ key: String) -> YAMLNode? {
        if values[key] == nil {
            if excused.contains(key) { return nil }
            // At the mapping's first key, where a person would add it.
            sink.report(.missingKey(key, owner: owner), node.pairs?.first?.key.range ?? node.range)
            return nil
        }
        return value(key)
    }

    func scalar(_ key: String) -> YAMLScalar? { scalarNode(key)?.scalar }

    /// The node of a key that must hold text.
    func scalarNode(_ key: String) -> YAMLNode? {
        guard let node = value(key) else { return nil }
        return text(node, key: key) == nil ? nil : node
    }

    func text(_ node: YAMLNode, key: String) -> YAMLScalar? {
        if let scalar = node.scalar {
            // A title may well begin with “, nothing else does.
            guard key != "title", let quote = Slips.wideQuote(scalar) else { return scalar }
            sink.report(quote, SourceRange(node.range.start, node.range.start + Slips.wideLength))
            return nil
        }
        if let first = node.pairs?.first, node.isFlow,
            first.key.pairs != nil || sink.file.text(of: node.range).hasPrefix("{{")
        {
            reportBareTemplate(node)
        } else {
            sink.report(.wantedText(key), node.range)
        }
        return nil
    }

    private func reportBareTemplate(_ node: YAMLNode) {
        let range = Slips.valueRange(in: sink.file.bytes, from: node.range.start)
        sink.report(.bareTemplate(sink.file.text(of: range)), range)
    }

    func bool(_ key: String) -> Bool? {
        guard let node = scalarNode(key), let scalar = node.scalar else { return nil }
        switch scalar.text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default:
            sink.report(.wantedBool(key, found: scalar.text), node.range)
            return nil
        }
    }

    func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        guard let node = scalarNode(key), let scalar = node.scalar else { return nil }
        if let value = T(rawValue: scalar.text) { return value }
        let choices = T.allCases.map(\.rawValue)
        sink.report(
            .wantedOneOf(key, found: scalar.text, choices: choices, nearest: nearest(scalar.text, among: choices)),
            node.range)
        return nil
    }

    /// One value or a list of them.
    func list(_ key: String) -> [YAMLNode]? {
        guard let node = value(key) else { return nil }
        return node.items ?? [node]
    }
}
