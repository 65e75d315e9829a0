/// What follows from the guard's verdicts and is not written yet. A store that refuses (somebody else writes, the disk
/// is full) must not lose it: it is taken off only when it is written. Pure.
struct ClockDebts: Sendable, Hashable {
    /// How far the clock was set, microseconds, below 0 for back; nil where there is nothing to tell.
    private(set) var jump: Int64?
    /// A doubt ended.
    private(set) var hasEnded = false

    mutating func take(_ verdict: ClockGuard.Verdict) {
        guard verdict.doubt == nil else {
            self = ClockDebts()
            return
        }
        if let more = verdict.jump { jump = (jump ?? 0) + more }
        if verdict.doubtEnded { hasEnded = true }
    }

    /// Writes what is owed; what throws, and what comes after it, is owed still.
    mutating func pay(jumped: (Int64) throws -> Void, ended: () throws -> Void) throws {
        if let jump, abs(jump) > ClockGuard.jumpLimit { try jumped(jump) }
        jump = nil
        if hasEnded { try ended() }
        hasEnded = false
    }
}
