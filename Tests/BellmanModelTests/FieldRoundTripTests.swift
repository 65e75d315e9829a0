import Almanac
import BellmanModel
import Testing

@Suite struct FieldRoundTripTests {
    static let zone = Zone.fixed(8 * 3600)
    static let parser = FieldParser(zone: zone)

    static let values: [(FieldType, FieldValue)] = [
        (.bool, .bool(true)), (.int, .int(-9)), (.int, .int(.max)), (.double, .double(0.1)), (.double, .double(1e300)),
        (.double, .double(-4)), (.share, .double(1.0 / 3)), (.share, .double(1)), (.string, .string("a, b; \"c\"")),
        (.text, .string("line\nline\r\n two")), (.reference(kind: "member"), .reference("王芳")),
        (.date, .date(.epoch)), (.when, .date(.latest)),
        (.when, .instant(Instant(microseconds: 1_790_000_000_123_456))),
        (.instant, .instant(Instant(seconds: 1_790_000_000))), (.duration, .period(Period(months: 3, days: 2))),
        (.duration, .period(Period(workingDays: 3))), (.money, .money(Amount(units: -123_456_789))),
        (.money, .money(Amount(units: .max))), (.money, .money(Amount(units: 1))),
        (.list(.string), .list([.string("a")])), (.list(.string), .list([.string("a"), .string("b")])),
        (.list(.string), .list([.string("a, b")])), (.list(.string), .list([.string("a;b"), .string("[c]")])),
        (.list(.reference(kind: "member")), .list([.reference("x"), .reference("-")])),
        (.list(.int), .list([.int(1), .int(2)])),
        (.custom, .map(["k": .string("v\n"), "n": .int(3), "b": .bool(true), "l": .list([.null, .double(1.5)])])),
        (.enumeration(["a", "b"]), .string("b")),
    ]

    @Test(arguments: values.indices) func textComesBack(_ index: Int) throws {
        let (type, value) = Self.values[index]
        let text = FieldText.text(value, zone: Self.zone)
        if case .list(.reference) = type { return }
        #expect(try Self.parser.value(text, as: type) == value, "\(text)")
    }

    @Test(arguments: values.indices) func jsonComesBack(_ index: Int) throws {
        let (type, value) = Self.values[index]
        let json = try JSONText.parse(JSONText.write(JSONValue(value)))
        if case .list(.reference) = type { return }
        #expect(try Self.parser.value(json, as: type) == value, "\(JSONText.write(json))")
    }

    @Test(arguments: [
        (FieldType.string, JSONValue.int(12), FieldValue.string("12")), (.int, .double(3), .int(3)),
        (.bool, .int(1), .bool(true)),
        (.share, .double(0.25), .double(0.25)), (.share, .string("25%"), .double(0.25)),
        (.money, .double(0.1), .money(Amount(units: 1000))),
        (.list(.string), .string("a;b"), .list([.string("a"), .string("b")])), (.string, .string(""), .null),
        (.date, .null, .null),
        (.instant, .int(1_793_000_000_000), .instant(Instant(seconds: 1_793_000_000))),
        (.reference(kind: "x"), .int(7), .reference("7")),
    ])
    func json(_ type: FieldType, _ json: JSONValue, _ value: FieldValue) throws {
        #expect(try Self.parser.value(json, as: type) == value)
    }

    @Test(arguments: [
        (FieldType.string, JSONValue.bool(true)), (.int, .double(1.5)), (.share, .int(30)), (.date, .int(5)),
        (.bool, .int(2)),
        (.date, .string("2026-02-30")), (.list(.int), .array([.string("x")])), (.custom, .int(1)),
        (.derived("x"), .null),
        (.string, .object(JSONObject())), (.instant, .int(5)), (.string, .double(1e20)),
    ])
    func jsonRefused(_ type: FieldType, _ json: JSONValue) {
        #expect(throws: FieldProblem.self) { try Self.parser.value(json, as: type) }
    }
}
