import Almanac
import BellmanModel

/// Signing in with a token, and out.
struct LoginHandlers: Sendable {
    let dependencies: ServerDependencies
    let gatekeeper: Gatekeeper
    let throttle: FailureThrottle

    func page(_ call: Call) throws -> Reply {
        let next = LoginHandlers.safe(call.head.query["next"])
        return LoginPage.page(call, dependencies: dependencies, next: next, failure: nil)
    }

    func enter(_ call: Call) throws -> Reply {
        let form = call.form
        let next = LoginHandlers.safe(form["next"])
        let token = (form["token"] ?? "").trimmingSpaces
        do {
            _ = try gatekeeper.holder(of: token)
        } catch let failure as ServerFailure {
            return LoginPage.page(call, dependencies: dependencies, next: next, failure: counted(failure, call))
        }
        let hash = dependencies.hashToken
        let id = gatekeeper.sessions.begin(tokenHash: hash(token), now: dependencies.now(), hash: hash)
        return Reply.seeOther(next).with("Set-Cookie", SessionBook.setCookie(id, isHTTPS: dependencies.isHTTPS))
    }

    func leave(_ call: Call) -> Reply {
        if let id = call.head.cookie(SessionBook.cookie) { gatekeeper.sessions.end(dependencies.hashToken(id)) }
        return Reply.seeOther("/login")
            .with("Set-Cookie", SessionBook.clearCookie(isHTTPS: dependencies.isHTTPS))
    }

    private func counted(_ failure: ServerFailure, _ call: Call) -> ServerFailure {
        guard case .tokenUnknown = failure, throttle.failed(source: call.head.source, now: dependencies.now()) else {
            return failure
        }
        return .tooManyFailures
    }

    /// A path of this server, never the address of another: what browsers would read as `//host` is refused.
    static func safe(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), next.utf8.count <= SafeLink.longest else { return "/" }
        let second = next.utf8.dropFirst().first
        let isPlain = next.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        return isPlain && second != UInt8(ascii: "/") && !next.hasPrefix("/v1/") ? next : "/"
    }
}
