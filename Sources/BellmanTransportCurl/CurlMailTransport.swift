import BellmanTransport
import CLibcurl
import Failpoints
import Synchronization

/// Mail over libcurl. Each relay has threads of its own, each with one handle whose connection is used again:
/// libcurl waits for some replies without giving way, so mail can never share the HTTP loop.
public final class CurlMailTransport: MailTransport {
    private struct Job: Sendable {
        let envelope: MailEnvelope
        let completion: @Sendable (MailOutcome) -> Void
    }

    private struct Line {
        var jobs: [Job] = []
        var workers = 0
    }

    private struct State {
        var lines: [MailRelay: Line] = [:]
        var stopped = false
    }

    private let state = Mutex(State())
    private let workersPerRelay: Int
    private let caFile: String?
    private static let longestQueue = 10_000

    public init(workersPerRelay: Int = 4, caFile: String? = nil) {
        self.workersPerRelay = max(1, workersPerRelay)
        self.caFile = caFile
    }

    public func start(_ envelope: MailEnvelope, completion: @escaping @Sendable (MailOutcome) -> Void) {
        guard WireSafety.isClean(envelope) else {
            completion(.failure(TransportFailure(.invalidRequest)))
            return
        }
        let job = Job(envelope: envelope, completion: completion)
        let (accepted, needsWorker) = state.withLock { state -> (Bool, Bool) in
            var line = state.lines[envelope.relay] ?? Line()
            guard !state.stopped, line.jobs.count < CurlMailTransport.longestQueue else { return (false, false) }
            line.jobs.append(job)
            let more = line.workers < workersPerRelay
            if more { line.workers += 1 }
            state.lines[envelope.relay] = line
            return (true, more)
        }
        guard accepted else {
            completion(.failure(TransportFailure(.stopped)))
            return
        }
        if needsWorker, !WorkerThread.start({ self.work(on: envelope.relay) }) { abandon(envelope.relay) }
    }

    /// Nothing new begins; transactions under way end by themselves.
    public func stop() {
        let left = state.withLock { state in
            state.stopped = true
            let jobs = state.lines.values.flatMap(\.jobs)
            for key in state.lines.keys { state.lines[key]?.jobs = [] }
            return jobs
        }
        for job in left { job.completion(.failure(TransportFailure(.stopped))) }
    }

    /// A thread serves its relay until the queue is empty, then says goodbye and ends.
    private func work(on relay: MailRelay) {
        guard let handle = MailHandle.make(caFile: caFile) else { return abandon(relay) }
        while let job = next(for: relay) {
            let outcome = MailHandle.send(job.envelope, on: handle)
            Failpoint.pass(.mailDone) { job.completion(outcome) }
        }
        curl_easy_cleanup(handle)
    }

    private func next(for relay: MailRelay) -> Job? {
        state.withLock { state in
            guard var line = state.lines[relay], !line.jobs.isEmpty else {
                retire(relay, &state)
                return nil
            }
            let job = line.jobs.removeFirst()
            state.lines[relay] = line
            return job
        }
    }

    private func retire(_ relay: MailRelay, _ state: inout State) {
        guard var line = state.lines[relay] else { return }
        line.workers -= 1
        state.lines[relay] = line.workers == 0 && line.jobs.isEmpty ? nil : line
    }

    /// No thread to be had: what waits fails, if no other thread serves the relay.
    private func abandon(_ relay: MailRelay) {
        let left = state.withLock { state -> [Job] in
            guard var line = state.lines[relay] else { return [] }
            line.workers -= 1
            let jobs = line.workers == 0 ? line.jobs : []
            if line.workers == 0 { line.jobs = [] }
            state.lines[relay] = line.jobs.isEmpty && line.workers == 0 ? nil : line
            return jobs
        }
        for job in left { job.completion(.failure(TransportFailure(.other, detail: "no thread"))) }
    }
}
