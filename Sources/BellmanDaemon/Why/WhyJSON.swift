import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules

/// An answer of `why` for programs: codes, instants in UTC with their zone's offset left to the reader, and the sums in
/// words where a code alone would say too little.
public struct WhyJSON {
    private let report: WhyReport
    private let words: WhyWording

    public static func value(_ report: WhyReport, language: AlmanacLanguage, zone: Zone) -> JSONValue {
        WhyJSON(report: report, words: WhyWording(language: language, zone: zone)).value
    }

    private var value: JSONValue { .fields(head + subject + answer) }

    private var head: [(String, JSONValue)] {
        let rule = report.rule
        let facts: [(String, JSONValue)] = [
            ("rule", .string(rule.id)), ("title", .string(rule.title)), ("file", .string(rule.place.file)),
            ("line", .int(Int64(rule.place.line))), ("enabled", .bool(rule.enabled)),
        ]
        return facts
    }

    private var subject: [(String, JSONValue)] {
        guard let subject = report.subject else { return [("record", .null)] }
        return [
            ("record", .string(subject.text)), ("record_title", .string(subject.title)),
            ("record_exists", .bool(subject.isPresent)),
        ]
    }

    private var answer: [(String, JSONValue)] {
        var facts: [(String, JSONValue)] = [
            ("asked_at", .string(report.now.iso)), ("last_tick", instant(report.lastTick)),
        ]
        facts.append(("obstacles", .array(report.obstacles.map(obstacle))))
        facts.append(("moments", .array(report.moments.map(moment))))
        facts.append(("older", .int(Int64(report.older))))
        facts.append(("decisions", .array(report.decisions.map(decision))))
        facts.append(("then", report.then.map(then) ?? .null))
        facts.append(("conditions_now", .array(report.conditions.map(tree))))
        facts.append(("level", report.level.map(level) ?? .null))
        facts.append(("gathering", report.gathering.map(gathering) ?? .null))
        return facts
    }

    private func instant(_ instant: Instant?) -> JSONValue { instant.map { .string($0.iso) } ?? .null }

    // MARK: moments

    private func moment(_ moment: WhyMoment) -> JSONValue {
        var fields: [(String, JSONValue)] = [("cause", cause(moment.cause)), ("at", instant(moment.at))]
        switch moment.fate {
        case .decided(let entry):
            fields += [("state", .string("decided"))] + row(entry)
        case .coming(let forecast):
            fields += [
                ("state", .string("coming")), ("expected", .string(code(forecast.expectation))),
                ("words", .string(words.expectation(forecast.expectation))),
                ("conditions", .array(forecast.conditions.map(tree))),
            ]
        case .none(let obstacles):
            fields += [
                ("state", .string(moment.at == nil ? "waits" : "undecided")),
                ("obstacles", .array(obstacles.map(obstacle))),
            ]
        }
        return .fields(fields)
    }

    private func code(_ expectation: WhyForecast.Expectation) -> String {
        switch expectation {
        case .rings: Outcome.fired.rawValue
        case .conditionFalse: Outcome.conditionFalse.rawValue
        case .silenced: Outcome.silenced.rawValue
        case .skipped: Outcome.skipped.rawValue
        }
    }

    private func row(_ entry: LedgerEntry) -> [(String, JSONValue)] {
        [
            ("firing", .string(entry.firing)), ("occurrence", .string(entry.key.occurrence)),
            ("outcome", .string(entry.outcome.rawValue)),
            (
                "reason",
                .fields([("code", .string(entry.reason.code)), ("detail", .string(entry.reason.detail))])
            ), ("words", .string(words.reason(entry))), ("scheduled_at", .string(entry.scheduledAt.iso)),
            ("decided_at", .string(entry.decidedAt.iso)),
        ]
    }

