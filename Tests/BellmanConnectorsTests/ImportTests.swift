import Almanac
import BellmanConnectors
import BellmanModel
import BellmanStore
import Testing

/// Keeps what an import writes, as a store would.
final class Shelf {
    var records: [RecordRef: Record] = [:]
    var batches: [Int] = []
    var actors: Set<String> = []

    func write(_ writes: [RecordWrite]) -> [WriteResult] {
        batches.append(writes.count)
        let results = DryRun.results(writes) { records[$0] }
        for write in writes {
            actors.insert(write.actor)
            let start = Instant(seconds: 0)
            var record =
                records[write.ref]
                ?? Record(ref: write.ref, fields: [:], createdAt: start, updatedAt: start, version: 1)
            for (name, value) in write.fields { record.fields[name] = value.isNull ? nil : value }
            records[write.ref] = record
        }
        return results
    }

    func record(_ kind: String, _ id: String) -> Record? { records[RecordRef(kind: kind, id: id)] }
}

@Suite struct ImportTests {
    static let zone = Zone.fixed(8 * 3600)

    static func plan(_ kind: String, format: ImportPlan.Format = .delimited(nil)) throws -> ImportPlan {
        ImportPlan(
            kind: try #require(Schema.builtIn.kind(kind)), format: format, zone: zone, fileName: "a.csv", user: "wang")
    }

    @discardableResult
    static func run(
        _ text: String, _ kind: String, into shelf: Shelf, rejects: MemorySink = MemorySink(),
        change: (inout ImportPlan) -> Void = { _ in }
    ) throws
        -> ImportSummary
    {
        var plan = try plan(kind)
        change(&plan)
        return try Importer.run(
            plan, source: MemoryBytes(Array(text.utf8), piece: 64), rejects: rejects, write: shelf.write)
    }

    @Test func rowsBecomeRecords() throws {
        let shelf = Shelf()
        let summary = try Self.run(
            "任务编号,任务名称,负责人,截止日期,优先级,进度（%）,工时,标签\nT1,签合同,王芳,2026-11-30,高,30,5,a;b\nT2,\"评审,二\",,2026-11-30 18:00,,,,\n",
            "task",
            into: shelf)
        #expect((summary.rows, summary.created, summary.rejected) == (2, 2, 0))
        let first = try #require(shelf.record("task", "T1"))
        #expect(first["title"] == .string("签合同"))
        #expect(first["assignee"] == .reference("王芳"))
        #expect(first["due"] == CivilDate(iso: "2026-11-30").map { .date($0) })
        #expect(first["priority"] == .int(2))
        #expect(first["progress"] == .double(0.3))
        #expect(first["labels"] == .list([.string("a"), .string("b")]))
        #expect(first["custom"] == .map(["工时": .string("5")]))
        let second = try #require(shelf.record("task", "T2"))
        #expect(second["due"] == Instant(iso: "2026-11-30T10:00:00Z").map { .instant($0) })
        #expect(second["assignee"].isNull)
        #expect(shelf.actors == ["import a.csv (wang)"])
    }

    @Test func againChangesNothingAndEmptyCellsClear() throws {
        let shelf = Shelf()
        let text = "id,title,due\n1,a,2026-01-01\n2,b,\n"
        try Self.run(text, "task", into: shelf)
        let again = try Self.run(text, "task", into: shelf)
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 2))
        let cleared = try Self.run("id,due\n1,\n", "task", into: shelf)
        #expect(cleared.updated == 1)
        #expect(shelf.record("task", "1")?["due"] == .null)
        #expect(shelf.record("task", "1")?["title"] == .string("a"))
    }

    @Test func badRowsAreRejectedWhole() throws {
        let shelf = Shelf()
        let rejects = MemorySink()
        let text =
            "id,title,due,priority\n1,a,2026-02-30,x\n2,b\n3,\"c\"d,,\n4,e,2026-01-01,1,,\n4,f,,\n1.21143E+15,g,,\n5,h,,,9\n"
        let summary = try Self.run(text, "task", into: shelf, rejects: rejects)
        #expect((summary.rows, summary.created, summary.rejected) == (7, 1, 6))
        #expect(shelf.records.keys.map(\.id) == ["4"])
        #expect(
            summary.examples.map(\.reason) == [
                .several([
                    .field(column: "due", .impossibleDate("2026-02-30", lastDay: CivilDate(iso: "2026-02-28"))),
                    .field(column: "priority", .notANumber("x")),
                ]), .ragged(expected: 4, found: 2), .malformed(.textAfterQuote(line: 4, column: 2)),
                .duplicate(id: "4", firstLine: 5), .badID("1.21143E+15"), .ragged(expected: 4, found: 5),
            ])
        #expect(summary.examples.map(\.line) == [2, 3, 4, 6, 7, 8])
        #expect(rejects.text.hasPrefix("\u{feff}reject_line,reject_reason,id,title,due,priority\r\n2,"))
        for example in summary.examples {
            for language in AlmanacLanguage.allCases { #expect(!example.reason.words(language).isEmpty) }
        }
    }

    @Test func mendedRejectsComeIn() throws {
        let shelf = Shelf()
        let rejects = MemorySink()
        try Self.run("id,title,due\n1,a,2026-02-30\n", "task", into: shelf, rejects: rejects)
        let summary = try Self.run(
            rejects.text.replacing(",2026-02-30\r\n", with: ",2026-02-28\r\n"), "task", into: shelf)
        #expect((summary.created, summary.rejected) == (1, 0))
        #expect(shelf.record("task", "1")?["custom"] == .null)
    }

    @Test func missingIDsAreStable() throws {
        let shelf = Shelf()
        try Self.run("姓名,邮箱\n王芳,Wang@Example.com\n李四,\n", "member", into: shelf)
        #expect(shelf.record("member", "wang@example.com") != nil)
        let summary = try Self.run("标题,项目\na,P\na,Q\na,P\n,\n", "task", into: shelf)
        #expect((summary.created, summary.rejected) == (2, 2))
        #expect(summary.notes.contains(.derivedIDs(rows: 2, fields: ["title", "project", "parent"])))
        let again = try Self.run("标题,项目\na,Q\n", "task", into: shelf)
        #expect(again.unchanged == 1)
    }

    @Test func datesAreDecidedByTheFile() throws {
        let shelf = Shelf()
        let summary = try Self.run("id,due,starts_on\n1,03/04/2026,\n2,30/04/2026,05/06/2026\n", "task", into: shelf)
        #expect(summary.notes.contains(.dateOrder(.dayFirst)))
        #expect(shelf.record("task", "1")?["due"] == CivilDate(iso: "2026-04-03").map { .date($0) })
        #expect(try Self.run("id,due\n9,03/04/2026\n", "task", into: shelf).rejected == 1)
        #expect(
            try Self.run("id,due\n9,03/04/2026\n", "task", into: shelf) { $0.dateOrder = .monthFirst }.rejected == 0)
        try Self.run("id,due\n7,2026-11-30 00:00:00\n8,2026-12-01 00:00:00\n", "task", into: shelf)
        #expect(shelf.record("task", "7")?["due"] == CivilDate(iso: "2026-11-30").map { .date($0) })
    }

    @Test func titlesAboveTheHeaderAreSkipped() throws {
        let shelf = Shelf()
        let summary = try Self.run("My board,\n,\nTask ID,Name,Due Date\n1,a,2026-01-01\n", "task", into: shelf)
        #expect(summary.created == 1)
        #expect(summary.notes.contains { if case .skippedBeforeHeader = $0 { true } else { false } })
    }

    @Test func gbkFilesAreRead() throws {
        let shelf = Shelf()
        // 姓名,邮箱 / 张三,z@x
        let bytes: [UInt8] =
            [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xD3, 0xCA, 0xCF, 0xE4, 0x0D, 0x0A, 0xD5, 0xC5, 0xC8, 0xFD, 0x2C]
            + Array("z@x\r\n".utf8)
        let summary = try Importer.run(try Self.plan("member"), source: MemoryBytes(bytes), write: shelf.write)
        #expect(summary.notes.contains(.encoding(.gb18030)))
        #expect(shelf.record("member", "z@x")?["name"] == .string("张三"))
    }

    @Test func batchesAndProgress() throws {
        let shelf = Shelf()
        var plan = try Self.plan("task")
        plan.batch = 10
        let text = "id,title\n" + (0..<25).map { "\($0),t\n" }.joined()
        var last: ImportProgress?
        _ = try Importer.run(plan, source: MemoryBytes(text), progress: { last = $0 }, write: shelf.write)
        #expect(shelf.batches == [10, 10, 5])
        #expect(last?.rows == 25)
        #expect(last?.bytes == last?.totalBytes)
        #expect(throws: ImportProblem.empty) { try Self.run("id,title\n", "task", into: shelf) }
        #expect(throws: ImportProblem.empty) { try Self.run("", "task", into: shelf) }
    }

    @Test func jsonLinesAndArrays() throws {
        let shelf = Shelf()
        let lines =
            "{\"id\":7,\"title\":\"a\",\"labels\":[\"x\",\"y\"],\"Due Date\":\"2026-01-01\",\"hours\":2}\n\n{\"id\":\"8\",\"title\":null}\n[1]\n{\"a\n"
        let summary = try Self.run(lines, "task", into: shelf) { $0.format = .json }
        #expect((summary.rows, summary.created, summary.rejected) == (4, 2, 2))
        #expect(summary.examples.map(\.line) == [4, 5])
        #expect(shelf.record("task", "7")?["custom"] == .map(["hours": .int(2)]))
        #expect(shelf.record("task", "7")?["due"] == CivilDate(iso: "2026-01-01").map { .date($0) })
        let array = try Self.run(" [{\"id\":\"9\",\"progress\":0.5},{\"id\":\"9\"}]", "task", into: shelf) {
            $0.format = .json
        }
        #expect((array.created, array.rejected) == (1, 1))
    }
}

