import Almanac
import BellmanModel
import BellmanStore

extension VirtualStore: ActStore {
    public func acknowledge(_ acknowledgement: Acknowledgement, way: String) throws -> Bool {
        guard state.acts.acknowledgements[acknowledgement.firing] == nil else { return false }
        state.acts.acknowledgements[acknowledgement.firing] = acknowledgement
        state.acts.fresh.insert(acknowledgement.firing)
        state.acts.entries.append(
            ActEntry(
                verb: "ack", target: acknowledgement.firing, by: acknowledgement.by, at: acknowledgement.at,
                comment: acknowledgement.comment, detail: way))
        return true
    }

    public func snooze(_ again: [OutboxItem], instead: [String], _ entry: ActEntry) throws -> Bool {
        let queued = again.filter { state.outbox.insert($0) }
        guard !queued.isEmpty else { return false }
        let ids = Set(again.map(\.notice.id))
        for id in instead where !ids.contains(id) {
            guard let place = state.outbox.places[id], state.outbox.rows[place].item.state == .held,
                state.outbox.rows[place].claim == nil
            else { continue }
            state.outbox.finish(place, .dropped, Reason("snoozed_again"), at: entry.at)
        }
        state.acts.entries.append(entry)
        return true
    }

    public func silence(_ silence: Silence, way: String) throws -> Bool {
        guard !state.acts.silences.contains(where: { $0.id == silence.id }) else { return false }
        state.acts.silences.append(silence)
        state.acts.entries.append(
            ActEntry(
                verb: "silence", target: silence.id, by: silence.by, at: silence.at, comment: silence.reason,
                detail: "\(way) \(silence.scope.text)"))
        return true
    }

    public func endSilence(_ id: String, by: Person, at: Instant, comment: String, way: String) throws -> Silence? {
        guard let place = state.acts.silences.firstIndex(where: { $0.id == id }) else { return nil }
        guard state.acts.silences[place].over.map({ $0 > at }) ?? true else { return state.acts.silences[place] }
        state.acts.silences[place].ended = Silence.End(at: at, by: by)
        state.acts.entries.append(
            ActEntry(verb: "silence_end", target: id, by: by, at: at, comment: comment, detail: way))
        return state.acts.silences[place]
    }

    public func silences(limit: Int) throws -> [Silence] {
        let sorted = state.acts.silences.sorted { $0.at != $1.at ? $0.at > $1.at : isBefore($0.id, $1.id) }
        return Array(sorted.prefix(limit))
    }

    public func decide(_ write: RecordWrite, entry: ActEntry) throws -> Bool {
        let before = state.records
        guard case .updated? = try self.write([write], at: entry.at).first else {
            state.records = before
            return false
        }
        state.acts.entries.append(entry)
        return true
    }

    public func acts(target: String?, limit: Int) throws -> [ActEntry] {
        Array(state.acts.entries.reversed().filter { target == nil || $0.target == target }.prefix(limit))
    }

    public func isSpent(_ nonce: String) throws -> Bool { state.acts.spentLinks.contains(nonce) }

    public func spendLink(_ nonce: String, at: Instant) throws -> Bool {
        state.acts.spentLinks.insert(nonce).inserted
    }
}

extension VirtualStore: AdministrationStore {
    public func document(_ name: String) throws -> String? { state.documents[name] }

    public func documents(prefix: String) throws -> [(name: String, text: String)] {
        state.documents.filter { $0.key.hasPrefix(prefix) }.map { ($0.key, $0.value) }
            .sorted { isBefore($0.0, $1.0) }
    }

    public func setDocument(_ name: String, _ text: String?) throws { state.documents[name] = text }

    public func setDocuments(_ documents: [(name: String, text: String?)]) throws {
        for (name, text) in documents { state.documents[name] = text }
    }

    /// Newest first; no outcomes means all.
    public func ledger(rule: String?, subject: String?, outcomes: Set<Outcome>, limit: Int) throws -> [LedgerEntry] {
        let found = state.ledger.entries.reversed().lazy.filter { entry in
            (rule == nil || entry.key.rule == rule) && (subject == nil || entry.key.subject == subject)
                && (outcomes.isEmpty || outcomes.contains(entry.outcome))
        }
        return Array(found.prefix(limit))
    }

    public func lastRing(rule: String) throws -> Instant? {
        state.ledger.entries.filter { $0.key.rule == rule && $0.outcome.rang }.map(\.decidedAt).max()
    }

    public func outcomeCounts() throws -> [(rule: String, outcome: Outcome, count: Int)] {
        let rules = Dictionary(grouping: state.ledger.entries, by: \.key.rule)
        return rules.keys.sorted().flatMap { rule in
            Dictionary(grouping: rules[rule] ?? [], by: \.outcome).map { (rule, $0.key, $0.value.count) }
                .sorted { $0.1.rawValue < $1.1.rawValue }
        }
    }

    public func addToken(name: String, role: String, hash: String, at: Instant) throws {
        state.tokens.removeAll { $0.name == name }
        state.tokens.append(.init(name: name, role: role, hash: hash, createdAt: at))
    }

    public func token(hash: String) throws -> (name: String, role: String)? {
        state.tokens.first { $0.hash == hash }.map { ($0.name, $0.role) }
    }

    public func tokens() throws -> [(name: String, role: String, createdAt: Instant)] {
        state.tokens.sorted { isBefore($0.name, $1.name) }.map { ($0.name, $0.role, $0.createdAt) }
    }

    public func removeToken(name: String) throws -> Bool {
        let count = state.tokens.count
        state.tokens.removeAll { $0.name == name }
        return state.tokens.count < count
    }
}
