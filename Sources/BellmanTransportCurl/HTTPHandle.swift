import BellmanTransport
import CLibcurl

/// Options of an easy handle: those that never change are set once, so that a handle can be used again cheaply.
enum HTTPHandle {
    static func make(caFile: String?) -> UnsafeMutableRawPointer? {
        guard let handle = curl_easy_init() else { return nil }
        let longs: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_NETRC, 0), (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)), (CURLOPT_TCP_NODELAY, 1),
            (CURLOPT_MAXAGE_CONN, idleSeconds), (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, 20),
        ]
        for (option, value) in longs { bellman_easy_set_long(handle, option, value) }
        bellman_easy_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        bellman_easy_set_text(handle, CURLOPT_PROXY, "")
        bellman_easy_set_data_callback(handle, CURLOPT_WRITEFUNCTION, HTTPTransfer.bodyCallback)
        bellman_easy_set_data_callback(handle, CURLOPT_HEADERFUNCTION, HTTPTransfer.headerCallback)
        bellman_easy_set_socket_callback(handle, AddressGuard.callback)
        if let caFile { bellman_easy_set_text(handle, CURLOPT_CAINFO, caFile) }
        return handle
    }

    /// Below the idle time of vendors' load balancers, so that a dead connection is rarely reused (libcurl would
    /// send the request a second time by itself).
    private static let idleSeconds = 30

    /// Sets what belongs to one exchange. False when memory ran out.
    static func prepare(_ handle: UnsafeMutableRawPointer, _ transfer: HTTPTransfer) -> Bool {
        let request = transfer.job.request
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        transfer.addressGuard.allowPrivate = request.allowPrivate
        bellman_easy_set_pointer(handle, CURLOPT_PRIVATE, context)
        bellman_easy_set_pointer(handle, CURLOPT_WRITEDATA, context)
        bellman_easy_set_pointer(handle, CURLOPT_HEADERDATA, context)
        bellman_easy_set_pointer(
            handle, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(transfer.addressGuard).toOpaque())
        bellman_easy_set_long(handle, CURLOPT_TIMEOUT_MS, request.limits.totalMilliseconds)
        bellman_easy_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, request.limits.connectMilliseconds)
        bellman_easy_set_text(handle, CURLOPT_URL, request.url.reveal())
        setMethod(handle, request)
        return setHeaders(handle, transfer)
    }

    private static func setMethod(_ handle: UnsafeMutableRawPointer, _ request: HTTPRequest) {
        if request.method == "GET", request.body.isEmpty {
            bellman_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, nil)
            bellman_easy_set_long(handle, CURLOPT_HTTPGET, 1)
            return
        }
        bellman_easy_set_long(handle, CURLOPT_POST, 1)
        bellman_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method == "POST" ? nil : request.method)
        bellman_easy_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        request.body.withUnsafeBytes { bytes in
            let start = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            if let start {
                bellman_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
            } else {
                bellman_easy_set_text(handle, CURLOPT_COPYPOSTFIELDS, "")
            }
        }
    }

    private static func setHeaders(_ handle: UnsafeMutableRawPointer, _ transfer: HTTPTransfer) -> Bool {
        // Without this libcurl would wait a second for "100 Continue" on large bodies.
        let lines = ["Expect:"] + transfer.job.request.headers.map { "\($0.name): \($0.value)" }
        for line in lines {
            guard let longer = curl_slist_append(transfer.headerList, line) else { return false }
            transfer.headerList = longer
        }
        bellman_easy_set_list(handle, CURLOPT_HTTPHEADER, transfer.headerList)
        return true
    }
}
