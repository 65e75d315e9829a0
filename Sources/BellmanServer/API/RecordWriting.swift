import Almanac
import BellmanModel
import BellmanStore

/// Creating, changing and deleting records. Nothing is written unless all of a record is right.
struct RecordWriting: Sendable {
    let dependencies: ServerDependencies

    // MARK: POST

    func post(_ call: Call) throws -> Reply {
        let kind = try dependencies.kind(call.parameters[0])
        switch try RecordBody.read(call.body, mediaType: call.head.mediaType) {
        case .single(let object): return try single(object, kind: kind, call: call)
        case .batch(let rows): return try batch(rows, kind: kind, call: call)
        case .table(let bytes): return try table(bytes, kind: kind, call: call)
        }
    }

    private func single(_ object: JSONObject, kind: KindDefinition, call: Call) throws -> Reply {
        let typed = try dependencies.typer(kind).type(object)
        let ref = RecordRef(kind: kind.name, id: typed.id)
        let expected = try expectedVersion(call, ref: ref)
        let write = RecordWrite(ref: ref, fields: typed.fields, actor: call.actor, expectedVersion: expected)
        return try reply(to: try perform(write), ref: ref)
    }

    private func batch(_ rows: [RecordBody.Row], kind: KindDefinition, call: Call) throws -> Reply {
        let typer = dependencies.typer(kind)
        var outcomes: [RowOutcome?] = []
        var writes: [RecordWrite] = []
        var numbers: [(row: Int, place: Int)] = []
        for row in rows {
            do throws(ServerFailure) {
                let typed = try typer.type(try row.object())
                writes.append(
                    RecordWrite(ref: RecordRef(kind: kind.name, id: typed.id), fields: typed.fields, actor: call.actor))
                numbers.append((row.number, outcomes.count))
                outcomes.append(nil)
            } catch {
                outcomes.append(row.rejected(error, language: call.language))
            }
        }
        let results = writes.isEmpty ? [] : try dependencies.records.write(writes, at: dependencies.now())
        for (index, result) in results.enumerated() {
            outcomes[numbers[index].place] = RowOutcome(
                row: numbers[index].row, id: writes[index].ref.id, result: result.row, version: result.version)
        }
        if results.contains(where: \.isChange) { dependencies.nudge() }
        return RowOutcome.report(outcomes.compactMap(\.self), language: call.language)
    }

    private func table(_ bytes: [UInt8], kind: KindDefinition, call: Call) throws -> Reply {
        guard let importCSV = dependencies.importCSV else { throw ServerFailure.csvUnavailable }
        let rows: [ImportedRow]
        do {
            rows = try importCSV(kind.name, bytes, call.actor, call.language)
        } catch let refusal as CSVRefusal {
            throw ServerFailure.csvRefused(refusal.words)
        }
        if rows.contains(where: { $0.result == .created || $0.result == .updated }) { dependencies.nudge() }
        let outcomes = rows.map { RowOutcome(row: $0.row, id: $0.id, result: $0.result, problem: $0.problem) }
        return RowOutcome.report(outcomes, language: call.language)
    }

    // MARK: PATCH and DELETE

    static let patchTypes = ["application/merge-patch+json", "application/json"]

    func patch(_ call: Call) throws -> Reply {
        let ref = try dependencies.ref(call)
        guard let type = call.head.mediaType, RecordBody.isJSON(type) else {
            throw ServerFailure.mediaType(call.head.mediaType, good: RecordWriting.patchTypes)
        }
        guard let object = try RecordBody.document(call.body).objectValue else { throw ServerFailure.notAnObject }
        // A question is answered by whom it was put to (`bellman approve`, its link, the page), not by an edit of its
        // record; who manages the records may mend one.
        if ref.kind == ApprovalQuestion.kind, let role = call.identity.role, !role.allows(.writing) {
            throw ServerFailure.forbidden(role: role.rawValue, need: .writing)
        }
        let typed = try dependencies.typer(try dependencies.kind(ref.kind)).type(object, pathID: ref.id)
        let expected = try expectedVersion(call, ref: ref)
        let write = RecordWrite(
            ref: ref, operation: .update, fields: typed.fields, actor: call.actor, expectedVersion: expected)
        return try reply(to: try perform(write), ref: ref)
    }

    func delete(_ call: Call) throws -> Reply {
        let ref = try dependencies.ref(call)
        let expected = try expectedVersion(call, ref: ref)
        let result = try perform(
            RecordWrite(ref: ref, operation: .delete, actor: call.actor, expectedVersion: expected))
        return try reply(to: result, ref: ref)
    }

    // MARK: common

    /// The version that `If-Match` demands, which the store checks in the transaction of the write. Of several versions
    /// the one that is current now; none is a conflict at once.
    private func expectedVersion(_ call: Call, ref: RecordRef) throws -> Int64? {
        guard let condition = EntityTag.condition(call.head.list("if-match")) else { return nil }
        guard let current = try dependencies.records.read({ try $0.record(ref)?.version }) else {
            throw ServerFailure.noRecord(ref)
        }
        switch condition {
        case .any: return nil
        case .versions(let versions):
            guard versions.contains(current) else { throw ServerFailure.versionConflict(current: current) }
            return current
        }
    }

    private func perform(_ write: RecordWrite) throws -> WriteResult {
        let results = try dependencies.records.write([write], at: dependencies.now())
        let result = results.first ?? .missing
        if result.isChange { dependencies.nudge() }
        return result
    }

    private func reply(to result: WriteResult, ref: RecordRef) throws -> Reply {
        switch result {
        case .deleted: return Reply(204)
        case .missing: throw ServerFailure.noRecord(ref)
        case .conflict(let version): throw ServerFailure.versionConflict(current: version)
        case .created, .updated, .unchanged: break
        }
        // Another writer may have deleted it in between.
        guard let record = try dependencies.records.read({ try $0.record(ref) }) else {
            throw ServerFailure.noRecord(ref)
        }
        let json = RecordJSON.value(record)
        guard case .created = result else { return .json(json).with("ETag", EntityTag.text(record.version)) }
        let location = "/v1/records/\(PercentCoding.encode(ref.kind))/\(PercentCoding.encode(ref.id))"
        return Reply.json(json, status: 201).with("ETag", EntityTag.text(record.version)).with("Location", location)
    }
}

extension Call {
    /// Whom the journal names: the token.
    var actor: String { identity.name }
}

extension RecordBody.Row {
    fileprivate func object() throws(ServerFailure) -> JSONObject {
        switch value {
        case .success(.object(let object)): return object
        case .success: throw .notAnObject
        case .failure(let problem): throw .badJSON(problem)
        }
    }

    /// The row with its problem, and its id where that can be read.
    fileprivate func rejected(_ failure: ServerFailure, language: AlmanacLanguage) -> RowOutcome {
        var id: String?
        if case .success(let json) = value { id = json["id"]?.stringValue }
        var outcome = RowOutcome(row: number, id: id, result: .rejected, problem: failure.detail(language))
        if case .badRecord(let faults) = failure { outcome.faults = faults }
        return outcome
    }
}

extension WriteResult {
    fileprivate var isChange: Bool {
        switch self {
        case .created, .updated, .deleted: true
        case .unchanged, .missing, .conflict: false
        }
    }

    fileprivate var version: Int64? {
        switch self {
        case .created(let version), .updated(let version), .unchanged(let version), .conflict(let version): version
        case .deleted, .missing: nil
        }
    }

    fileprivate var row: RowResult {
        switch self {
        case .created: .created
        case .updated, .deleted: .updated
        case .unchanged: .unchanged
        case .missing, .conflict: .rejected
        }
    }
}
