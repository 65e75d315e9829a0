import Almanac
import BellmanModel

/// The id of a row that brings none.
///
/// A member's is the e-mail address in lower case (else phone, else a hash of the name). Any other record's is
/// `row-` and a stable hash of what identifies it for people: its title and, where the kind has them, the project,
/// contract, customer, member, date or period that it belongs to. The same row imported again thus finds the
/// same record; a row whose title was edited makes a new one, so an id column is better.
struct RowIdentity: Sendable {
    let fields: [String]
    private let isMember: Bool

    /// Owners of a record, not its attributes: two modules of one name belong to two contracts.
    private static let belonging: [String: [String]] = [
        "task": ["project", "parent"], "goal": ["project"], "risk": ["project"], "meeting": ["project", "starts_at"],
        "contract": ["vendor"], "module": ["contract"], "account": ["contract", "member"],
        "material": ["project"], "budget": ["period"], "opportunity": ["customer"], "document": ["project"],
        "contact": ["customer", "by", "at"], "feedback": ["customer"],
    ]

    init(kind: KindDefinition) {
        isMember = kind.name == "member"
        let more = (RowIdentity.belonging[kind.name] ?? []).filter { kind.field($0) != nil }
        fields = isMember ? ["email", "phone", "name"] : [kind.titleField] + more
    }

    /// Nil when nothing identifies the row.
    func id(_ values: [String: FieldValue]) -> String? {
        let texts = fields.map { FieldText.text(values[$0] ?? .null, zone: .utc) }
        if isMember, let plain = texts.prefix(2).first(where: { !$0.isEmpty }) { return plain.lowercased() }
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        var hash = StableHash()
        for text in texts { hash.add(text) }
        return "row-" + hash.text
    }
}
