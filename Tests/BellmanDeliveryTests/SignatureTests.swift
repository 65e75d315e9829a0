import BellmanTransport
import Digests
import Testing

@testable import BellmanDelivery

@Suite struct SignatureTests {
    static let zeros = String(repeating: "0", count: 60)

    @Test(
        arguments: [
            (1_700_000_000_000, "this is secret", "sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0%3D"),
            (1_700_000_000_001, "this is secret", "aOZ0Y%2FR7BCg4xs87AcG5MYf26YmwfVRTLD0z3X%2Bp%2FmM%3D"),
            (1_700_000_000_000, "SECtest" + zeros, "g6wL9xCvUGAPV%2BIs5LEr8aOWWzCf6zvFQzp8xYyWxhI%3D"),
        ] as [(Int64, String, String)]) func dingTalk(time: Int64, secret: String, expected: String)
    {
        #expect(DingTalkChannel.sign(secret: secret, milliseconds: time) == expected)
    }

    @Test(
        arguments: [
            (1_599_360_473, "demo", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="),
            (1_700_000_000, "this is secret", "OfGzRzoUICBOoc8wVra1e4A1hPfbZ9zqXozA8CWVUuY="),
        ] as [(Int64, String, String)]) func feishu(time: Int64, secret: String, expected: String)
    {
        #expect(FeishuChannel.sign(secret: secret, seconds: time) == expected)
    }

    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"

    @Test(
        arguments: [
            (
                [secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, #"{"test": 2432232314}"#,
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            ),
            ([secret], "msg_1", 1_700_000_000, #"{"标题":"你好"}"#, "v1,AC4bzga52RDVC+pLc5UmapXPVcomIoJgx1lJavvvmzw="),
            (
                [secret, second], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, #"{"test": 2432232314}"#,
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44="
            ),
        ] as [([String], String, Int64, String, String)])
    func standardWebhooks(secrets: [String], id: String, time: Int64, body: String, expected: String) throws {
        let keys = try secrets.map { try #require(StandardWebhooks.key(Secret($0))) }
        #expect(StandardWebhooks.signature(keys: keys, id: id, timestamp: time, body: Array(body.utf8)) == expected)
    }

    @Test func badSecrets() {
        #expect(StandardWebhooks.key(Secret("whsec_!!!!")) == nil)
        #expect(StandardWebhooks.key(Secret("whsec_AAAA")) == nil)
        #expect(StandardWebhooks.key(Secret("short")) == nil)
    }

    @Test func digests() {
        #expect(TextCoding.hex(Digests.sha256("abc")).hasPrefix("ba7816bf8f01cfea"))
        #expect(
            TextCoding.hex(Digests.hmacSHA256(key: Array("secret".utf8), message: Array(#"{"a":1}"#.utf8)))
                == "aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494")
        for length in 0..<20 {
            let bytes = (0..<length).map { UInt8($0 * 37 & 255) }
            #expect(TextCoding.decodeBase64(TextCoding.base64(bytes)) == bytes)
            #expect(TextCoding.decodeHex(TextCoding.hex(bytes)) == bytes)
        }
        #expect(Digests.stableID("ab", "c") != Digests.stableID("a", "bc"))
        #expect(Digests.stableID("ab").count == 32)
        #expect(Digests.equalInConstantTime([1, 2], [1, 2]) && !Digests.equalInConstantTime([1, 2], [1, 3]))
    }
}
