import Almanac
import BellmanModel
import BellmanStore

/// The store contract in memory, made for speed: what a database does, without one. It passes the same suite of checks
/// (`StoreContract`) as every other store.
///
/// For one thread at a time, as the simulator has one for each world.
public final class VirtualStore: EngineStore, RecordStore, OutboxStore, @unchecked Sendable {
    var state = StoreState()
    let schema: Schema
    let deriver: any MomentDeriver
    /// Never goes back, also when a backup is put back.
    private var marks = 0
    /// Ledger rows that the last tick inserted.
    private(set) var lastDecided: [LedgerEntry] = []
    /// A planted bug.
    var sabotage: Sabotage? {
        didSet {
            state.ledger.isLastKept = sabotage == .lastDecisionWins
            state.outbox.sabotage = sabotage
        }
    }

    public init(schema: Schema, deriver: any MomentDeriver) {
        self.schema = schema
        self.deriver = deriver
    }

    public func read<T>(_ body: (any EngineView) throws -> T) throws -> T {
        try body(VirtualView(store: self, mayWrite: false))
    }

    public func tick(_ decide: (any EngineView) throws -> TickCommit) throws -> TickReceipt {
        let gathering = state.gathering
        do {
            let commit = try decide(VirtualView(store: self, mayWrite: true))
            try checkKinds(commit.writes)
            return apply(commit)
        } catch {
            state.gathering = gathering
            throw error
        }
    }

    public func write(_ writes: [RecordWrite], at: Instant) throws -> [WriteResult] {
        try checkKinds(writes)
        return writes.map { put($0, at: at) }
    }

    private func checkKinds(_ writes: [RecordWrite]) throws {
        for write in writes where schema.kind(write.ref.kind) == nil {
            throw StoreProblem.other(path: "memory", why: "unknown record kind \(write.ref.kind)")
        }
    }

    func put(_ write: RecordWrite, at: Instant) -> WriteResult {
        guard let kind = schema.kind(write.ref.kind) else { return .missing }
        return state.records.write(write, kind: kind, deriver: deriver, at: at)
    }

    /// A node started: what was only in its memory is gone.
    func noteRestart() {
        if sabotage == .keysInMemory { state.ledger.forgetKeys() }
    }

    // MARK: what a tick decided

    private func apply(_ commit: TickCommit) -> TickReceipt {
        for rename in commit.renames { move(from: rename.old, to: rename.new) }
        arm(commit)
        lastDecided = commit.ledger.filter { state.ledger.insert($0) }
        var owned = Set(lastDecided.map(\.firing))
        writeSteps(commit.steps, &owned)
        for rename in commit.renames { moveSteps(from: rename.old, to: rename.new) }
        for slot in commit.forgetLevels { state.levels[.init(rule: slot.rule, subject: slot.subject)] = nil }
        for level in commit.levels { state.levels[.init(rule: level.rule, subject: level.subject)] = level }
        var queued = 0
        for item in commit.outbox where owned.contains(item.notice.firing) {
            if state.outbox.insert(item) { queued += 1 }
        }
        for firing in commit.noted { state.acts.fresh.remove(firing) }
        queued += invite(commit.invitations)
        for entry in commit.acts
        where !state.acts.entries.contains(where: { $0.verb == entry.verb && $0.target == entry.target }) {
            state.acts.entries.append(entry)
        }
        for write in commit.writes { _ = put(write, at: commit.progress.watermark) }
        state.progress = commit.progress
        return TickReceipt(
            decided: lastDecided.count, alreadyDecided: commit.ledger.count - lastDecided.count, queued: queued)
    }

    private func arm(_ commit: TickCommit) {
        for gone in commit.disarm { state.armed.removeAll { $0.rule == gone.rule && $0.trigger == gone.trigger } }
        for new in commit.arm {
            guard !state.armed.contains(where: { $0.rule == new.rule && $0.trigger == new.trigger }) else { continue }
            state.armed.append(new)
        }
        guard commit.marksArmed || !(commit.arm.isEmpty && commit.disarm.isEmpty && commit.renames.isEmpty) else {
            return
        }
        state.armed.sort { $0.rule != $1.rule ? isBefore($0.rule, $1.rule) : isBefore($0.trigger, $1.trigger) }
        marks += 1
        state.armedMark = "mark-\(marks)"
    }

