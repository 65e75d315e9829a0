import BellmanTransport
import CLibcurl
import Failpoints

/// Follows the relay's replies of one transaction: libcurl reports neither the words nor a missing login.
final class MailDialogue {
    let message: [UInt8]
    let addressGuard = AddressGuard()
    private let expectedGreetings: Int
    private let needsLogin: Bool
    private var sentBytes = 0
    private var greetings = 0
    private var replyBytes = 0
    private var loginOffered = false
    private var loginChecked = false
    /// Last final line of a reply.
    private(set) var lastCode = 0
    private(set) var lastText = ""
    private(set) var noLoginOffered = false
    private(set) var repliesTooLong = false
    /// libcurl does not ask again once it has as much as it was told of.
    private var handedOver: Bool { sentBytes == message.count }

    init(_ envelope: MailEnvelope) {
        message = envelope.message
        needsLogin = envelope.relay.username != nil
        // With STARTTLS a second 220 opens the protected part, and only what is offered there counts.
        expectedGreetings = envelope.relay.security == .startTLS ? 2 : 1
    }

    private static let replyLimit = 65_536
    private static let textLimit = 500

    /// CURL_READFUNC_ABORT: libcurl ends the transaction.
    private static let abort = 0x1000_0000

    static let readCallback: bellman_data_callback = { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        let dialogue = Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue()
        return dialogue.give(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }

    static let replyCallback: bellman_data_callback = { data, size, count, context in
        guard let data, let context else { return 0 }
        let dialogue = Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue()
        let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
        return dialogue.take(String(decoding: bytes, as: UTF8.self)) ? size * count : 0
    }

    static let ignoreCallback: bellman_data_callback = { _, size, count, _ in size * count }

    private func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        if sentBytes == 0, Failpoint.fails(.mailMessage) { return MailDialogue.abort }
        defer { Failpoint.passed(.mailMessage) }
        let count = min(buffer.count, message.count - sentBytes)
        if count == 0 { return 0 }
        message.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[sentBytes..<sentBytes + count]))
        }
        sentBytes += count
        return count
    }

    /// False ends the transaction.
    private func take(_ line: String) -> Bool {
        if Failpoint.fails(.mailReply) { return false }
        defer { Failpoint.passed(.mailReply) }
        replyBytes += line.utf8.count
        guard replyBytes <= MailDialogue.replyLimit else {
            repliesTooLong = true
            return false
        }
        let text = line.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard let code = Int(text.prefix(3)), text.utf8.count >= 3 else { return true }
        let rest = text.dropFirst(3)
        if code == 250, rest.dropFirst().uppercased().hasPrefix("AUTH") { loginOffered = true }
        if rest.hasPrefix("-") || code == 221 { return true }  // The goodbye is no answer to the message.
        lastCode = code
        lastText = String(rest.dropFirst().prefix(MailDialogue.textLimit))
        if code == 220 {
            greetings += 1
            loginOffered = false
        }
        return checkLogin(code)
    }

    /// The first 250 after the last greeting ends the relay's list of abilities. libcurl would go on without a login.
    private func checkLogin(_ code: Int) -> Bool {
        guard needsLogin, code == 250, greetings >= expectedGreetings, !loginChecked else { return true }
        loginChecked = true
        noLoginOffered = !loginOffered
        return loginOffered
    }

    func outcome(_ code: CURLcode) -> MailOutcome {
        if noLoginOffered {
            return .failure(TransportFailure(.authentication, detail: "the relay offers no login"))
        }
        if code == CURLE_LOGIN_DENIED, lastCode < 400 || lastCode >= 500 {
            return .failure(TransportFailure(.authentication, detail: "\(lastCode) \(lastText)"))
        }
        if code == CURLE_OK || (lastCode >= 400 && lastCode < 600) {
            return .success(MailReply(code: lastCode, text: lastText))
        }
        let unanswered = handedOver && lastCode == 354
        return .failure(TransportFailure(kind(of: code), mayHaveArrived: unanswered, detail: CurlLibrary.words(code)))
    }

    private func kind(of code: CURLcode) -> TransportFailure.Kind {
        if repliesTooLong { return .tooLarge }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotFound
        case CURLE_COULDNT_CONNECT: return addressGuard.refused ? .addressRefused : .cannotConnect
        case CURLE_OPERATION_TIMEDOUT: return .timeout
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            return .tls
        case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: return .authentication
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_WEIRD_SERVER_REPLY: return .closed
        default: return .other
        }
    }
}
