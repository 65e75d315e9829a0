import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// A message as it was true when the rule rang.
public struct RenderedMessage: Sendable {
    public let title: String
    public let text: [TextPart]
    public let links: [Link]
}

public struct AssignmentFailure: Error, Sendable {
    public let text: String
}

/// Asks and renders one rule against one snapshot at one instant.
public struct RuleEvaluator {
    let rule: Rule
    let world: RecordWorld

    public init(rule: Rule, source: any RecordSource, now: Instant, presentation: Presentation) {
        self.rule = rule
        world = RecordWorld(
            schema: rule.language.schema, source: source, timing: rule.timing, presentation: presentation, now: now,
            derivations: rule.language.derivations)
    }

    // MARK: conditions

    /// The rule's `if` and `unless`.
    public func condition(_ facts: FiringFacts) -> ConditionVerdict {
        judge(rule.condition, rule.exclusion, facts)
    }

    /// A step's own `if` and `unless`; a step whose `unless` is empty runs.
    public func stepCondition(_ step: Step, _ facts: FiringFacts) -> ConditionVerdict {
        judge(step.condition, step.exclusion, facts)
    }

    public func holds(_ expression: Expression, _ facts: FiringFacts) -> ConditionVerdict {
        verdict(of: evaluate(expression, facts))
    }

    private func judge(
        _ condition: Expression?, _ exclusion: Expression?, _ facts: FiringFacts
    ) -> ConditionVerdict {
        if let condition {
            let verdict = holds(condition, facts)
            if verdict != .holds { return verdict }
        }
        guard let exclusion else { return .holds }
        switch holds(exclusion, facts) {
        case .holds: return .fails
        case .fails: return .holds
        // An undecidable `unless` is a false one: it keeps nothing from ringing.
        case .empty: return .holds
        case .broken(let why): return .broken(why)
        }
    }

    func verdict(of result: Result<CELValue, CELFailure>) -> ConditionVerdict {
        switch result {
        case .success(.bool(let value)): return value ? .holds : .fails
        case .success(let value): return .broken("bool ← \(value.typeName)")
        case .failure(let failure):
            if let path = failure.emptyPath { return .empty(path) }
            return .broken(failure.message(language))
        }
    }

    func evaluate(_ expression: Expression, _ facts: FiringFacts) -> Result<CELValue, CELFailure> {
        var values = expression.program.activation
        for (slot, name) in expression.names { values.set(slot: slot, value(of: name, facts)) }
        return expression.program.evaluate(values, context: world)
    }

    var language: Language { world.presentation.language == .zh ? .zh : .en }

    func value(of name: ScopeSlot, _ facts: FiringFacts) -> CELValue? {
        switch name {
        case .subject: facts.record.map { .object(RecordObject($0, world)) }
        case .now: world.now.celTimestamp.map(CELValue.timestamp)
        case .today: .opaque(DateValue(world.today))
        case .acknowledged: .bool(facts.acknowledged)
        case .late: .bool(facts.late)
        case .ruleID: .string(rule.id)
        case .ruleTitle: .string(rule.title)
        case .firingID: .string(facts.firing)
        case .scheduledAt: facts.scheduledAt.celTimestamp.map(CELValue.timestamp)
        case .old: facts.old.map { .object(RecordObject($0, world)) } ?? .null
        case .changedBy: facts.changedBy.map { .string(actorName($0)) } ?? .null
        case .changedAt: facts.changedAt?.celTimestamp.map(CELValue.timestamp) ?? .null
        case .daysLeft: facts.daysLeft.map { .int(Int64($0)) } ?? .null
        case .offset: facts.offset.map { .opaque(PeriodValue($0.magnitude)) } ?? .null
        case .anchor: anchor(facts.anchor)
        case .records: .list(facts.records.map { .object(RecordObject($0, world)) })
        case .group: group(facts.group)
        // In a rule about approvals it is the record itself.
        case .approval:
            (facts.approval ?? (rule.kind == "approval" ? facts.record : nil)).map { .object(RecordObject($0, world)) }
        }
    }

    private func group(_ value: GroupValue) -> CELValue {
        switch value {
        case .none: .null
        case .record(let ref): world.source.record(ref).map { .object(RecordObject($0, world)) } ?? .null
        case .value(let value, _): value
        }
    }

    private func anchor(_ value: FieldValue) -> CELValue {
        switch value {
        case .date(let date): .opaque(DateValue(date))
        case .instant(let instant): instant.celTimestamp.map(CELValue.timestamp) ?? .null
        default: .null
        }
    }

    /// The member's name where the actor is one.
    private func actorName(_ actor: String) -> String {
        guard let object = world.object(actor, kind: "member")?.objectValue as? RecordObject,
            case .string(let name) = object.record["name"]
        else { return actor }
        return name
    }

    // MARK: messages

    /// Title, text and links; a template that fails is replaced by a plain notice that says so.
    public func message(_ action: NotifyAction, _ facts: FiringFacts) -> RenderedMessage {
        message(action, facts, to: people(action, facts))
    }

    /// The same where it is known whom it is for.
    public func message(_ action: NotifyAction, _ facts: FiringFacts, to people: [Recipient]) -> RenderedMessage {
        let defaults = DefaultTexts(rule: rule, facts: facts, world: world, people: people)
        do {
            return try rendered(action, facts, defaults)
        } catch {
            return defaults.failure(error.message(language))
        }
    }

