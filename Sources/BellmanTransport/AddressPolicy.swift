/// An address that a connection is about to be opened to.
public enum NetworkAddress: Sendable, Hashable {
    /// Four bytes, most significant first.
    case v4(UInt32)
    /// Sixteen bytes.
    case v6([UInt8])
}

/// Which addresses a request may reach: the public internet, and private networks only where `allow_private` opens
/// them. Asked for each address after name resolution and before connecting, the only place that a changed name
/// cannot get round.
public enum AddressPolicy {
    public enum Reach: Sendable, Hashable {
        case open
        /// Loopback and private networks: open with `allow_private`.
        case privateNetwork
        /// Never: this network, link-local (cloud metadata), documentation, multicast, tunnels that hide an address.
        case closed
    }

    public static func allows(_ address: NetworkAddress, allowPrivate: Bool) -> Bool {
        switch reach(address) {
        case .open: true
        case .privateNetwork: allowPrivate
        case .closed: false
        }
    }

    public static func reach(_ address: NetworkAddress) -> Reach {
        switch address {
        case .v4(let value): reach(v4: value)
        case .v6(let bytes): bytes.count == 16 ? reach(v6: bytes) : .closed
        }
    }

    private struct Range4 {
        let base: UInt32
        let bits: UInt32
        init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ bits: UInt32) {
            base = a << 24 | b << 16 | c << 8 | d
            self.bits = bits
        }
        func contains(_ value: UInt32) -> Bool { (value ^ base) >> (32 - bits) == 0 }
    }

    private static let private4 = [
        Range4(10, 0, 0, 0, 8), Range4(100, 64, 0, 0, 10), Range4(127, 0, 0, 0, 8), Range4(172, 16, 0, 0, 12),
        Range4(192, 168, 0, 0, 16),
    ]
    private static let closed4 = [
        Range4(0, 0, 0, 0, 8), Range4(169, 254, 0, 0, 16), Range4(192, 0, 0, 0, 24), Range4(192, 0, 2, 0, 24),
        Range4(192, 88, 99, 0, 24), Range4(198, 18, 0, 0, 15), Range4(198, 51, 100, 0, 24),
        Range4(203, 0, 113, 0, 24), Range4(224, 0, 0, 0, 4), Range4(240, 0, 0, 0, 4), Range4(168, 63, 129, 16, 32),
    ]

    private static func reach(v4 value: UInt32) -> Reach {
        if closed4.contains(where: { $0.contains(value) }) { return .closed }
        return private4.contains(where: { $0.contains(value) }) ? .privateNetwork : .open
    }

    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    private static let loopback6: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    private static let closed6: [[UInt8]] = [
        [0x20, 0x01, 0x00, 0x00],  // Teredo
        [0x20, 0x01, 0x0D, 0xB8],  // documentation
        [0x20, 0x02],  // 6to4
        [0x3F, 0xFF],  // documentation
    ]

    private static func reach(v6 bytes: [UInt8]) -> Reach {
        if bytes.starts(with: mappedPrefix) {
            return reach(v4: bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })
        }
        if bytes == loopback6 || bytes[0] & 0xFE == 0xFC { return .privateNetwork }
        // All that is allocated to the public internet is 2000::/3; NAT64, site-local, link-local and multicast are not.
        guard bytes[0] & 0xE0 == 0x20 else { return .closed }
        return closed6.contains { bytes.starts(with: $0) } ? .closed : .open
    }
}
