import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests

/// `invite`: calendar invitations that follow the record.
///
/// A firing only notes that it invites, and a change only notes whose invitations it may touch. All of them are decided
/// once, at the end of the tick, on the present state: so a night of changes is one update.
extension Tick {
    struct InvitationKey: Hashable, Comparable {
        let rule: String
        let subject: String
        let step: Int
        static func < (a: InvitationKey, b: InvitationKey) -> Bool {
            (a.rule, a.subject, a.step) < (b.rule, b.subject, b.step)
        }
    }

    mutating func invite(
        _ rule: Rule, _ action: InviteAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        let subject = facts.record?.ref.description ?? "firing/\(facts.firing)"
        invited[InvitationKey(rule: rule.id, subject: subject, step: step.number)] = facts
    }

    /// Whose invitations the change may touch: its own record's, and those of all that look at it.
    mutating func noteInvitations(_ change: Change) throws {
        for index in core.rules.inviteRules(reading: change.ref.kind) {
            let rule = core.rules.rules[index]
            guard let kind = rule.kind, let hops = core.rules.invitationHops(at: index) else { continue }
            let past = PastSource(
                base: source, history: History(view: view), sequence: change.sequence, links: invitationLinks(hops))
            for ref in Dependents(past: past, hops: hops).subjects(of: change, kind: kind) {
                touchedMeetings.insert(TouchedSubject(rule: index, subject: ref.description))
            }
        }
    }

    struct TouchedSubject: Hashable {
        let rule: Int
        let subject: String
    }

    private mutating func invitationLinks(_ hops: [ExpressionHop]) -> LinkHistory? {
        guard !hops.isEmpty else { return nil }
        if let inviteLinks { return inviteLinks }
        let all = core.rules.rules.indices.flatMap { core.rules.invitationHops(at: $0) ?? [] }
        let links = LinkHistory(view: view, source: source, hops: all, after: before?.sequence ?? 0, through: head)
        inviteLinks = links
        return links
    }

    // MARK: deciding

    mutating func runInvitations() throws {
        guard !invited.isEmpty || !touchedMeetings.isEmpty else { return }
        var known: [InvitationKey: InvitationState] = [:]
        for mark in touchedMeetings { try learn(core.rules.rules[mark.rule], mark.subject, &known) }
        for key in invited.keys { if let rule = core.rules[key.rule] { try learn(rule, key.subject, &known) } }
        for key in Set(known.keys).union(invited.keys).sorted() {
            guard let rule = core.rules[key.rule], let step = rule.step(key.step),
                case .invite(let action) = step.action
            else { continue }
            let past = known[key]
            if let facts = invited[key] {
                begin(InvitationWork(key: key, rule: rule, step: step, action: action, past: past), facts)
            } else if let past, rule.follows(action) {
                follow(InvitationWork(key: key, rule: rule, step: step, action: action, past: past), past)
            }
        }
    }

    /// Of a rule that is renamed in this very tick the rows still have the former id.
    private func learn(_ rule: Rule, _ subject: String, _ known: inout [InvitationKey: InvitationState]) throws {
        let former = commit.renames.first { $0.new == rule.id }?.old
        for id in [former, rule.id].compactMap({ $0 }) {
            for state in try view.invitations(rule: id, subject: subject) {
                known[InvitationKey(rule: rule.id, subject: subject, step: state.step)] = state
            }
        }
    }

    private mutating func begin(_ work: InvitationWork, _ facts: FiringFacts) {
        var facts = facts
        if let ref = facts.record?.ref {
            // Later changes of this tick count; what was deleted meanwhile needs no meeting.
            guard let present = source.record(ref) else { return }
            facts.record = present
        }
        let asked = evaluator(work.rule)
        switch asked.meeting(work.action, facts) {
        case .meeting(let meeting):
            if meeting.people.isEmpty { return work.past == nil ? trouble(work, .nobody) : cancel(work, facts) }
            var context = InvitationContext(facts, wasClosed: facts.record.map(asked.isClosed) ?? false)
            if let level = work.rule.levelTrigger {
                context.wasLevel = asked.holds(level.expression, facts) == .holds
            }
            tell(work, meeting, facts, context)
        case .timeless: if work.past == nil { trouble(work, .timeless) } else { cancel(work, facts) }
        case .broken(let why): trouble(work, .broken(why))
        }
    }

