import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore

/// What must hold, asked after everything that happens.
extension World {
    // MARK: a tick's commit

    /// Commits what a node decides, and compares it with the model's decisions.
    func commit(_ node: Node, _ decide: (any EngineView) throws -> TickCommit) throws {
        if options.sabotage == .ownWindow, node.isFirstTick { store.state.progress?.watermark = node.wall }
        node.isFirstTick = false
        let rows = store.state.outbox.rows.count
        _ = try store.tick { view in
            var commit = try decide(view)
            if options.sabotage == .halfCommit, nodeDice.chance(1) { commit.outbox = [] }
            return commit
        }
        let wall = node.wall.microseconds
        let expected = shadow.model.tick(at: wall, rules: node.rules)
        let decided = store.lastDecided
        log("\(node.name) ticks at \(PlainTime.text(wall)), decides \(decided.count)")
        for entry in decided {
            log("  \(entry.key.rule) \(entry.key.subject) \(entry.key.occurrence): \(entry.outcome)")
        }
        compare(decided, expected)
        checkRows(from: rows)
        for entry in decided where entry.outcome.rang { checkNotices(of: entry, node) }
        observe()
    }

    private func compare(_ decided: [LedgerEntry], _ expected: [Model.Key: String]) {
        let modelled = decided.filter { !World.isOther($0.key.rule) }
        var missing = expected
        for entry in modelled {
            let key = Model.Key(
                rule: entry.key.rule, subject: entry.key.subject, occurrence: entry.key.occurrence)
            guard let wanted = missing.removeValue(forKey: key) else {
                let earlier = shadow.model.ledger[key]?.outcome
                return fail(
                    "\(text(key)) was decided \(entry.outcome.rawValue); the model \(earlier.map { "decided \($0) before" } ?? "decides nothing")"
                )
            }
            if wanted != entry.outcome.rawValue {
                return fail("\(text(key)) was decided \(entry.outcome.rawValue); the model says \(wanted)")
            }
        }
        if let (key, wanted) = missing.min(by: { $0.key < $1.key }) {
            fail("\(text(key)) was not decided; the model says \(wanted)")
        }
    }

    private func text(_ key: Model.Key) -> String { "\(key.rule) \(key.subject) \(key.occurrence)" }

    static func isOther(_ rule: String) -> Bool { ["gathered", "crowd", "repeating", "writing"].contains(rule) }

    /// Outbox rows come from firings that the same commit, or an earlier one, decided.
    private func checkRows(from first: Int) {
        for row in store.state.outbox.rows[first...] where !row.item.notice.firing.isEmpty {
            guard let entry = store.state.ledger[firing: row.item.notice.firing] else {
                return fail("notice \(row.item.notice.id) of \(row.item.notice.rule) has no decision")
            }
            if !entry.outcome.rang { return fail("notice of \(entry.key), which was decided \(entry.outcome)") }
        }
    }

    /// What rang has a notice for each of its channels.
    private func checkNotices(of entry: LedgerEntry, _ node: Node) {
        guard let rule = node.rules.first(where: { $0.id == entry.key.rule }), rule.isModelled else { return }
        let rows = store.state.outbox.rows.reversed().prefix { $0.item.notice.firedAt >= entry.decidedAt }
        let channels = rows.filter { $0.item.notice.firing == entry.firing && $0.item.notice.step == 0 }
            .map(\.item.notice.channel)
        if Set(channels) != Set(rule.via) || channels.count != rule.via.count {
            fail("\(entry.key) rang for \(channels.sorted()) instead of \(rule.via)")
        }
    }

    /// Hands the model what was written since.
    func observe() {
        for change in store.state.records.changes(after: shadow.sequence) {
            shadow.sequence = change.sequence
            shadow.model.head = change.sequence
            guard change.ref.kind == "task" else { continue }
            var state: Model.State? = shadow.model.records[change.ref.id] ?? .init(due: nil, status: "")
            for field in change.fields {
                if field.name == "due" {
                    if case .date(let date) = field.new {
                        state?.due = Int(date.daysSinceEpoch)
                    } else {
                        state?.due = nil
                    }
                }
                if field.name == "status", case .string(let word) = field.new { state?.status = word }
            }
            if change.operation == .deleted { state = nil }
            shadow.model.write(
                change.ref.id, state, sequence: change.sequence, at: change.at.microseconds)
        }
    }

    // MARK: sending

    func hasNoAddress(_ message: ClaimedMessage) -> Bool {
        guard let notice = message.items.first?.notice, notice.channel == "mail" else { return false }
        return notice.recipients.allSatisfy { $0.email == nil }
    }

