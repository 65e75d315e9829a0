import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Testing

@testable import BellmanStoreSQLite

/// Derived dates depend on more than their record, such as a working calendar: what that was is kept beside the index.
@Suite struct MarkTests {
    /// `cancel_by` so many days before the end.
    private struct Deriver: MomentDeriver {
        let days: Int
        var mark: String { "\(days) days" }

        func derivedMoments(kind: String, fields: [String: FieldValue]) -> [(field: String, value: FieldValue)] {
            guard kind == "contract", case .date(let end) = fields["expires_on"] else { return [] }
            return [("cancel_by", .date(end.adding(days: -days)))]
        }
    }

    @Test func theDaemonIndexesAnewAndCommandsDoNot() throws {
        let folder = try TemporaryFolder()
        func opened<T>(_ role: StoreRole, _ days: Int, _ body: (SQLiteStore) throws -> T) throws -> T {
            let store = try SQLiteStore(
                path: folder.file("bellman.db"), role: role, schema: StoreContract.schema, deriver: Deriver(days: days))
            defer { try? store.close() }
            return try body(store)
        }
        func indexed(_ store: SQLiteStore) throws -> [String] {
            try store.read { view in
                try ["2026-12-21", "2026-12-26"].filter { text in
                    let day = try #require(CivilDate(iso: text))
                    return try !view.moments(kind: "contract", field: "cancel_by", dates: day...day).isEmpty
                }
            }
        }
        let end = try #require(CivilDate(iso: "2026-12-31"))
        let contract = RecordWrite(
            ref: RecordRef(kind: "contract", id: "1"), fields: ["expires_on": .date(end)], actor: "t")
        try opened(.daemon, 5) { store in
            _ = try store.write([contract], at: StoreContract.start)
            #expect(try indexed(store) == ["2026-12-26"])
        }
        #expect(try opened(.command, 10, indexed) == ["2026-12-26"])
        #expect(try opened(.daemon, 10, indexed) == ["2026-12-21"])
        #expect(try opened(.command, 5, indexed) == ["2026-12-21"])
        #expect(try opened(.daemon, 5, indexed) == ["2026-12-26"])
    }
}
