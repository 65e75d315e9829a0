import Almanac
import BellmanModel
import BellmanStore

/// Every request's way: host, route, token, body, handler. Synchronous; knows nothing of the HTTP library.
///
/// Tokens are checked before the body is read, so that strangers cannot make the server hold 10 MiB.
struct Pipeline: Sendable {
    static let bodyLimit = 10 << 20

    private let dependencies: ServerDependencies
    let table: RouteTable
    private let hosts: HostPolicy
    private let gatekeeper: Gatekeeper
    private let throttle: FailureThrottle
    private let requests = RequestMeter()
    /// Told of failures of the store; their words are not for callers.
    private let report: @Sendable (any Error) -> Void

    init(_ dependencies: ServerDependencies, report: @escaping @Sendable (any Error) -> Void) {
        self.dependencies = dependencies
        self.report = report
        hosts = HostPolicy(listen: dependencies.listen, publicHost: dependencies.publicHost)
        gatekeeper = Gatekeeper(
            administration: dependencies.administration, hashToken: dependencies.hashToken, sessions: SessionBook())
        throttle = FailureThrottle()
        table = RouteTable(
            dependencies, gatekeeper: gatekeeper, throttle: throttle, requests: requests)
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
                head, need: match.need, isForm: match.isForm,
                isDirect: hosts.isDirect(host: head.host, forwarded: head.isForwarded), now: dependencies.now())
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
            if case ServerFailure.tokenMissing = error, head.wantsPage {
                return .done(finished(Reply.seeOther(LoginPage.path(next: head)), head: head))
            }
            return .done(refusal(of: counted(error, source: head.source), head: head, isPage: isPage))
        }
    }

    func answer(_ head: RequestHead, admission: Admission, body: [UInt8]) -> Reply {
        let call = Call(
            head: head, parameters: admission.parameters, identity: admission.identity, language: language(head),
            body: body)
        do {
            if admission.route.isForm { try FormGuard.check(call, publicHost: dependencies.publicHost) }
            return finished(try admission.route.handler(call), head: head)
        } catch {
            return refusal(of: error, head: head, isPage: admission.route.isPage)
        }
    }

    /// A problem document for programs, a page for browsers.
    func refusal(of error: any Error, head: RequestHead, isPage: Bool = false) -> Reply {
        let failure = failure(error)
        var reply = ProblemDocument.reply(failure, language: language(head), isPage: isPage)
        if head.wantsPage || (isPage && head.list("accept").contains { $0.hasPrefix("text/html") }) {
            let page = ProblemPage.page(failure, dependencies: dependencies, head: head, language: language(head))
            let kept = reply.headers.filter { $0.name != "Content-Type" && $0.name != "WWW-Authenticate" }
            reply = Reply(failure.status, headers: page.headers + kept, body: page.body)
        }
        return finished(reply, head: head)
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

    /// `?lang=`, else what was chosen before, else what the browser prefers, else as configured.
    private func language(_ head: RequestHead) -> AlmanacLanguage {
        head.query["lang"].flatMap(AlmanacLanguage.init(rawValue:))
            ?? head.cookie(LanguageChoice.cookie).flatMap(AlmanacLanguage.init(rawValue:))
            ?? LanguageChoice.preferred(head.list("accept-language")) ?? dependencies.language
    }

    private func finished(_ reply: Reply, head: RequestHead) -> Reply {
        var reply = reply
        // What the handler says itself is stricter.
        let said = Set(reply.headers.map(\.name))
        reply.headers += Reply.securityHeaders.filter { !said.contains($0.name) }
        if !head.path.hasPrefix("/v1/"), let chosen = head.query["lang"].flatMap(AlmanacLanguage.init(rawValue:)) {
            reply.headers.append(("Set-Cookie", LanguageChoice.setCookie(chosen)))
        }
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

    fileprivate var isForm: Bool {
        if case .route(let route, _) = self { return route.isForm }
        return false
    }
}