    /// Carries a message to its receiver, having asked whether it may leave at all.
    func transmit(_ message: ClaimedMessage, from node: Node, wall: Instant) -> (Judgement, Micros) {
        for item in message.items {
            guard let place = store.state.outbox.places[item.notice.id] else {
                fail("notice \(item.notice.id) of \(item.notice.rule) leaves before its commit")
                continue
            }
            let row = store.state.outbox.rows[place]
            if !row.isOpen { fail("notice \(item.notice.id) leaves although it is \(row.item.state.rawValue)") }
            if row.claim != message.claim { fail("notice \(item.notice.id) leaves under a claim that is over") }
        }
        var id = message.id
        if options.sabotage == .freshIdentifier { id += "#\(message.items.first?.attempts ?? 0)" }
        let (answer, delay, problem) = receivers.take(
            message, id: id, numbers: numbers(message), now: now, wall: wall, &networkDice)
        let channel = message.items.first?.notice.channel ?? ""
        log("\(node.name) sends \(id) (\(message.items.count)) by \(channel): \(answer.verdict.word)")
        if let problem { fail(problem) }
        return (answer, delay)
    }

    /// Of notices whose occurrence is a number of the journal: when that change was made. A date with its offset may
    /// become another instant by an edit and is the same occurrence; so is a span that a restore makes count anew.
    private func numbers(_ message: ClaimedMessage) -> [String: Instant] {
        var found: [String: Instant] = [:]
        for item in message.items {
            guard let entry = store.state.ledger[firing: item.notice.firing] else { continue }
            let occurrence = entry.key.occurrence
            guard occurrence.hasPrefix("change=") || occurrence.hasPrefix("rise="),
                let number = occurrence.split(separator: "=").last.flatMap({ Int64($0) })
            else { continue }
            found[item.notice.id] = store.state.records.change(number)?.at ?? entry.scheduledAt
        }
        return found
    }

    /// Only who holds the claim may say what became of a message; how many did not is returned.
    func complete(_ completions: [Completion], marks: [SendMark], now: Instant) throws -> Int {
        let over = completions.count { completion in
            !store.state.outbox.rows.reversed().contains {
                $0.claim == completion.claim
                    && ($0.item.notice.id == completion.message || $0.item.bundle == completion.message)
            }
        }
        let stale = try store.complete(completions, marks: marks, now: now)
        if stale != over { fail("of \(over) completions under a claim that was over, \(stale) were refused") }
        return stale
    }

    func releaseLeases(at now: Instant) throws -> Int {
        if options.sabotage == .endlessLease { return 0 }
        return try store.releaseClaims(endedBy: now)
    }

    // MARK: the end

    func checkEnd() {
        guard let progress = store.state.progress else { return fail("nothing was ever decided") }
        if progress.sequence < store.state.records.lastSequence {
            fail("changes after \(progress.sequence) are undecided")
        }
        let watermark = progress.watermark.microseconds
        if watermark < now - 2 * PlainTime.day { fail("decided only until \(PlainTime.text(watermark))") }
        for row in store.state.outbox.rows {
            let notice = row.item.notice
            // What rang in the last days may still have a try, or the end of the quiet hours, before it.
            if row.isOpen, row.item.createdAt.microseconds < now - 8 * PlainTime.day {
                fail(
                    "notice \(notice.id) of \(notice.rule) to \(notice.channel) is \(row.item.state) still, until "
                        + "\(row.item.notBefore), claim \(row.claim ?? "none") until \(row.lease?.description ?? "-")")
            }
            if row.item.state == .sent, !receivers.hasAccepted(notice.id) {
                fail("notice \(notice.id) counts as sent; \(notice.channel) never took it")
            }
        }
        for firing in store.state.waiting.sorted() {
            for step in store.state.steps[firing] ?? []
            where step.state == .waiting && step.dueAt.microseconds < now - PlainTime.day && !isOff(step.key.rule) {
                fail("step \(step.step) of \(step.key) waits although it was due")
            }
        }
        checkLedger()
    }

    /// What waits for a rule that is switched off goes on when it is switched on.
    private func isOff(_ id: String) -> Bool { rules.contains { $0.id == id && !$0.isEnabled } }

    /// The whole ledger once more: also rows that changed after they were decided.
    private func checkLedger() {
        var wanted = shadow.model.ledger
        for entry in store.state.ledger.entries where !World.isOther(entry.key.rule) {
            let key = Model.Key(
                rule: entry.key.rule, subject: entry.key.subject, occurrence: entry.key.occurrence)
            guard let outcome = wanted.removeValue(forKey: key)?.outcome else {
                return fail("\(text(key)) stands in the ledger twice, or without reason")
            }
            if outcome != entry.outcome.rawValue { return fail("\(text(key)) became \(entry.outcome.rawValue)") }
        }
        if let key = wanted.keys.min() { fail("\(text(key)) is gone from the ledger") }
    }
}
