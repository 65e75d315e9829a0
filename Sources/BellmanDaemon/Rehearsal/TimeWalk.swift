import Almanac
import BellmanEngine
import BellmanRules
import BellmanStore

/// The instants at which something may be due, one after the other: a clock that jumps.
struct TimeWalk {
    private let core: EngineCore
    private let store: any ViewedStore
    private let end: Instant
    /// Steps wait, or levels have spans.
    private let hasTimers: Bool
    private var agenda: Agenda
    private(set) var now: Instant

    init(_ core: EngineCore, _ store: any ViewedStore, after start: Instant, through end: Instant) throws {
        (self.core, self.store, self.end, now) = (core, store, end, start)
        hasTimers = core.rules.rules.contains { rule in
            rule.repetition != nil || rule.steps.contains { $0.wait != nil || $0.isQuestion }
                || rule.hasLevel
        }
        agenda = try store.read { try core.agenda(after: start, through: end, view: $0) }
    }

    /// The next instant to tick at, or nil where nothing comes before the end.
    /// - Parameter also: an instant that the caller waits for besides.
    mutating func next(also: Instant? = nil) throws -> Instant? {
        let timer = hasTimers ? try store.read { try $0.nextTimer() } : nil
        let others = [timer, also].compactMap { $0 }.filter { $0 > now && $0 <= end }
        guard let next = (others + [agenda.next(after: now)].compactMap { $0 }).min() else { return nil }
        now = next
        return next
    }

    /// Records were written: what lies ahead may be something else now.
    mutating func recordsChanged() throws {
        agenda = try store.read { try core.agenda(after: now, through: end, view: $0) }
    }
}

extension Rule {
    /// Whether it rings by `while`.
    var hasLevel: Bool { triggers.contains { if case .level = $0 { true } else { false } } }
}
