import Almanac
import BellmanModel

/// What one reading of the ledger leaves behind for the later phases.
struct LedgerSight: Sendable {
    private let from: Instant
    /// Minutes of the window in which a tick is known to have decided something: one bit each.
    private var minutes: [UInt64] = []
    private var latest: Instant?
    /// The clock was set back while the window was lived through.
    private(set) var wentBack = false
    /// By rule: runs of its schedules and when they were decided.
    var runs: [String: [Instant: Instant]] = [:]
    /// By rule: how many runs were decided at one instant.
    var together: [String: [Instant: Int]] = [:]
    var others = 0
    var beforeEdit = 0
    var movedUnseen = 0
    var beyondCap = 0

    init() { from = .earliest }

    init(from: Instant, through: Instant) {
        self.from = from
        let count = max(0, (through.seconds - from.seconds) / 60 + 1)
        minutes = [UInt64](repeating: 0, count: Int(count / 64) + 1)
    }

    mutating func note(tickAt instant: Instant) {
        if let latest, instant.adding(seconds: 60) < latest { wentBack = true }
        latest = max(latest ?? instant, instant)
        guard instant >= from else { return }
        let minute = Int((instant.seconds - from.seconds) / 60)
        if minute / 64 < minutes.count { minutes[minute / 64] |= 1 << UInt64(minute % 64) }
    }

    /// Whether a tick is known within the two instants, whole minutes only.
    func hasTick(after start: Instant, before end: Instant) -> Bool {
        guard !wentBack, start < end else { return false }
        var minute = max(0, Int((start.seconds - from.seconds) / 60) + 1)
        let last = min(Int((end.seconds - from.seconds) / 60) - 1, minutes.count * 64 - 1)
        while minute <= last {
            let rest = minutes[minute / 64] >> UInt64(minute % 64)
            if rest == 0 {
                minute = (minute / 64 + 1) * 64
            } else {
                return minute + rest.trailingZeroBitCount <= last
            }
        }
        return false
    }
}
