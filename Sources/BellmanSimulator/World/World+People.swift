import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore

/// What people do: records, rules, configuration, silences, acknowledgements.
extension World {
    private static let pause = 11 * PlainTime.hour

    func planPeople() {
        let kinds: [(StoryEvent, Int)] = [
            (.edit, 58), (.delete, 6), (.rules, 8), (.silence, 4), (.acknowledge, 14), (.channels, 5), (.resend, 5),
        ]
        var choice = peopleDice.int(1...100)
        let kind =
            kinds.first {
                choice -= $0.1
                return choice <= 0
            }?.0 ?? .edit
        plan(.befall(kind), at: now + peopleDice.wait(mean: World.pause))
    }

    func befall(_ kind: StoryEvent) {
        guard !isHealed else { return }
        if kind.isFault || kind == .backup { planMishaps() } else { planPeople() }
        guard !options.without.contains(kind.rawValue), now < healsAt else { return }
        if kind.isFault { faultsSeen[kind.rawValue, default: 0] += 1 }
        switch kind {
        case .edit: edit()
        case .delete: delete()
        case .rules: editRules()
        case .silence: silence()
        case .acknowledge: acknowledge()
        case .channels: editChannels()
        case .resend: resend()
        default: mishap(kind)
        }
    }

    // MARK: records

    /// Commands run on the machine of one of the nodes and have its clock.
    private var writersClock: Instant {
        Instant(microseconds: now + nodes[peopleDice.int(0...nodes.count - 1)].skew)
    }

    func put(_ write: RecordWrite) throws {
        let at = nodes.isEmpty ? Instant(microseconds: now) : writersClock
        let result = try store.write([write], at: at)
        log("\(write.actor) write \(write.ref) \(World.text(write.fields)): \(result.map { "\($0)" }.joined())")
        observe()
    }

    private static func text(_ fields: [String: FieldValue]) -> String {
        fields.keys.sorted().map { name in
            switch fields[name] {
            case .date(let date): "\(name)=\(date)"
            case .string(let text), .reference(let text): "\(name)=\(text)"
            default: "\(name)=-"
            }
        }.joined(separator: " ")
    }

    private func write(_ write: RecordWrite) {
        do { try put(write) } catch { fail("a write failed: \(error)") }
    }

    /// The daemon is told of a write, mostly.
    private func nudge() {
        for node in nodes where node.isUp {
            let isTold = peopleDice.chance(85)
            node.wakeSoon(peopleDice.micros(0...(isTold ? 2 * PlainTime.second : PlainTime.minute)))
        }
    }

    private func edit() {
        if isCrowded, peopleDice.chance(8) { return importMany() }
        let many = peopleDice.chance(15) ? peopleDice.int(2...4) : 1
        for _ in 0..<many { editOne("T\(peopleDice.int(1...6))") }
        nudge()
    }

    private func editOne(_ id: String) {
        let ref = RecordRef(kind: "task", id: id)
        let old = store.state.records.all[ref]
        var fields: [String: FieldValue] = ["title": .string(id)]
        if peopleDice.chance(65) {
            let day = zone.day(now) + peopleDice.int(-9...40)
            fields["due"] = peopleDice.chance(12) ? .null : .date(CivilDate(clampingDays: day))
            // Out, and back to what it was.
            if peopleDice.chance(25), let former = formerDate(of: ref) { fields["due"] = former }
        }
        if old == nil || peopleDice.chance(55) { fields["status"] = .string(peopleDice.pick(StoryRule.words)) }
        if old == nil || peopleDice.chance(10) { fields["assignee"] = .reference(peopleDice.pick(["ma", "li", "wu"])) }
        write(RecordWrite(ref: ref, fields: fields, actor: "people"))
    }

    private func formerDate(of ref: RecordRef) -> FieldValue? {
        let history = store.state.records.history(of: ref).reversed().prefix(8)
        return history.lazy.compactMap { place in
            self.store.state.records.journal[place].fields.first { $0.name == "due" && !$0.old.isNull }?.old
        }.first
    }

    private func importMany() {
        let day = zone.day(now) + peopleDice.int(0...12)
        for number in 1...30 {
            let fields: [String: FieldValue] = [
                "title": .string("I\(number)"), "status": .string("todo"), "assignee": .reference("li"),
                "due": .date(CivilDate(clampingDays: day)),
            ]
            write(RecordWrite(ref: RecordRef(kind: "task", id: "I\(number)"), fields: fields, actor: "import"))
        }
        nudge()
    }

    private func delete() {
        let ids = (store.state.records.ids["task"] ?? []).filter { $0.hasPrefix("T") }
        guard !ids.isEmpty else { return }
        let ref = RecordRef(kind: "task", id: peopleDice.pick(ids))
        write(RecordWrite(ref: ref, operation: .delete, actor: "people"))
        if peopleDice.chance(30) { editOne(ref.id) }
        nudge()
    }