    private func cause(_ cause: WhyCause) -> JSONValue {
        var fields: [(String, JSONValue)] = []
        switch cause {
        case .date(let field, let value, let offset, let at):
            fields = [
                ("trigger", .string("date")), ("field", .string(field)), ("date", JSONValue(value)),
                ("offset", .string(offset.canonical)), ("at", .string("\(at)")),
            ]
        case .dateTrigger(let field, _, let own):
            fields = [
                ("trigger", .string("date")), ("field", .string(field)),
                ("offset_field", own.map { .string($0) } ?? .null),
            ]
        case .run: fields = [("trigger", .string("schedule"))]
        case .created: fields = [("trigger", .string("created"))]
        case .deleted: fields = [("trigger", .string("deleted"))]
        case .changes(let field, let from, let to):
            fields = [
                ("trigger", .string("changes")), ("field", field.map { .string($0) } ?? .null),
                ("from", .array(from.map { JSONValue($0) })), ("to", .array(to.map { JSONValue($0) })),
            ]
        case .change(let sequence): fields = [("trigger", .string("change")), ("change", .int(sequence))]
        case .level(let rise):
            fields = [("trigger", .string("while")), ("rise", rise.map { .int($0) } ?? .null)]
        case .other(let text): fields = [("trigger", .string("unknown")), ("occurrence", .string(text))]
        }
        return .fields(fields + [("words", .string(words.cause(cause)))])
    }

    private func obstacle(_ obstacle: WhyObstacle) -> JSONValue {
        .fields([("code", .string(obstacle.code)), ("words", .string(words.obstacle(obstacle)))])
    }

    // MARK: conditions

    private func tree(_ tree: ConditionTree) -> JSONValue {
        .fields([
            ("key", .string(tree.key.rawValue)), ("verdict", .string(words.verdict(tree.verdict))),
            ("holds", .bool(tree.verdict == .holds)), ("tree", part(tree.root)),
            ("would_have_to", .array(tree.wishes.map { .string(words.wish($0)) })),
        ])
    }

    private func part(_ part: ConditionPart) -> JSONValue {
        var fields: [(String, JSONValue)] = [("text", .string(part.text))]
        switch part.state {
        case .holds: fields.append(("value", .bool(true)))
        case .fails: fields.append(("value", .bool(false)))
        case .value(let value): fields.append(("value", .string(value)))
        case .empty(let path): fields += [("value", .null), ("empty", .string(path))]
        case .broken(let why): fields += [("value", .null), ("error", .string(why))]
        case .notAsked: fields += [("value", .null), ("looked_at", .bool(false))]
        }
        if !part.parts.isEmpty { fields.append(("parts", .array(part.parts.map(self.part)))) }
        return .fields(fields)
    }

    // MARK: decisions

    private func decision(_ decision: WhyDecision) -> JSONValue {
        var fields = row(decision.entry)
        fields.append(("cause", cause(decision.cause)))
        fields.append(("agreement", .string(decision.agreement.code)))
        fields.append(("agreement_words", .string(words.agreement(decision.agreement))))
        fields.append(("record_then", decision.record.map(record) ?? .null))
        fields.append(("last_write", decision.lastWrite.map(change) ?? .null))
        fields.append(("change", decision.change.map(change) ?? .null))
        fields.append(("conditions", .array(decision.conditions.map(tree))))
        fields.append(("gathered", decision.gathered.map { .int(Int64($0)) } ?? .null))
        fields.append(("instead", decision.instead.map { .fields(row($0)) } ?? .null))
        fields.append(("silence", decision.silence.map(silence) ?? .null))
        fields.append(("counted", .array(decision.earlier.map { .fields(row($0)) })))
        let ack = decision.acknowledgement
        fields.append(("acknowledged_by", ack.map { .string($0.by.id) } ?? .null))
        fields.append(("acknowledged_at", instant(ack?.at)))
        fields.append(("steps", .array(decision.steps.map(step))))
        fields.append(("notices", .array(decision.notices.map(notice))))
        return .fields(fields)
    }

