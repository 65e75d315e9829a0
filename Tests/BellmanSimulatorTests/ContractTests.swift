import BellmanSimulator
import BellmanTesting
import Testing

/// The simulated store keeps every promise that a real one keeps.
@Suite struct ContractTests {
    @Test(arguments: StoreContract.all)
    func holds(_ check: ContractCheck) throws {
        try check.run(VirtualStore(schema: StoreContract.schema, deriver: CancelByDeriver()))
    }
}
