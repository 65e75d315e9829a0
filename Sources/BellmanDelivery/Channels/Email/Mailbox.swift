import BellmanTransport
import Digests

/// `Bellman <bell@example.com>`, or the address alone.
struct Mailbox: Sendable, Hashable {
    let name: String
    let address: String

    init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    init?(_ text: String) {
        var name = ""
        var address = text
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            name = String(text[..<open].split(separator: " ").joined(separator: " ").filter { $0 != "\"" })
            address = String(text[text.index(after: open)...].dropLast())
        }
        guard WireSafety.isCleanMailbox(address) else { return nil }
        self.init(name: name, address: address)
    }

    var domain: String { String(address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...]) }

    /// As a header's value. The name is always an encoded word unless it is plain letters, digits and spaces, so no
    /// quoting rules matter.
    var header: String {
        name.isEmpty ? "<\(address)>" : EncodedWord.encode(name) + "\r\n <\(address)>"
    }
}

/// RFC 2047: text outside of plain ASCII in headers.
enum EncodedWord {
    /// 45 bytes become 60 letters; with `=?utf-8?b?` and `?=` a word has 72 of the 75 that are allowed.
    private static let bytesPerWord = 45

    static func encode(_ text: String) -> String {
        let line = Shortening.cut(Markup.oneLine(text), bytes: longest)
        if isPlain(line) { return line }
        var words: [String] = []
        var chunk: [UInt8] = []
        // Between scalars: a character may be longer than a word.
        for scalar in line.unicodeScalars {
            let bytes = Array(String(Character(scalar)).utf8)
            if chunk.count + bytes.count > bytesPerWord {
                words.append(word(chunk))
                chunk = []
            }
            chunk += bytes
        }
        if !chunk.isEmpty { words.append(word(chunk)) }
        return words.joined(separator: "\r\n ")
    }

    private static let longest = 900
    private static let longestPlain = 60

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?b?\(TextCoding.base64(bytes))?=" }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= longestPlain && text.first != " " && text.last != " "
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 0x20
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
            }
    }
}
