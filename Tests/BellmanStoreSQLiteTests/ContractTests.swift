import BellmanStoreSQLite
import BellmanTesting
import Testing

@Suite struct ContractTests {
    @Test(arguments: StoreContract.all)
    func keepsItsPromise(_ check: ContractCheck) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(
            path: folder.file("bellman.db"), role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
        try check.run(store)
        try store.close()
    }

    /// The store in memory, too, in which tests of rules live.
    @Test(arguments: StoreContract.all)
    func keepsItsPromiseInMemory(_ check: ContractCheck) throws {
        let store = try SQLiteStore(
            path: ":memory:", role: .scratch, schema: StoreContract.schema, deriver: CancelByDeriver())
        try check.run(store)
        try store.close()
    }
}
