import BellmanTransport
import Testing

@Suite struct AddressPolicyTests {
    @Test(arguments: [
        ("8.8.8.8", AddressPolicy.Reach.open), ("1.1.1.1", .open), ("172.32.0.1", .open), ("100.128.0.1", .open),
        ("0.0.0.0", .closed), ("10.0.0.1", .privateNetwork), ("100.64.0.1", .privateNetwork),
        ("127.0.0.1", .privateNetwork), ("127.255.255.254", .privateNetwork), ("169.254.169.254", .closed),
        ("172.16.0.1", .privateNetwork), ("172.31.255.255", .privateNetwork), ("192.168.1.1", .privateNetwork),
        ("192.0.0.1", .closed), ("192.0.2.1", .closed), ("198.18.0.1", .closed), ("198.19.255.255", .closed),
        ("198.51.100.1", .closed), ("203.0.113.9", .closed), ("224.0.0.1", .closed), ("240.0.0.1", .closed),
        ("255.255.255.255", .closed), ("168.63.129.16", .closed),
    ]) func v4(text: String, reach: AddressPolicy.Reach) {
        let value = text.split(separator: ".").reduce(UInt32(0)) { $0 << 8 | (UInt32($1) ?? 0) }
        #expect(AddressPolicy.reach(.v4(value)) == reach)
        var mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        mapped += [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
        #expect(AddressPolicy.reach(.v6(mapped)) == reach)
    }

    @Test(arguments: [
        ([0x26, 0x06, 0x47], AddressPolicy.Reach.open), ([0x20, 0x01, 0x48, 0x60], .open), ([0x20, 0x02], .closed),
        ([0x20, 0x01, 0, 0], .closed), ([0x20, 0x01, 0x0D, 0xB8], .closed), ([0xFC], .privateNetwork),
        ([0xFD, 1], .privateNetwork), ([0xFE, 0x80], .closed), ([0xFE, 0xC0], .closed), ([0xFF, 2], .closed),
        ([0, 0x64, 0xFF, 0x9B], .closed), ([0], .closed),
    ]) func v6(start: [UInt8], reach: AddressPolicy.Reach) {
        let bytes = start + [UInt8](repeating: 0, count: 16 - start.count)
        #expect(AddressPolicy.reach(.v6(bytes)) == reach)
    }

    @Test func loopbackSixNeedsAllowPrivate() {
        let one = NetworkAddress.v6([UInt8](repeating: 0, count: 15) + [1])
        #expect(!AddressPolicy.allows(one, allowPrivate: false))
        #expect(AddressPolicy.allows(one, allowPrivate: true))
        #expect(!AddressPolicy.allows(.v4(0xA9FE_A9FE), allowPrivate: true))
    }

    @Test func secretsHaveNoDescription() {
        let request = HTTPRequest(method: "POST", url: Secret("https://example.com/?access_token=canary"))
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!"\(request) \(String(reflecting: request)) \(dumped)".contains("canary"))
    }
}
