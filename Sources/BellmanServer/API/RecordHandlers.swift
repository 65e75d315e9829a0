import BellmanModel
import BellmanStore

/// Reading records: lists, single ones and their history.
struct RecordReading: Sendable {
    let dependencies: ServerDependencies

    static let standardLimit = 100
    static let mostListed = 1000

    func list(_ call: Call) throws -> Reply {
        let kind = try dependencies.kind(call.parameters[0])
        let limit = try call.limit(standard: RecordReading.standardLimit, most: RecordReading.mostListed)
        let (records, isMore, total) = try dependencies.records.read { view in
            // One more than asked for tells whether there is a next page.
            let ids = try view.identifiers(kind: kind.name, after: call.head.query["after"], limit: limit + 1)
            let records = try ids.prefix(limit).compactMap { try view.record(RecordRef(kind: kind.name, id: $0)) }
            return (records, ids.count > limit, try view.count(kind: kind.name))
        }
        var pairs: [(String, JSONValue)] = [
            ("total", .int(Int64(total))), ("records", .array(records.map(RecordJSON.value))),
        ]
        guard isMore, let last = records.last?.ref.id else { return .json(.fields(pairs)) }
        pairs.append(("next", .string(last)))
        let path = "/v1/records/\(PercentCoding.encode(kind.name))?limit=\(limit)&after=\(PercentCoding.encode(last))"
        return Reply.json(.fields(pairs)).with("Link", "<\(path)>; rel=\"next\"")
    }

    func get(_ call: Call) throws -> Reply {
        let ref = try dependencies.ref(call)
        guard let record = try dependencies.records.read({ try $0.record(ref) }) else {
            throw ServerFailure.noRecord(ref)
        }
        switch EntityTag.weakCondition(call.head.list("if-none-match")) {
        case .any: return Reply(304).with("ETag", EntityTag.text(record.version))
        case .versions(let versions) where versions.contains(record.version):
            return Reply(304).with("ETag", EntityTag.text(record.version))
        default: return .json(RecordJSON.value(record)).with("ETag", EntityTag.text(record.version))
        }
    }

    func history(_ call: Call) throws -> Reply {
        let ref = try dependencies.ref(call)
        let changes = try dependencies.records.read { try $0.changes(of: ref, after: 0) }
        guard !changes.isEmpty else { throw ServerFailure.noRecord(ref) }
        return .json(.fields([("changes", .array(changes.map(RecordJSON.change)))]))
    }
}

extension ServerDependencies {
    func kind(_ name: String) throws(ServerFailure) -> KindDefinition {
        guard let kind = schema.kind(name) else {
            throw .unknownKind(name, nearest: NearestName.of(name, among: schema.kindNames))
        }
        return kind
    }

    func ref(_ call: Call) throws(ServerFailure) -> RecordRef {
        RecordRef(kind: try kind(call.parameters[0]).name, id: call.parameters[1])
    }

    func typer(_ kind: KindDefinition) -> RecordTyper {
        RecordTyper(kind: kind, parser: FieldParser(zone: zone))
    }
}

extension Call {
    func limit(standard: Int, most: Int) throws(ServerFailure) -> Int {
        guard let text = head.query["limit"] else { return standard }
        guard let number = Int(text), (1...most).contains(number) else {
            throw .badQuery(name: "limit", value: text, good: QueryWords.wholeNumber(1...most, language))
        }
        return number
    }
}
