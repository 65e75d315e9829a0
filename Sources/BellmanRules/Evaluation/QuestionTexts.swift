import Almanac
import BellmanModel
import CEL

/// What is known of a question when it is put to one person.
public struct QuestionFacts: Sendable {
    /// Id of the record of kind `approval`: `A-…`.
    public var approval: String
    /// The approver whose turn it is.
    public var approver: Recipient
    /// From 0, of `count` approvers who are asked in turn.
    public var place: Int
    public var count: Int
    public var choices: [String]
    /// When others are told, and who they are by name; nil where nobody will be.
    public var escalation: (at: Instant, names: [String])?
    /// Goes to those who may decide in the approver's place because the approver has not.
    public var isEscalated = false
    /// Who consented before, with what they said.
    public var earlier: [(name: String, comment: String)] = []

    public init(approval: String, approver: Recipient, place: Int, count: Int, choices: [String]) {
        self.approval = approval
        self.approver = approver
        self.place = place
        self.count = count
        self.choices = choices
    }
}

/// A question in words.
public struct RenderedQuestion: Sendable {
    /// For the record: what is asked, in one piece of plain text.
    public let question: String
    public let message: RenderedMessage
}

extension RuleEvaluator {
    /// Title, text and links of the notice that puts the question; a template that fails is told in its place.
    public func question(_ action: ApproveAction, _ asking: QuestionFacts, _ facts: FiringFacts) -> RenderedQuestion {
        let texts = QuestionTexts(rule: rule, facts: facts, asking: asking, world: world)
        var asked = texts.defaultQuestion
        if let template = action.text {
            do { asked = try parts(template, facts) } catch {
                asked = DefaultTexts(rule: rule, facts: facts, world: world).failure(error.message(language)).text
            }
        }
        let plain = asked.map(\.words).joined()
        let links = DefaultTexts(rule: rule, facts: facts, world: world).links
        return RenderedQuestion(
            question: plain.trimmed,
            message: RenderedMessage(
                title: RuleEvaluator.oneLine(texts.title), text: asked + texts.facts, links: links))
    }

    /// The first entry of `by` that leads to nobody, from 1; nil when each leads to somebody.
    public func emptyApprover(_ action: ApproveAction, _ facts: FiringFacts) -> Int? {
        let needed = action.by.indices.filter { index in
            guard let nobody = action.nobody[index] else { return true }
            return holds(nobody.condition, facts) != (nobody.is ? .holds : .fails)
        }
        return needed.first { people([action.by[$0]], facts).isEmpty }.map { $0 + 1 } ?? (needed.isEmpty ? 1 : nil)
    }
}

/// The default words of a question, in both languages.
private struct QuestionTexts {
    let rule: Rule
    let ringing: FiringFacts
    let asking: QuestionFacts
    let world: RecordWorld

    init(rule: Rule, facts: FiringFacts, asking: QuestionFacts, world: RecordWorld) {
        self.rule = rule
        ringing = facts
        self.asking = asking
        self.world = world
    }

    private var ruleTitle: String { BilingualTitle.half(of: rule.title, isChinese: language == .zh) }
    private var language: AlmanacLanguage { world.presentation.language }
    private func pick(_ en: String, _ zh: String) -> String { language.pick(en: en, zh: zh) }

    var title: String {
        let amount = amount.map { pick(" (\($0))", "（\($0)）") } ?? ""
        let about = name.isEmpty ? ruleTitle : pick("“\(name)”", "「\(name)」")
        if asking.isEscalated {
            let who = asking.approver.name
            return pick(
                "Please decide for \(who): \(about)\(amount)", "请代\(who)决定：\(about)\(amount)")
        }
        return pick("Please decide: \(about)\(amount)", "请审批：\(about)\(amount)")
    }

    var defaultQuestion: [TextPart] {
        [.value(name.isEmpty ? ruleTitle : pick("\(ruleTitle): \(name)", "\(ruleTitle)：\(name)"))]
    }

