/// Every address of the server, with what it asks of its caller. An address that is not in here does not exist.
struct RouteTable: Sendable {
    let routes: [Route]

    init(
        _ dependencies: ServerDependencies, gatekeeper: Gatekeeper, throttle: FailureThrottle,
        requests: RequestMeter = RequestMeter()
    ) {
        routes =
            RouteTable.interface(dependencies, requests) + RouteTable.pages(dependencies)
            + RouteTable.acts(dependencies) + RouteTable.access(dependencies, gatekeeper, throttle)
            + RouteTable.links(dependencies) + RouteTable.explanations(dependencies)
    }

    private static func explanations(_ dependencies: ServerDependencies) -> [Route] {
        var routes: [Route] = []
        if let why = dependencies.why {
            routes.append(Route("GET", "/v1/why", .reading, WhyHandlers(answer: why).why))
        }
        guard let trust = dependencies.trust else { return routes }
        let pages = TrustPages(dependencies: dependencies, trust: trust)
        return routes + [
            Route("GET", "/v1/forecast", .reading, ForecastHandlers(answer: trust.forecast).forecast),
            Route("GET", "/why", .reading, isPage: true, pages.why),
            Route("GET", "/whatif", .reading, isPage: true, pages.whatIf),
            Route("POST", "/whatif", .reading, isPage: true, isForm: true, pages.tryOut),
        ]
    }

    /// What people do about notices. Whoever may change records may answer a notice; what should not ring for anybody
    /// is a manager's.
    private static func acts(_ dependencies: ServerDependencies) -> [Route] {
        guard let people = dependencies.people else { return [] }
        let acts = ActHandlers(dependencies: dependencies, people: people)
        let pages = ActPages(dependencies: dependencies, people: people)
        return [
            Route("POST", "/v1/firings/*/ack", .editing, acts.acknowledge),
            Route("POST", "/v1/firings/*/snooze", .editing, acts.snooze),
            Route("GET", "/v1/silences", .reading, acts.silences),
            Route("POST", "/v1/silences", .writing, acts.silence),
            Route("DELETE", "/v1/silences/*", .writing, acts.endSilence),
            Route("GET", "/v1/acts", .reading, acts.acts),
            Route("GET", "/firings/*", .reading, isPage: true, pages.firing),
            Route("POST", "/firings/*/ack", .editing, isPage: true, isForm: true, pages.acknowledge),
            Route("POST", "/firings/*/snooze", .editing, isPage: true, isForm: true, pages.snooze),
            Route("GET", "/silences", .reading, isPage: true, pages.silences),
            Route("POST", "/silences", .writing, isPage: true, isForm: true, pages.silence),
            Route("POST", "/silences/*/end", .writing, isPage: true, isForm: true, pages.endSilence),
            Route("GET", "/acts", .reading, isPage: true, pages.acts),
        ]
    }

    /// Behind signed links in messages. No form of a page: the address itself is the proof.
    private static func links(_ dependencies: ServerDependencies) -> [Route] {
        let acts = LinkHandlers(dependencies: dependencies)
        return [
            Route("GET", "/act/*", .nothing, isPage: true, acts.show),
            Route("POST", "/act/*", .nothing, isPage: true, acts.act),
        ]
    }

    private static func interface(_ dependencies: ServerDependencies, _ requests: RequestMeter) -> [Route] {
        let reading = RecordReading(dependencies: dependencies)
        let writing = RecordWriting(dependencies: dependencies)
        let reports = ReportHandlers(dependencies: dependencies, requests: requests)
        let deliveries = DeliveryHandlers(dependencies: dependencies)
        let live = LiveHandlers(dependencies: dependencies)
        return [
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
            Route("GET", "/v1/events", .reading, live.events),
        ]
    }

    private static func pages(_ dependencies: ServerDependencies) -> [Route] {
        let pages = PageHandlers(dependencies: dependencies)
        return [
            Route("GET", "/", .reading, isPage: true, pages.overview),
            Route("GET", "/inbox", .reading, isPage: true, pages.inbox),
            Route("GET", "/coming", .reading, isPage: true, pages.coming),
            Route("GET", "/rules", .reading, isPage: true, pages.rules),
            Route("GET", "/rules/*", .reading, isPage: true, pages.rule),
            Route("GET", "/deliveries", .reading, isPage: true, pages.deliveries),
            Route("GET", "/deliveries/*", .reading, isPage: true, pages.delivery),
            Route("POST", "/deliveries/*/resend", .writing, isPage: true, isForm: true, pages.resend),
            Route("GET", "/renewals", .reading, isPage: true, pages.renewals),
            Route("GET", "/people", .reading, isPage: true, pages.people),
            Route("GET", "/channels", .reading, isPage: true, pages.channels),
            Route("GET", "/approvals", .reading, isPage: true, pages.approvals),
            Route("POST", "/approvals/*", .editing, isPage: true, isForm: true, pages.decide),
        ]
    }

    /// What strangers may see: the login page and what it looks like.
    private static func access(
        _ dependencies: ServerDependencies, _ gatekeeper: Gatekeeper, _ throttle: FailureThrottle
    ) -> [Route] {
        let login = LoginHandlers(dependencies: dependencies, gatekeeper: gatekeeper, throttle: throttle)
        return [
            Route("GET", "/login", .nothing, isPage: true, login.page),
            Route("POST", "/login", .nothing, isPage: true, isForm: true, login.enter),
            Route("POST", "/logout", .nothing, isPage: true, isForm: true, login.leave),
            Route("GET", "/assets/bellman.css", .nothing, isPage: true, Assets.stylesheet.reply),
            Route("GET", "/assets/bellman.js", .nothing, isPage: true, Assets.script.reply),
            Route("GET", "/assets/bellman.svg", .nothing, isPage: true, Assets.icon.reply),
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
    /// Sent by a form of a page: a session's cookie counts when the request proves to come from our page.
    let isForm: Bool
    let handler: Handler
    private let segments: [String]

    init(
        _ method: String, _ pattern: String, _ need: Need, isPage: Bool = false, isForm: Bool = false,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.need = need
        self.isPage = isPage
        self.isForm = isForm
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
