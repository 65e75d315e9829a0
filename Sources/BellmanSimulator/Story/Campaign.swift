import Digests
import Dispatch
import Synchronization

/// Many stories, several at a time, with results that do not depend on how many.
public final class Campaign: Sendable {
    public struct Plan: Sendable {
        public var seeds: ClosedRange<UInt64>
        public var days: Int
        public var jobs: Int
        public var without: Set<String> = []
        public var sabotage: Sabotage?
        /// Ends with the first violation.
        public var stopsAtViolation = false

        public init(seeds: ClosedRange<UInt64>, days: Int = 100, jobs: Int = 1) {
            self.seeds = seeds
            self.days = days
            self.jobs = jobs
        }

        public func options(_ seed: UInt64) -> StoryOptions {
            var options = StoryOptions(seed: seed, days: days)
            (options.without, options.sabotage) = (without, sabotage)
            return options
        }
    }

    public struct Tally: Sendable {
        public var stories = 0
        public var withFaults = 0
        public var days = 0.0
        public var downDays = 0.0
        public var events = 0
        public var decisions = 0
        public var transmissions = 0
        public var repeats = 0
        public var faults: [String: Int] = [:]
        public var violations: [StoryResult] = []

        mutating func add(_ result: StoryResult) {
            stories += 1
            withFaults += result.hasFaults ? 1 : 0
            days += result.simulatedDays
            downDays += result.downDays
            events += result.event
            decisions += result.decisions
            transmissions += result.transmissions
            repeats += result.repeats
            faults.merge(result.faults, uniquingKeysWith: +)
            if result.violation != nil { violations.append(result) }
        }
    }

    private struct State {
        var next: UInt64
        var tally = Tally()
        var digests: [UInt64: String] = [:]
        var failure: (any Error)?
    }

    private let plan: Plan
    private let state: Mutex<State>

    public init(_ plan: Plan) {
        self.plan = plan
        state = Mutex(State(next: plan.seeds.lowerBound))
    }

    /// Tells all stories. `progress` is called after each, from the thread that told it.
    ///
    /// The digest is that of all logs in the order of the seeds.
    public func run(_ progress: @escaping @Sendable (Tally) -> Void) throws -> (tally: Tally, digest: String) {
        DispatchQueue.concurrentPerform(iterations: plan.jobs) { _ in
            while let seed = take() { tell(seed, progress) }
        }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            let digests = state.digests.keys.sorted().compactMap { state.digests[$0] }
            state.tally.violations.sort { $0.seed < $1.seed }
            return (state.tally, TextCoding.hex(Digests.sha256(digests.joined(separator: "\n"))))
        }
    }

    private func take() -> UInt64? {
        state.withLock { state in
            let isOver = plan.stopsAtViolation && !state.tally.violations.isEmpty
            guard state.next <= plan.seeds.upperBound, state.failure == nil, !isOver else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func tell(_ seed: UInt64, _ progress: @Sendable (Tally) -> Void) {
        let told = Result { try Story.tell(plan.options(seed)) }
        let tally = state.withLock { state in
            switch told {
            case .success(let result):
                state.tally.add(result)
                state.digests[seed] = result.digest
            case .failure(let error): state.failure = error
            }
            return state.tally
        }
        progress(tally)
    }
}
