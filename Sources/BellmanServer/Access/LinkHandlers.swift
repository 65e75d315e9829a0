import Almanac
import BellmanModel
import BellmanStore

/// The page behind a signed link: no login, since the link names its reader.
///
/// Link previews and mail scanners fetch what they find, so that `GET` and `HEAD` show and change nothing; only the
/// button of the page, a `POST`, acts. There is no cookie in play, hence nothing to forge: who knows the link may act.
struct LinkHandlers: Sendable {
    let dependencies: ServerDependencies

    /// Characters of a name that is asked for in a room.
    private static let nameLimit = 200

    func show(_ call: Call) throws -> Reply {
        let page = ActPage(context: PageContext(call, dependencies))
        switch dependencies.readTicket(call.parameters[0]) {
        case .failure(let problem): return finished(page.refusal(problem))
        case .success(let ticket):
            guard let sight = try sight(ticket, call.language) else { return finished(page.gone()) }
            return finished(page.question(ticket, sight))
        }
    }

    func act(_ call: Call) throws -> Reply {
        let page = ActPage(context: PageContext(call, dependencies))
        switch dependencies.readTicket(call.parameters[0]) {
        case .failure(let problem): return finished(page.refusal(problem))
        case .success(let ticket):
            guard let sight = try sight(ticket, call.language), let people = dependencies.people?.acts else {
                return finished(page.gone())
            }
            guard call.head.mediaType == "application/x-www-form-urlencoded" else {
                throw ServerFailure.mediaType(call.head.mediaType, good: ["application/x-www-form-urlencoded"])
            }
            return finished(try carryOut(ticket, sight, call.form, people, page))
        }
    }

    private func carryOut(
        _ ticket: ActTicket, _ sight: ActSight, _ form: Query, _ people: any PeopleActs, _ page: ActPage
    ) throws -> Reply {
        guard let person = try person(ticket, form) else { return page.question(ticket, sight, trouble: .unknownName) }
        let comment = LinkHandlers.cleaned(form["comment"] ?? "", limit: ActPage.commentLimit)
        var until: Instant?
        let outcome: ActOutcome
        switch ticket.act {
        case .acknowledge:
            outcome = try people.acknowledge(firing: ticket.target, by: person, comment: comment, way: "link")
        case .snooze:
            guard let span = form["until"].flatMap(SnoozeSpan.init(rawValue:)) else {
                return page.question(ticket, sight, trouble: .noTime)
            }
            let end = span.end(from: dependencies.now(), zone: dependencies.zone)
            until = end
            // A second press would put the notice off a second time. In a room everybody has the link: each may use it.
            guard try !dependencies.isSpent(LinkHandlers.mark(ticket, person)) else { return page.used() }
            outcome = try people.snooze(firing: ticket.target, by: person, until: end, comment: comment, way: "link")
            if outcome == .done { _ = try dependencies.spendLink(LinkHandlers.mark(ticket, person)) }
        case .decide(let choice):
            outcome = try people.decide(
                approval: ticket.target, choice: choice, by: person, comment: comment, way: "link")
        }
        if outcome == .done { dependencies.nudge() }
        let after = try self.sight(ticket, page.context.words.language) ?? sight
        return page.outcome(outcome, ticket, after, until: until)
    }

    private static func mark(_ ticket: ActTicket, _ person: Person) -> String { "\(ticket.nonce) \(person.id)" }

    /// In a room the link names nobody: the reader says who they are.
    private func person(_ ticket: ActTicket, _ form: Query) throws -> Person? {
        if !ticket.person.isEmpty { return Person(ticket.person) }
        let name = LinkHandlers.cleaned(form["who"] ?? "", limit: LinkHandlers.nameLimit)
        guard !name.isEmpty else { return nil }
        return try dependencies.records.read { view in
            guard case .found(let id) = try view.resolve(name, kind: "member") else { return nil }
            return Person(id)
        }
    }

    /// One line for a name, several for a comment; control characters have no place in either.
    private static func cleaned(_ text: String, limit: Int) -> String {
        let kept = text.replacing("\r\n", with: "\n").unicodeScalars.filter { scalar in
            scalar == "\n" || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
        }
        return String(String(String.UnicodeScalarView(kept)).trimmingSpaces.prefix(limit))
    }

    /// What the page shows of the thing the link is about; nil when there is no such thing any more.
    private func sight(_ ticket: ActTicket, _ language: AlmanacLanguage) throws -> ActSight? {
        // Before the snapshot is opened: the report reads the store itself.
        let rules = dependencies.rulesReport(language).rules
        return try dependencies.records.read { view in
            var sight = ActSight()
            if case .decide = ticket.act {
                guard let record = try view.record(RecordRef(kind: ApprovalQuestion.kind, id: ticket.target)) else {
                    return nil
                }
                let question = ApprovalQuestion(record)
                sight.question = question
                sight.deciderName = try view.memberName(question.decidedBy)
                sight.approverName = try view.memberName(question.approver)
                sight.rule = question.rule
                sight.subject = question.subject
            } else {
                guard let entry = try view.decision(firing: ticket.target) else { return nil }
                sight.acknowledged = try view.acknowledgement(firing: ticket.target)
                sight.deciderName = try view.memberName(sight.acknowledged?.by.id ?? "")
                sight.rule = entry.key.rule
                sight.subject = entry.key.subject
            }
            sight.person = try view.memberName(ticket.person)
            if let ref = RecordRef(sight.subject), let record = try view.record(ref) {
                sight.subjectTitle = dependencies.schema.title(of: record)
            }
            let known = rules.first { $0.id == sight.rule }
            if let known, !known.title.isEmpty { sight.rule = known.title }
            return sight
        }
    }

    /// The address is the permission: it must not reach another site, a search index or a cache.
    private func finished(_ reply: Reply) -> Reply {
        reply.with("Referrer-Policy", "no-referrer").with("Cache-Control", "no-store")
            .with("X-Robots-Tag", "noindex, nofollow")
    }
}

/// What is known of the thing that a link is about.
struct ActSight {
    var question: ApprovalQuestion?
    var acknowledged: Acknowledgement?
    /// Title of the rule, or its id.
    var rule = ""
    /// `kind/id`, or empty.
    var subject = ""
    var subjectTitle = ""
    /// Whose link it is, by name; empty in a room.
    var person = ""
    var approverName = ""
    /// Who decided or acknowledged.
    var deciderName = ""
}

/// How long a notice is put off.
enum SnoozeSpan: String, CaseIterable {
    case hour, tomorrow, monday

    static let morning: Int64 = 9 * 3_600

    /// One hour on, nine in the morning of the next day, or of the next Monday.
    func end(from now: Instant, zone: Zone) -> Instant {
        let today = zone.date(now)
        switch self {
        case .hour: return now.adding(seconds: 3_600)
        case .tomorrow: return SnoozeSpan.nine(today.adding(days: 1), zone)
        case .monday: return SnoozeSpan.nine(today.adding(days: 8 - today.weekday), zone)
        }
    }

    private static func nine(_ date: CivilDate, _ zone: Zone) -> Instant {
        zone.resolve(CivilDateTime(date: date, time: .nine))
    }
}
