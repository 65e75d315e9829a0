import Testing

@testable import Almanac

@Suite struct CronTests {
    struct Case: Decodable {
        let id, expr, tz, after, family: String
        let next: [String]
        let gap: Bool?
        let overlap: Bool?
    }
    struct Validity: Decodable {
        let expr, cronsim: String
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedOccurrences() throws {
        var tally = Tally()
        for item in try SharedData.records("cron.jsonl", as: Case.self) {
            let zone = try Zone.named(item.tz)
            let cron = try Cron(item.expr)
            var at = try #require(Instant(iso: item.after))
            var got: [String] = []
            let wanted = item.next.map { Instant(iso: $0)! }.map { $0.iso(in: zone) }
            for _ in 0..<max(1, wanted.count) {
                guard let next = cron.next(after: at, zone: zone) else { break }
                got.append(next.iso(in: zone))
                at = next
            }
            let note = "\(item.expr) \(item.tz) after \(item.after): got \(got), want \(wanted)"
            tally.add(item.family, got == wanted, note)
            if item.gap == true { tally.add("at a gap", got == wanted, note) }
            if item.overlap == true { tally.add("at an overlap", got == wanted, note) }
        }
        print("cron.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedValidity() throws {
        var tally = Tally()
        for item in try SharedData.records("cron-validity.jsonl", as: Validity.self) {
            let accepted = (try? Cron(item.expr)) != nil
            tally.add("validity", accepted == (item.cronsim == "accept"), "\(item.expr): accepted \(accepted)")
        }
        print("cron-validity.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses)")
    }
}
