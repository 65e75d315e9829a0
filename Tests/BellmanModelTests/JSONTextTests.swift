import BellmanModel
import Testing

@Suite struct JSONTextTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("0", .int(0)), ("-12", .int(-12)), ("1.5", .double(1.5)),
        ("1e3", .double(1000)), ("9223372036854775807", .int(.max)),
        ("9223372036854775808", .double(9.223372036854775808e18)),
        ("\"\"", .string("")), ("\"a\\u00e9\\n\\/\\\"\"", .string("a\u{e9}\n/\"")),
        ("\"\\ud83d\\ude00\"", .string("😀")), ("[]", .array([])), ("[1,[2]]", .array([.int(1), .array([.int(2)])])),
        ("{}", .object(JSONObject())),
        ("\u{feff}{\"b\":1,\"a\":[null]}", .fields([("b", .int(1)), ("a", .array([.null]))])),
    ])
    func parses(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONText.parse(text) == value)
    }

    @Test(arguments: [
        ("", JSONProblem.Fact.endsEarly, 1, 1), ("[1,]", .unexpected("]"), 1, 4),
        ("{\"a\":1,}", .unexpected("}"), 1, 8),
        ("01", .badNumber, 1, 1), ("-", .badNumber, 1, 1), ("1.", .badNumber, 1, 1), (".5", .unexpected("."), 1, 1),
        ("1e", .badNumber, 1, 1), ("1e999", .numberTooLarge, 1, 1), ("NaN", .unexpected("N"), 1, 1),
        ("tru", .endsEarly, 1, 1), ("trux", .unexpected("t"), 1, 1), ("1 2", .textAfterValue, 1, 3),
        ("\"a", .endsEarly, 1, 1), ("\"\\x\"", .badEscape, 1, 2), ("\"\\u12g4\"", .badEscape, 1, 2),
        ("\"\\ud800\"", .loneSurrogate, 1, 2), ("\"\\udc00\"", .loneSurrogate, 1, 2),
        ("\"a\tb\"", .controlCharacter(9), 1, 3),
        ("{\"a\":1,\n\"a\":2}", .duplicateKey("a"), 2, 1), ("{a:1}", .unexpected("a"), 1, 2),
        ("[“1”]", .unexpected("“"), 1, 2),
        ("{\"a\" 1}", .unexpected("1"), 1, 6), ("// x\n1", .unexpected("/"), 1, 1),
    ])
    func refuses(_ text: String, _ fact: JSONProblem.Fact, _ line: Int, _ column: Int) {
        #expect(throws: JSONProblem(fact, line: line, column: column)) { try JSONText.parse(text) }
    }

    @Test func refusesBytesThatAreNoUTF8() {
        for bytes: [UInt8] in [[34, 0xFF, 34], [34, 0xC0, 0x80, 34], [34, 0xED, 0xA0, 0x80, 34]] {
            #expect(throws: JSONProblem(.notUTF8, line: 1, column: 2)) { try JSONText.parse(utf8: bytes) }
        }
    }

    @Test func depthIsLimited() throws {
        let limit = JSONText.maximumDepth
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONText.parse(nested(limit))
        #expect(throws: JSONProblem(.tooDeep(limit: limit), line: 1, column: limit + 1)) {
            try JSONText.parse(nested(limit + 1))
        }
    }

    @Test func keysDifferByCodePoints() throws {
        let value = try JSONText.parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{e9}"] == .int(1))
        #expect(value["e\u{301}"] == .int(2))
        #expect(JSONText.write(value) == "{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(JSONValue.string("\u{e9}") != .string("e\u{301}"))
    }

    @Test func manyKeysAreStillUnique() {
        let keys = (0..<40).map { "\"k\($0)\":0" }
        #expect(throws: Never.self) { try JSONText.parse("{\(keys.joined(separator: ","))}") }
        #expect(throws: JSONProblem.self) { try JSONText.parse("{\((keys + ["\"k20\":1"]).joined(separator: ","))}") }
    }

    @Test func writes() {
        let value = JSONValue.fields([
            ("a", .array([.int(1), .double(0.5), .double(.infinity)])), ("b", .string("\u{1}\n/中")),
        ])
        #expect(JSONText.write(value) == "{\"a\":[1,0.5,null],\"b\":\"\\u0001\\n/中\"}")
        #expect(JSONText.write(.array([.int(1), .array([])]), indent: 2) == "[\n  1,\n  []\n]")
    }

    @Test func randomValuesComeBack() throws {
        let seed: UInt64 = 0x5EED_2026
        var random = TestRandom(seed)
        for round in 0..<3000 {
            let value = random.json(depth: 4)
            let text = JSONText.write(value, indent: round % 3)
            #expect(try JSONText.parse(text) == value, "seed \(seed), round \(round): \(text)")
        }
    }

    @Test func randomBytesNeverCrash() {
        let seed: UInt64 = 77
        var random = TestRandom(seed)
        let alphabet = Array("{}[]\",:0129.eE+-\\untrfals \n\u{e9}".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
            if let value = try? JSONText.parse(utf8: bytes) {
                #expect((try? JSONText.parse(JSONText.write(value))) == value, "seed \(seed): \(bytes)")
            }
        }
    }
}

/// SplitMix64: small, seeded and the same everywhere.
struct TestRandom {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<below(6) {
            if let scalar = Unicode.Scalar(UInt32(next() % (below(2) == 0 ? 0x80 : 0x11_0000))) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    mutating func json(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .int(Int64(bitPattern: next()))
        case 3:
            let value = Double(bitPattern: next())
            return .double(value.isFinite ? value : 0.25)
        case 4, 5: return .string(text())
        case 6: return .array((0..<below(4)).map { _ in json(depth: depth - 1) })
        default: return .fields((0..<below(4)).map { _ in (text(), json(depth: depth - 1)) })
        }
    }
}
