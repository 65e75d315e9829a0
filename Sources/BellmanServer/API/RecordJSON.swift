import Almanac
import BellmanModel

/// A record on the wire: its fields beside `id`; what the store keeps has names that no field can have or that are kept.
enum RecordJSON {
    static let versionKey = "_version"

    static func value(_ record: Record) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("id", .string(record.ref.id))]
        for name in record.fields.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            pairs.append((name, JSONValue(record[name])))
        }
        pairs.append(("created_at", .string(record.createdAt.iso)))
        pairs.append(("updated_at", .string(record.updatedAt.iso)))
        pairs.append((versionKey, .int(record.version)))
        return .fields(pairs)
    }

    static func change(_ change: Change) -> JSONValue {
        let fields = change.fields.map { field in
            JSONValue.fields([
                ("field", .string(field.name)), ("old", JSONValue(field.old)), ("new", JSONValue(field.new)),
            ])
        }
        return .fields([
            ("sequence", .int(change.sequence)), ("operation", .string(change.operation.rawValue)),
            ("actor", .string(change.actor)), ("at", .string(change.at.iso)), ("changes", .array(fields)),
        ])
    }
}
