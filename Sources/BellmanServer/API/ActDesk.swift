import Almanac
import BellmanModel
import BellmanStore

/// What the API and the pages share when people act: who, until when, and what came of it.
struct ActDesk: Sendable {
    let dependencies: ServerDependencies
    let people: PeopleDependencies

    /// Managers may act for any member; whoever else has a token acts under its name.
    func person(_ by: String, _ call: Call) throws -> Person {
        let own = call.identity.name
        guard !by.isEmpty, by != own else { return Person(own) }
        guard call.identity.role?.allows(.writing) ?? false else { throw ServerFailure.otherPerson(by, own: own) }
        let found = try people.store.read { try $0.resolve(by, kind: "member") }
        guard case .found(let id) = found else {
            throw ServerFailure.badAct(
                field: "by", english: "there is no member “\(by)”", chinese: "没有成员“\(by)”")
        }
        return Person(id)
    }

    /// The instant until which something is put off: a length from now, or a time.
    func until(length: String, until: String) throws(ServerFailure) -> Instant {
        guard length.isEmpty != until.isEmpty else {
            throw .badAct(
                field: "for", english: "say how long (for) or until when (until)", chinese: "请写多久（for）或到何时（until）")
        }
        if !length.isEmpty {
            guard let period = ActTimes.length(length) else {
                let problem = SilenceProblem.badLength(length)
                throw .badAct(field: "for", english: problem.words(.en), chinese: problem.words(.zh))
            }
            return OffsetRule(period: period, at: people.at, zone: dependencies.zone, calendar: people.calendar)
                .instant(for: dependencies.now())
        }
        let at = people.at
        guard let moment = ActTimes.moment(until, zone: dependencies.zone, day: { $1.resolve($0, at) }) else {
            let problem = SilenceProblem.badTime(field: "until", until)
            throw .badAct(field: "until", english: problem.words(.en), chinese: problem.words(.zh))
        }
        return moment
    }

    func silence(_ request: SilenceRequest, by: Person, way: String) throws -> Silence {
        do { return try people.acts.silence(request, by: by, way: way) } catch let problem as SilenceProblem {
            throw ServerFailure.badAct(
                field: problem.field, english: problem.words(.en), chinese: problem.words(.zh))
        }
    }

    /// Throws for what did not come about.
    func check(_ outcome: ActOutcome, firing: String, by: Person) throws(ServerFailure) {
        switch outcome {
        case .done, .already: return
        case .unknown: throw .noFiring(firing)
        case .refused(.past):
            throw .badAct(field: "until", english: "that time is past; name a later one", chinese: "那个时间已经过去，请写更晚的")
        case .refused(.notYours):
            throw .badAct(
                field: "by", english: "no notice of this firing went to \(by.id)", chinese: "这次提醒没有发给 \(by.id)")
        case .refused(.badChoice):
            throw .badAct(field: "choice", english: "that is none of the choices", chinese: "没有这个选项")
        case .refused(.cancelled):
            throw .badAct(field: "", english: "the question was withdrawn", chinese: "这个问题已撤回")
        }
    }

    func reply(_ outcome: ActOutcome, firing: String, by: Person, until: Instant? = nil) throws -> Reply {
        try check(outcome, firing: firing, by: by)
        var pairs: [(String, JSONValue)] = [("firing", .string(firing))]
        if case .already(let who, let at, _) = outcome {
            pairs += [("outcome", .string("already")), ("by", .string(who.id)), ("at", .string(at.iso))]
        } else {
            pairs += [
                ("outcome", .string("done")), ("by", .string(by.id)), ("at", .string(dependencies.now().iso)),
            ]
        }
        if let until { pairs.append(("until", .string(until.iso))) }
        return .json(.fields(pairs))
    }

    func json(_ silence: Silence) -> JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let scope = silence.scope
        return .fields([
            ("id", .string(silence.id)), ("rule", text(scope.rule)), ("tag", text(scope.tag)),
            ("kind", text(scope.kind)), ("record", text(scope.record)), ("if", text(scope.condition)),
            ("from", .string(silence.from.iso)), ("until", text(silence.until?.iso)),
            ("every", text(silence.recurrence?.every)), ("for", text(silence.recurrence?.length.canonical)),
            ("reason", .string(silence.reason)), ("by", .string(silence.by.id)), ("at", .string(silence.at.iso)),
            ("silent_now", .bool(silence.covers(dependencies.now(), calendar: people.calendar))),
            ("ended_at", text(silence.ended?.at.iso)), ("ended_by", text(silence.ended?.by.id)),
        ])
    }
}
