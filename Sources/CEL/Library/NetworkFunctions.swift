extension CELLibrary {
    /// Addresses and networks.
    public static let network = CELLibrary(
        name: "network", functions: NetworkFunctions.all,
        types: [IPValue.name: .opaque(IPValue.name, []), CIDRValue.name: .opaque(CIDRValue.name, [])])
}

enum NetworkFunctions {
    private static let ip = CELType.opaque(IPValue.name, [])
    private static let cidr = CELType.opaque(CIDRValue.name, [])

    static var all: [CELFunction] { making + tests + networks }

    private static func address(_ value: CELValue) throws(CELFailure) -> NetworkAddress {
        guard let address = NetworkAddress(value.asString), !NetworkAddress.isMappedText(value.asString) else {
            throw CELFailure(.conversion(from: "string", to: IPValue.name, value: value.text))
        }
        return address
    }

    private static func network(_ value: CELValue) throws(CELFailure) -> CIDRValue {
        guard let network = CIDRValue(value.asString) else {
            throw CELFailure(.conversion(from: "string", to: CIDRValue.name, value: value.text))
        }
        return network
    }

    private static func asIP(_ value: CELValue) -> NetworkAddress {
        (value.opaqueValue as? IPValue)?.address ?? NetworkAddress(bytes: [0, 0, 0, 0])
    }

    private static func asCIDR(_ value: CELValue) -> CIDRValue {
        value.opaqueValue as? CIDRValue ?? CIDRValue(NetworkAddress(bytes: [0, 0, 0, 0]), 32)
    }

    private static var making: [CELFunction] {
        [
            global("ip", [.string], ip) { v throws(CELFailure) in .opaque(IPValue(try address(v[0]))) },
            global("cidr", [.string], cidr) { v throws(CELFailure) in .opaque(try network(v[0])) },
            global("isIP", [.string], .bool) { v in
                .bool(NetworkAddress(v[0].asString) != nil && !NetworkAddress.isMappedText(v[0].asString))
            },
            global("isCIDR", [.string], .bool) { v in .bool(CIDRValue(v[0].asString) != nil) },
            global("ip.isCanonical", [.string], .bool) { v throws(CELFailure) in
                .bool(UTF8Text.equal(try address(v[0]).text, v[0].asString))
            },
            global("string", [ip], .string) { v in .string(asIP(v[0]).text) },
            global("string", [cidr], .string) { v in .string(asCIDR(v[0]).text) },
        ]
    }

    private static var tests: [CELFunction] {
        let tests: [(String, @Sendable (NetworkAddress) -> Bool)] = [
            ("isUnspecified", { $0.isUnspecified }), ("isLoopback", { $0.isLoopback }),
            ("isGlobalUnicast", { $0.isGlobalUnicast }),
            ("isLinkLocalUnicast", { $0.isLinkLocalUnicast }), ("isLinkLocalMulticast", { $0.isLinkLocalMulticast }),
        ]
        return tests.map { name, test in member(name, [ip], .bool) { v in .bool(test(asIP(v[0]))) } } + [
            member("family", [ip], .int) { v in .int(Int64(asIP(v[0]).family)) }
        ]
    }

    private static var networks: [CELFunction] {
        [
            member("containsIP", [cidr, ip], .bool) { v in .bool(asCIDR(v[0]).contains(asIP(v[1]))) },
            member("containsIP", [cidr, .string], .bool) { v throws(CELFailure) in
                .bool(asCIDR(v[0]).contains(try address(v[1])))
            },
            member("containsCIDR", [cidr, cidr], .bool) { v in .bool(asCIDR(v[0]).contains(asCIDR(v[1]))) },
            member("containsCIDR", [cidr, .string], .bool) { v throws(CELFailure) in
                .bool(asCIDR(v[0]).contains(try network(v[1])))
            },
            member("ip", [cidr], ip) { v in .opaque(IPValue(asCIDR(v[0]).address)) },
            member("masked", [cidr], cidr) { v in
                let network = asCIDR(v[0])
                return .opaque(CIDRValue(network.address.masked(network.prefix), network.prefix))
            },
            member("prefixLength", [cidr], .int) { v in .int(Int64(asCIDR(v[0]).prefix)) },
        ]
    }
}
