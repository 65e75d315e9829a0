import Almanac
import BellmanModel
import SourceDiagnostics

/// Reads the records of a test, and knows at each place of the story which there are.
struct TestCast {
    let schema: Schema
    let moments: TestMoments
    /// Kinds of which rules make records.
    let made: Set<String>
    let clock: Instant?
    let sink: ProblemSink
    private(set) var given: [RuleTest.GivenRecord] = []
    private(set) var alive: Set<RecordRef> = []
    /// Everything that was there at any time.
    private(set) var known: Set<RecordRef> = []

    init(schema: Schema, moments: TestMoments, made: Set<String>, clock: Instant?, sink: ProblemSink) {
        self.schema = schema
        self.moments = moments
        self.made = made
        self.clock = clock
        self.sink = sink
    }

    /// Dates that the given records hold, by their local day.
    var dates: [CivilDate] {
        given.flatMap { record in
            record.fields.values.compactMap { value in
                switch value {
                case .date(let date): date
                case .instant(let instant): moments.zone.date(instant)
                default: nil
                }
            }
        }
    }

    mutating func records(_ map: MappingReader) -> [RuleTest.GivenRecord] {
        guard let node = map.value("records"),
            let kinds = MappingReader(node, owner: "records", known: schema.kindNames, sink: sink)
        else { return [] }
        var links: [Link] = []
        for name in kinds.order {
            guard let kind = schema.kind(name), let value = kinds.value(name) else { continue }
            for item in value.items ?? [value] { read(item, kind, &links) }
        }
        for link in links { check(link) }
        return given
    }

    private mutating func read(_ node: YAMLNode, _ kind: KindDefinition, _ links: inout [Link]) {
        guard let map = MappingReader(node, owner: kind.name, known: TestCast.keys(kind, isGiven: true), sink: sink),
            let idNode = map.required("id"), let id = map.text(idNode, key: "id")?.text
        else { return }
        let ref = RecordRef(kind: kind.name, id: id)
        guard known.insert(ref).inserted else {
            return sink.report(RuleTestProblem.repeatedRecord(ref.description), idNode.range)
        }
        alive.insert(ref)
        let fields = fields(map, kind, &links)
        let created = written(map, "created_at")
        let updated = written(map, "updated_at")
        given.append(
            RuleTest.GivenRecord(ref: ref, fields: fields, createdAt: created ?? updated, updatedAt: updated))
    }

    /// When the record was written: never after the clock starts.
    private func written(_ map: MappingReader, _ key: String) -> Instant? {
        guard let node = map.value(key), let at = moments.instant(node) else { return nil }
        if let clock, at > clock {
            sink.report(RuleTestProblem.writtenAfterClock(moments.shown(at), clock: moments.shown(clock)), node.range)
        }
        return at
    }

    static func keys(_ kind: KindDefinition, isGiven: Bool) -> [String] {
        (isGiven ? ["id", "created_at", "updated_at"] : []) + kind.fields.map(\.name)
    }

    // MARK: values

    /// A reference that was written, to be looked up when all records are known.
    struct Link {
        let field: String
        let text: String
        let kind: String
        let range: SourceRange
    }

