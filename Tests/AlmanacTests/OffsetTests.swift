import Testing

@testable import Almanac

@Suite struct OffsetTests {
    struct Case: Decodable {
        let id, due, tz, offset, fire, family: String
        let at: String?
    }
    struct Duration: Decodable {
        let text: String
        let recommended_valid: Bool
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedOffsets() throws {
        var tally = Tally()
        for item in try SharedData.records("offsets.jsonl", as: Case.self) {
            let zone = try Zone.named(item.tz)
            let period = try Period.parse(item.offset)
            let rule = OffsetRule(period: period, at: item.at.flatMap { LocalTime($0) } ?? .nine, zone: zone)
            let got: Instant
            if item.at != nil {
                got = rule.instant(for: try #require(CivilDate(iso: item.due)))
            } else {
                got = rule.instant(for: zone.resolve(try #require(CivilDateTime(iso: item.due))))
            }
            tally.add(item.family, got.iso(in: zone) == item.fire, "\(item): got \(got.iso(in: zone))")
        }
        print("offsets.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedDurations() throws {
        var tally = Tally()
        for item in try SharedData.records("durations.jsonl", as: Duration.self) {
            let accepted = (try? Period.parse(item.text)) != nil
            tally.add("durations", accepted == item.recommended_valid, "\(item.text): accepted \(accepted)")
        }
        print("durations.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses)")
    }
}
