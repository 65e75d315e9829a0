/// Instants and spans.
enum TimeFunctions {
    static func all(_ zoneOffset: @escaping CELEnvironment.ZoneOffset) -> [CELFunction] {
        conversions + spanParts + instantParts(zoneOffset)
    }

    private static var conversions: [CELFunction] {
        [
            global("timestamp", [.timestamp], .timestamp) { v in v[0] },
            global("timestamp", [.string], .timestamp) { v throws(CELFailure) in
                switch CELTimestamp.parse(v[0].asString) {
                case .success(let value): return .timestamp(value)
                case .failure(.outOfRange): throw CELFailure(.overflow(type: "timestamp"))
                case .failure(.malformed): throw Conversions.failure(v[0], "timestamp")
                }
            },
            global("timestamp", [.int], .timestamp) { v throws(CELFailure) in
                guard let value = CELTimestamp(seconds: v[0].asInt) else {
                    throw CELFailure(.overflow(type: "timestamp"))
                }
                return .timestamp(value)
            },
            global("duration", [.duration], .duration) { v in v[0] },
            global("duration", [.string], .duration) { v throws(CELFailure) in
                guard let value = CELDuration.parse(v[0].asString) else { throw Conversions.failure(v[0], "duration") }
                return .duration(value)
            },
        ]
    }

    private static var spanParts: [CELFunction] {
        func part(_ name: String, _ divisor: Int64, modulo: Int64? = nil) -> CELFunction {
            CELFunction.unary(name, isMember: true, parameter: .duration, result: .int) { value, _ in
                guard case .duration(let span) = value else { return .int(0) }
                let whole = span.nanoseconds / divisor
                return .int(modulo.map { whole % $0 } ?? whole)
            }.closed()
        }
        return [
            part("getHours", 3_600_000_000_000), part("getMinutes", 60_000_000_000), part("getSeconds", 1_000_000_000),
            // The specification wants the part below a second, not the whole.
            part("getMilliseconds", 1_000_000, modulo: 1000),
        ]
    }

    private static func instantParts(_ zoneOffset: @escaping CELEnvironment.ZoneOffset) -> [CELFunction] {
        let parts: [(String, @Sendable (CivilTime) -> Int)] = [
            ("getFullYear", { $0.year }), ("getMonth", { $0.month - 1 }), ("getDayOfMonth", { $0.day - 1 }),
            ("getDate", { $0.day }),
            ("getDayOfWeek", { $0.weekday }), ("getDayOfYear", { $0.dayOfYear }), ("getHours", { $0.hour }),
            ("getMinutes", { $0.minute }), ("getSeconds", { $0.second }),
        ]
        var functions: [CELFunction] = []
        for (name, read) in parts {
            functions.append(
                .unary(name, isMember: true, parameter: .timestamp, result: .int) { instant, _ in
                    .int(Int64(read(CivilTime(seconds: seconds(instant)))))
                }.closed())
            functions.append(
                .binary(name, isMember: true, parameters: (.timestamp, .string), result: .int) {
                    instant, zone, _ throws(CELFailure) in
                    let offset = try offset(zone.asString, seconds(instant), zoneOffset)
                    return .int(Int64(read(CivilTime(seconds: seconds(instant) + Int64(offset)))))
                }.closed())
        }
        functions.append(member("getMilliseconds", [.timestamp], .int) { v in milliseconds(v[0]) })
        functions.append(
            member("getMilliseconds", [.timestamp, .string], .int) { v throws(CELFailure) in
                _ = try offset(v[1].asString, seconds(v[0]), zoneOffset)
                return milliseconds(v[0])
            })
        return functions
    }

    private static func seconds(_ value: CELValue) -> Int64 {
        if case .timestamp(let instant) = value { instant.seconds } else { 0 }
    }

    private static func milliseconds(_ value: CELValue) -> CELValue {
        if case .timestamp(let instant) = value { .int(Int64(instant.nanos / 1_000_000)) } else { .int(0) }
    }

    private static let greatestOffsetHours = 14

    /// Seconds east of UTC: `UTC`, `[+-]H:MM`, `[+-]HH:MM`, or a zone name of the host.
    static func offset(_ zone: String, _ utc: Int64, _ zoneOffset: CELEnvironment.ZoneOffset) throws(CELFailure) -> Int
    {
        if UTF8Text.equal(zone, "UTC") { return 0 }
        var bytes = Array(zone.utf8)[...]
        let sign = bytes.first == UInt8(ascii: "-") ? -1 : 1
        if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        if parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2, parts[0].allSatisfy(isDigit),
            parts[1].allSatisfy(isDigit),
            let hours = Int(String(decoding: parts[0], as: UTF8.self)),
            let minutes = Int(String(decoding: parts[1], as: UTF8.self)),
            hours <= greatestOffsetHours, minutes < 60
        {
            return sign * (hours * 3600 + minutes * 60)
        }
        guard let found = zoneOffset(zone, utc) else { throw CELFailure(.unknownTimeZone(zone)) }
        return found
    }
}
