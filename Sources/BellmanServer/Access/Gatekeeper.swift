import BellmanStore

/// Decides whether a request may do what its route needs.
///
/// A token is `Authorization: Bearer …`. For reading, browsers may send it as the password of Basic authentication,
/// since a person has no other way to open the page; for writing they may not, because a browser repeats Basic
/// credentials by itself on requests that foreign pages cause.
struct Gatekeeper: Sendable {
    let administration: any AdministrationStore
    let hashToken: @Sendable (String) -> String

    static let longestToken = 512

    func identify(_ request: RequestHead, need: Need, isDirect: Bool) throws -> Identity {
        if need == .nothing || (need == .nothingHere && isDirect) { return .nobody }
        guard let token = Gatekeeper.token(of: request, need: need) else {
            if need == .reading, isDirect, try administration.tokens().isEmpty { return .nobody }
            throw ServerFailure.tokenMissing
        }
        guard !token.isEmpty, token.utf8.count <= Gatekeeper.longestToken,
            let known = try administration.token(hash: hashToken(token))
        else { throw ServerFailure.tokenUnknown }
        guard let role = Role(rawValue: known.role), role.allows(need) else {
            throw ServerFailure.forbidden(role: known.role, need: need)
        }
        return Identity(name: known.name, role: role)
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
