import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// What the store remembers of the clock, for the guard and for those who show it.
public struct ClockPast: Sendable {
    private let store: SQLiteStore

    private static let acceptedDocument = "clock/accepted"
    private static let jumpDocument = "clock/jumped"

    /// The last time that the clock was set by more than a few minutes.
    public struct Jump: Sendable, Hashable {
        public let at: Instant
        /// Microseconds, below 0 for back.
        public let by: Int64
    }

    init(_ store: SQLiteStore) { self.store = store }

    public func read() throws -> ClockGuard.Past {
        let progress = try store.read { try $0.progress() }
        let accepted = try store.document(ClockPast.acceptedDocument).flatMap { Int64($0) }
        return ClockGuard.Past(
            watermark: progress?.watermark, cursor: progress?.cursor,
            accepted: accepted.map { Instant(microseconds: $0) })
    }

    /// By the administrator's word that reading is right. A daemon, or the next start, goes by it.
    public func accept(_ instant: Instant) throws {
        try store.setDocument(ClockPast.acceptedDocument, String(instant.microseconds))
    }

    /// Carries the administrator's word out: a store that lived past it lives from there again, and the word is
    /// forgotten once the store has caught up. True when something was done.
    func apply(_ past: ClockGuard.Past, at wall: Instant) throws -> Bool {
        guard let accepted = past.accepted, ClockGuard.doubt(wall, past) == nil else { return false }
        if let watermark = past.watermark, watermark > accepted.adding(seconds: ClockGuard.behindLimit) {
            try store.turnBack(to: accepted)
            return true
        }
        var plain = past
        plain.accepted = nil
        if past.watermark != nil, ClockGuard.doubt(wall, plain) == nil {
            try store.setDocument(ClockPast.acceptedDocument, nil)
        }
        return false
    }

    func note(_ jump: Jump) throws {
        try store.setDocument(ClockPast.jumpDocument, "\(jump.at.microseconds) \(jump.by)")
    }

    /// Nil where none is known, or it is older than a week.
    public func recentJump(_ now: Instant) throws -> Jump? {
        let numbers = try store.document(ClockPast.jumpDocument)?.split(separator: " ").compactMap { Int64($0) } ?? []
        guard numbers.count == 2 else { return nil }
        let jump = Jump(at: Instant(microseconds: numbers[0]), by: numbers[1])
        return now.microseconds(since: jump.at) > ClockPast.shownFor ? nil : jump
    }

    /// Microseconds.
    private static let shownFor: Int64 = 7 * 86_400_000_000
}

extension Instance {
    public var clockPast: ClockPast { ClockPast(store) }

    /// When a write happens: by the machine's clock, or by what the store knows while that is not believed. A record
    /// that was written "in 2000" would have been blocked for many years.
    public var present: Instant {
        let now = clock.now()
        guard let past = try? clockPast.read(), let doubt = ClockGuard.doubt(now, past) else { return now }
        return past.cursor ?? past.watermark ?? doubt.trusted
    }

    public var clockWording: ClockWording { ClockWording(configuration.language, configuration.timing.zone) }
}
