import BellmanTransport
import CLibcurl
import Failpoints

/// Options of an easy handle for one relay, and one transaction on it.
enum MailHandle {
    private static let connectMilliseconds = 15_000
    /// RFC 5321 §4.5.3.2 allows 10 minutes after the final dot; a relay that needs more than two is taken as silent,
    /// and the message is sent again with the same Message-ID.
    private static let replySeconds = 120
    private static let totalMilliseconds = 300_000
    /// Below the idle time after which relays hang up.
    private static let idleSeconds = 30

    static func make(caFile: String?) -> UnsafeMutableRawPointer? {
        guard CurlLibrary.ready, let handle = curl_easy_init() else { return nil }
        let longs: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1), (CURLOPT_NETRC, 0), (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds), (CURLOPT_SERVER_RESPONSE_TIMEOUT, replySeconds),
            (CURLOPT_TIMEOUT_MS, totalMilliseconds), (CURLOPT_MAXAGE_CONN, idleSeconds),
        ]
        for (option, value) in longs { bellman_easy_set_long(handle, option, value) }
        bellman_easy_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        bellman_easy_set_text(handle, CURLOPT_PROXY, "")
        bellman_easy_set_data_callback(handle, CURLOPT_READFUNCTION, MailDialogue.readCallback)
        bellman_easy_set_data_callback(handle, CURLOPT_HEADERFUNCTION, MailDialogue.replyCallback)
        bellman_easy_set_data_callback(handle, CURLOPT_WRITEFUNCTION, MailDialogue.ignoreCallback)
        bellman_easy_set_socket_callback(handle, AddressGuard.callback)
        if let caFile { bellman_easy_set_text(handle, CURLOPT_CAINFO, caFile) }
        return handle
    }

    /// Blocks until the relay has answered.
    static func send(_ envelope: MailEnvelope, on handle: UnsafeMutableRawPointer) -> MailOutcome {
        let dialogue = MailDialogue(envelope)
        dialogue.addressGuard.allowPrivate = envelope.relay.allowPrivate
        setRelay(envelope.relay, on: handle)
        bellman_easy_set_text(handle, CURLOPT_MAIL_FROM, "<\(envelope.sender)>")
        let recipients = curl_slist_append(nil, "<\(envelope.recipient)>")
        defer { curl_slist_free_all(recipients) }
        bellman_easy_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        bellman_easy_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(envelope.message.count))
        return withExtendedLifetime(dialogue) {
            let context = Unmanaged.passUnretained(dialogue).toOpaque()
            let guardian = Unmanaged.passUnretained(dialogue.addressGuard).toOpaque()
            bellman_easy_set_pointer(handle, CURLOPT_READDATA, context)
            bellman_easy_set_pointer(handle, CURLOPT_HEADERDATA, context)
            bellman_easy_set_pointer(handle, CURLOPT_OPENSOCKETDATA, guardian)
            let code = Failpoint.fails(.mailStart) ? CURLE_COULDNT_CONNECT : curl_easy_perform(handle)
            Failpoint.passed(.mailStart)
            bellman_easy_set_list(handle, CURLOPT_MAIL_RCPT, nil)
            return dialogue.outcome(code)
        }
    }

    private static func setRelay(_ relay: MailRelay, on handle: UnsafeMutableRawPointer) {
        let scheme = relay.security == .implicit ? "smtps" : "smtp"
        bellman_easy_set_text(handle, CURLOPT_URL, "\(scheme)://\(relay.host):\(relay.port)/\(relay.greetingName)")
        let level = relay.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        bellman_easy_set_long(handle, CURLOPT_USE_SSL, Int(level.rawValue))
        bellman_easy_set_text(handle, CURLOPT_USERNAME, relay.username)
        bellman_easy_set_text(handle, CURLOPT_PASSWORD, relay.password?.reveal())
    }
}
