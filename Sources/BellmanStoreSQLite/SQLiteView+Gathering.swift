import BellmanModel
import BellmanStore
import GRDB

/// The key that was looked up last: many rules ask for the same record in turn. A view sees one snapshot, in which it
/// does not change.
final class GatheredKeys {
    var last: (ref: RecordRef, key: Int64)?
}

extension SQLiteView {
    func gatherings() throws -> [GatheringHead] {
        try db.query("SELECT number, rule, signature FROM gathering WHERE retired = 0 ORDER BY rule, number").all {
            GatheringHead(number: $0.int(0), rule: $0.text(1), signature: $0.text(2))
        }
    }

    func gatheredMember(_ gathering: Int64, of record: RecordRef) throws -> GatheredMember? {
        guard let key = try gatheredKey(record) else { return nil }
        return try often(
            "gatheredMember", "SELECT grp, share FROM gathered_member WHERE gathering = ? AND record = ?"
        ).bind(gathering).bind(key).first { GatheredMember(group: $0.int(0), share: $0.text(1)) }
    }

    /// Also of a record that is gone.
    private func gatheredKey(_ ref: RecordRef) throws -> Int64? {
        if let last = gatheredKeys.last, last.ref == ref { return last.key }
        let found = try findKey(ref)
        if let found { gatheredKeys.last = (ref, found) }
        return found
    }

    private func findKey(_ ref: RecordRef) throws -> Int64? {
        guard let plan = layout.plan(ref.kind) else { return nil }
        let present = try often("gatheredKey", "SELECT key FROM record WHERE kind = ? AND id = ?")
            .bind(plan.number).bind(ref.id).first { $0.int(0) }
        if let present { return present }
        return try often("gatheredGone", "SELECT key FROM gone WHERE kind = ? AND id = ?")
            .bind(plan.number).bind(ref.id).first { $0.int(0) }
    }

    private static func group(_ row: Query) -> GatheredGroup {
        GatheredGroup(number: row.int(0), subject: row.text(1), tally: row.text(2))
    }

    func gatheredGroup(_ gathering: Int64, subject: String) throws -> GatheredGroup? {
        try often(
            "gatheredGroup",
            "SELECT number, subject, tally FROM gathered_group WHERE gathering = ? AND subject = ?"
        ).bind(gathering).bind(subject).first(SQLiteView.group)
    }

    func gatheredGroup(number: Int64) throws -> GatheredGroup? {
        try often("gatheredGroupByNumber", "SELECT number, subject, tally FROM gathered_group WHERE number = ?")
            .bind(number).first(SQLiteView.group)
    }

    func gatheredGroups(_ gathering: Int64, after subject: String?, limit: Int) throws -> [GatheredGroup] {
        let start = subject == nil ? "" : "AND subject > ?2"
        let query = try db.query(
            """
            SELECT number, subject, tally FROM gathered_group WHERE gathering = ?1 \(start) ORDER BY subject LIMIT ?3
            """)
        return try query.bind(gathering).bind(subject).bind(limit).all(SQLiteView.group)
    }

    func gatheredIDs(group: Int64, limit: Int) throws -> [String] {
        try db.query(
            """
            SELECT coalesce(record.id, gone.id) FROM gathered_member
                LEFT JOIN record ON record.key = gathered_member.record
                LEFT JOIN gone ON gone.key = gathered_member.record
            WHERE grp = ? LIMIT ?
            """
        ).bind(group).bind(limit).all { $0.text(0) }
    }

    func gatheredExtreme(group: Int64, term: Int, prefix: String, isGreatest: Bool) throws -> String? {
        // U+10FFFF stands behind every character that a value may have.
        let range = (prefix, prefix + "\u{10FFFF}")
        let query =
            isGreatest
            ? try often(
                "gatheredMax",
                """
                SELECT value FROM gathered_value WHERE grp = ? AND term = ? AND value >= ? AND value < ?
                ORDER BY value DESC LIMIT 1
                """)
            : try often(
                "gatheredMin",
                """
                SELECT value FROM gathered_value WHERE grp = ? AND term = ? AND value >= ? AND value < ?
                ORDER BY value LIMIT 1
                """)
        return try query.bind(group).bind(term).bind(range.0).bind(range.1).first { $0.text(0) }
    }

    // MARK: writing

    func addGathering(rule: String, signature: String) throws -> GatheringHead {
        try db.query("INSERT INTO gathering (rule, signature, retired) VALUES (?, ?, 0)")
            .bind(rule).bind(signature).run()
        return GatheringHead(number: db.lastInsertedRowID, rule: rule, signature: signature)
    }

