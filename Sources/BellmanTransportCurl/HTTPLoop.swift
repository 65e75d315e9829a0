import BellmanTransport
import CLibcurl
import Synchronization

/// libcurl's multi handle; only for handing it to the thread that owns it and for waking that thread, the one call
/// that libcurl allows from elsewhere.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}

/// One thread with one multi handle. Requests come in through a locked list and a wake-up; everything else happens on
/// the thread.
final class HTTPLoop: Sendable {
    struct Options: Sendable {
        /// More than this on one host wait their turn; the total keeps one slow host from taking every slot.
        var perHost = 128
        var total = 512
        var queued = 100_000
        var caFile: String?
    }

    private struct Inbox {
        var jobs: [HTTPJob] = []
        var waiting = 0
        var stopping = false
    }

    private let inbox = Mutex(Inbox())
    private let multi: MultiHandle
    private let options: Options

    /// `nil` when libcurl or the thread cannot be had.
    init?(_ options: Options) {
        guard CurlLibrary.ready, let multi = curl_multi_init() else { return nil }
        bellman_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.total)
        self.multi = MultiHandle(pointer: multi)
        self.options = options
        guard WorkerThread.start({ self.run() }) else {
            curl_multi_cleanup(multi)
            return nil
        }
    }

    func start(_ job: HTTPJob) {
        let accepted = inbox.withLock { inbox -> Bool in
            guard !inbox.stopping, inbox.jobs.count < options.queued else { return false }
            inbox.jobs.append(job)
            return true
        }
        guard accepted else {
            job.completion(.failure(TransportFailure(.stopped)))
            return
        }
        // Also where others wait already: a wake-up that the kernel lost is made good by the next.
        curl_multi_wakeup(multi.pointer)
    }

    /// Ends the thread; what is under way fails as stopped.
    func stop() {
        inbox.withLock { $0.stopping = true }
        curl_multi_wakeup(multi.pointer)
    }

    private func run() {
        var work = HTTPWork(multi: multi.pointer, options: options)
        while true {
            let (jobs, stopping) = inbox.withLock { inbox in
                defer { inbox.jobs.removeAll(keepingCapacity: true) }
                return (inbox.jobs, inbox.stopping)
            }
            work.admit(jobs)
            if stopping { break }
            work.perform()
            if work.hasStartable { continue }
            curl_multi_poll(multi.pointer, nil, 0, HTTPLoop.longestPollMilliseconds, nil)
        }
        work.end()
    }

    /// libcurl keeps its own timers; without transfers nothing but a wake-up ends the wait.
    private static let longestPollMilliseconds: Int32 = 3_600_000
}
