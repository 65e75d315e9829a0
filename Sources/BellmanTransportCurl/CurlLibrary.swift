import BellmanTransport
import CLibcurl
import Glibc

/// What must be done once in a process before libcurl is used.
enum CurlLibrary {
    /// Lazily, once: initialise; and ignore SIGPIPE, which OpenSSL's writes can raise and libcurl with
    /// `CURLOPT_NOSIGNAL` no longer ignores.
    static let ready: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return bellman_global_init() == CURLE_OK
    }()

    static func words(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

/// The address policy as libcurl's open-socket callback: called after name resolution for every address tried.
final class AddressGuard {
    var allowPrivate = false
    /// Set when an address was refused, so that "cannot connect" can say why.
    var refused = false

    static let callback: bellman_socket_callback = { context, _, address in
        guard let context, let address else { return -1 }
        let guardian = Unmanaged<AddressGuard>.fromOpaque(context).takeUnretainedValue()
        guard let candidate = AddressGuard.read(address),
            AddressPolicy.allows(candidate, allowPrivate: guardian.allowPrivate)
        else {
            guardian.refused = true
            return -1  // CURL_SOCKET_BAD
        }
        return bellman_open_socket(address)
    }

    private static func read(_ address: UnsafeMutablePointer<curl_sockaddr>) -> NetworkAddress? {
        guard let raw = bellman_sockaddr(address) else { return nil }
        switch address.pointee.family {
        case AF_INET:
            let bytes = raw.loadUnaligned(as: sockaddr_in.self)
            return .v4(UInt32(bigEndian: bytes.sin_addr.s_addr))
        case AF_INET6:
            var value = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return .v6(withUnsafeBytes(of: &value) { Array($0) })
        default:
            return nil
        }
    }
}