@Suite struct ExportTests {
    static func exported(_ shelf: Shelf, kind: KindDefinition, format: Exporter.Format) throws -> String {
        let sink = MemorySink()
        var exporter = try Exporter(kind: kind, format: format, zone: ImportTests.zone, sink: sink)
        for ref in shelf.records.keys.sorted() where ref.kind == kind.name {
            if let record = shelf.records[ref] { try exporter.add(record) }
        }
        try exporter.finish()
        return sink.text
    }

    @Test(arguments: [Exporter.Format.csv(), .csv(byteOrderMark: false), .jsonLines, .json])
    func samplesComeBack(_ format: Exporter.Format) throws {
        let today = try #require(CivilDate(iso: "2026-11-21"))
        for language in AlmanacLanguage.allCases {
            for file in SampleData(today: today, language: language).files {
                let shelf = Shelf()
                let summary = try ImportTests.run(file.text, file.kind, into: shelf)
                #expect(summary.rejected == 0, "\(file.name): \(summary.examples.map { $0.reason.words(.en) })")
                #expect(!summary.notes.contains { if case .derivedIDs = $0 { true } else { false } }, "\(file.name)")
                let kind = try ColumnMappingTests.kind(file.kind)
                let text = try Self.exported(shelf, kind: kind, format: format)
                let back = Shelf()
                try ImportTests.run(text, file.kind, into: back) {
                    if case .csv = format { $0.format = .delimited(nil) } else { $0.format = .json }
                }
                #expect(back.records == shelf.records, "\(file.name)")
            }
        }
    }

