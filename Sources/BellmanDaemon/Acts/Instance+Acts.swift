import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

extension Instance {
    /// The desk for commands: works on the store itself and tells a running daemon.
    public func peopleDesk(rules: [Rule]) -> PeopleDesk {
        let clock = clock
        return PeopleDesk(
            store: store, language: workshop.language, timing: configuration.timing, rules: { rules },
            now: { clock.now() }, changed: { [self] in nudge() })
    }

    /// The member that a text means, by id, e-mail or name; nil when there is none, or more than one.
    public func member(_ text: String) throws -> Record? {
        try store.read { view in
            guard case .found(let id) = try view.resolve(text, kind: "member") else { return nil }
            return try view.record(RecordRef(kind: "member", id: id))
        }
    }

    /// What people call somebody: the member's name, else the id or whatever stands for a person.
    public func shownName(_ person: Person) -> String {
        let record = try? store.read { try $0.record(RecordRef(kind: "member", id: person.id)) }
        guard case .string(let name)? = record?["name"], !name.isEmpty else { return person.id }
        return name
    }

    /// Ids of members, as far as they are few.
    public func memberNames(most: Int) throws -> [String] {
        try store.read { try $0.identifiers(kind: "member", after: nil, limit: most) }
    }
}
