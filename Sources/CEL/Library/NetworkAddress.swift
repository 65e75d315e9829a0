/// An IP address of either family as its bytes (RFC 791, RFC 4291, text form of RFC 5952).
struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]

    var family: Int { bytes.count == 4 ? 4 : 6 }
    var bitCount: Int { bytes.count * 8 }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Dotted decimal, or colon-hexadecimal without a zone; nil otherwise.
    init?(_ text: String) {
        guard let bytes = text.utf8.contains(UInt8(ascii: ":")) ? Self.six(text) : Self.four(text) else { return nil }
        self.bytes = bytes
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            // A leading zero could be meant as octal: refused, as everywhere today.
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit), part == "0" || !part.hasPrefix("0"),
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0], isLast: halves.count == 1) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1], isLast: true), head.count + tail.count <= 14 else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring, isLast: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, part.contains(".") {
                guard let four = four(String(part)) else { return nil }
                bytes += four
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 255)]
        }
        return bytes
    }

    /// `::ffff:192.0.2.1`, which the library refuses; written in hexadecimal it is an ordinary IPv6 address.
    static func isMappedText(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":")) && text.utf8.contains(UInt8(ascii: "."))
    }

    var text: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let run = Self.longestZeros(groups)
        func join(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        return run.isEmpty
            ? join(groups[...]) : join(groups[..<run.lowerBound]) + "::" + join(groups[run.upperBound...])
    }

    /// The first longest run of two or more zero groups.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > max(1, best.count) { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }
    var isMulticast: Bool { bytes.count == 4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF }
    var isLinkLocalUnicast: Bool {
        bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
    var isLinkLocalMulticast: Bool {
        bytes.count == 4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }
    var isGlobalUnicast: Bool {
        let isBroadcast = bytes.count == 4 && bytes.allSatisfy { $0 == 255 }
        return !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast && !isBroadcast
    }

    /// With every bit after the prefix cleared.
    func masked(_ prefix: Int) -> NetworkAddress {
        NetworkAddress(
            bytes: bytes.enumerated().map { index, byte in
                let kept = min(8, max(0, prefix - index * 8))
                return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
            })
    }
}

/// `net.IP`
final class IPValue: CELOpaque {
    static let name = "net.IP"
    let address: NetworkAddress
    init(_ address: NetworkAddress) { self.address = address }
    var typeName: String { Self.name }
    var text: String { address.text }
    func isEqual(_ other: any CELOpaque) -> Bool { (other as? IPValue)?.address == address }
}

/// `net.CIDR`
final class CIDRValue: CELOpaque {
    static let name = "net.CIDR"
    let address: NetworkAddress
    let prefix: Int

    init(_ address: NetworkAddress, _ prefix: Int) { (self.address, self.prefix) = (address, prefix) }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = NetworkAddress(String(parts[0])), !NetworkAddress.isMappedText(text),
            !parts[1].isEmpty,
            parts[1].utf8.allSatisfy(isDigit), parts[1] == "0" || !parts[1].hasPrefix("0"), let prefix = Int(parts[1]),
            prefix <= address.bitCount
        else { return nil }
        (self.address, self.prefix) = (address, prefix)
    }

    var typeName: String { Self.name }
    var text: String { "\(address.text)/\(prefix)" }

    func isEqual(_ other: any CELOpaque) -> Bool {
        guard let other = other as? CIDRValue else { return false }
        return other.address == address && other.prefix == prefix
    }

    func contains(_ other: NetworkAddress) -> Bool {
        other.family == address.family && other.masked(prefix) == address.masked(prefix)
    }

    func contains(_ other: CIDRValue) -> Bool { other.prefix >= prefix && contains(other.address) }
}
