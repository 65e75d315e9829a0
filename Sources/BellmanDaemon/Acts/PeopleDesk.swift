import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests
import Failpoints

/// Carries out what people do about notices, for commands, pages, the API, links and tests of rules.
public struct PeopleDesk: PeopleActs {
    public typealias Store = ActStore & ViewedStore & OutboxStore & AdministrationStore

    let store: any Store
    let language: RuleLanguage
    let timing: RuleTiming
    /// Those in force, also the ones that are switched off.
    let rules: @Sendable () -> [Rule]
    let now: @Sendable () -> Instant
    /// Called after every act that changed something.
    let changed: @Sendable () -> Void

    public init(
        store: any Store, language: RuleLanguage, timing: RuleTiming, rules: @escaping @Sendable () -> [Rule],
        now: @escaping @Sendable () -> Instant, changed: @escaping @Sendable () -> Void = {}
    ) {
        self.store = store
        self.language = language
        self.timing = timing
        self.rules = rules
        self.now = now
        self.changed = changed
    }

    public func acknowledge(firing: String, by: Person, comment: String, way: String) throws -> ActOutcome {
        guard try hasRung(firing) else { return .unknown }
        let acknowledgement = Acknowledgement(firing: firing, by: by, at: now(), comment: comment)
        if try Failpoint.step(.ackWrite, { try store.acknowledge(acknowledgement, way: way) }) {
            changed()
            return .done
        }
        return try already(firing) ?? .unknown
    }

    /// The notices that the person had of this firing come again: by each direct channel the newest, and those of rooms
    /// that named them, for them alone.
    public func snooze(
        firing: String, by: Person, until: Instant, comment: String, way: String
    ) throws -> ActOutcome {
        let now = now()
        guard try hasRung(firing) else { return .unknown }
        if let already = try already(firing) { return already }
        guard until > now else { return .refused(.past) }
        let items = try store.items(firing: firing)
        let own = newest(items.filter { $0.notice.isSnoozable && $0.notice.isFor(by.id) })
        guard !own.isEmpty else { return .refused(.notYours) }
        let again = own.map { item in
            OutboxItem(
                notice: item.notice.again(for: by.id, until: until), state: .held, notBefore: until,
                reason: Reason("snooze", by.id), createdAt: now)
        }
        let instead = items.filter {
            $0.state == .held && $0.reason == Reason("snooze", by.id)
        }.map(\.notice.id)
        let entry = ActEntry(
            verb: "snooze", target: firing, by: by, at: now, comment: comment,
            detail: "\(way) until=\(Instant(seconds: until.seconds).iso(in: timing.zone))")
        guard try Failpoint.step(.snoozeWrite, { try store.snooze(again, instead: instead, entry) }) else {
            return .already(by: by, at: now, choice: "\(until)")
        }
        changed()
        return .done
    }

    /// Those whom the firing's notices name, and who may therefore have them again later.
    public func recipients(firing: String) throws -> [Recipient] {
        var seen: Set<String> = []
        return try store.items(firing: firing).filter(\.notice.isSnoozable).flatMap(\.notice.recipients)
            .filter { seen.insert($0.id).inserted }
    }

    /// One of each channel.
    private func newest(_ items: [OutboxItem]) -> [OutboxItem] {
        var byChannel: [String: OutboxItem] = [:]
        for item in items { byChannel[item.notice.channel] = item }
        return byChannel.keys.sorted().compactMap { byChannel[$0] }
    }

    private func hasRung(_ firing: String) throws -> Bool {
        try store.read { try $0.decision(firing: firing)?.outcome.rang ?? false }
    }

    private func already(_ firing: String) throws -> ActOutcome? {
        try store.read { try $0.acknowledgement(firing: firing) }
            .map { .already(by: $0.by, at: $0.at, choice: "") }
    }
}

extension Notice {
    var isSnoozable: Bool { acts.contains(.snooze) }

    /// In a direct channel whom it is for, in a room who is named.
    func isFor(_ person: String) -> Bool {
        recipientKey.isEmpty ? recipients.contains { $0.id == person } : recipientKey == person
    }

    /// The same words once more for one person. The id comes from where the notice came from and the time, so that
    /// whoever makes it again makes the same one.
    func again(for person: String, until: Instant) -> Notice {
        Notice(
            id: "n-" + Digests.stableID(firing, "\(step)", channel, "snooze", person, "\(until)"),
            firing: firing, rule: rule, ruleTitle: ruleTitle, record: record, step: step, channel: channel,
            recipientKey: recipientKey, recipients: recipients.filter { $0.id == person }, title: title, text: text,
            links: links, priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt, late: late,
            language: language, acts: acts, payload: payload)
    }
}