    private mutating func follow(_ work: InvitationWork, _ past: InvitationState) {
        guard past.told.method == .request else { return }
        let context = InvitationContext(text: past.context)
        guard let ref = RecordRef(work.key.subject), let record = source.record(ref) else { return cancel(work, nil) }
        let facts = context.facts(record, firing: past.firing) { daysLeft(work.rule, $0) }
        let asked = evaluator(work.rule)
        if asked.isClosed(record), !context.wasClosed { return cancel(work, facts) }
        if context.wasLevel, let level = work.rule.levelTrigger, case .fails = asked.holds(level.expression, facts) {
            return cancel(work, facts)
        }
        switch asked.stillInvites(work.step, facts) {
        case .holds: break
        // What time alone made false is no news: a meeting that has begun is not called off by an edit.
        case .fails, .empty:
            return wouldInviteBefore(work, context, past, ref) ? cancel(work, facts) : ()
        case .broken(let why): return trouble(work, .broken(why))
        }
        switch asked.meeting(work.action, facts) {
        case .meeting(let meeting):
            if meeting.people.isEmpty { cancel(work, facts) } else { tell(work, meeting, facts, context) }
        case .timeless: cancel(work, facts)
        case .broken(let why): trouble(work, .broken(why))
        }
    }

    /// Whether the condition, asked now, would hold with the records as the last tick left them.
    private func wouldInviteBefore(
        _ work: InvitationWork, _ context: InvitationContext, _ past: InvitationState, _ ref: RecordRef
    ) -> Bool {
        guard let before else { return true }
        let earlier = PastSource(base: source, history: History(view: view), sequence: before.sequence)
        guard let record = earlier.record(ref) else { return true }
        let facts = context.facts(record, firing: past.firing) { daysLeft(work.rule, $0) }
        return evaluator(work.rule, earlier).stillInvites(work.step, facts) == .holds
    }

    // MARK: telling

    private mutating func tell(
        _ work: InvitationWork, _ meeting: Meeting, _ facts: FiringFacts, _ context: InvitationContext
    ) {
        let told = work.past.flatMap { $0.told.method == .request ? $0 : nil }
        let next = work.invitation(
            meeting, store: core.settings.storeID, sequence: work.past.map { $0.told.sequence + 1 } ?? 0)
        // What is over is nobody's business any more, unless it is moved to a time that is to come.
        guard next.end(in: work.rule.timing.zone) > now else {
            if let told, told.told.end(in: work.rule.timing.zone) > now {
                move(work, meeting, next, told, facts, context)
            }
            return
        }
        move(work, meeting, next, told, facts, context)
    }

    private mutating func move(
        _ work: InvitationWork, _ meeting: Meeting, _ next: Invitation, _ told: InvitationState?, _ facts: FiringFacts,
        _ context: InvitationContext
    ) {
        let isMoved = told.map { !$0.told.isSameMeeting(as: next) } ?? true
        let before = Set((told?.people ?? []).map(\.invitedAs))
        let after = Set(meeting.people.map(\.invitedAs))
        let gone = (told?.people ?? []).filter { !after.contains($0.invitedAs) }
        let new = meeting.people.filter { !before.contains($0.invitedAs) }
        let kept = meeting.people.filter { before.contains($0.invitedAs) }
        guard isMoved || !gone.isEmpty || !new.isEmpty else { return }
        let wording = InvitationTelling(work: work, firing: facts.firing, facts: facts, now: now, late: facts.late)
        var items = items(wording, next, to: new, isUpdate: false)
        if isMoved, told != nil { items += self.items(wording, next, to: kept, isUpdate: true) }
        // Those who left are told of the meeting that they know.
        if let told {
            items += self.items(wording, told.told.cancelled(next.sequence, for: gone), to: gone, isUpdate: true)
        }
        keep(work, next, meeting.people, facts.firing, context, items)
    }

    private mutating func cancel(_ work: InvitationWork, _ facts: FiringFacts?) {
        guard let past = work.past, past.told.method == .request, past.told.end(in: work.rule.timing.zone) > now else {
            return
        }
        let off = past.told.cancelled(past.told.sequence + 1, for: nil)
        let telling = InvitationTelling(work: work, firing: past.firing, facts: facts, now: now, late: false)
        keep(
            work, off, past.people, past.firing, InvitationContext(text: past.context),
            items(telling, off, to: past.people, isUpdate: true))
    }

    private mutating func keep(
        _ work: InvitationWork, _ told: Invitation, _ people: [Recipient], _ firing: String,
        _ context: InvitationContext, _ items: [OutboxItem]
    ) {
        let state = InvitationState(
            rule: work.key.rule, subject: work.key.subject, step: work.key.step, firing: firing, told: told,
            people: people, context: context.text)
        commit.invitations.append(InvitationWrite(state: state, after: work.past?.told.sequence, items: items))
    }

