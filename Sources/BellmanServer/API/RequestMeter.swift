import Synchronization

/// Counts requests by route and status. A route is a pattern of the table and a status one of HTTP's, so the number
/// of series is bounded whatever callers ask for.
final class RequestMeter: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct State {
        var counts: [Key: Int] = [:]
        var seconds = 0.0
        var total = 0
    }

    private let state = Mutex(State())
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"]

    /// - Parameters:
    ///   - route: the pattern that answered, nil where there is none.
    ///   - microseconds: from the request's head to its answer, by the wall clock.
    func note(method: String, route: String?, status: Int, microseconds: Int64) {
        let method = RequestMeter.methods.contains(method) ? method : "other"
        state.withLock { state in
            state.counts[Key(method: method, route: route ?? "other", status: status), default: 0] += 1
            state.total += 1
            state.seconds += Double(max(0, microseconds)) / 1_000_000
        }
    }

    var samples: [MetricSample] {
        let state = state.withLock { $0 }
        let ordered = state.counts.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        let requests = ordered.map { key, count in
            MetricSample(
                "bellman_http_requests_total", help: "HTTP requests by route and status.", kind: .counter,
                labels: [.init("method", key.method), .init("route", key.route), .init("status", "\(key.status)")],
                value: Double(count))
        }
        return requests
            + MetricSample.summary(
                "bellman_http_request_duration_seconds", help: "From a request's head to its answer.",
                sum: state.seconds, count: state.total)
    }
}
