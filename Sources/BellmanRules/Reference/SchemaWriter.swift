import Almanac
import BellmanModel

/// JSON Schema (draft 2020-12) of the files that people write, for editors: from the key tables, and from the kinds,
/// fields and channels of one installation.
///
/// It takes every file that the readers take, and refuses what can be seen without understanding: unknown and missing
/// keys, wrong shapes, words outside a list, several verbs in one step. Plain scalars may be numbers or booleans where
/// text is wanted, because that is how editors read `title: 007`.
public struct SchemaWriter: Sendable {
    public enum Target: String, Sendable, CaseIterable { case rule, config, test }

    let language: RuleLanguage
    /// Every name that `via` may hold; empty when they are not known.
    let channels: [String]
    let isChinese: Bool

    public init(language: RuleLanguage, channels: [String], words: AlmanacLanguage) {
        self.language = language
        self.channels = channels.sorted()
        isChinese = words == .zh
    }

    /// JSON, two blanks a level, with a line end.
    public func text(_ target: Target) -> String { JSONText.write(schema(target), indent: 2) + "\n" }

    func schema(_ target: Target) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", .string(title(target))),
        ]
        members += root(target)
        members.append(("$defs", .fields(definitions(target))))
        return .fields(members)
    }

    private func title(_ target: Target) -> String {
        switch target {
        case .rule: isChinese ? "更夫的规则文件" : "Bellman rule file"
        case .config: isChinese ? "更夫的配置 bellman.yaml" : "Bellman configuration, bellman.yaml"
        case .test: isChinese ? "更夫的规则测试" : "Bellman rule test"
        }
    }

    /// A file may be empty, or hold comments alone.
    private func root(_ target: Target) -> [(String, JSONValue)] {
        switch target {
        case .rule:
            [
                ("type", ["object", "array", "null"]), ("if", ["type": "array"]),
                ("then", ["items": reference(.rule)]),
                ("else", ["if": ["type": "object"], "then": reference(.rule)]),
            ]
        case .config: [("type", ["object", "null"]), ("if", ["type": "object"]), ("then", reference(.configuration))]
        case .test:
            [
                ("type", ["object", "array"]), ("if", ["type": "array"]), ("then", ["items": reference(.test)]),
                ("else", reference(.test)),
            ]
        }
    }

    func reference(_ owner: KeyOwner) -> JSONValue { ["$ref": .string("#/$defs/\(name(owner))")] }

    private func name(_ owner: KeyOwner) -> String { owner == .trigger ? "trigger" : "\(owner)" }

    private func definitions(_ target: Target) -> [(String, JSONValue)] {
        let owners: [KeyOwner] =
            switch target {
            case .rule: [.rule, .trigger, .step, .notify, .link, .create, .repeat, .approve, .escalate, .invite, .call]
            case .config: [.configuration, .channel, .ownKind, .quietHours, .heartbeat, .admin, .endpoint]
            case .test: [.test, .testEvent, .testSilence, .expectation]
            }
        return owners.map { (name($0), block($0)) } + [("period", period)]
            + (target == .rule ? [("fields", anyFields)] : [])
    }

    // MARK: mappings

    private func block(_ owner: KeyOwner) -> JSONValue {
        switch owner {
        case .trigger: return ["oneOf": .array(KeyTable.triggers.filter { $0.key.presence != .coming }.map(trigger))]
        case .step: return object(owner, more: [("oneOf", .array(verbs))])
        case .create: return object(owner, more: [("allOf", .array(language.schema.kindNames.map(creation)))])
        case .approve: return object(owner, more: SchemaWriter.usualBranches)
        case .channel: return object(owner, more: [("allOf", .array(KeyTable.channelTypes.map(channel)))])
        default: return object(owner)
        }
    }

    /// Branches are named by the choices; without any by the usual two.
    private static let usualBranches: [(String, JSONValue)] = [
        ("if", ["required": ["choices"]]), ("then", true),
        (
            "else",
            [
                "properties": [
                    "then": [
                        "propertyNames": ["enum": .array(ApproveAction.usualChoices.map(JSONValue.string))]
                    ]
                ]
            ]
        ),
    ]

    /// Keys that this version does not have are left out, but for the configuration, which may hold them.
    private func entries(_ owner: KeyOwner) -> [KeyEntry] {
        var entries = KeyTable.keys(of: owner).filter { owner == .configuration || $0.presence != .coming }
        if owner == .channel {
            for key in KeyTable.channelTypes.flatMap(\.keys) where !entries.contains(where: { $0.name == key.name }) {
                entries.append(KeyTable.channelKey(key.name))
            }
        }
        return entries
    }

    private func object(_ owner: KeyOwner, more: [(String, JSONValue)] = []) -> JSONValue {
        object(entries(owner), more: more)
    }

    private func object(
        _ entries: [KeyEntry], title: String? = nil, more: [(String, JSONValue)] = []
    ) -> JSONValue {
        let required = entries.filter { $0.presence == .required }.map { JSONValue.string($0.name) }
        var members: [(String, JSONValue)] = title.map { [("title", .string($0))] } ?? []
        members += [
            ("type", "object"), ("properties", .fields(entries.map { ($0.name, property($0)) })),
            ("additionalProperties", false),
        ]
        if !required.isEmpty { members.append(("required", .array(required))) }
        return .fields(members + more)
    }

    private func property(_ entry: KeyEntry) -> JSONValue {
        var members: [(String, JSONValue)] = []
        if !entry.english.isEmpty { members.append(("description", .string(description(entry)))) }
        members += shape(entry.shape)
        return .fields(members)
    }

    private func description(_ entry: KeyEntry) -> String {
        var text = entry.text(isChinese)
        if let standard = entry.standard { text += isChinese ? "（默认：\(standard)）" : " (default: \(standard))" }
        return text + "\n\n\(entry.name): \(entry.example)"
    }

    private func trigger(_ form: TriggerForm) -> JSONValue {
        // `after` is followed by one of two companions.
        let either: [(String, JSONValue)] =
            form.companions.contains { $0.name == "by" } && form.companions.contains { $0.name == "every" }
            ? [("oneOf", [["required": ["by"], "not": ["required": ["times"]]], ["required": ["every"]]])] : []
        return object([form.key] + form.companions, title: form.key.name, more: either)
    }

    private var verbs: [JSONValue] {
        KeyTable.step.filter { $0.presence != .coming && !["wait", "if", "unless"].contains($0.name) }
            .map { ["required": [.string($0.name)]] }
    }

    /// What `fields` of a new record may hold, by its kind.
    private func creation(_ kind: String) -> JSONValue {
        let fields = (language.schema.kind(kind)?.fields ?? []).filter { !$0.type.isDerived }
        return [
            "if": ["properties": ["kind": ["const": .string(kind)]], "required": ["kind"]],
            "then": [
                "properties": [
                    "fields": [
                        "properties": .fields(fields.map { ($0.name, field($0, of: kind)) }),
                        "additionalProperties": false,
                    ]
                ]
            ],
        ]
    }

    private func field(_ field: FieldDefinition, of kind: String) -> JSONValue {
        let title = FieldTitles.title(field.name, isChinese: isChinese)
        return [
            "description": .string(title == field.name ? field.type.name : "\(title) (\(field.type.name))"),
            "type": SchemaWriter.scalarOrNull,
        ]
    }

    private func channel(_ type: (name: String, keys: [KeyEntry])) -> JSONValue {
        let names = (KeyTable.channelCommon + type.keys).map { JSONValue.string($0.name) }
        let required = type.keys.filter { $0.presence == .required }.map { JSONValue.string($0.name) }
        return [
            "if": ["properties": ["type": ["const": .string(type.name)]], "required": ["type"]],
            "then": [
                "propertyNames": ["enum": .array(names)], "required": .array(required),
                "properties": .fields(type.keys.map { ($0.name, property($0)) }),
            ],
        ]
    }
}

extension KeyTable {
    /// A key that only some channel types have: what it means is said where the type is known.
    static func channelKey(_ name: String) -> KeyEntry { key(name, .text, "", "", "") }
}

extension FieldType {
    var isDerived: Bool { if case .derived = self { true } else { false } }

    /// As the configuration spells it.
    public var name: String {
        switch self {
        case .string: "string"
        case .text: "text"
        case .int: "int"
        case .double: "double"
        case .share: "share"
        case .bool: "bool"
        case .date: "date"
        case .when: "when"
        case .instant: "instant"
        case .duration: "duration"
        case .money: "money"
        case .list(let element): "list<\(element.name)>"
        case .reference(let kind): "ref<\(kind)>"
        case .enumeration(let words): "enum[\(words.joined(separator: ", "))]"
        case .derived(let expression): "derived: \(expression)"
        case .custom: "custom"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .fields(elements) }
}
