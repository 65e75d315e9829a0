import BellmanTransport
import CLibcurl
import Failpoints

/// One exchange while libcurl works on it; lives on the loop's thread only. Everything that libcurl points at is
/// kept alive here.
final class HTTPTransfer {
    let job: HTTPJob
    let addressGuard = AddressGuard()
    var headerList: UnsafeMutablePointer<curl_slist>?
    private(set) var body: [UInt8] = []
    private(set) var bodyCut = false
    private(set) var headers: [HTTPHeader] = []
    private var headerBytes = 0
    private(set) var headersTooLong = false
    private var hasLeft = false

    init(_ job: HTTPJob) { self.job = job }

    func freeHeaders() {
        curl_slist_free_all(headerList)
        headerList = nil
    }

    /// Takes the answer's body up to the limit; a short count makes libcurl end the exchange.
    static let bodyCallback: bellman_data_callback = { data, size, count, context in
        guard let data, let context else { return 0 }
        let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.takeBody(UnsafeRawBufferPointer(start: data, count: size * count))
    }

    static let headerCallback: bellman_data_callback = { data, size, count, context in
        guard let data, let context else { return 0 }
        let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.takeHeader(UnsafeRawBufferPointer(start: data, count: size * count))
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        let room = job.request.limits.bodyBytes - body.count
        body.append(contentsOf: bytes.prefix(room))
        guard bytes.count > room else { return bytes.count }
        bodyCut = true
        return 0
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        if headerBytes == 0, Failpoint.fails(.httpAnswer) { return 0 }
        defer { Failpoint.passed(.httpAnswer) }
        headerBytes += bytes.count
        if headerBytes > job.request.limits.headerBytes {
            headersTooLong = true
            return 0
        }
        if bytes.starts(with: Array("HTTP/".utf8)) {
            headers = []  // An interim answer (1xx) came before.
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: bytes[..<colon], as: UTF8.self)
            var value = bytes[(colon + 1)...]
            while let last = value.last, last <= 0x20 { value = value.dropLast() }
            while let first = value.first, first <= 0x20 { value = value.dropFirst() }
            headers.append(HTTPHeader(name, String(decoding: value, as: UTF8.self)))
        }
        return bytes.count
    }

    /// True once: the request has left and no answer has begun.
    func hasJustLeft(bytes: Int) -> Bool {
        guard !hasLeft, bytes > 0, headerBytes == 0 else { return false }
        hasLeft = true
        return true
    }

    /// What came of it.
    func outcome(_ code: CURLcode, handle: UnsafeMutableRawPointer) -> HTTPOutcome {
        let status = bellman_easy_get_long(handle, CURLINFO_RESPONSE_CODE)
        let answered = status >= 200 && !headersTooLong
        let complete = code == CURLE_OK || (code == CURLE_WRITE_ERROR && bodyCut)
        if answered, complete || !body.isEmpty || code == CURLE_PARTIAL_FILE {
            return .success(HTTPResponse(status: status, headers: headers, body: body, bodyCut: !complete || bodyCut))
        }
        let sent = bellman_easy_get_long(handle, CURLINFO_REQUEST_SIZE) > 0
        return .failure(TransportFailure(kind(of: code), mayHaveArrived: sent, detail: CurlLibrary.words(code)))
    }

    private func kind(of code: CURLcode) -> TransportFailure.Kind {
        if headersTooLong { return .tooLarge }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotFound
        case CURLE_COULDNT_CONNECT: return addressGuard.refused ? .addressRefused : .cannotConnect
        case CURLE_OPERATION_TIMEDOUT: return .timeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            return .tls
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE: return .closed
        // The scheme was looked at before; "unsupported" is then an answer that is no HTTP.
        case CURLE_URL_MALFORMAT: return .invalidRequest
        default: return .other
        }
    }
}

/// A request on its way to the loop.
struct HTTPJob: Sendable {
    let request: HTTPRequest
    /// Scheme, host and port: what the admission limit counts.
    let hostKey: String
    let completion: @Sendable (HTTPOutcome) -> Void
}
