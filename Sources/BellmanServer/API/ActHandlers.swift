import Almanac
import BellmanModel
import BellmanStore

/// What people do about notices: acknowledge, put off, silence; and the audit log.
struct ActHandlers: Sendable {
    let dependencies: ServerDependencies
    let people: PeopleDependencies

    private var desk: ActDesk { ActDesk(dependencies: dependencies, people: people) }

    func acknowledge(_ call: Call) throws -> Reply {
        let body = try ActBody(call, keys: ["by", "comment"])
        let by = try desk.person(body["by"], call)
        let firing = call.parameters[0]
        let outcome = try people.acts.acknowledge(firing: firing, by: by, comment: body["comment"], way: "api")
        return try desk.reply(outcome, firing: firing, by: by)
    }

    func snooze(_ call: Call) throws -> Reply {
        let body = try ActBody(call, keys: ["by", "comment", "for", "until"])
        let by = try desk.person(body["by"], call)
        let firing = call.parameters[0]
        let until = try desk.until(length: body["for"], until: body["until"])
        let outcome = try people.acts.snooze(
            firing: firing, by: by, until: until, comment: body["comment"], way: "api")
        return try desk.reply(outcome, firing: firing, by: by, until: until)
    }

    // MARK: silences

    func silences(_ call: Call) throws -> Reply {
        let limit = try call.limit(standard: ReportHandlers.standardLimit, most: ReportHandlers.mostListed)
        let now = dependencies.now()
        let isAll = call.head.query["all"] != nil
        let found = try people.store.silences(limit: ReportHandlers.mostListed)
            .filter { isAll || ($0.over.map { $0 > now } ?? true) }
        return .json(.fields([("silences", .array(found.prefix(limit).map { desk.json($0) }))]))
    }

    func silence(_ call: Call) throws -> Reply {
        let body = try ActBody(
            call,
            keys: ["rule", "tag", "kind", "record", "if", "from", "until", "for", "every", "reason", "by"])
        let by = try desk.person(body["by"], call)
        let silence = try desk.silence(body.request, by: by, way: "api")
        return .json(desk.json(silence), status: 201)
    }

    func endSilence(_ call: Call) throws -> Reply {
        let id = call.parameters[0]
        let by = try desk.person("", call)
        switch try people.acts.endSilence(id, by: by, comment: "", way: "api") {
        case .ended(let silence), .already(let silence): return .json(desk.json(silence))
        case .unknown: throw ServerFailure.noSilence(id)
        }
    }

    // MARK: audit log

    func acts(_ call: Call) throws -> Reply {
        let limit = try call.limit(standard: ReportHandlers.standardLimit, most: ReportHandlers.mostListed)
        let entries = try people.store.acts(target: call.head.query["target"], limit: limit)
        let items = entries.map { entry in
            JSONValue.fields([
                ("at", .string(entry.at.iso)), ("by", .string(entry.by.id)), ("verb", .string(entry.verb)),
                ("target", .string(entry.target)), ("way", .string(entry.way)), ("detail", .string(entry.facts)),
                ("comment", .string(entry.comment)),
            ])
        }
        return .json(.fields([("acts", .array(items))]))
    }
}

/// Texts of a JSON object or of a form, by name; what is not there is empty.
struct ActBody {
    private var texts: [String: String] = [:]

    /// An empty body is an empty object.
    init(_ call: Call, keys: [String]) throws(ServerFailure) {
        guard call.body.contains(where: { $0 > 0x20 }) else { return }
        if let type = call.head.mediaType, !RecordBody.isJSON(type) {
            throw .mediaType(type, good: ["application/json"])
        }
        guard case .object(let object) = try RecordBody.document(call.body) else { throw .notAnObject }
        for member in object.members {
            let (name, value) = (member.key, member.value)
            guard keys.contains(name) else {
                let near = NearestName.of(name, among: keys)
                throw .badAct(
                    field: name, english: "there is no such key" + (near.map { "; did you mean \($0)?" } ?? ""),
                    chinese: "没有这个键" + (near.map { "；是否指 \($0)？" } ?? ""))
            }
            guard let text = value.stringValue else {
                if value.isNull { continue }
                throw .badAct(field: name, english: "a text is wanted", chinese: "需要文字")
            }
            texts[name] = text
        }
    }

    init(form: Query) {
        for pair in form.pairs { texts[pair.name] = pair.value }
    }

    subscript(name: String) -> String { texts[name] ?? "" }

    var request: SilenceRequest {
        func some(_ name: String) -> String? { self[name].isEmpty ? nil : self[name] }
        var request = SilenceRequest(
            scope: SilenceScope(
                rule: some("rule"), tag: some("tag"), kind: some("kind"), record: some("record"), condition: some("if"))
        )
        request.from = self["from"]
        request.until = self["until"]
        request.length = self["for"]
        request.every = self["every"]
        request.reason = self["reason"]
        return request
    }
}
