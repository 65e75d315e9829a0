import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// A store's snapshot as expressions see it. Keeps what was read during one tick and the first storage error.
/// Used by one tick on one thread at a time; the store hands out the view inside a transaction only.
final class SnapshotSource: RecordSource, @unchecked Sendable {
    private let view: any EngineView
    private var records: [RecordRef: Record?] = [:]
    /// By kind and text.
    private var resolved: [RecordRef: String?] = [:]
    private var lists: [ListKey: [String]] = [:]
    private var listed = 0
    private(set) var failure: (any Error)?

    private struct ListKey: Hashable {
        let kind: String
        let field: String
        let target: RecordRef
    }

    /// Records, names and members of lists kept for one tick, of each; beyond it the memory of a large import would grow with the store.
    private static let capacity = 20_000

    init(_ view: any EngineView) { self.view = view }

    func record(_ ref: RecordRef) -> Record? {
        if let known = records[ref] { return known }
        let found = attempt(nil) { try view.record(ref) }
        if records.count >= SnapshotSource.capacity { records.removeAll(keepingCapacity: true) }
        records[ref] = .some(found)
        return found
    }

    func resolve(_ text: String, kind: String) -> String? {
        let name = RecordRef(kind: kind, id: text)
        if let known = resolved[name] { return known }
        let found = attempt(String?.none) {
            if case .found(let id) = try view.resolve(text, kind: kind) { return id }
            return nil
        }
        if resolved.count >= SnapshotSource.capacity { resolved.removeAll(keepingCapacity: true) }
        resolved[name] = .some(found)
        return found
    }

    func referrers(kind: String, field: String, target: RecordRef) -> [String] {
        let list = ListKey(kind: kind, field: field, target: target)
        if let known = lists[list] { return known }
        let found = attempt([]) { try view.referrers(kind: kind, field: field, target: target) }
        if listed + found.count >= SnapshotSource.capacity {
            lists.removeAll(keepingCapacity: true)
            listed = 0
        }
        listed += 1 + found.count
        lists[list] = found
        return found
    }

    /// Who names a record that is gone now, by any of its texts.
    func referrers(kind: String, field: String, texts: [String]) -> [String] {
        attempt([]) { try texts.flatMap { try view.referrers(kind: kind, field: field, text: $0) } }
    }

    func members(role: String) -> [String] { attempt([]) { try view.members(role: role) } }

    func identifiers(kind: String, limit: Int) -> [String] {
        attempt([]) { try view.identifiers(kind: kind, after: nil, limit: limit) }
    }

    /// An expression cannot fail for the storage: the error is kept, and ends the tick before anything is committed.
    func attempt<T>(_ otherwise: T, _ body: () throws -> T) -> T {
        do { return try body() } catch {
            failure = failure ?? error
            return otherwise
        }
    }
}

/// The snapshot as it was right after one write: records are led back along the journal.
/// Lists are those of now unless the journal was read for them (`links`).
final class PastSource: RecordSource, @unchecked Sendable {
    private let base: SnapshotSource
    private let history: History
    let sequence: Int64
    let links: LinkHistory?

    init(base: SnapshotSource, history: History, sequence: Int64, links: LinkHistory? = nil) {
        self.base = base
        self.history = history
        self.sequence = sequence
        self.links = links
    }

    func record(_ ref: RecordRef) -> Record? {
        // The common case costs nothing: a record whose last change is not later is as it was.
        if let current = base.record(ref), current.version <= sequence { return current }
        return base.attempt(nil) { try history.record(ref, asOf: sequence) }
    }

    func resolve(_ text: String, kind: String) -> String? {
        if let id = base.resolve(text, kind: kind) { return id }
        // What was deleted since was still there.
        return links != nil && record(RecordRef(kind: kind, id: text)) != nil ? text : nil
    }

    func referrers(kind: String, field: String, target: RecordRef) -> [String] {
        guard let links else { return base.referrers(kind: kind, field: field, target: target) }
        guard base.record(target) == nil else {
            let now = base.referrers(kind: kind, field: field, target: target)
            return links.referrers(now, kind: kind, field: field, target: target, texts: [target.id], in: self)
        }
        // The target is gone now, perhaps by this very write: who pointed to it must hear of that.
        let known = record(target) ?? base.attempt(nil) { try history.record(target, asOf: sequence - 1) }
        let texts = ["name", "title", "email"].compactMap { name -> String? in
            if case .string(let text) = known?[name] { text } else { nil }
        }
        let now = base.referrers(kind: kind, field: field, texts: [target.id] + texts)
        return links.referrers(now, kind: kind, field: field, target: target, texts: [target.id] + texts, in: self)
    }