    /// The lines under the question: the record, the amount, who asks, whose turn, by when, and how to answer.
    var facts: [TextPart] {
        var parts: [TextPart] = [.authored("\n")]
        func line(_ label: String, _ value: String) {
            parts += [.authored("\n- \(label)\(pick(": ", "："))"), .value(value)]
        }
        if let ref = ringing.record?.ref {
            line(KindNames.name(of: ref.kind, language == .zh), name == ref.id ? name : "\(name) (\(ref))")
        }
        if let amount { line(pick("Amount", "金额"), amount) }
        line(pick("Asked by", "提出"), asker)
        if asking.isEscalated {
            line(pick("Not decided in time by", "到期仍未决定"), asking.approver.name)
            line(pick("Please decide", "请决定"), pick("today", "今天"))
        } else if asking.count > 1 {
            line(
                pick("Your turn", "轮到您"),
                pick(
                    "\(asking.place + 1) of \(asking.count)", "第 \(asking.place + 1) 位，共 \(asking.count) 位"))
        }
        for consent in asking.earlier {
            let said = consent.comment.isEmpty ? "" : pick(" (“\(consent.comment)”)", "（“\(consent.comment)”）")
            line(pick("Agreed before", "已同意"), consent.name + said)
        }
        if let escalation = asking.escalation, !escalation.names.isEmpty {
            let at = ValueText.local(escalation.at, world.timing.zone)
            let names = escalation.names.joined(separator: world.presentation.listSeparator)
            line(pick("Decide before", "请在此前决定"), at)
            line(pick("After that also told", "逾期转告"), names)
        }
        line(pick("Choices", "可选"), choiceWords)
        return parts + answering
    }

    /// Works without any link, and in a chat room.
    private var answering: [TextPart] {
        let second = asking.choices.dropFirst().first ?? ""
        return [
            .authored(pick("\n\nWithout a link, on the server: ", "\n\n不用链接，也可在服务器上运行：")),
            .value(command(asking.choices.first ?? "")), .authored(pick(" or ", " 或 ")), .value(command(second)),
        ]
    }

    private func command(_ choice: String) -> String {
        let start = "bellman approve \(asking.approval)"
        let by = asking.isEscalated ? "" : " --by \(asking.approver.id)"
        switch choice {
        case "approve": return start + by
        case "reject": return start + " --reject" + by
        default: return start + " --choice \"\(choice)\"" + by
        }
    }

    private var choiceWords: String {
        asking.choices.map { ApprovalChoice.label($0, language) }.joined(separator: world.presentation.listSeparator)
    }

    /// Who caused it, where that is known; always the rule.
    private var asker: String {
        let title = pick("rule “\(ruleTitle)”", "规则「\(ruleTitle)」")
        guard let who = ringing.changedBy ?? creator, !who.isEmpty else { return title }
        let name = world.object(who, kind: "member").map { ValueText(world).text($0) } ?? who
        return pick("\(name), \(title)", "\(name)，\(title)")
    }

    private var creator: String? {
        for field in ["creator", "owner", "assignee"] {
            if case .reference(let text) = ringing.record?[field] { return text }
        }
        return nil
    }

    private var name: String {
        if let record = ringing.record { return ValueText(world).text(.object(RecordObject(record, world))) }
        if case .record(let ref) = ringing.group, let record = world.source.record(ref) {
            return ValueText(world).text(.object(RecordObject(record, world)))
        }
        return ""
    }

    /// The record's amount, with its currency, where it has one.
    private var amount: String? {
        guard let record = ringing.record, let kind = world.schema.kind(record.ref.kind) else { return nil }
        let money = kind.fields.filter { $0.type == .money }.map(\.name)
        let field = money.first { $0 == "amount" && record[$0] != .null } ?? money.first { record[$0] != .null }
        guard let field, let value = RecordObject(record, world).member(field) else { return nil }
        return ValueText(world).text(value)
    }
}
