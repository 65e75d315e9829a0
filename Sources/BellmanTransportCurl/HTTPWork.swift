import BellmanTransport
import CLibcurl
import Failpoints

/// What the loop's thread owns: queues by host, handles under way, handles at rest.
struct HTTPWork {
    private let multi: UnsafeMutableRawPointer
    private let options: HTTPLoop.Options
    private var running: [UnsafeMutableRawPointer: HTTPTransfer] = [:]
    private var resting: [UnsafeMutableRawPointer] = []
    private var underWay: [String: Int] = [:]
    private var queues: [String: [HTTPJob]] = [:]
    private var order: [String] = []

    init(multi: UnsafeMutableRawPointer, options: HTTPLoop.Options) {
        self.multi = multi
        self.options = options
    }

    /// Something waits that could begin now.
    private(set) var hasStartable = false

    mutating func admit(_ jobs: [HTTPJob]) {
        for job in jobs {
            if queues[job.hostKey] == nil { order.append(job.hostKey) }
            queues[job.hostKey, default: []].append(job)
        }
        startWaiting()
    }

    /// Takes turns between hosts, so that a host with a long queue does not starve the others.
    private mutating func startWaiting() {
        hasStartable = false
        var emptied: Set<String> = []
        for host in order {
            guard var queue = queues[host] else { continue }
            let room = min(options.perHost - underWay[host, default: 0], options.total - running.count)
            let count = min(max(0, room), queue.count)
            for job in queue.prefix(count) { start(job) }
            queue.removeFirst(count)
            queues[host] = queue.isEmpty ? nil : queue
            if queue.isEmpty { emptied.insert(host) }
        }
        if !emptied.isEmpty { order.removeAll { emptied.contains($0) } }
    }

    private mutating func start(_ job: HTTPJob) {
        guard let handle = resting.popLast() ?? HTTPHandle.make(caFile: options.caFile) else {
            job.completion(.failure(TransportFailure(.other, detail: "out of memory")))
            return
        }
        let transfer = HTTPTransfer(job)
        running[handle] = transfer
        underWay[job.hostKey, default: 0] += 1
        guard !Failpoint.fails(.httpStart), HTTPHandle.prepare(handle, transfer),
            curl_multi_add_handle(multi, handle) == CURLM_OK
        else {
            finish(handle, .failure(TransportFailure(.other, detail: "libcurl took no more transfers")))
            return
        }
        Failpoint.passed(.httpStart)
    }

    mutating func perform() {
        var count: Int32 = 0
        curl_multi_perform(multi, &count)
        noteWhatLeft()
        var left: Int32 = 0
        var finished = false
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = bellman_message_result(message)
            curl_multi_remove_handle(multi, handle)
            guard let outcome = running[handle]?.outcome(code, handle: handle) else { continue }
            finish(handle, outcome)
            finished = true
        }
        if finished {
            startWaiting()
            hasStartable = true  // New transfers want one more round before the poll.
        }
    }

    /// For failpoints alone: libcurl tells nobody when a request has left.
    private func noteWhatLeft() {
        #if DEBUG || BELLMAN_FAILPOINTS
            for (handle, transfer) in running
            where transfer.hasJustLeft(bytes: bellman_easy_get_long(handle, CURLINFO_REQUEST_SIZE)) {
                Failpoint.pass(.httpSent) {}
            }
        #endif
    }

    private mutating func finish(_ handle: UnsafeMutableRawPointer, _ outcome: HTTPOutcome) {
        guard let transfer = running.removeValue(forKey: handle) else { return }
        bellman_easy_set_list(handle, CURLOPT_HTTPHEADER, nil)
        transfer.freeHeaders()
        let host = transfer.job.hostKey
        underWay[host] = underWay[host, default: 1] - 1
        if underWay[host] == 0 { underWay[host] = nil }
        resting.append(handle)
        Failpoint.pass(.httpDone) { transfer.job.completion(outcome) }
    }

    mutating func end() {
        for handle in Array(running.keys) {
            curl_multi_remove_handle(multi, handle)
            let sent = bellman_easy_get_long(handle, CURLINFO_REQUEST_SIZE) > 0
            finish(handle, .failure(TransportFailure(.stopped, mayHaveArrived: sent)))
        }
        for queue in queues.values {
            for job in queue { job.completion(.failure(TransportFailure(.stopped))) }
        }
        queues = [:]
        for handle in resting { curl_easy_cleanup(handle) }
        // The multi handle itself stays: another thread may be about to wake it.
    }
}
