import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Testing

@testable import BellmanStoreSQLite

/// What a restore leaves behind when it dies half-way.
@Suite struct CutRestoreTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private func open(_ path: String) throws -> SQLiteStore {
        try SQLiteStore(path: path, role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    @Test(arguments: [StoreRole.daemon, .command])
    func aStoreThatWasPutAsideIsNotBegunAfresh(_ role: StoreRole) throws {
        try FileCopy.write([1], to: path + StoreImage.restoring)
        let problem = #expect(throws: StoreProblem.self) {
            try SQLiteStore(path: path, role: role, schema: StoreContract.schema, deriver: CancelByDeriver())
        }
        guard case .damaged(let damaged, let why)? = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(damaged == path)
        #expect(why.contains("restore") && why.contains(path + StoreImage.restoring))
        #expect(StoreFile.size(path) == 0)
    }

    @Test func aStoreBesideAPreparedOneOpens() throws {
        try open(path).close()
        try FileCopy.write([1], to: path + StoreImage.restoring)
        try open(path).close()
    }

    /// A killed daemon's store is one file before it is put aside, so nothing can part it from its log.
    @Test func theLogOfAKilledStoreIsWrittenBack() throws {
        let store = try open(path)
        let write = RecordWrite(ref: RecordRef(kind: "task", id: "1"), fields: ["title": .string("a")], actor: "test")
        _ = try store.write([write], at: StoreContract.start)
        let killed = folder.file("killed.db")
        for suffix in ["", "-wal"] { try FileCopy.write(try FileCopy.bytes(path + suffix), to: killed + suffix) }
        try store.close()
        #expect(StoreFile.size(killed + "-wal") > 0)
        StoreImage.writeBack(killed)
        #expect(StoreFile.size(killed + "-wal") == 0)
        #expect(try StoreImage.inspect(killed).records == 1)
    }

    @Test func aDamagedStoreKeepsItsLog() throws {
        try FileCopy.write([UInt8](repeating: 7, count: 4_096), to: path)
        try FileCopy.write([9, 9], to: path + "-wal")
        StoreImage.writeBack(path)
        #expect(try FileCopy.bytes(path) == [UInt8](repeating: 7, count: 4_096))
        #expect(try FileCopy.bytes(path + "-wal") == [9, 9])
    }
}