    /// Finishing a step is compare-and-set on `waiting`; who wins owns the firing here. New steps follow, of owned
    /// firings only.
    private func writeSteps(_ steps: [PendingStep], _ owned: inout Set<String>) {
        var fresh: [PendingStep] = []
        for step in steps {
            if step.state != .waiting, let place = waitingPlace(step) {
                let done = finished(step, as: state.steps[step.firing]?[place])
                state.steps[step.firing]?[place] = done
                owned.insert(step.firing)
                noteWaiting(step.firing)
            } else {
                fresh.append(step)
            }
        }
        for step in fresh {
            let isOwned = owned.contains(step.firing)
            guard isOwned || step.state == .waiting else { continue }
            put(step, mayAdd: isOwned)
        }
    }

    private func waitingPlace(_ step: PendingStep) -> Int? {
        state.steps[step.firing]?.firstIndex { $0.step == step.step && $0.state == .waiting }
    }

    private func finished(_ step: PendingStep, as old: PendingStep?) -> PendingStep {
        guard let old else { return step }
        return PendingStep(
            firing: old.firing, step: old.step, key: old.key, dueAt: old.dueAt, state: step.state,
            reason: step.reason, context: step.context)
    }

    /// A step that waits already may be put off; one that is finished stays so.
    private func put(_ step: PendingStep, mayAdd: Bool) {
        var all = state.steps[step.firing] ?? []
        if let place = all.firstIndex(where: { $0.step == step.step }) {
            let old = all[place]
            guard old.state == .waiting else { return }
            all[place] = PendingStep(
                firing: old.firing, step: old.step, key: old.key, dueAt: step.dueAt, state: .waiting,
                reason: step.reason, context: mayAdd ? step.context : old.context)
        } else if mayAdd {
            all.append(step)
            all.sort { $0.step < $1.step }
        }
        state.steps[step.firing] = all.isEmpty ? nil : all
        noteWaiting(step.firing)
    }

    private func noteWaiting(_ firing: String) {
        if state.steps[firing]?.contains(where: { $0.state == .waiting }) == true {
            state.waiting.insert(firing)
        } else {
            state.waiting.remove(firing)
        }
    }

    /// The notices of a state leave with it, whichever firing they belong to.
    private func invite(_ writes: [InvitationWrite]) -> Int {
        var queued = 0
        for write in writes {
            let slot = StoreState.Slot(rule: write.state.rule, subject: write.state.subject)
            var all = state.invitations[slot] ?? []
            let place = all.firstIndex { $0.step == write.state.step }
            guard place.map({ all[$0].told.sequence }) == write.after else { continue }
            if let place { all[place] = write.state } else { all.append(write.state) }
            state.invitations[slot] = all.sorted { $0.step < $1.step }
            for item in write.items where state.outbox.insert(item) { queued += 1 }
        }
        return queued
    }

    // MARK: a rule under another name

    /// Where the new id has history of its own already, that wins.
    private func move(from old: String, to new: String) {
        state.ledger.rename(old, new)
        state.acts.rename(old, new)
        let taken = Set(state.armed.filter { $0.rule == new }.map(\.trigger))
        state.armed = state.armed.compactMap { entry in
            guard entry.rule == old else { return entry }
            guard !taken.contains(entry.trigger) else { return nil }
            return ArmedTrigger(rule: new, trigger: entry.trigger, since: entry.since, sequence: entry.sequence)
        }
        for (slot, level) in state.levels where slot.rule == old {
            state.levels[slot] = nil
            let target = StoreState.Slot(rule: new, subject: slot.subject)
            guard state.levels[target] == nil else { continue }
            state.levels[target] = LevelState(
                rule: new, subject: level.subject, isTrue: level.isTrue, since: level.since, rise: level.rise,
                rung: level.rung, checkAt: level.checkAt)
        }
        moveSteps(from: old, to: new)
        for (slot, all) in state.invitations where slot.rule == old {
            state.invitations[slot] = nil
            let target = StoreState.Slot(rule: new, subject: slot.subject)
            let known = state.invitations[target] ?? []
            let moved = all.filter { one in !known.contains { $0.step == one.step } }.map { one in
                var one = one
                one.rule = new
                return one
            }
            state.invitations[target] = (known + moved).sorted { $0.step < $1.step }
        }
        for place in state.gathering.heads.indices
        where state.gathering.heads[place].rule == old && !state.gathering.heads[place].isRetired {
            state.gathering.heads[place].rule = new
        }
    }

    private func moveSteps(from old: String, to new: String) {
        for (firing, all) in state.steps where all.contains(where: { $0.key.rule == old }) {
            state.steps[firing] = all.map { step in
                guard step.key.rule == old else { return step }
                return PendingStep(
                    firing: step.firing, step: step.step,
                    key: OccurrenceKey(rule: new, subject: step.key.subject, occurrence: step.key.occurrence),
                    dueAt: step.dueAt, state: step.state, reason: step.reason, context: step.context)
            }
        }
    }
}
