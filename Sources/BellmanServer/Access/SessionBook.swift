import Almanac
import Synchronization

/// Who signed in at the login page. Kept in memory only: a restart signs everybody out.
///
/// A session lasts twelve hours and no longer than its token. Ids are kept as hashes, so that looking one up tells
/// nothing by the time it takes.
final class SessionBook: Sendable {
    static let cookie = "bellman_session"
    static let lifetimeSeconds = 12 * 3600
    /// The session that ends first makes room for a new one.
    static let mostSessions = 1_000

    struct Session: Sendable, Hashable {
        /// Of the token that was given at the login page, as the administration store keeps it.
        let tokenHash: String
        let formToken: String
        let ends: Instant
    }

    private let sessions = Mutex<[String: Session]>([:])

    /// A new session; its id is for the cookie and nowhere else.
    func begin(tokenHash: String, now: Instant, hash: (String) -> String) -> String {
        let id = SessionBook.randomText()
        let session = Session(
            tokenHash: tokenHash, formToken: SessionBook.randomText(),
            ends: now.adding(seconds: SessionBook.lifetimeSeconds))
        let key = hash(id)
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.ends > now }
            if sessions.count >= SessionBook.mostSessions,
                let first = sessions.min(by: { $0.value.ends < $1.value.ends })
            {
                sessions[first.key] = nil
            }
            sessions[key] = session
        }
        return id
    }

    /// By the hash of its id; nil when there is none or it has ended.
    func session(_ key: String, now: Instant) -> Session? {
        sessions.withLock { sessions in
            guard let session = sessions[key], session.ends > now else {
                sessions[key] = nil
                return nil
            }
            return session
        }
    }

    func end(_ key: String) { sessions.withLock { $0[key] = nil } }

    /// 256 random bits as text for a cookie or a form.
    private static func randomText() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in
            let hex = String(UInt8.random(in: .min ... .max, using: &generator), radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }

    // MARK: Cookies

    static func setCookie(_ id: String, isHTTPS: Bool) -> String {
        "\(cookie)=\(id); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(lifetimeSeconds)\(isHTTPS ? "; Secure" : "")"
    }

    static func clearCookie(isHTTPS: Bool) -> String {
        "\(cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0\(isHTTPS ? "; Secure" : "")"
    }
}
