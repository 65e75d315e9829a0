import Glibc

/// Answers every HTTP/1.1 request at once, on one thread, so that the sender and not the receiver is measured.
/// Runs in a process of its own; prints its port and ends with its parent's signal.
enum Sink {
    private static let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
    private static let headEnd = Array("\r\n\r\n".utf8)
    private static let lengthField = Array("content-length: ".utf8)
    private static let pieceSize = 65_536

    static func run() throws {
        let (listener, port) = try listening()
        Meter.report("port", Double(port), "tcp")
        serve(listener) { _ in }
    }

    /// For ever; `seen` gets each request whole, before it is answered.
    static func serve(_ listener: Int32, seen: ([UInt8]) -> Void) {
        var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        var pending: [Int32: [UInt8]] = [:]
        var piece = [UInt8](repeating: 0, count: pieceSize)
        while true {
            guard poll(&watched, nfds_t(watched.count), -1) > 0 else { continue }
            var gone: Set<Int32> = []
            for entry in watched.dropFirst() where entry.revents != 0 {
                if !serve(entry.fd, &pending[entry.fd, default: []], &piece, seen) { gone.insert(entry.fd) }
            }
            for descriptor in gone {
                close(descriptor)
                pending[descriptor] = nil
            }
            watched.removeAll { gone.contains($0.fd) }
            if watched[0].revents != 0, let accepted = accepting(listener) {
                watched.append(pollfd(fd: accepted, events: Int16(POLLIN), revents: 0))
            }
        }
    }

    private static func accepting(_ listener: Int32) -> Int32? {
        let accepted = accept(listener, nil, nil)
        guard accepted >= 0 else { return nil }
        var on: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return accepted
    }

    /// False when the peer has gone.
    private static func serve(
        _ descriptor: Int32, _ pending: inout [UInt8], _ piece: inout [UInt8], _ seen: ([UInt8]) -> Void
    ) -> Bool {
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        pending.append(contentsOf: piece[..<count])
        while let length = messageLength(pending) {
            seen(Array(pending[..<length]))
            pending.removeFirst(length)
            guard send(descriptor, answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count else { return false }
        }
        return true
    }

    /// Length of the first message when it is there whole: its head, and the body that `Content-Length` tells.
    static func messageLength(_ bytes: [UInt8]) -> Int? {
        guard let end = position(of: headEnd, in: bytes, before: bytes.count) else { return nil }
        let head = end + headEnd.count
        var body = 0
        if let field = position(of: lengthField, in: bytes, before: head) {
            for digit in bytes[(field + lengthField.count)...] {
                guard (48...57).contains(digit) else { break }
                body = body * 10 + Int(digit - 48)
            }
        }
        return bytes.count >= head + body ? head + body : nil
    }

    private static func position(of wanted: [UInt8], in bytes: [UInt8], before end: Int) -> Int? {
        guard end >= wanted.count else { return nil }
        return (0...(end - wanted.count)).first { start in
            small(bytes[start]) == wanted[0] && wanted.indices.allSatisfy { small(bytes[start + $0]) == wanted[$0] }
        }
    }

    private static func small(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(clamping: port).bigEndian
        return address
    }

    static func listening() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let ready = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1_024) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard ready else { throw BenchFailure(description: "no socket: \(String(cString: strerror(errno)))") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
