/// Covers what looks like a secret in the text of a configuration, so that a diagnostic that quotes a line shows none.
/// References (`${env:…}`) stay readable; every byte keeps its place.
enum SecretMask {
    private static let keys = ["secret", "password", "token", "key"]
    private static let parameters = ["access_token=", "key=", "token=", "sign=", "secret=", "hook/", "send/"]

    static func masked(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for key in keys {
            for at in places(of: Array((key + ":").utf8), in: bytes) { cover(&result, from: at + key.utf8.count + 1) }
        }
        for parameter in parameters {
            for at in places(of: Array(parameter.utf8), in: bytes) { cover(&result, from: at + parameter.utf8.count) }
        }
        for at in places(of: Array("://".utf8), in: bytes) { coverLogin(&result, from: at + 3) }
        return result
    }

    /// `smtps://user:PASSWORD@host`: what stands before the last `@` of the host's part.
    private static func coverLogin(_ bytes: inout [UInt8], from start: Int) {
        let ends = Array("\"', }/?#\n\r".utf8)
        let host = bytes[start...].prefix { !ends.contains($0) }
        guard let at = host.lastIndex(of: UInt8(ascii: "@")), host.first != UInt8(ascii: "$") else { return }
        for index in start..<at { bytes[index] = UInt8(ascii: "*") }
    }

    private static func places(of word: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard bytes.count >= word.count else { return [] }
        return (0...(bytes.count - word.count)).filter { bytes[$0..<($0 + word.count)].elementsEqual(word) }
    }

    /// To the end of the value: a quote, a comma, a brace, or the line.
    private static func cover(_ bytes: inout [UInt8], from start: Int) {
        var at = start
        while at < bytes.count, [0x20, 0x22, 0x27].contains(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] != UInt8(ascii: "$") else { return }
        let ends = Array("\"', }&\n\r".utf8)
        while at < bytes.count, !ends.contains(bytes[at]) {
            bytes[at] = UInt8(ascii: "*")
            at += 1
        }
    }
}