    /// One mail each; where there is no mail, one notice for all in the room that stands for it.
    private func items(
        _ telling: InvitationTelling, _ told: Invitation, to people: [Recipient], isUpdate: Bool
    ) -> [OutboxItem] {
        guard !people.isEmpty, let channel = core.settings.channels["mail"] else { return [] }
        let message = evaluator(telling.work.rule).words(told, isUpdate: isUpdate, telling.facts)
        let groups = channel.isRoom ? [people] : people.map { [$0] }
        return groups.map { group in
            let notice = telling.notice(
                told, message, group, channel, urgent: telling.work.rule.urgent,
                language: core.settings.presentation.language.rawValue)
            return OutboxItem(notice: notice, notBefore: now, createdAt: now)
        }
    }

    private enum InvitationTrouble {
        case nobody, timeless
        case broken(String)
    }

    private mutating func trouble(_ work: InvitationWork, _ trouble: InvitationTrouble) {
        let isChinese = core.settings.presentation.language == .zh
        let words =
            switch trouble {
            case .nobody: isChinese ? "没有人可邀请（to 为空）" : "nobody to invite (`to` is empty)"
            case .timeless: isChinese ? "没有时间（starts_at 为空），没有邀请" : "no time (`starts_at` is empty); nobody was invited"
            case .broken(let why): why
            }
        commit.troubles.append("\(work.rule.id): invite \(work.key.subject): \(words)")
    }
}

/// One meeting of one rule, record and step, while it is decided.
struct InvitationWork {
    let key: Tick.InvitationKey
    let rule: Rule
    let step: Step
    let action: InviteAction
    /// As it was told last.
    let past: InvitationState?

    func invitation(_ meeting: Meeting, store: String, sequence: Int) -> Invitation {
        let uid =
            past?.told.uid
            ?? Digests.stableID("invitation", store, key.rule, key.subject, "\(key.step)") + "@bellman"
        return Invitation(
            uid: uid, sequence: sequence, method: .request, title: meeting.title, start: meeting.start,
            seconds: meeting.seconds, location: meeting.location, zone: rule.timing.zone.name,
            attendees: Invitation.attendees(meeting.people))
    }
}

/// What the notices of one state share.
struct InvitationTelling {
    let work: InvitationWork
    let firing: String
    let facts: FiringFacts?
    let now: Instant
    let late: Bool

    func notice(
        _ told: Invitation, _ message: RenderedMessage, _ group: [Recipient], _ channel: ChannelTrait, urgent: Bool,
        language: String
    ) -> Notice {
        let recipient = channel.isRoom ? "" : (group.first?.id ?? "")
        // Of the state that it tells: the same state is told once, whatever led to it.
        let id =
            "n-"
            + Digests.stableID(
                ["invitation", told.uid, "\(told.sequence)", told.method.rawValue, "\(told.uninvites)", channel.name]
                    + group.map(\.invitedAs))
        let record = work.key.subject.hasPrefix("firing/") ? "" : work.key.subject
        return Notice(
            id: id, firing: firing, rule: work.rule.id, ruleTitle: work.rule.title, record: record,
            step: work.step.number, channel: channel.name, recipientKey: recipient, recipients: group,
            title: message.title, text: message.text, links: message.links, priority: .normal, urgent: urgent,
            scheduledAt: facts?.scheduledAt ?? now, firedAt: now, late: late, language: language,
            payload: .invitation(told))
    }
}

extension Recipient {
    /// A calendar knows people by their addresses.
    fileprivate var invitedAs: String { email ?? "id:\(id)" }
}

extension Invitation {
    static func attendees(_ people: [Recipient]) -> [Attendee] {
        people.compactMap { person in person.email.map { Attendee(name: person.name, email: $0) } }
    }

    /// Whether attendees would find the same in their calendars.
    func isSameMeeting(as other: Invitation) -> Bool {
        title == other.title && start == other.start && seconds == other.seconds && location == other.location
    }

    func end(in zone: Zone) -> Instant {
        switch start {
        case .instant(let instant): instant.adding(seconds: seconds)
        case .date(let date): zone.startOfDay(date.adding(days: Int(seconds / 86_400)))
        }
    }

    /// Off for all, or for those alone.
    func cancelled(_ sequence: Int, for people: [Recipient]?) -> Invitation {
        Invitation(
            uid: uid, sequence: sequence, method: .cancel, title: title, start: start, seconds: seconds,
            location: location, zone: zone, attendees: people.map(Invitation.attendees) ?? attendees,
            uninvites: people != nil)
    }
}