    private func rendered(
        _ action: NotifyAction, _ facts: FiringFacts, _ defaults: DefaultTexts
    ) throws(CELFailure) -> RenderedMessage {
        // The words of the rule first: its own are the rule, and the default ones cost the most to make.
        let title = if let template = action.title { try plain(template, facts) } else { defaults.title }
        let text =
            if let template = action.text { try parts(template, facts) + defaults.lateMark } else { defaults.text }
        var links: [Link] = []
        for link in action.links {
            links.append(Link(label: try plain(link.label, facts), url: try plain(link.url, facts)))
        }
        if links.isEmpty { links = defaults.links }
        return RenderedMessage(
            title: RuleEvaluator.oneLine(title), text: text, links: links.filter { RuleEvaluator.isWebAddress($0.url) })
    }

    func plain(_ template: Template, _ facts: FiringFacts) throws(CELFailure) -> String {
        var text = ""
        for part in try parts(template, facts) { text += part.words }
        return text
    }

    func parts(_ template: Template, _ facts: FiringFacts) throws(CELFailure) -> [TextPart] {
        var result: [TextPart] = []
        for part in template.parts {
            switch part {
            case .text(let text): result.append(.authored(text))
            case .value(let expression):
                switch evaluate(expression, facts) {
                case .success(let value): result += ValueText(world).parts(value)
                case .failure(let failure):
                    guard failure.emptyPath != nil else { throw failure }
                    result.append(.value(world.presentation.emptyWord))
                }
            }
        }
        if case .authored(let last) = result.last, last.hasSuffix("\n") {
            result[result.count - 1] = .authored(String(last.dropLast()))
        }
        return result
    }

    static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: CharacterSetOfControls.contains) else { return text.trimmed }
        return String(
            text.unicodeScalars.map { CharacterSetOfControls.contains($0) ? " " : Character($0) }
        ).trimmed
    }

    private static func isWebAddress(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://"))
            && !url.unicodeScalars.contains(where: CharacterSetOfControls.contains)
    }

    // MARK: people

    /// Who a notice is for, each once, in the order of the rule.
    public func people(_ action: NotifyAction, _ facts: FiringFacts) -> [Recipient] { people(action.to, facts) }

    /// Those whom the expressions name, each once, in their order.
    public func people(_ expressions: [Expression], _ facts: FiringFacts) -> [Recipient] {
        var seen: Set<String> = []
        var found: [Recipient] = []
        for expression in expressions {
            guard case .success(let value) = evaluate(expression, facts) else { continue }
            for recipient in recipients(value) where seen.insert(recipient.id).inserted { found.append(recipient) }
        }
        return found
    }

    /// A member by id, as the record is now; any other text is an address.
    public func person(_ id: String) -> Recipient {
        recipients(.string(id)).first ?? Recipient(id: id, name: id, email: nil, phone: nil)
    }

    func recipients(_ value: CELValue) -> [Recipient] {
        switch value {
        case .list(let list): return list.elements.flatMap(recipients)
        case .string(let text) where !text.isEmpty:
            if let member = world.object(text, kind: "member") { return recipients(member) }
            return [Recipient(id: text, name: text, email: text.contains("@") ? text : nil, phone: nil)]
        case .object(let object):
            guard let object = object as? RecordObject else { return [] }
            return [RuleEvaluator.recipient(object.record)]
        default: return []
        }
    }

    /// `discord_id` and `mattermost_id` are no built-in fields; a configuration may add them to `member`.
    private static let handleFields = [
        "dingtalk", "wecom", "feishu", "slack", "teams", "telegram", "discord", "mattermost",
    ]

    /// A member, or another record, as the one that a notice is for.
    public static func recipient(_ record: Record) -> Recipient {
        func text(_ field: String) -> String? {
            if case .string(let value) = record[field], !value.isEmpty { return value }
            return nil
        }
        var handles: [String: String] = [:]
        for tool in handleFields { handles[tool] = text("\(tool)_id") }
        return Recipient(
            id: record.ref.kind == "member" ? record.ref.id : record.ref.description,
            name: text("name") ?? text("title") ?? record.ref.id, email: text("email"), phone: text("phone"),
            handles: handles, timezone: text("timezone"), quietHours: text("quiet_hours"))
    }

    // MARK: values

    /// The fields that a `set` or `create` step writes.
    public func values(_ assignments: [FieldAssignment], _ facts: FiringFacts) -> Result<
        [String: FieldValue], AssignmentFailure
    > {
        var fields: [String: FieldValue] = [:]
        for assignment in assignments {
            do {
                fields[assignment.field] = try value(assignment, facts)
            } catch {
                return .failure(AssignmentFailure(text: "\(assignment.field): \(error.text)"))
            }
        }
        return .success(fields)
    }

    private func value(_ assignment: FieldAssignment, _ facts: FiringFacts) throws(AssignmentFailure) -> FieldValue {
        if let expression = assignment.value.single {
            switch evaluate(expression, facts) {
            case .success(let value): return try FieldConversion(world).value(value, assignment.type)
            case .failure(let failure):
                if failure.emptyPath != nil { return .null }
                throw AssignmentFailure(text: failure.message(language))
            }
        }
        do {
            let text = try plain(assignment.value, facts)
            return try FieldConversion(world).value(.string(text), assignment.type)
        } catch let failure as AssignmentFailure {
            throw failure
        } catch {
            throw AssignmentFailure(text: "\(error)")
        }
    }
}

/// Control characters, and the line and paragraph separators that mail and chat clients take for a new line.
enum CharacterSetOfControls {
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