    // MARK: rules and configuration

    private func editRules() {
        var new = rules
        let places = new.indices.filter { place in
            switch new[place].trigger {
            case .level, .other: false
            default: true
            }
        }
        if ruleDice.chance(20), !removed.isEmpty {
            let back = removed.removeFirst()
            guard !new.contains(where: { $0.id == back.id }) else { return }
            return adopt(new + [back], "\(back.id) is back")
        }
        guard !places.isEmpty else { return }
        let place = ruleDice.pick(places)
        let what = change(&new, place)
        adopt(new, what)
    }

    private func change(_ rules: inout [StoryRule], _ place: Int) -> String {
        let id = rules[place].id
        switch ruleDice.int(0...9) {
        case 0, 1:
            rules[place].isEnabled.toggle()
            return "\(id) \(rules[place].isEnabled ? "on" : "off")"
        case 2:
            removed.append(rules.remove(at: place))
            return "\(id) removed"
        case 3:
            guard id.utf8.count < 24 else { return "\(id) as it was" }
            rules[place].id = id + "x"
            rules[place].was = id
            return "\(id) is \(id)x"
        case 4, 5:
            rules[place].at = ruleDice.pick([0, 150, 480, 540, 1050, 1439])
            return "\(id) at \(rules[place].at)"
        case 6: rules[place].catchUp = ruleDice.pick([.lateOnce, .all, .skip])
        case 7:
            if case .deleted = rules[place].trigger { return "\(id) as it was" }
            rules[place].onlyOpen.toggle()
        default:
            guard case .date = rules[place].trigger else { return "\(id) as it was" }
            rules[place].trigger = .date(StoryRule.offsets(&ruleDice))
        }
        return "\(id) edited: \(rules[place].offsets) \(rules[place].catchUp.rawValue) \(rules[place].onlyOpen)"
    }

    private func editChannels() {
        if let hook = policies["hook"], peopleDice.chance(30) {
            policies["hook"] = nil
            log("configuration: hook is gone")
            hookPolicy = hook
        } else if policies["hook"] == nil, let hook = hookPolicy {
            policies["hook"] = hook
            log("configuration: hook is back")
        } else if let chat = policies["chat"] {
            let hours = peopleDice.pick([nil, "22:00-08:00", "12:00-14:00"])
            policies["chat"] = ChannelPolicy(
                isRoom: true, pace: chat.pace, schedule: chat.schedule, maxAgeSeconds: chat.maxAgeSeconds,
                fallback: chat.fallback, quiet: hours.flatMap { QuietHours($0) }, zone: chat.zone)
            log("configuration: chat is quiet \(hours ?? "never")")
        }
        for node in nodes { node.configure() }
    }

    // MARK: notices

    private func silence() {
        guard let rule = rules.filter(\.isModelled).randomElement(&peopleDice) else { return }
        silences += 1
        let isRule = peopleDice.chance(60)
        let subject = "task/T\(peopleDice.int(1...6))"
        let from = writersClock
        let until = from.adding(seconds: Int64(peopleDice.int(3_600...5 * 86_400)))
        let scope = isRule ? SilenceScope(rule: rule.id) : SilenceScope(record: subject)
        let made = Silence(
            id: "s-\(PlainTime.two(silences))-\(now)", scope: scope, from: from, until: until, by: Person("ma"),
            at: from, reason: "story")
        _ = try? store.silence(made, way: "command")
        shadow.model.silences.append(
            .init(
                rule: isRule ? rule.id : nil, subject: isRule ? nil : subject, from: from.microseconds,
                until: until.microseconds))
        log("silence \(scope.text) until \(until)")
    }

    private func acknowledge() {
        let recent = store.state.ledger.entries.suffix(20).filter { $0.outcome.rang }
        guard !recent.isEmpty else { return }
        let entry = peopleDice.pick(Array(recent))
        let act = Acknowledgement(firing: entry.firing, by: Person("ma"), at: writersClock, comment: "")
        _ = try? store.acknowledge(act, way: "command")
        log("acknowledged \(entry.key.rule) \(entry.key.subject) \(entry.key.occurrence)")
        nudge()
    }

    private func resend() {
        // A time from a clock that nobody believes would hold the notice back as long.
        guard nodes.allSatisfy({ abs($0.skew) < 5 * PlainTime.day }) else { return }
        let finished = store.state.outbox.rows.suffix(40).filter { $0.item.state == .dead || $0.item.state == .dropped }
        guard !finished.isEmpty else { return }
        let id = peopleDice.pick(finished.map(\.item.notice.id))
        guard (try? store.resend(id: id, now: writersClock)) == true else { return }
        receivers.expectAgain(id)
        log("sent again by hand: \(id)")
        nudge()
    }
}

extension Array {
    fileprivate func randomElement(_ dice: inout Dice) -> Element? { isEmpty ? nil : dice.pick(self) }
}
