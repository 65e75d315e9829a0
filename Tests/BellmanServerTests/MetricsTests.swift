import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import BellmanServer

@Suite struct MetricsTests {
    @Test func aSummaryIsOneFamily() {
        let text = MetricsText.write(
            MetricSample.summary("a_seconds", help: "A.", labels: [.init("c", "x")], sum: 1.5, count: 2))
        #expect(
            text
                == "# HELP a_seconds A.\n# TYPE a_seconds summary\na_seconds_sum{c=\"x\"} 1.5\na_seconds_count{c=\"x\"} 2\n"
        )
    }

    @Test func valuesAreWrittenAsPrometheusReadsThem() {
        let values = [0.1, 1e300, -3, .nan, .infinity, -.infinity, 1_795_248_682.331451]
        let text = MetricsText.write(values.map { MetricSample("a", help: "A.", value: $0) })
        let numbers = text.split(separator: "\n").dropFirst(2).map { $0.dropFirst(2) }
        #expect(numbers == ["0.1", "1e+300", "-3", "NaN", "+Inf", "-Inf", "1795248682.331451"])
    }

    @Test func requestsAreCountedByRouteAndStatus() async throws {
        let harness = try Harness(roles: ["admin"])
        let app = try BellmanServer.application(
            harness.dependencies, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let requests = [
            ("GET", "/healthz", false), ("GET", "/healthz", false), ("GET", "/v1/records/task/no-such", true),
            ("BREW", "/no/such/page", true), ("GET", "/v1/rules", false), ("GET", "/metrics", true),
        ]
        let text = try await app.test(.router) { client in
            var last = ""
            for (method, path, hasToken) in requests {
                let fields: HTTPFields = hasToken ? [.authorization: "Bearer \(Harness.token)admin"] : [:]
                let response = try await client.execute(
                    uri: path, method: HTTPRequest.Method(method) ?? .get, headers: fields)
                last = String(buffer: response.body)
            }
            return last
        }
        let lines = Set(text.split(separator: "\n").map(String.init))
        let wanted = [
            #"bellman_http_requests_total{method="GET",route="/healthz",status="200"} 2"#,
            #"bellman_http_requests_total{method="GET",route="/v1/records/*/*",status="404"} 1"#,
            #"bellman_http_requests_total{method="other",route="other",status="404"} 1"#,
            #"bellman_http_requests_total{method="GET",route="/v1/rules",status="401"} 1"#,
            "bellman_http_request_duration_seconds_count 5",
        ]
        for line in wanted { #expect(lines.contains(line), "\(line) is not in \(text)") }
    }

    /// Addresses that callers make up must not become series.
    @Test func strangeAddressesAreOneSeries() {
        let meter = RequestMeter()
        for number in 0..<1_000 { meter.note(method: "M\(number)", route: nil, status: 404, microseconds: -1) }
        #expect(meter.samples.count == 3)
        #expect(meter.samples.first?.value == 1_000)
        #expect(meter.samples[1].value == 0)
    }
}
