import Almanac
import BellmanModel
import BellmanStore

/// Pages and forms about what people do.
struct ActPages: Sendable {
    let dependencies: ServerDependencies
    let people: PeopleDependencies

    static let actsPerPage = 200

    private var desk: ActDesk { ActDesk(dependencies: dependencies, people: people) }

    // MARK: a firing

    func firing(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let id = call.parameters[0]
        let found = try people.store.read { view in
            (try view.decision(firing: id), try view.acknowledgement(firing: id), try view.steps(firing: id))
        }
        guard let entry = found.0 else { throw ServerFailure.noFiring(id) }
        let page = FiringPage(
            context: context, entry: entry, acknowledgement: found.1, steps: found.2,
            items: try dependencies.outbox.items(firing: id),
            acts: try people.store.acts(target: id, limit: ActPages.actsPerPage), done: call.head.query["done"])
        let title = entry.key.subject.isEmpty ? entry.key.rule : "\(entry.key.rule) · \(entry.key.subject)"
        return PageFrame(context).reply(.deliveries, title: title, lead: page.lead, page.html())
    }

    func acknowledge(_ call: Call) throws -> Reply {
        let form = ActBody(form: call.form)
        let by = try desk.person("", call)
        let firing = call.parameters[0]
        let outcome = try people.acts.acknowledge(firing: firing, by: by, comment: form["comment"], way: "page")
        try desk.check(outcome, firing: firing, by: by)
        return .seeOther("\(PagePath.firing(firing))?done=ack")
    }

    func snooze(_ call: Call) throws -> Reply {
        let form = ActBody(form: call.form)
        let by = try desk.person(form["by"], call)
        let firing = call.parameters[0]
        let until = try desk.until(length: form["for"], until: form["until"])
        let outcome = try people.acts.snooze(
            firing: firing, by: by, until: until, comment: form["comment"], way: "page")
        try desk.check(outcome, firing: firing, by: by)
        return .seeOther("\(PagePath.firing(firing))?done=snooze")
    }

    // MARK: silences and the audit log

    func silences(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let isAll = call.head.query["all"] != nil
        let now = context.now
        let found = try people.store.silences(limit: ReportHandlers.mostListed)
            .filter { isAll || ($0.over.map { $0 > now } ?? true) }
        let page = SilencesPage(
            context: context, silences: found, calendar: people.calendar,
            rules: dependencies.rulesReport(call.language).rules.map(\.id), isAll: isAll)
        return PageFrame(context).reply(.silences, page.html())
    }

    func silence(_ call: Call) throws -> Reply {
        _ = try desk.silence(ActBody(form: call.form).request, by: desk.person("", call), way: "page")
        return .seeOther("/silences")
    }

    func endSilence(_ call: Call) throws -> Reply {
        let id = call.parameters[0]
        let by = try desk.person("", call)
        if case .unknown = try people.acts.endSilence(id, by: by, comment: "", way: "page") {
            throw ServerFailure.noSilence(id)
        }
        return .seeOther("/silences")
    }

    func acts(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let target = call.head.query["target"].flatMap { $0.isEmpty ? nil : $0 }
        let entries = try people.store.acts(target: target, limit: ActPages.actsPerPage)
        let list = ActList(context: context)
        let body =
            entries.isEmpty
            ? Pieces.empty(context.words("Nobody has done anything yet.", "还没有人做过什么。")) : list.html(entries)
        return PageFrame(context).reply(.silences, title: context.words("Audit log", "操作记录"), body)
    }
}

extension PagePath {
    static func firing(_ id: String) -> String { "/firings/\(PercentCoding.encode(id))" }
}
