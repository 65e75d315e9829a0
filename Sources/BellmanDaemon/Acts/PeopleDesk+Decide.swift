import BellmanModel

extension PeopleDesk {
    /// The answer to a question that an `approve` step put.
    public func decide(
        approval: String, choice: String, by: Person, comment: String, way: String
    ) throws -> ActOutcome {
        .unknown
    }
}