    func fields(_ map: MappingReader, _ kind: KindDefinition, _ links: inout [Link]) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        for pair in map.node.pairs ?? [] {
            guard let name = pair.key.scalar?.text, map.has(name), let field = kind.field(name) else { continue }
            if case .derived = field.type {
                sink.report(.derivedField("\(kind.name).\(name)"), pair.key.range)
                continue
            }
            guard let value = value(pair.value, field, map) else { continue }
            values[name] = value
            collect(value, field, pair.value.range, &links)
        }
        return values
    }

    private func value(_ node: YAMLNode, _ field: FieldDefinition, _ map: MappingReader) -> FieldValue? {
        if node.isEmpty { return .null }
        do {
            switch node.content {
            case .sequence(let items):
                guard case .list(let type) = field.type else {
                    sink.report(.wantedText(field.name), node.range)
                    return nil
                }
                let texts = items.compactMap { map.text($0, key: field.name)?.text }
                return .list(try texts.map { try FieldParser(zone: moments.zone).value($0, as: type) })
            case .mapping where field.type == .custom:
                return try FieldParser(zone: moments.zone).value(node.json, as: field.type)
            default:
                guard let text = map.text(node, key: field.name)?.text else { return nil }
                return try FieldParser(zone: moments.zone).value(text, as: field.type)
            }
        } catch let problem as FieldProblem {
            sink.report(
                .badValue(field: field.name, message: problem.words(.en), messageZH: problem.words(.zh)), node.range)
        } catch {
            sink.report(.badValue(field: field.name, message: "\(error)", messageZH: "\(error)"), node.range)
        }
        return nil
    }

    private func collect(_ value: FieldValue, _ field: FieldDefinition, _ range: SourceRange, _ links: inout [Link]) {
        guard let kind = field.type.referencedKind else { return }
        let values: [FieldValue] = if case .list(let items) = value { items } else { [value] }
        for case .reference(let text) in values {
            links.append(Link(field: field.name, text: text, kind: kind, range: range))
        }
    }

    /// A reference goes by id, then e-mail, name or title.
    func check(_ link: Link) {
        guard find(link.text, kind: link.kind) == nil, !made.contains(link.kind) else { return }
        let near = nearest(link.text, among: ids(link.kind))
        sink.report(
            RuleTestProblem.leadsNowhere(field: link.field, text: link.text, kind: link.kind, nearest: near),
            link.range)
    }

    func ids(_ kind: String) -> [String] { known.filter { $0.kind == kind }.map(\.id).sorted() }

    /// The id of the record that a text leads to.
    func find(_ text: String, kind: String) -> String? {
        if known.contains(RecordRef(kind: kind, id: text)) { return text }
        let title = schema.kind(kind)?.titleField ?? "name"
        let found = given.filter { record in
            record.ref.kind == kind
                && [title, "email"].contains { field in
                    if case .string(let value) = record.fields[field] { value == text } else { false }
                }
        }
        return found.count == 1 ? found[0].ref.id : nil
    }

    // MARK: the story

    func isAlive(_ ref: RecordRef) -> Bool { alive.contains(ref) }

    mutating func appear(_ ref: RecordRef) {
        alive.insert(ref)
        known.insert(ref)
    }

    mutating func vanish(_ ref: RecordRef) { alive.remove(ref) }

    func nearestRecord(_ ref: RecordRef) -> String? {
        nearest(ref.id, among: ids(ref.kind)).map { "\(ref.kind)/\($0)" }
    }

    /// `kind/id` of a known kind.
    func reference(_ node: YAMLNode, _ map: MappingReader, key: String) -> RecordRef? {
        guard let text = map.text(node, key: key)?.text else { return nil }
        guard let ref = RecordRef(text) else {
            sink.report(RuleTestProblem.badRecord(text), node.range)
            return nil
        }
        guard schema.kind(ref.kind) != nil else {
            sink.report(.unknownKind(ref.kind, nearest: nearest(ref.kind, among: schema.kindNames)), node.range)
            return nil
        }
        return ref
    }
}

extension YAMLNode {
    /// Free data: what looks like a number or a truth value is one.
    var json: JSONValue {
        switch content {
        case .broken: return .null
        case .mapping(let pairs): return .fields(pairs.map { ($0.key.scalar?.text ?? "", $0.value.json) })
        case .sequence(let items): return .array(items.map(\.json))
        case .scalar(let scalar):
            guard scalar.style == .plain else { return .string(scalar.text) }
            if isEmpty { return .null }
            if scalar.text == "true" || scalar.text == "false" { return .bool(scalar.text == "true") }
            if let whole = Int64(scalar.text) { return .int(whole) }
            if let number = Double(scalar.text), number.isFinite { return .double(number) }
            return .string(scalar.text)
        }
    }
}
