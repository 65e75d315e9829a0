import BellmanStore
import BellmanTesting
import Testing

@testable import BellmanStoreSQLite

/// What a loss of power leaves of a store that was being made or replaced. Every other moment is in BellmanPowerTests.
@Suite struct InterruptedTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private func open() throws -> SQLiteStore {
        try SQLiteStore(path: path, role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    /// The journal of the very first transaction: magic, no page that was there before, sectors of 512 bytes
    /// (sqlite.org/fileformat2.html#the_rollback_journal).
    private static let firstJournal: [UInt8] =
        [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7] + [UInt8](repeating: 0, count: 12) + [0, 0, 2, 0, 0, 0, 16, 0]
        + [UInt8](repeating: 0, count: 484)

    @Test(arguments: [100, 511, 4_096])
    func aStoreThatWasBeingMadeIsMadeAnew(_ written: Int) throws {
        try open().close()
        let whole = try FileCopy.bytes(path)
        try FileCopy.write(Array(whole.prefix(written)), to: path)
        #expect(throws: StoreProblem.self) { try open() }
        try FileCopy.write(InterruptedTests.firstJournal, to: path + "-journal")
        let store = try open()
        #expect(try store.integrityProblems() == [])
        #expect(try store.read { try $0.progress() } == nil)
        try store.close()
    }

    /// An empty store in the place of one that a restore took away would ring for everything anew.
    @Test func anInterruptedRestoreIsNoNewStore() throws {
        try open().close()
        try FileCopy.copy(path, to: path + ".restoring")
        try open().close()
        try FileCopy.remove(path)
        #expect {
            try open()
        } throws: {
            if case StoreProblem.damaged(_, let why) = $0 { why.contains("restore") } else { false }
        }
        #expect(StoreFile.size(path) == 0)
    }
}