    func retireGathering(_ number: Int64) throws {
        try db.query("UPDATE gathering SET retired = 1 WHERE number = ?").bind(number).run()
    }

    func makeGatheredGroup(_ gathering: Int64, subject: String) throws -> GatheredGroup {
        if let known = try gatheredGroup(gathering, subject: subject) { return known }
        try often("addGatheredGroup", "INSERT INTO gathered_group (gathering, subject, tally) VALUES (?, ?, '')")
            .bind(gathering).bind(subject).run()
        return GatheredGroup(number: db.lastInsertedRowID, subject: subject, tally: "")
    }

    func setGatheredTally(group: Int64, _ tally: String) throws {
        try often("setGatheredTally", "UPDATE gathered_group SET tally = ? WHERE number = ?")
            .bind(tally).bind(group).run()
    }

    func removeGatheredGroup(_ group: Int64) throws {
        try often("removeGatheredGroup", "DELETE FROM gathered_group WHERE number = ?").bind(group).run()
    }

    func setGatheredMember(_ gathering: Int64, of record: RecordRef, _ member: GatheredMember?) throws {
        guard let key = try gatheredKey(record) else { return }
        guard let member else {
            try often("dropGatheredMember", "DELETE FROM gathered_member WHERE gathering = ? AND record = ?")
                .bind(gathering).bind(key).run()
            return
        }
        try often(
            "setGatheredMember",
            """
            INSERT INTO gathered_member (gathering, record, grp, share) VALUES (?, ?, ?, ?)
            ON CONFLICT (gathering, record) DO UPDATE SET grp = excluded.grp, share = excluded.share
            """
        ).bind(gathering).bind(key).bind(member.group).bind(member.share).run()
    }

    func countGathered(group: Int64, term: Int, value: String, change: Int) throws -> Int {
        let now =
            try often(
                "countGathered",
                """
                INSERT INTO gathered_value (grp, term, value, count) VALUES (?, ?, ?, ?)
                ON CONFLICT (grp, term, value) DO UPDATE SET count = count + excluded.count RETURNING count
                """
            ).bind(group).bind(term).bind(value).bind(change).all { Int($0.int(0)) }.first ?? 0
        if now == 0 {
            try often("dropGathered", "DELETE FROM gathered_value WHERE grp = ? AND term = ? AND value = ?")
                .bind(group).bind(term).bind(value).run()
        }
        return now
    }

    func rehearseGathering(_ body: () throws -> Void) throws {
        try db.inSavepoint {
            try body()
            return .rollback
        }
    }

    // MARK: forgetting

    func forgetGathered(limit: Int, hasLevel: (String) -> Bool) throws -> Bool {
        let retired = try db.query("SELECT number, rule FROM gathering WHERE retired = 1 ORDER BY number LIMIT 1")
            .first { (number: $0.int(0), rule: $0.text(1)) }
        guard let retired else { return false }
        var left = limit
        left -= try db.query(
            """
            DELETE FROM gathered_member WHERE gathering = ?1 AND record IN (
                SELECT record FROM gathered_member WHERE gathering = ?1 LIMIT ?2)
            """
        ).bind(retired.number).bind(left).run()
        while left > 0, let group = try oneGroup(of: retired.number) {
            left -= try db.query(
                """
                DELETE FROM gathered_value WHERE grp = ?1 AND (term, value) IN (
                    SELECT term, value FROM gathered_value WHERE grp = ?1 LIMIT ?2)
                """
            ).bind(group).bind(left).run()
            guard left > 0 else { break }
            try removeGatheredGroup(group)
            left -= 1
        }
        if left > 0, !hasLevel(retired.rule) { left -= try forgetLevels(of: retired.rule, limit: left) }
        if left > 0 { try db.query("DELETE FROM gathering WHERE number = ?").bind(retired.number).run() }
        return true
    }

    private func oneGroup(of gathering: Int64) throws -> Int64? {
        try db.query("SELECT number FROM gathered_group WHERE gathering = ? LIMIT 1").bind(gathering)
            .first { $0.int(0) }
    }

    private func forgetLevels(of rule: String, limit: Int) throws -> Int {
        return try db.query(
            """
            DELETE FROM level WHERE rule = ?1 AND subject IN (SELECT subject FROM level WHERE rule = ?1 LIMIT ?2)
            """
        ).bind(rule).bind(limit).run()
    }
}