    /// Who says one of these texts now, wherever that leads.
    func speakers(kind: String, field: String, texts: [String]) -> [String] {
        base.referrers(kind: kind, field: field, texts: texts)
    }

    func members(role: String) -> [String] { base.members(role: role) }
    func identifiers(kind: String, limit: Int) -> [String] { base.identifiers(kind: kind, limit: limit) }
}

/// Journals of single records, each read once: for a walk that looks at one record at many moments.
final class HistoryMemory: @unchecked Sendable {
    private let view: any EngineView
    private var changes: [RecordRef: [Change]] = [:]
    private var stands: [RecordRef: Stand] = [:]
    private var held = 0

    /// Changes kept before the next walk begins anew.
    private static let capacity = 50_000

    /// A record led back to before the write `before`; so many of its changes are `left` to undo.
    private struct Stand {
        var record: Record?
        var before: Int64
        var left: Int
    }

    init(view: any EngineView) { self.view = view }

    /// Ascending, from the record's beginning.
    func changes(of ref: RecordRef) throws -> [Change] {
        if let known = changes[ref] { return known }
        let found = try view.changes(of: ref, after: 0)
        held += 1 + found.count
        changes[ref] = found
        return found
    }

    /// `nil` when the record did not exist then. Cheap for whoever asks for earlier and earlier writes.
    func record(_ ref: RecordRef, asOf sequence: Int64) throws -> Record? {
        let changes = try changes(of: ref)
        var stand = stands[ref]
        if stand.map({ $0.before <= sequence }) ?? true {
            stand = Stand(record: try view.record(ref), before: .max, left: changes.count)
        }
        guard var stand else { return nil }
        while stand.left > 0, changes[stand.left - 1].sequence > sequence {
            stand.left -= 1
            stand.record = History.undo(changes[stand.left], from: stand.record)
            stand.before = changes[stand.left].sequence
        }
        stands[ref] = stand
        return stand.record
    }

    /// Called between two walks, so that the memory does not grow with the store.
    func forgetWhenFull() {
        guard held > HistoryMemory.capacity else { return }
        held = 0
        changes = [:]
        stands = [:]
    }
}

/// Records as they were after a given write.
struct History {
    let view: any EngineView
    var memory: HistoryMemory?

    /// `nil` when the record did not exist then.
    func record(_ ref: RecordRef, asOf sequence: Int64) throws -> Record? {
        if let memory { return try memory.record(ref, asOf: sequence) }
        var state = try view.record(ref)
        for change in try view.changes(of: ref, after: sequence).reversed() {
            state = History.undo(change, from: state)
        }
        return state
    }

    /// The record before one change.
    static func undo(_ change: Change, from state: Record?) -> Record? {
        switch change.operation {
        case .created: return nil
        case .deleted:
            var fields: [String: FieldValue] = [:]
            for field in change.fields where field.old != .null { fields[field.name] = field.old }
            return Record(
                ref: change.ref, fields: fields, createdAt: change.at, updatedAt: change.at,
                version: change.sequence - 1)
        case .updated:
            guard var record = state else { return nil }
            for field in change.fields { record.fields[field.name] = field.old == .null ? nil : field.old }
            record.version = change.sequence - 1
            return record
        }
    }
}

/// A record's states since the last tick, newest first.
struct Past {
    /// As the last tick left it; `nil` when it did not exist then.
    let before: Record?
    private let steps: [(at: Instant, before: Record?, after: Record?)]

    init(_ record: Record, changes: [Change]) {
        var state: Record? = record
        var steps: [(at: Instant, before: Record?, after: Record?)] = []
        for change in changes.reversed() {
            let earlier = History.undo(change, from: state)
            steps.append((change.at, earlier, state))
            state = earlier
        }
        before = state
        self.steps = steps
    }

    /// When something that is computed from the record last took its present value.
    func lastTurn<T: Equatable>(of value: (Record) -> T) -> Instant? {
        steps.first { $0.before.map(value) != $0.after.map(value) }?.at
    }
}
