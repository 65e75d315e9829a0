import Almanac
import BellmanModel
import CEL

extension Gathering {
    /// The kind of record that the groups are; nil where they are plain values.
    public var groupKind: String? {
        if case .object(let kind) = group?.program.resultType.withoutNull { kind } else { nil }
    }

    /// The field that `group` is, where it is no more than a reference of the record: its index finds a group's records.
    public var groupReference: String? {
        guard let group, let own = group.ownFields(of: kind).first, group.hops.count == 1,
            group.source.filter({ !$0.isWhitespace }) == "\(kind).\(own)"
        else { return nil }
        return own
    }

    /// All that decides where a record belongs and what it adds there, the records themselves left out.
    func signature(_ level: LevelTrigger, _ rule: Rule, currency: String) -> String {
        let schema = rule.language.schema
        var parts = [
            kind, filter?.source ?? "", group?.source ?? "", level.expression.source, rule.timing.zone.name,
            "\(rule.timing.at)", rule.timing.calendar.fingerprint, currency,
        ]
        let paths = [filter, group, level.expression].flatMap { $0?.fields ?? [] }
        for path in Set(paths).sorted() {
            // Another type gives other groups and other values; references resolve by the kind's title.
            if let type = schema.field(path.field, of: path.kind)?.type {
                let title = type.referencedKind.flatMap { schema.kind($0)?.titleField } ?? ""
                parts.append("\(path.kind).\(path.field)=\(type.name) \(title)")
            }
            if path.field == "open" || path.field == "closed" {
                parts.append(
                    "\(path.kind): \(schema.kind(path.kind)?.closedWords.sorted().joined(separator: ",") ?? "")")
            }
        }
        return parts.joined(separator: "\n")
    }
}

extension Rule {
    /// What the memberships of an aggregate rule depend on beside the records; nil of any other rule.
    public func gatheringSignature(currency: String) -> String? {
        guard let gathering else { return nil }
        for case .level(let level) in triggers { return gathering.signature(level, self, currency: currency) }
        return nil
    }

    /// What the order of gathered records of the kind depends on.
    public func orderFields(of kind: String) -> Set<String> {
        let definition = language.schema.kind(kind)
        return Set([definition?.orderField, definition?.titleField].compactMap { $0 })
    }

    /// Fields by which a reference's text finds a record of the kind.
    public func handleFields(of kind: String) -> Set<String> {
        Set(["name", "title", "email"] + [language.schema.kind(kind)?.titleField].compactMap { $0 })
    }
}

extension Gathering {
    /// Whether another run of the same tick may gather other records.
    public var readsRun: Bool {
        [filter, group].contains { $0?.names.contains { $0.name == .scheduledAt } ?? false }
    }
}
