import Testing

@testable import Almanac

@Suite struct ZoneRefreshTests {
    private func table(_ name: String) throws -> ZoneTable {
        let root = try #require(ZoneDirectory.root)
        return try #require(
            SystemFile.read("\(root)/\(name)", limit: ZoneFile.byteLimit).flatMap { ZoneFile.parse($0) })
    }

    @Test func whoHoldsAZoneSeesItsNewTable() throws {
        let zone = Zone(name: "Test/Moved", table: try table("Asia/Shanghai"))
        let rule = OffsetRule(period: .zero, at: .nine, zone: zone, calendar: .china)
        let day = try #require(CivilDate(iso: "2026-06-30"))
        let before = rule.instant(for: day)
        zone.take(try table("Asia/Tokyo"))
        #expect(rule.instant(for: day) == before.adding(seconds: -3_600))
        #expect(zone.offset(at: before) == 9 * 3_600)
        #expect(zone.nextTransition(after: before) == nil)
    }

    @Test func readersOnOtherThreadsSeeOneTableOrTheOther() async throws {
        let tables = [try table("Asia/Shanghai"), try table("Asia/Tokyo")]
        let zone = Zone(name: "Test/Busy", table: tables[0])
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<20_000).allSatisfy { step in
                        [28_800, 32_400].contains(zone.offset(at: Instant(seconds: 1_700_000_000 + Int64(step))))
                    }
                }
            }
            group.addTask {
                for step in 0..<200 { zone.take(tables[step % 2]) }
                return true
            }
            for await isOne in group { #expect(isOne) }
        }
    }

    @Test func readingTheSameDatabaseAnewIsNoNews() throws {
        let zone = try Zone.named("Europe/Berlin")
        let refresh = Zone.readAnew()
        #expect(refresh.changed.isEmpty && !refresh.isNews)
        #expect(refresh.to == Zone.databaseVersion())
        #expect(try Zone.named("Europe/Berlin") === zone)
        #expect(!Zone.databaseMark().differs(from: Zone.databaseMark()))
    }

    @Test func aMarkDiffersWhereAFileDoes() throws {
        let root = try #require(ZoneDirectory.root)
        let berlin = try #require(SystemFile.mark("\(root)/Europe/Berlin"))
        let tokyo = try #require(SystemFile.mark("\(root)/Asia/Tokyo"))
        let one = Zone.DatabaseMark(files: ["a": berlin])
        #expect(!Zone.DatabaseMark(files: ["a": berlin, "b": tokyo]).differs(from: one))
        #expect(Zone.DatabaseMark(files: ["a": tokyo]).differs(from: one))
        #expect(Zone.DatabaseMark(files: [:]).differs(from: one))
        #expect(SystemFile.mark("\(root)/No/Such") == nil)
    }

    @Test func theListAndTheReleaseComeFromOneFile() throws {
        #expect(Zone.hasDatabase)
        let list = ZoneDirectory.list
        #expect(list.names.contains("Asia/Shanghai") && list.set.count == list.names.count)
        #expect(list.names == list.names.sorted())
    }
}
