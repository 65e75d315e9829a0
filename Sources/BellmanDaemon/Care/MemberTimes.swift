import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// Members of the store whose own quiet hours or time zone cannot be read.
public enum MemberTimes {
    /// Shown at most; the rest is counted.
    public static let shown = 20
    private static let page = 500

    /// In the order of their ids.
    public static func problems(in store: SQLiteStore) throws -> [MemberTimeProblem] {
        var found: [MemberTimeProblem] = []
        var last: String?
        while true {
            let ids = try store.read { view in
                let ids = try view.identifiers(kind: "member", after: last, limit: page)
                for id in ids {
                    guard let record = try view.record(RecordRef(kind: "member", id: id)) else { continue }
                    found += MemberTimeProblem.all(member: id, fields: record.fields)
                }
                return ids
            }
            guard ids.count == page else { return found }
            last = ids.last
        }
    }

    /// Of the configured store. One that is not there, or cannot be read, has none: `check` asks about configuration
    /// and rules.
    public static func problems(_ workshop: Workshop) -> [MemberTimeProblem] {
        let path = workshop.configuration.resolve(workshop.configuration.storePath)
        guard TextFile.exists(path), let instance = try? Instance(workshop, role: .command) else { return [] }
        return (try? problems(in: instance.store)) ?? []
    }
}
