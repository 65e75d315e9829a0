import Almanac
import BellmanStore

/// Decides whether a request may do what its route needs.
///
/// A token is `Authorization: Bearer …`. For reading, browsers may send it as the password of Basic authentication,
/// since a person has no other way to open the page; for writing they may not, because a browser repeats Basic
/// credentials by itself on requests that foreign pages cause.
///
/// Or the request carries the cookie of a session, made at the login page. That counts for reading, and for the forms
/// of the pages, which prove by `FormGuard` that they are ours; the API takes no write by cookie.
struct Gatekeeper: Sendable {
    let administration: any AdministrationStore
    let hashToken: @Sendable (String) -> String
    let sessions: SessionBook

    static let longestToken = 512

    func identify(
        _ request: RequestHead, need: Need, isForm: Bool = false, isDirect: Bool, now: Instant
    ) throws -> Identity {
        if need == .nothingHere && isDirect { return .nobody }
        if !request.hasBearer, need == .reading || need == .nothing || isForm,
            let session = try session(of: request, now: now)
        {
            if need != .nothing, !session.role.allows(need) {
                throw ServerFailure.forbidden(role: session.role.rawValue, need: need)
            }
            return Identity(name: session.name, role: session.role, formToken: session.formToken)
        }
        if need == .nothing { return .nobody }
        guard let token = Gatekeeper.token(of: request, need: need) else {
            if need == .reading, isDirect, try administration.tokens().isEmpty { return .nobody }
            throw ServerFailure.tokenMissing
        }
        let (name, role) = try holder(of: token)
        guard role.allows(need) else { throw ServerFailure.forbidden(role: role.rawValue, need: need) }
        return Identity(name: name, role: role)
    }

    /// Whose token it is. A role that this version does not know may do nothing.
    func holder(of token: String) throws -> (name: String, role: Role) {
        guard !token.isEmpty, token.utf8.count <= Gatekeeper.longestToken,
            let known = try administration.token(hash: hashToken(token))
        else { throw ServerFailure.tokenUnknown }
        guard let role = Role(rawValue: known.role) else {
            throw ServerFailure.forbidden(role: known.role, need: .reading)
        }
        return (known.name, role)
    }

    /// The session that the request's cookie names, as long as its token is there. Its role is the token's role now.
    private func session(
        of request: RequestHead, now: Instant
    ) throws -> (name: String, role: Role, formToken: String)? {
        guard let id = request.cookie(SessionBook.cookie), let session = sessions.session(hashToken(id), now: now)
        else {
            return nil
        }
        guard let known = try administration.token(hash: session.tokenHash), let role = Role(rawValue: known.role)
        else {
            sessions.end(hashToken(id))
            return nil
        }
        return (known.name, role, session.formToken)
    }

    private static func token(of request: RequestHead, need: Need) -> String? {
        guard let header = request.header("authorization") else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return "" }
        let value = parts[1].trimmingSpaces
        switch parts[0].lowercased() {
        case "bearer": return value
        case "basic" where need == .reading || need == .nothingHere: return password(basic: value) ?? ""
        default: return nil
        }
    }

    private static func password(basic: String) -> String? {
        guard let bytes = Base64.decode(basic), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return String(validating: bytes[(colon + 1)...], as: UTF8.self)
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
