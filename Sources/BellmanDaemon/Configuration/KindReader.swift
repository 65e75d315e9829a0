import BellmanModel
import BellmanRules
import SourceDiagnostics

/// Reads `kinds:`: own kinds and own fields on built-in ones.
struct KindReader {
    let report: (ConfigurationProblem, SourceRange) -> Void
    private(set) var derivations: [String: DerivationPlace] = [:]

    init(report: @escaping (ConfigurationProblem, SourceRange) -> Void) { self.report = report }

    private static let typeNames = [
        "string", "text", "int", "double", "share", "bool", "date", "when", "instant", "duration", "money",
        "list<string>", "ref<member>", "enum[…]", "derived: …",
    ]

    mutating func read(_ node: YAMLNode, into kinds: [KindDefinition]) -> [KindDefinition] {
        guard let pairs = node.pairs else {
            report(.wantedMapping("kinds"), node.range)
            return kinds
        }
        var result = kinds
        let names = Set(kinds.map(\.name) + pairs.compactMap { $0.key.scalar?.text })
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            guard KindReader.isName(name) else {
                report(.badKindName(name), pair.key.range)
                continue
            }
            guard !RuleLanguage.reservedNames.contains(name) else {
                report(.reservedKindName(name), pair.key.range)
                continue
            }
            let known = result.firstIndex { $0.name == name }
            guard let kind = kind(name, pair, base: known.map { result[$0] }, names: names) else { continue }
            if let known { result[known] = kind } else { result.append(kind) }
        }
        return result
    }

    private mutating func kind(
        _ name: String, _ pair: YAMLNode.Pair, base: KindDefinition?, names: Set<String>
    ) -> KindDefinition? {
        guard let entries = pair.value.pairs else {
            report(.wantedMapping(name), pair.value.range)
            return nil
        }
        var fields: [FieldDefinition] = []
        var title: String?
        var closed: Set<String> = base?.closedWords ?? []
        for entry in entries {
            switch entry.key.scalar?.text {
            case "title": title = entry.value.scalar?.text
            case "fields": fields = self.fields(entry.value, kind: name, names: names)
            case "closed": closed.formUnion((entry.value.items ?? [entry.value]).compactMap { $0.scalar?.text })
            default:
                let key = entry.key.scalar?.text ?? ""
                report(.unknownKey(key, nearest: nearest(key, among: ["title", "fields", "closed"])), entry.key.range)
            }
        }
        if let base {
            let grown = base.adding(fields)
            return KindDefinition(
                name: name, titleField: title ?? base.titleField, fields: grown.fields, closedWords: closed)
        }
        guard let first = fields.first else {
            report(.kindWithoutFields(name), pair.key.range)
            return nil
        }
        return KindDefinition(
            name: name, titleField: title ?? first.name, fields: fields + BuiltInKinds.common,
            closedWords: closed.isEmpty ? ClosedWords.general : closed)
    }

    private mutating func fields(_ node: YAMLNode, kind: String, names: Set<String>) -> [FieldDefinition] {
        guard let pairs = node.pairs else {
            report(.wantedMapping("fields"), node.range)
            return []
        }
        var found: [FieldDefinition] = []
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            guard KindReader.isName(name) else {
                report(.badKindName(name), pair.key.range)
                continue
            }
            if let field = field(name, pair.value, kind: kind, names: names) { found.append(field) }
        }
        return found
    }

    private mutating func field(
        _ name: String, _ node: YAMLNode, kind: String, names: Set<String>
    ) -> FieldDefinition? {
        if let derived = node.pairs?.first, derived.key.scalar?.text == "derived", let scalar = derived.value.scalar {
            derivations["\(kind).\(name)"] = DerivationPlace(scalar: scalar, offset: 0)
            return FieldDefinition(name, .derived(scalar.text))
        }
        guard let scalar = node.scalar else {
            report(.wantedText(name), node.range)
            return nil
        }
        guard let type = KindReader.type(scalar.text, kinds: names) else {
            let known = KindReader.typeNames + names.map { "ref<\($0)>" }.sorted()
            report(.badFieldType(scalar.text, nearest: nearest(scalar.text, among: known)), node.range)
            return nil
        }
        if case .derived(let expression) = type {
            let offset = scalar.text.utf8.count - expression.utf8.count
            derivations["\(kind).\(name)"] = DerivationPlace(scalar: scalar, offset: offset)
        }
        return FieldDefinition(name, type)
    }

    static func type(_ text: String, kinds: Set<String>) -> FieldType? {
        let plain: [String: FieldType] = [
            "string": .string, "text": .text, "int": .int, "double": .double, "share": .share, "bool": .bool,
            "date": .date, "when": .when, "instant": .instant, "duration": .duration, "money": .money,
        ]
        let text = text.filter { $0 != " " || text.hasPrefix("derived") }
        if let type = plain[text] { return type }
        if let inner = inside(text, "list<", ">") { return type(inner, kinds: kinds).map(FieldType.list) }
        if let kind = inside(text, "ref<", ">") { return kinds.contains(kind) ? .reference(kind: kind) : nil }
        if let words = inside(text, "enum[", "]") {
            let list = words.split(whereSeparator: { $0 == "," || $0 == "，" }).map(String.init)
            return list.isEmpty ? nil : .enumeration(list)
        }
        if text.hasPrefix("derived:") {
            let expression = text.dropFirst("derived:".count).drop { $0 == " " }
            return expression.isEmpty ? nil : .derived(String(expression))
        }
        return nil
    }

    private static func inside(_ text: String, _ head: String, _ tail: String) -> String? {
        guard text.hasPrefix(head), text.hasSuffix(tail) else { return nil }
        return String(text.dropFirst(head.count).dropLast(tail.count))
    }

    static func isName(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        guard let first = scalars.next(), first == "_" || first.properties.isXIDStart else { return false }
        while let next = scalars.next() { if !next.properties.isXIDContinue { return false } }
        return true
    }
}

/// The scalar of `bellman.yaml` that holds a derived field's expression, and where in it the expression begins.
struct DerivationPlace: Sendable {
    let scalar: YAMLScalar
    /// UTF-8 offset.
    let offset: Int

    func fileRange(_ range: SourceRange) -> SourceRange { scalar.fileRange(range.shifted(by: offset)) }
}
