import Almanac
import BellmanModel
import BellmanServer
import BellmanStoreSQLite
import Synchronization

/// The daemon's counters since its start. What the store can tell is read when somebody asks; what it cannot tell is
/// noted here as it happens.
final class DaemonMeter: Sendable {
    struct ChannelVerdict: Hashable {
        let channel: String
        let verdict: String
    }

    struct OutcomeReason: Hashable {
        let outcome: String
        let reason: String
    }

    struct Delay {
        var count = 0
        var seconds = 0.0
    }

    struct State {
        var marks: MeterMarks
        var ticks = 0
        var failedTicks = 0
        var tickSeconds = 0.0
        var nextWake: Instant?
        var reloads: [Bool: Int] = [:]
        var reloadedAt: Instant?
        var importedRows: [RowResult: Int] = [:]
        var attempts: [ChannelVerdict: Int] = [:]
        var delays: [String: Delay] = [:]
        /// The last verdict of each channel with the number of its attempt.
        var latest: [String: (number: Int64, verdict: String)] = [:]
        var decisions: [OutcomeReason: Int] = [:]
    }

    let channels: [String]
    let startedAt: Instant
    private let store: SQLiteStore
    private let state: Mutex<State>

    init(store: SQLiteStore, channels: [String], clock: SystemClock) throws {
        self.store = store
        self.channels = channels.sorted()
        startedAt = clock.now()
        state = Mutex(State(marks: try store.meterMarks()))
    }

    /// - Parameter microseconds: how long it took, monotonic.
    func noteTick(_ ticks: Int, microseconds: Int64) {
        state.withLock { state in
            state.ticks += ticks
            state.tickSeconds += Double(microseconds) / 1_000_000
        }
    }

    func noteFailedTick() { state.withLock { $0.failedTicks += 1 } }

    func noteWake(_ instant: Instant) { state.withLock { $0.nextWake = instant } }

    func noteReload(good: Bool, at now: Instant) {
        state.withLock { state in
            state.reloads[good, default: 0] += 1
            if good { state.reloadedAt = now }
        }
    }

    func noteImport(_ rows: [ImportedRow]) {
        state.withLock { state in
            for row in rows { state.importedRows[row.result, default: 0] += 1 }
        }
    }

    /// The counters, brought up to date, with what the store shows now; the latter is nil when it cannot be read.
    func read() -> (state: State, reading: MeterReading?) {
        state.withLock { state in
            // Under the lock, so that two readers at once do not count the same attempts twice.
            guard let reading = try? store.measure(since: state.marks) else { return (state, nil) }
            state.marks = reading.marks
            for entry in reading.attempts { DaemonMeter.add(entry, to: &state) }
            for entry in reading.decisions {
                state.decisions[OutcomeReason(outcome: entry.outcome, reason: entry.reason), default: 0] += entry.count
            }
            return (state, reading)
        }
    }

    private static func add(_ entry: MeterReading.Attempts, to state: inout State) {
        state.attempts[ChannelVerdict(channel: entry.channel, verdict: entry.verdict), default: 0] += entry.count
        if entry.last > state.latest[entry.channel]?.number ?? 0 {
            state.latest[entry.channel] = (entry.last, entry.verdict)
        }
        if entry.verdict == "delivered" {
            state.delays[entry.channel, default: Delay()].count += entry.count
            state.delays[entry.channel, default: Delay()].seconds += entry.delaySeconds
        }
    }

    /// A new configuration gives every channel a fresh start.
    func forgetVerdicts() { state.withLock { $0.latest = [:] } }
}
