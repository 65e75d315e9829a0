import BellmanTesting
import BellmanTransport
import CPowerVFS
import Synchronization

/// Receivers whose answers a seed decides. What leaves is an event of its own: the power can go at that very moment.
final class PowerTransport: HTTPTransport, MailTransport {
    private let witness: Witness
    private let dice: Mutex<SeededRandom>
    private let isKind = Mutex(false)

    init(witness: Witness, seed: UInt64) {
        self.witness = witness
        dice = Mutex(SeededRandom(seed: seed))
    }

    /// From now on every message is taken.
    func beKind() { isKind.withLock { $0 = true } }

    func start(_ request: HTTPRequest, completion: @escaping @Sendable (HTTPOutcome) -> Void) {
        let id = request.headers.first { $0.name == "webhook-id" }?.value ?? ""
        guard leave(id) else { return completion(.failure(TransportFailure(.stopped))) }
        switch fortune() {
        case 0...5: completion(.failure(TransportFailure(.timeout, mayHaveArrived: true)))
        case 6...9: completion(.success(HTTPResponse(status: 503)))
        case 10...11: completion(.success(HTTPResponse(status: 410)))
        default: completion(.success(HTTPResponse(status: 200, body: Array("{}".utf8))))
        }
    }

    func start(_ envelope: MailEnvelope, completion: @escaping @Sendable (MailOutcome) -> Void) {
        guard leave(PowerTransport.id(envelope.message)) else {
            return completion(.failure(TransportFailure(.stopped)))
        }
        switch fortune() {
        case 0...5: completion(.failure(TransportFailure(.closed, mayHaveArrived: true)))
        case 6...9: completion(.success(MailReply(code: 451, text: "4.3.0 later")))
        case 10: completion(.success(MailReply(code: 550, text: "5.1.1 nobody")))
        default: completion(.success(MailReply(code: 250, text: "2.0.0 Ok")))
        }
    }

    /// False when there is no power, before it left or just as it did.
    @discardableResult
    func leave(_ id: String) -> Bool { witness.leaves(id) && power_event() == 0 }

    /// The power goes by itself, at no message.
    func cut() { _ = power_event() }

    private func fortune() -> Int {
        if isKind.withLock({ $0 }) { return 99 }
        return dice.withLock { $0.int(0...99) }
    }

    /// `Message-ID: <id@domain>`.
    private static func id(_ message: [UInt8]) -> String {
        let text = String(decoding: message, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Message-ID: <") } ?? ""
        return String(line.dropFirst("Message-ID: <".count).prefix { $0 != "@" })
    }
}
