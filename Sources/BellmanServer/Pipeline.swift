import Almanac
import BellmanModel
import BellmanStore

/// Every request's way: host, route, token, body, handler. Synchronous; knows nothing of the HTTP library.
///
/// Tokens are checked before the body is read, so that strangers cannot make the server hold 10 MiB.
struct Pipeline: Sendable {
    static let bodyLimit = 10 << 20

    private let dependencies: ServerDependencies
    private let table: RouteTable
    private let hosts: HostPolicy
    private let gatekeeper: Gatekeeper
    private let throttle = FailureThrottle()
    private let requests = RequestMeter()
    /// Told of failures of the store; their words are not for callers.
    private let report: @Sendable (any Error) -> Void

    init(_ dependencies: ServerDependencies, report: @escaping @Sendable (any Error) -> Void) throws {
        self.dependencies = dependencies
        self.report = report
        table = try RouteTable(dependencies, requests: requests)
        hosts = HostPolicy(listen: dependencies.listen, publicHost: dependencies.publicHost)
        gatekeeper = Gatekeeper(administration: dependencies.administration, hashToken: dependencies.hashToken)
    }

    /// A request that may go on to its handler.
    struct Admission: Sendable {
        fileprivate let route: Route
        fileprivate let parameters: [String]
        fileprivate let identity: Identity
        var takesBody: Bool { route.takesBody }
    }

    enum Step: Sendable {
        case goOn(Admission)
        case done(Reply)
    }

    func admit(_ head: RequestHead) -> Step {
        var isPage = false
        do {
            guard hosts.allows(head.host) else { throw ServerFailure.hostRefused(head.host ?? "") }
            let match = table.match(method: head.method, path: head.path)
            if case .route(let route, _) = match { isPage = route.isPage }
            // Also where there is nothing: without a token nobody learns which addresses exist.
            let identity = try gatekeeper.identify(
                head, need: match.need, isDirect: hosts.isDirect(host: head.host, forwarded: head.isForwarded))
            switch match {
            case .route(let route, let parameters):
                if let length = head.header("content-length").flatMap({ Int($0) }), length > Pipeline.bodyLimit {
                    throw ServerFailure.bodyTooLarge(limit: Pipeline.bodyLimit)
                }
                return .goOn(Admission(route: route, parameters: parameters, identity: identity))
            case .otherMethods(let methods): throw ServerFailure.methodNotAllowed(head.method, allowed: methods)
            case .nothing: throw ServerFailure.noSuchPath(head.path)
            case .badPath: throw ServerFailure.badPath
            }
        } catch {
            return .done(refusal(of: counted(error, source: head.source), head: head, isPage: isPage))
        }
    }

    func answer(_ head: RequestHead, admission: Admission, body: [UInt8]) -> Reply {
        let call = Call(
            head: head, parameters: admission.parameters, identity: admission.identity, language: language(head),
            body: body)
        do {
            return finished(try admission.route.handler(call), language: call.language)
        } catch {
            return refusal(of: error, head: head, isPage: admission.route.isPage)
        }
    }

    func refusal(of error: any Error, head: RequestHead, isPage: Bool = false) -> Reply {
        let reply = ProblemDocument.reply(failure(error), language: language(head), isPage: isPage)
        return finished(reply, language: language(head))
    }

    func now() -> Instant { dependencies.now() }

    /// Counts an answered request. A route is looked up again, so that refusals are counted like answers.
    func count(_ head: RequestHead, _ reply: Reply, since began: Instant) {
        var pattern: String?
        if case .route(let route, _) = table.match(method: head.method, path: head.path) { pattern = route.pattern }
        requests.note(
            method: head.method, route: pattern, status: reply.status,
            microseconds: now().microseconds - began.microseconds)
    }

    private func language(_ head: RequestHead) -> AlmanacLanguage {
        head.query["lang"].flatMap(AlmanacLanguage.init(rawValue:)) ?? dependencies.language
    }

    private func finished(_ reply: Reply, language: AlmanacLanguage) -> Reply {
        var reply = reply
        reply.headers += Reply.securityHeaders
        if !reply.headers.contains(where: { $0.name == "Cache-Control" }) {
            reply.headers.append(("Cache-Control", "no-store"))
        }
        return reply
    }

    private func counted(_ error: any Error, source: String) -> any Error {
        guard case ServerFailure.tokenUnknown = error, throttle.failed(source: source, now: dependencies.now()) else {
            return error
        }
        return ServerFailure.tooManyFailures
    }

    private func failure(_ error: any Error) -> ServerFailure {
        if let failure = error as? ServerFailure { return failure }
        report(error)
        switch error as? StoreProblem {
        case .diskFull: return .storage(.full)
        case .busy, .locked: return .storage(.busy)
        default: return .storage(.other)
        }
    }
}

extension RouteTable.Match {
    /// What a caller needs to learn that an address does not exist or takes another method.
    fileprivate var need: Need {
        switch self {
        case .route(let route, _): route.need
        case .otherMethods, .nothing, .badPath: .reading
        }
    }
}
