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

    /// A file that is not there is part of the mark, so that its return is noticed.
    @Test func aMarkHoldsEveryFileThatIsAskedFor() {
        let files = Zone.databaseMark().files
        for path in ZoneDirectory.listPaths() { #expect(files.keys.contains(path)) }
    }

    @Test func whoAsksAtTheSameTimeGetsTheSameZone() async throws {
        for name in ["Pacific/Chatham", "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"] {
            let zones = try await withThrowingTaskGroup(of: Zone.self) { group in
                for _ in 0..<8 { group.addTask { try Zone.named(name) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(zones.allSatisfy { $0 === zones[0] })
        }
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
        // Away at one look, back at the next.
        let away = Zone.DatabaseMark(files: ["a": nil])
        #expect(away.differs(from: one) && one.differs(from: away))
        #expect(!away.differs(from: away) && !Zone.DatabaseMark(files: [:]).differs(from: away))
    }

    @Test func theListAndTheReleaseComeFromOneFile() throws {
        #expect(Zone.hasDatabase)
        let list = ZoneDirectory.list
        #expect(list.names.contains("Asia/Shanghai") && list.set.count == list.names.count)
        #expect(list.names == list.names.sorted())
    }
}
