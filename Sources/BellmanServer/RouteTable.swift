/// Every address of the server, with what it asks of its caller. An address that is not in here does not exist.
struct RouteTable: Sendable {
    let routes: [Route]

    /// Throws when the built-in page template has a mistake.
    init(_ dependencies: ServerDependencies, requests: RequestMeter = RequestMeter()) throws {
        let reading = RecordReading(dependencies: dependencies)
        let writing = RecordWriting(dependencies: dependencies)
        let reports = ReportHandlers(dependencies: dependencies, requests: requests)
        let deliveries = DeliveryHandlers(dependencies: dependencies)
        let page = try PageHandlers(dependencies: dependencies)
        routes = [
            Route("GET", "/healthz", .nothing, reports.healthz),
            Route("GET", "/readyz", .nothing, reports.readyz),
            Route("GET", "/metrics", .nothingHere, reports.metrics),
            Route("GET", "/v1/health", .reading, reports.health),
            Route("GET", "/v1/records/*", .reading, reading.list),
            Route("POST", "/v1/records/*", .writing, writing.post),
            Route("GET", "/v1/records/*/*", .reading, reading.get),
            Route("PATCH", "/v1/records/*/*", .editing, writing.patch),
            Route("DELETE", "/v1/records/*/*", .writing, writing.delete),
            Route("GET", "/v1/records/*/*/history", .reading, reading.history),
            Route("GET", "/v1/rules", .reading, reports.rules),
            Route("GET", "/v1/firings", .reading, reports.firings),
            Route("GET", "/v1/deliveries", .reading, deliveries.list),
            Route("GET", "/v1/deliveries/*", .reading, deliveries.get),
            Route("POST", "/v1/deliveries/*/resend", .writing, deliveries.resend),
            Route("GET", "/", .reading, isPage: true, page.inbox),
            Route("GET", "/assets/bellman.css", .reading, isPage: true, page.stylesheet),
            Route("GET", "/assets/bellman.svg", .reading, isPage: true, page.icon),
        ]
    }

    enum Match: Sendable {
        case route(Route, parameters: [String])
        case otherMethods([String])
        case nothing
        case badPath
    }

    /// `HEAD` is answered where `GET` is.
    func match(method: String, path: String) -> Match {
        var segments: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let segment = PercentCoding.decode(part) else { return .badPath }
            segments.append(segment)
        }
        let wanted = method == "HEAD" ? "GET" : method
        var others: [String] = []
        for route in routes {
            guard let parameters = route.parameters(of: segments) else { continue }
            if route.method == wanted { return .route(route, parameters: parameters) }
            others += route.method == "GET" ? ["GET", "HEAD"] : [route.method]
        }
        return others.isEmpty ? .nothing : .otherMethods(others)
    }
}

struct Route: Sendable {
    typealias Handler = @Sendable (Call) throws -> Reply

    let method: String
    /// As written; `*` is one variable segment.
    let pattern: String
    let need: Need
    /// Opened by people in a browser.
    let isPage: Bool
    let handler: Handler
    private let segments: [String]

    init(_ method: String, _ pattern: String, _ need: Need, isPage: Bool = false, _ handler: @escaping Handler) {
        self.method = method
        self.pattern = pattern
        self.need = need
        self.isPage = isPage
        self.handler = handler
        segments = pattern.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    }

    var takesBody: Bool { method == "POST" || method == "PATCH" }

    fileprivate func parameters(of path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String] = []
        for (segment, found) in zip(segments, path) {
            if segment == "*" {
                guard !found.isEmpty else { return nil }
                parameters.append(found)
            } else if segment != found {
                return nil
            }
        }
        return parameters
    }
}
