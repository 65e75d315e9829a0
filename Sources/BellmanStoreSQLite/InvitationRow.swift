import BellmanModel
import BellmanStore
import GRDB

/// Columns, reading and writing of invitations.
enum InvitationRow {
    static let columns = "rule, subject, step, firing, body"

    static func read(_ row: Query) throws -> InvitationState {
        let body = try BellmanModel.JSONText.parse(row.text(4))
        guard case .invitation(let told)? = body["told"]?.stringValue.flatMap(NoticePayload.init(text:)),
            let people = body["people"]?.arrayValue, let context = body["context"]?.stringValue
        else { throw MalformedJSON(offset: 0) }
        return InvitationState(
            rule: row.text(0), subject: row.text(1), step: Int(row.int(2)), firing: row.text(3), told: told,
            people: people.map(person), context: context)
    }

    static func body(_ state: InvitationState) -> String {
        BellmanModel.JSONText.write(
            .fields([
                ("told", .string(NoticePayload.invitation(state.told).text)),
                ("people", .array(state.people.map(person))), ("context", .string(state.context)),
            ]))
    }

    private static func person(_ value: JSONValue) -> Recipient {
        func text(_ key: String) -> String? { value[key]?.stringValue }
        return Recipient(
            id: text("id") ?? "", name: text("name") ?? "", email: text("email"), phone: nil,
            timezone: text("timezone"), quietHours: text("quiet_hours"))
    }

    private static func person(_ person: Recipient) -> JSONValue {
        let pairs: [(String, String?)] = [
            ("id", person.id), ("name", person.name), ("email", person.email), ("timezone", person.timezone),
            ("quiet_hours", person.quietHours),
        ]
        return .fields(pairs.compactMap { key, text in text.map { (key, .string($0)) } })
    }

    /// Compare-and-set on the sequence; false where another state came first.
    static func write(_ write: InvitationWrite, _ db: Database) throws -> Bool {
        let state = write.state
        let query: Query
        if let after = write.after {
            query = try db.query(
                """
                UPDATE invitation SET sequence = ?, firing = ?, body = ?
                WHERE rule = ? AND subject = ? AND step = ? AND sequence = ?
                """)
            query.bind(state.told.sequence).bind(state.firing).bind(body(state))
            query.bind(state.rule).bind(state.subject).bind(state.step).bind(after)
        } else {
            query = try db.query(
                """
                INSERT OR IGNORE INTO invitation (rule, subject, step, uid, sequence, firing, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            query.bind(state.rule).bind(state.subject).bind(state.step).bind(state.told.uid)
            query.bind(state.told.sequence).bind(state.firing).bind(body(state))
        }
        return try query.run() == 1
    }
}

extension SQLiteView {
    func invitations(rule: String, subject: String) throws -> [InvitationState] {
        try often(
            "invitations",
            "SELECT \(InvitationRow.columns) FROM invitation WHERE rule = ? AND subject = ? ORDER BY step"
        )
        .bind(rule).bind(subject).all(InvitationRow.read)
    }
}
