import Almanac
import BellmanEngine
import BellmanModel
import Testing

@testable import BellmanDaemon

/// When the daily self-audit comes, and what is said of it.
@Suite struct AuditHourTests {
    private static let zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]

    @Test(arguments: zones) func theSlotIsAtNightAndTheStoresOwn(zone: String) throws {
        let zone = try Zone.named(zone)
        let day = try #require(CivilDate(iso: "2026-06-30"))
        var seen: Set<Instant> = []
        for number in 0..<50 {
            let slot = AuditHour(zone: zone, identity: "store-\(number)").slot(day)
            let local = zone.local(slot)
            #expect(local.date == day && AuditHour.quiet.contains(local.time.hour), "\(local)")
            #expect(slot == AuditHour(zone: zone, identity: "store-\(number)").slot(day))
            seen.insert(slot)
        }
        #expect(seen.count > 40, "stores share their seconds")
    }

    /// Hours from the day's slot: now, the last audit (nil for none), and whether it is due.
    static let cases: [(now: Int, last: Int?, due: Bool)] = [
        (-1, nil, false), (0, nil, true), (5, nil, true),
        (-1, -23, false), (0, -24, true), (1, -23, true), (1, 0, false), (5, 1, false), (23, 0, false), (24, 0, true),
        // Missed while the machine was off.
        (-1, -30, true), (40, -60, true),
        // An audit of a time that is yet to come was made by a clock that ran ahead.
        (1, 90, true), (-1, 90, false),
    ]

    @Test(arguments: cases) func itIsDueOnceADay(_ one: (now: Int, last: Int?, due: Bool)) throws {
        let hour = AuditHour(zone: try Zone.named("Asia/Shanghai"), identity: "s")
        let slot = hour.slot(try #require(CivilDate(iso: "2026-06-30")))
        func at(_ hours: Int) -> Instant { slot.adding(seconds: Int64(hours) * 3600) }
        #expect(hour.isDue(at(one.now), last: one.last.map(at)) == one.due, "\(one)")
    }

    @Test(arguments: [AlmanacLanguage.en, .zh]) func everyFindingIsWorded(language: AlmanacLanguage) {
        let words = AuditWording(language, .utc)
        let key = OccurrenceKey(rule: "r", subject: "task/A", occurrence: "due=2026-03-17 -P7D")
        let at = Instant(seconds: 1_767_225_600)
        let details: [AuditFinding.Detail] = [
            .unreadableKey, .noSuchRecord, .noSuchDate, .noSuchRun, .noSuchChange, .changeOfAnother("task/B"), .noMatch,
            .wrongSubject, .shouldBe(at), .decidedBefore(at), .ledgerRows(1, 1), .ledgerRows(1, 3), .outboxRows(2, 4),
            .notice(id: "n-1", channel: "mail", since: at),
        ]
        var said: Set<String> = []
        for kind in AuditFinding.Kind.allCases {
            for detail in details {
                let finding = AuditFinding(kind, key, at: at, detail)
                for text in [words.name(kind), words.fact(finding), words.remedy(finding), words.line(finding)] {
                    #expect(!text.isEmpty, "\(kind) \(detail)")
                    let isChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
                    #expect(isChinese == (language == .zh), "\(text)")
                }
                said.insert(words.fact(finding))
            }
        }
        #expect(said.count > details.count)
    }
}
