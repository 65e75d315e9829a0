/// `DTSTART`, `EXDATE` and the values of both and of `UNTIL`.
extension RRuleParser {
    /// `20260101`, `20260101T090000`, `20260101T010000Z`.
    func moment(_ value: RRuleSpan, zone: Zone?) throws(RRuleError) -> RRule.Moment {
        var scan = ByteScanner(value.upper)
        if let year = scan.digits(4), let month = scan.digits(2), let day = scan.digits(2),
            let date = CivilDate(year: year, month: month, day: day)
        {
            if scan.atEnd { return .date(date) }
            if scan.take(UInt8(ascii: "T")), let hour = scan.digits(2), let minute = scan.digits(2),
                let second = scan.digits(2), let time = LocalTime(hour: hour, minute: minute, second: min(second, 59)),
                second <= 60
            {
                let local = CivilDateTime(date: date, time: time)
                if scan.atEnd { return zone.map { .zoned(local, $0) } ?? .local(local) }
                if scan.take(UInt8(ascii: "Z")), scan.atEnd { return .utc(Zone.utc.resolve(local)) }
            }
        }
        throw fail(.badMoment(value.string), value.range, RRuleParser.compact(value.string))
    }

    /// `2026-12-31` and `2026-12-31T09:00:00Z` in the form of calendar files.
    private static func compact(_ text: String) -> String {
        if let date = CivilDate(iso: text) { return rfc(date) }
        if let instant = Instant(iso: text) { return rfc(instant) }
        if let local = CivilDateTime(iso: text) { return rfc(local) }
        return "20261231T235959Z"
    }

    static func rfc(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return padded(year, 4) + padded(month, 2) + padded(day, 2)
    }

    static func rfc(_ local: CivilDateTime) -> String {
        rfc(local.date) + "T" + padded(local.time.hour, 2) + padded(local.time.minute, 2) + padded(local.time.second, 2)
    }

    static func rfc(_ instant: Instant) -> String { rfc(Zone.utc.local(instant)) + "Z" }

    mutating func start(_ line: RRuleLine) throws(RRuleError) {
        rule.start = try moment(line.value, zone: try zone(line))
        rule.places["DTSTART"] = line.value.range
    }

    mutating func exclusions(_ line: RRuleLine) throws(RRuleError) {
        let zone = try zone(line)
        for piece in line.value.split(",") {
            guard rule.exclusions.count < RRule.exclusionLimit else {
                throw fail(.tooManyExclusions(limit: RRule.exclusionLimit), piece.range)
            }
            rule.exclusions.append(try moment(piece, zone: zone))
        }
    }

    /// The zone of `TZID`; `VALUE` and parameters of other makers say nothing that the value itself does not.
    private func zone(_ line: RRuleLine) throws(RRuleError) -> Zone? {
        for parameter in line.parameters {
            guard let (name, value) = parameter.cut("="), name.upper == "TZID" else { continue }
            let quoted = value.string
            let word = quoted.hasPrefix("\"") && quoted.hasSuffix("\"") ? String(quoted.dropFirst().dropLast()) : quoted
            do { return try Zone.named(word) } catch {
                var nearest: String?
                if case .unknown(_, let near) = error { nearest = near }
                throw fail(.unknownZone(word), value.range, nearest)
            }
        }
        return nil
    }
}
