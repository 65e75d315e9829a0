import Almanac
import BellmanDelivery
import BellmanModel

extension Forecast {
    /// For programs: one object. Addresses of recipients are left out, as in the lists of the API.
    public func json(_ language: AlmanacLanguage) -> JSONValue {
        .fields([("notices", .array(entries.map(\.json)))] + facts(language))
    }

    /// The same a notice at a time: there may be hundreds of thousands, and as one value they take much memory.
    public func writeJSON(_ language: AlmanacLanguage, to write: (String) -> Void) {
        write("{\"notices\":[")
        for (index, entry) in entries.enumerated() {
            write((index == 0 ? "\n" : ",\n") + JSONText.write(entry.json))
        }
        write("\n]," + JSONText.write(.fields(facts(language))).dropFirst() + "\n")
    }

    private func facts(_ language: AlmanacLanguage) -> [(String, JSONValue)] {
        [
            ("from", .string(from.iso)), ("through", .string(through.iso)),
            (
                "unforeseen",
                .array(
                    unforeseen.map {
                        .fields([
                            ("rule", .string($0.rule)), ("title", .string($0.title)), ("why", .string($0.why.rawValue)),
                        ])
                    })
            ),
            ("waiting", .int(Int64(waiting))),
            ("remarks", .array((gaps.map { $0.words(language) } + troubles).map(JSONValue.string))),
            ("complete", .bool(!isCut)),
        ]
    }
}

extension Forecast.Entry {
    var json: JSONValue {
        .fields([
            ("at", .string(at.iso)), ("leaves", leaves.map { .string($0.iso) } ?? .null),
            ("held_for", .string(heldFor)), ("at_once", .bool(isAtOnce)), ("late", .bool(notice.late)),
            ("rule", .string(key.rule)), ("rule_title", .string(notice.ruleTitle)), ("record", .string(notice.record)),
            ("occurrence", .string(key.occurrence)), ("step", .int(Int64(notice.step))),
            ("channel", .string(notice.channel)),
            (
                "recipients",
                .array(
                    notice.recipients.map { .fields([("id", .string($0.id)), ("name", .string($0.name))]) })
            ),
            ("title", .string(notice.title)), ("text", .string(text)),
            ("priority", .string(notice.priority.rawValue)), ("id", .string(notice.id)),
        ])
    }

    public var text: String { notice.text.map(\.words).joined() }

    /// When it leaves; nil where quiet hours drop it.
    public var leaves: Instant? {
        switch departure {
        case .atOnce: at
        case .held(let until, _): until
        case .dropped: nil
        }
    }

    /// `quiet_hours`, `digest` or nothing.
    var heldFor: String {
        switch departure {
        case .atOnce: ""
        case .held(_, let reason): reason.code
        case .dropped: "quiet_hours"
        }
    }

    /// Whom it is for: a person, or the room and those it mentions.
    public var addressee: String {
        let names = notice.recipients.map { $0.name.isEmpty ? $0.id : $0.name }
        if notice.recipientKey.isEmpty { return ([notice.channel] + names.map { "@\($0)" }).joined(separator: " ") }
        return names.first ?? notice.recipientKey
    }
}

extension Replayed {
    /// For programs: one object.
    public var json: JSONValue {
        .fields([
            ("from", .string(from.iso)), ("through", .string(through.iso)), ("changes", .int(Int64(changes))),
            (
                "notices",
                .array(
                    entries.map {
                        .fields([("rang_then", .bool(rangThen.contains($0.notice.firing))), ("notice", $0.json)])
                    })
            ),
            (
                "missed",
                .array(
                    missed.map {
                        .fields([
                            ("rule", .string($0.key.rule)), ("subject", .string($0.key.subject)),
                            ("occurrence", .string($0.key.occurrence)), ("decided_at", .string($0.decidedAt.iso)),
                        ])
                    })
            ),
            ("remarks", .array(troubles.map(JSONValue.string))), ("complete", .bool(!isCut)),
        ])
    }
}