    @Test func awkwardTextsComeBack() throws {
        let shelf = Shelf()
        let kind = try ColumnMappingTests.kind("task")
        for (index, text) in [
            "=1+1", "'=x", "+86", "-", "@a", "''", "a\"b", "x, y", "line\nbreak", "'", "\u{e9}", "e\u{301}", "😀",
        ].enumerated() {
            let fields: [String: FieldValue] = [
                "title": .string(text), "note": .string(text + "\n"), "assignee": .reference(text == "-" ? "m" : text),
                "labels": .list([.string(text), .string("b")]), "custom": .map([text: .string(text)]),
            ]
            _ = shelf.write([RecordWrite(ref: RecordRef(kind: "task", id: "=\(index)"), fields: fields, actor: "t")])
        }
        for format in [Exporter.Format.csv(), .jsonLines, .json] {
            let text = try Self.exported(shelf, kind: kind, format: format)
            if case .csv = format { #expect(!text.contains("\n=") && !text.contains(",=") && !text.contains(",@")) }
            let back = Shelf()
            try ImportTests.run(text, "task", into: back) {
                if case .csv = format { $0.format = .delimited(44) } else { $0.format = .json }
            }
            #expect(back.records == shelf.records)
        }
    }
}

@Suite struct SampleDataTests {
    static func rows(_ language: AlmanacLanguage, _ name: String, kind: String) throws -> Shelf {
        let data = SampleData(today: try #require(CivilDate(iso: "2026-11-21")), language: language)
        let shelf = Shelf()
        try ImportTests.run(try #require(data[name]), kind, into: shelf)
        return shelf
    }

    @Test func theSameEveryTime() throws {
        let today = try #require(CivilDate(iso: "2026-11-21"))
        #expect(SampleData(today: today, language: .zh).files == SampleData(today: today, language: .zh).files)
    }

    @Test(arguments: AlmanacLanguage.allCases) func thereIsSomethingToRingFor(_ language: AlmanacLanguage) throws {
        let today = try #require(CivilDate(iso: "2026-11-21"))
        let tasks = try Self.rows(language, "tasks.csv", kind: "task").records.values
        #expect(tasks.count == 200)
        let done = language == .zh ? "已完成" : "Done"
        for offset in [3, -1, -3, -7] {
            #expect(
                tasks.contains {
                    $0["due"] == .date(today.adding(days: offset)) && $0["status"] != .string(done)
                        && !$0["assignee"].isNull
                })
        }
        #expect(tasks.contains { $0["due"].isNull } && tasks.contains { $0["assignee"].isNull })
        let contracts = try Self.rows(language, "contracts.csv", kind: "contract").records.values
        #expect(contracts.count == 40)
        for days in [60, 30, 7] { #expect(contracts.contains { $0["expires_on"] == .date(today.adding(days: days)) }) }
        #expect(contracts.contains { $0["auto_renew"] == .bool(true) && !$0["notice_period"].isNull })
        #expect(contracts.contains { if case .date(let date) = $0["expires_on"] { date < today } else { false } })
        #expect(try Self.rows(language, "members.csv", kind: "member").records.count == 30)
        #expect(try Self.rows(language, "customers.csv", kind: "customer").records.count == 25)
    }
}
