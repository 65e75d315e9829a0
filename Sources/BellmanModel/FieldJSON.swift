import Almanac

/// Typed values to JSON and back (HTTP bodies, JSON lines, exports).
///
/// Dates are `YYYY-MM-DD`, instants RFC 3339 in UTC, durations ISO 8601 or Bellman's own words, money a number.
extension FieldParser {
    /// Numbers beyond this are not exact in a double.
    static let exactWhole = 9_007_199_254_740_992.0

    public func value(_ json: JSONValue, as type: FieldType) throws(FieldProblem) -> FieldValue {
        if case .derived = type { throw .derived }
        if json.isNull { return .null }
        switch (type, json) {
        case (.custom, _): return try customValue(json)
        case (.list(let item), .array(let items)): return try listValue(items, of: item)
        case (.string, .string(let text)), (.text, .string(let text)): return text.isEmpty ? .null : .string(text)
        case (.reference, .string(let text)): return text.isEmpty ? .null : .reference(text)
        case (_, .string(let text)): return try value(text, as: type)
        case (.bool, .bool(let value)): return .bool(value)
        case (_, .int), (_, .double): return try number(json, as: type)
        default: throw .wrongType(expected: type, found: json.typeName)
        }
    }

    private func number(_ json: JSONValue, as type: FieldType) throws(FieldProblem) -> FieldValue {
        let spelled = JSONText.write(json)
        guard let value = json.doubleValue else { throw .wrongType(expected: type, found: json.typeName) }
        switch type {
        case .int:
            if let whole = json.intValue { return .int(whole) }
            guard abs(value) < FieldParser.exactWhole, value == value.rounded() else { throw .notWhole(spelled) }
            return .int(Int64(value))
        case .double: return .double(value)
        case .share:
            guard value >= 0 else { throw .notAShare(spelled) }
            guard value <= 1 else { throw value <= 100 ? .shareWithoutPercent(spelled) : .notAShare(spelled) }
            return .double(value)
        case .money:
            return .money(try MoneyText.parse(spelled).amount)
        case .bool where value == 0 || value == 1: return .bool(value == 1)
        case .instant, .when:
            guard let milliseconds = json.intValue, spelled.utf8.count == DateText.millisecondDigits else {
                throw .notAnInstant(spelled)
            }
            return .instant(Instant(microseconds: milliseconds * 1000))
        case .string, .text, .reference, .enumeration, .list:
            guard json.intValue != nil || abs(value) < FieldParser.exactWhole else { throw .lostDigits(spelled) }
            return try self.value(spelled, as: type)
        default: throw .wrongType(expected: type, found: json.typeName)
        }
    }

    func listValue(_ items: [JSONValue], of type: FieldType) throws(FieldProblem) -> FieldValue {
        var values: [FieldValue] = []
        for (index, item) in items.enumerated() {
            do throws(FieldProblem) {
                let value = try value(item, as: type)
                if !value.isNull { values.append(value) }
            } catch {
                throw .item(index + 1, error)
            }
        }
        return values.isEmpty ? .null : .list(values)
    }

    private func customValue(_ json: JSONValue) throws(FieldProblem) -> FieldValue {
        switch json {
        case .object(let object):
            var map: [String: FieldValue] = [:]
            for member in object.members { map[member.key] = FieldParser.free(member.value) }
            return map.isEmpty ? .null : .map(map)
        case .string(let text): return try value(text, as: .custom)
        default: throw .wrongType(expected: .custom, found: json.typeName)
        }
    }

    /// A value of no declared type.
    static func free(_ json: JSONValue) -> FieldValue {
        switch json {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let text): .string(text)
        case .array(let items): .list(items.map(free))
        case .object(let object):
            .map(object.members.reduce(into: [:]) { $0[$1.key] = free($1.value) })
        }
    }
}

extension JSONValue {
    /// The JSON form that `FieldParser.value(_:as:)` reads back to an equal value.
    public init(_ value: FieldValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let text), .reference(let text): self = .string(text)
        case .date(let date): self = .string(date.description)
        case .instant(let instant): self = .string(instant.iso)
        case .period(let period): self = .string(period.description)
        case .money(let amount): self = JSONValue.money(amount)
        case .list(let items): self = .array(items.map { JSONValue($0) })
        case .map(let map):
            let keys = map.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            self = .fields(keys.map { ($0, JSONValue(map[$0] ?? .null)) })
        }
    }

    /// A number while a double holds it exactly, else text.
    private static func money(_ amount: Amount) -> JSONValue {
        if amount.units % Amount.unitsPerOne == 0 { return .int(amount.units / Amount.unitsPerOne) }
        return Amount(amount.value) == amount && abs(amount.value) < 1.0e11
            ? .double(amount.value) : .string(MoneyText.text(amount))
    }
}

extension FieldParser {
    /// The natural value of JSON that no field declares.
    public static func untyped(_ json: JSONValue) -> FieldValue { free(json) }
}
