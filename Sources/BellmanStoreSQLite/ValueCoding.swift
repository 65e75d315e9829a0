import Almanac
import BellmanModel

extension JSONText {
    /// Dates `"2026-11-30"`, instants RFC 3339 in UTC, periods in canonical ISO form, money as a number, references as
    /// their text.
    mutating func value(_ value: FieldValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): if flag { raw("true") } else { raw("false") }
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .string(let text), .reference(let text): string(text)
        case .date(let day): date(day)
        case .instant(let moment): instant(moment)
        case .period(let period): string(period.canonical)
        case .money(let money): amount(money)
        case .list(let elements): list(elements)
        case .map(let entries): object(entries)
        }
    }

    private mutating func list(_ elements: [FieldValue]) {
        raw(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(0x2C) }
            value(element)
        }
        raw(0x5D)
    }

    /// Keys ascending, so that equal fields give equal text.
    mutating func object(_ fields: [String: FieldValue]) {
        raw(0x7B)
        var first = true
        for name in fields.keys.sorted() {
            if !first { raw(0x2C) }
            first = false
            string(name)
            raw(0x3A)
            value(fields[name] ?? .null)
        }
        raw(0x7D)
    }
}

extension JSONReader {
    /// Reads one value as the declared type says. Text that does not fit it (the field was declared otherwise when it
    /// was written, or is declared no more) is given as it stands, so nothing is lost.
    mutating func value(_ type: FieldType?, depth: Int = 0) throws -> FieldValue {
        guard depth < JSONReader.maximumDepth else { throw MalformedJSON(offset: offset) }
        switch try peek() {
        case .null:
            try literal("null")
            return .null
        case .yes:
            try literal("true")
            return .bool(true)
        case .no:
            try literal("false")
            return .bool(false)
        case .string: return FieldValue(stored: try string(), type: type)
        case .number: return try FieldValue(number: number(), type: type) ?? fail()
        case .array: return try list(of: type, depth: depth)
        case .object:
            var entries: [String: FieldValue] = [:]
            try object { reader, key in entries[key] = try reader.value(nil, depth: depth + 1) }
            return .map(entries)
        }
    }

    private func fail() throws -> FieldValue { throw MalformedJSON(offset: offset) }

    private mutating func list(of type: FieldType?, depth: Int) throws -> FieldValue {
        var element: FieldType?
        if case .list(let inner) = type { element = inner }
        var elements: [FieldValue] = []
        try array { reader in elements.append(try reader.value(element, depth: depth + 1)) }
        return .list(elements)
    }
}

extension FieldValue {
    /// A `when` of ten characters is a date, a longer one an instant.
    init(stored text: String, type: FieldType?) {
        switch type {
        case .date: self = CivilDate(iso: text).map(FieldValue.date) ?? .string(text)
        case .when where text.utf8.count == 10: self = CivilDate(iso: text).map(FieldValue.date) ?? .string(text)
        case .when, .instant: self = Instant(iso: text).map(FieldValue.instant) ?? .string(text)
        case .duration: self = (try? Period.parse(text)).map(FieldValue.period) ?? .string(text)
        case .reference: self = .reference(text)
        default: self = .string(text)
        }
    }

    init?(number bytes: UnsafeBufferPointer<UInt8>, type: FieldType?) {
        if case .money = type, let amount = Amount(decimal: bytes) {
            self = .money(amount)
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case .double, .share: break
        default:
            if let whole = Int64(text) {
                self = .int(whole)
                return
            }
        }
        guard let number = Double(text) else { return nil }
        self = .double(number)
    }
}

extension Amount {
    /// A decimal number without an exponent; digits beyond the fourth decimal are cut.
    init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
        var units: Int64 = 0
        var decimals = -1
        var isNegative = false
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x2D where index == 0: isNegative = true
            case 0x2E where decimals < 0: decimals = 0
            case 0x30...0x39:
                if decimals >= 4 { continue }
                if decimals >= 0 { decimals += 1 }
                let (scaled, over) = units.multipliedReportingOverflow(by: 10)
                let (sum, overflow) = scaled.addingReportingOverflow(Int64(byte - 0x30))
                if over || overflow { return nil }
                units = sum
            default: return nil
            }
        }
        for _ in max(decimals, 0)..<4 {
            let (scaled, over) = units.multipliedReportingOverflow(by: 10)
            if over { return nil }
            units = scaled
        }
        self.init(units: isNegative ? -units : units)
    }
}
