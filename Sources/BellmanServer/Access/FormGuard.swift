/// Proof that a form was sent from a page of this server. The cookie of a session is not enough: browsers send it by
/// themselves. `SameSite=Strict` keeps it from foreign pages; this is for browsers and proxies where that fails.
enum FormGuard {
    static let field = "form"

    /// Throws `formForged` or `formOld`. Callers with a bearer token are no browsers and need no proof.
    static func check(_ call: Call, publicHost: String?) throws(ServerFailure) {
        if call.head.hasBearer { return }
        guard call.head.mediaType == "application/x-www-form-urlencoded", isOurs(call.head, publicHost) else {
            throw .formForged
        }
        guard let token = call.identity.formToken else { return }
        guard let sent = call.form[field], sent.utf8.elementsEqual(token.utf8) else { throw .formOld }
    }

    /// Browsers say on every form where it came from, by `Origin` and the newer ones by `Sec-Fetch-Site` too.
    private static func isOurs(_ head: RequestHead, _ publicHost: String?) -> Bool {
        let site = head.header("sec-fetch-site")
        if let site, site.lowercased() != "same-origin" { return false }
        guard let origin = head.header("origin") else { return site != nil }
        let lower = origin.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
        let authority = String(lower.dropFirst(scheme.count))
        if let host = head.host, authority == host.lowercased() { return true }
        // A proxy may send a `Host` of its own.
        guard let name = HostPolicy.name(of: authority), let publicHost else { return false }
        return name == HostPolicy.name(of: publicHost)
    }
}