    private func record(_ record: Record) -> JSONValue {
        .fields(record.fields.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) })
    }

    private func change(_ change: Change) -> JSONValue {
        .fields([
            ("sequence", .int(change.sequence)), ("operation", .string(change.operation.rawValue)),
            ("at", .string(change.at.iso)), ("actor", .string(change.actor)),
            (
                "fields",
                .array(
                    change.fields.map {
                        .fields([("name", .string($0.name)), ("old", JSONValue($0.old)), ("new", JSONValue($0.new))])
                    })
            ),
        ])
    }

    private func silence(_ silence: Silence) -> JSONValue {
        .fields([
            ("id", .string(silence.id)), ("scope", .string(silence.scope.text)), ("by", .string(silence.by.id)),
            ("reason", .string(silence.reason)), ("from", .string(silence.from.iso)), ("until", instant(silence.over)),
        ])
    }

    private func step(_ step: PendingStep) -> JSONValue {
        .fields([
            ("step", .int(Int64(step.step))), ("state", .string(step.state.rawValue)),
            ("due_at", step.dueAt == .latest ? .null : .string(step.dueAt.iso)),
            ("reason", .string(step.reason.code)), ("detail", .string(step.reason.detail)),
        ])
    }

    private func notice(_ notice: WhyNotice) -> JSONValue {
        let item = notice.item
        return .fields([
            ("id", .string(item.notice.id)), ("channel", .string(item.notice.channel)),
            ("to", .array(item.notice.recipients.map { .string($0.name) })), ("title", .string(item.notice.title)),
            ("state", .string(item.state.rawValue)), ("reason", .string(item.reason.code)),
            ("detail", .string(item.reason.detail)), ("not_before", .string(item.notBefore.iso)),
            (
                "attempts",
                .array(
                    notice.attempts.map {
                        .fields([
                            ("number", .int(Int64($0.number))), ("at", .string($0.at.iso)),
                            ("verdict", .string($0.verdict)), ("answer", .string($0.answer)),
                        ])
                    })
            ),
        ])
    }

    // MARK: how things stand

    private func then(_ then: WhyThen) -> JSONValue {
        .fields([
            ("record", then.record.map(record) ?? .null),
            (
                "dates",
                .array(then.dates.map { .fields([("cause", cause($0.cause)), ("at", .string($0.at.iso))]) })
            ),
            ("obstacles", .array(then.obstacles.map(obstacle))),
            ("conditions", .array(then.conditions.map(tree))),
            ("before", then.before.map { .fields(row($0)) } ?? .null),
            ("after", then.after.map { .fields(row($0)) } ?? .null),
        ])
    }

    private func level(_ level: WhyLevel) -> JSONValue {
        .fields([
            ("while", level.tree.map(tree) ?? .null), ("since", instant(level.since)), ("rung", .bool(level.isRung)),
            ("looks_again", instant(level.fullAt)),
        ])
    }

    private func gathering(_ gathering: WhyGathering) -> JSONValue {
        let (place, detail): (String, String) =
            switch gathering.place {
            case .outside: ("outside", "")
            case .ungrouped(let path): ("ungrouped", path)
            case .broken(let why): ("broken", why)
            case .inside(let group): ("inside", group)
            }
        return .fields([
            ("place", .string(place)), ("detail", .string(detail)), ("where", gathering.filter.map(tree) ?? .null),
        ])
    }
}

extension WhyObstacle {
    /// For programs.
    fileprivate var code: String {
        switch self {
        case .disabled: "disabled"
        case .wrongKind: "wrong_kind"
        case .recordGone: "record_gone"
        case .dateEmpty: "date_empty"
        case .offsetEmpty: "offset_empty"
        case .newerThan: "before_rule"
        case .createdBefore: "created_before_rule"
        case .notSeenYet: "rule_not_seen"
        case .notLookedSince: "not_looked"
        case .quiet: "quiet"
        case .waitsForChange: "waits_for_change"
        case .waitsForCreation: "waits_for_creation"
        case .waitsForDeletion: "waits_for_deletion"
        case .silenced: "silenced"
        case .levelFalse: "level_false"
        case .levelCounted: "level_counted"
        case .unexplained: "unexplained"
        }
    }
}

extension WhyDecision.Agreement {
    fileprivate var code: String {
        switch self {
        case .agrees: "agrees"
        case .ruleWasAnother: "rule_was_another"
        case .unknown: "unknown"
        }
    }
}
