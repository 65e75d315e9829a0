import BellmanTransport
import Glibc

/// A receiver on loopback, on a thread of this process, that notes when each request has arrived.
final class Observer: Sendable {
    struct Arrival {
        /// On the monotonic clock and on the wall clock.
        let microseconds: Double
        let wallMicroseconds: Double
        let body: String
    }

    let port: Int
    private let inbox: Int32

    init() throws {
        let (listener, port) = try Sink.listening()
        self.port = port
        var pair: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &pair) == 0 else {
            throw BenchFailure(description: "no socket pair")
        }
        inbox = pair[0]
        let outbox = pair[1]
        let started = WorkerThread.start {
            Sink.serve(listener) { request in
                var message = [Meter.wallMicroseconds(), Meter.realMicroseconds()].withUnsafeBytes { Array($0) }
                message += request
                _ = write(outbox, message, message.count)
            }
        }
        guard started else { throw BenchFailure(description: "no thread") }
    }

    /// The next request in the order of arrival.
    func next(withinSeconds seconds: Int32) throws -> Arrival {
        var wanted = pollfd(fd: inbox, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, seconds * 1_000) > 0 else {
            throw BenchFailure(description: "no request arrived within \(seconds) s")
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(inbox, &buffer, buffer.count)
        let (first, second) = buffer.withUnsafeBytes {
            ($0.loadUnaligned(as: Double.self), $0.loadUnaligned(fromByteOffset: 8, as: Double.self))
        }
        return Arrival(
            microseconds: first, wallMicroseconds: second,
            body: String(decoding: buffer[16..<max(16, count)], as: UTF8.self))
    }
}

/// One kept connection to the program's interface.
struct Client {
    private let descriptor: Int32
    private let token: String

    /// Nil while nobody listens.
    init?(port: Int, token: String = "") {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.token = token
        var address = Sink.loopback(port)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else {
            close(descriptor)
            return nil
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func end() { close(descriptor) }

    /// The status of the answer, read whole.
    func ask(_ method: String, _ path: String, body: String = "") throws -> Int {
        let request = Array(
            """
            \(method) \(path) HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """.utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw BenchFailure(description: "\(path): not sent")
        }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while Sink.messageLength(answer) == nil {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { throw BenchFailure(description: "\(path): no answer") }
            answer += piece[..<count]
        }
        return Int(String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0
    }
}
