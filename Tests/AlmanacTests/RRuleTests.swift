import Testing

@testable import Almanac

@Suite struct RRuleTests {
    struct Case: Decodable {
        let id, dtstart, tz, rrule, family: String
        let exdate: [String]?
        let first: [String]
        let finite: Bool
        let gap, overlap: Bool?
    }

    /// Dates of the data as an EXDATE line.
    static func exdate(_ local: String) -> String { local.filter { $0 != "-" && $0 != ":" } }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedOccurrences() throws {
        var tally = Tally()
        for item in try SharedData.records("rrule.jsonl", as: Case.self) {
            let zone = try Zone.named(item.tz)
            let start = try #require(CivilDateTime(iso: item.dtstart))
            var text = "RRULE:" + item.rrule
            if let dates = item.exdate { text += "\nEXDATE:" + dates.map(Self.exdate).joined(separator: ",") }
            let wanted = item.first.map { Instant(iso: $0)! }
            var got: [Instant] = []
            var note = ""
            do {
                let rule = try RRule(text)
                let schedule = try Schedule(rrule: rule, zone: zone, at: start.time, from: start.date)
                let limit = item.finite ? 1_000 : wanted.count
                got = schedule.occurrences(in: (Instant(seconds: start.localSeconds - 200_000), .latest), limit: limit)
                // The data keep at most ten of what is finite.
                if item.finite, wanted.count == 10 { got = Array(got.prefix(10)) }
            } catch { note = "\(error)" }
            let right = got == wanted
            let line =
                "\(item.rrule) \(item.tz) \(item.dtstart): got \(got.map { $0.iso(in: zone) }), want \(item.first) \(note)"
            tally.add(item.family, right, line)
            if item.gap == true { tally.add("at a gap", right, line) }
            if item.overlap == true { tally.add("at an overlap", right, line) }
        }
        print("rrule.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }
}
