import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite

/// Carries out what people do about notices: one implementation for commands, pages, links and the API.
public struct PeopleDesk: PeopleActs {
    let store: SQLiteStore
    let now: @Sendable () -> Instant

    public init(store: SQLiteStore, now: @escaping @Sendable () -> Instant) {
        self.store = store
        self.now = now
    }

    public func acknowledge(firing: String, by: Person, comment: String, way: String) throws -> ActOutcome {
        guard try store.read({ try $0.decision(firing: firing) }) != nil else { return .unknown }
        let act = Acknowledgement(firing: firing, by: by, at: now(), comment: comment)
        if try store.acknowledge(act, way: way) { return .done }
        guard let first = try store.read({ try $0.acknowledgement(firing: firing) }) else { return .unknown }
        return .already(by: first.by, at: first.at, choice: "")
    }

    public func snooze(
        firing: String, by: Person, until: Instant, comment: String, way: String
    ) throws -> ActOutcome {
        .unknown
    }
}
