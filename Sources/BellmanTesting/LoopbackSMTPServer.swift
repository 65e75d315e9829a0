import Synchronization

/// A small relay on loopback without TLS: records raw sessions and answers by script.
public final class LoopbackSMTPServer: Sendable {
    public enum Answer: Sendable {
        case accept
        /// Reply to RCPT TO, such as `450 4.2.0 Greylisted`.
        case refuseRecipient(String)
        /// Reply to AUTH, such as `535 5.7.8 Bad credentials`.
        case refuseLogin(String)
        /// Takes the message and hangs up before the reply.
        case closeAfterDot
    }

    public struct Received: Sendable, Hashable {
        public var sender = ""
        public var recipients: [String] = []
        /// Lines as they came, dots undone.
        public var lines: [String] = []
        public var login = ""
        public var connection = 0
    }

    private final class Shared: Sendable {
        let messages = Mutex<[Received]>([])
        let commands = Mutex<[String]>([])
        let counts = Mutex<(transactions: Int, connections: Int)>((0, 0))
    }

    private let shared: Shared
    private let listener: LoopbackListener

    /// The script gets the number of the transaction (of MAIL FROM), from 0; a login counts for the next one.
    public init?(offersLogin: Bool = false, _ script: @escaping @Sendable (Int) -> Answer = { _ in .accept }) {
        let shared = Shared()
        guard
            let listener = LoopbackListener({ connection in
                LoopbackSMTPServer.serve(connection, shared, offersLogin, script)
                connection.end()
            })
        else { return nil }
        self.shared = shared
        self.listener = listener
    }

    public var port: Int { listener.port }
    /// Messages that were accepted or taken before a hang-up.
    public var messages: [Received] { shared.messages.withLock { $0 } }
    public var commands: [String] { shared.commands.withLock { $0 } }
    public var connections: Int { shared.counts.withLock { $0.connections } }
    public func stop() { listener.stop() }

    private static func serve(
        _ connection: LoopbackConnection, _ shared: Shared, _ offersLogin: Bool, _ script: (Int) -> Answer
    ) {
        var message = Received()
        message.connection = shared.counts.withLock { counts in
            counts.connections += 1
            return counts.connections - 1
        }
        var answer = Answer.accept
        connection.write("220 loopback ESMTP\r\n")
        while let line = connection.line() {
            shared.commands.withLock { $0.append(line) }
            switch line.prefix(4).uppercased() {
            case "EHLO": connection.write(offersLogin ? "250-loopback\r\n250 AUTH PLAIN\r\n" : "250 loopback\r\n")
            case "AUTH":
                let next = shared.counts.withLock { $0.transactions }
                if case .refuseLogin(let reply) = script(next) {
                    connection.write(reply + "\r\n")
                } else {
                    if line.split(separator: " ").count < 3 {
                        connection.write("334 \r\n")
                        message.login = connection.line() ?? ""
                    } else {
                        message.login = String(line.split(separator: " ")[2])
                    }
                    connection.write("235 2.7.0 Ok\r\n")
                }
            case "MAIL":
                let number = shared.counts.withLock { counts in
                    counts.transactions += 1
                    return counts.transactions - 1
                }
                answer = script(number)
                (message.sender, message.recipients, message.lines) = (String(line.dropFirst(10)), [], [])
                connection.write("250 2.1.0 Ok\r\n")
            case "RCPT":
                if case .refuseRecipient(let reply) = answer {
                    connection.write(reply + "\r\n")
                } else {
                    message.recipients.append(String(line.dropFirst(8)))
                    connection.write("250 2.1.5 Ok\r\n")
                }
            case "DATA":
                connection.write("354 Go on\r\n")
                while let text = connection.line(), text != "." {
                    message.lines.append(text.hasPrefix(".") ? String(text.dropFirst()) : text)
                }
                shared.messages.withLock { $0.append(message) }
                if case .closeAfterDot = answer { return }
                connection.write("250 2.0.0 Ok: queued\r\n")
            case "QUIT":
                connection.write("221 2.0.0 Bye\r\n")
                return
            default: connection.write("250 2.0.0 Ok\r\n")
            }
        }
    }
}
