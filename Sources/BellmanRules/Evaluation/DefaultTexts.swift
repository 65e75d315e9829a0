import Almanac
import BellmanModel
import CEL

/// What a notice says when the rule does not: who, what, when, in the configured language.
struct DefaultTexts {
    let rule: Rule
    let facts: FiringFacts
    let world: RecordWorld
    /// Who must act, by the rule's `to`.
    var people: [Recipient] = []

    /// Records of a gathering that are listed; of more it is said how many there are.
    static let listed = 30
    /// People that are named as those who must act.
    private static let named = 5

    var isChinese: Bool { world.presentation.language == .zh }

    var title: String {
        if rule.gathering != nil { return gatheredTitle }
        guard facts.record != nil else { return ruleTitle }
        if let days = facts.daysLeft { return datedTitle(days) }
        if let change = statusChange { return change }
        return isChinese ? "\(ruleTitle)：「\(name)」" : "\(ruleTitle): “\(name)”"
    }

    /// Of a title in two languages, `任务过期 / Task overdue`, the half in the configured one.
    var ruleTitle: String { BilingualTitle.half(of: rule.title, isChinese: isChinese) }

    /// One line a fact, no markup of its own beside the list dashes.
    var text: [TextPart] {
        if rule.gathering != nil { return gatheredText }
        var lines = Lines(isChinese: isChinese)
        guard let record = facts.record else { return scheduledText }
        lines.add(KindNames.name(of: record.ref.kind, isChinese), name)
        lines.add(isChinese ? "项目" : "Project", string(record, "project").flatMap { referenceName($0, "project") })
        if facts.daysLeft != nil {
            lines.add(DateLabels.heading(facts.field ?? "", isChinese), momentText(facts.anchor) + left)
        } else if let (field, value) = mainDate(of: record) {
            lines.add(DateLabels.heading(field, isChinese), momentText(value))
        }
        lines.add(isChinese ? "状态" : "Status", string(record, "status"))
        let owner = ownerName(record)
        lines.add(isChinese ? "负责人" : "Owner", owner)
        let acting = actingNames
        if let deadline = deadline(of: record), let first = acting ?? owner {
            let helper = first == owner ? nil : owner
            lines.add(isChinese ? "请处理" : "To act", duty(of: first, with: helper, deadline))
        } else if acting != owner {
            lines.add(isChinese ? "请处理" : "To act", acting)
        }
        if let by = facts.changedBy { lines.add(isChinese ? "修改人" : "Changed by", memberName(by) ?? by) }
        addLate(to: &lines)
        return lines.parts
    }

    /// A schedule without records says which, when, and for whom.
    private var scheduledText: [TextPart] {
        var lines = Lines(isChinese: isChinese)
        lines.add(isChinese ? "提醒" : "Reminder", ruleTitle)
        lines.add(isChinese ? "时间" : "Time", ValueText.local(facts.scheduledAt, world.timing.zone))
        lines.add(isChinese ? "请处理" : "To act", actingNames)
        return lines.parts
    }

    func addLate(to lines: inout Lines) {
        guard facts.late else { return }
        lines.add(isChinese ? "本应提醒于" : "Should have come", ValueText.local(facts.scheduledAt, world.timing.zone))
    }

    /// How far the date is, after it.
    private var left: String {
        guard let days = facts.daysLeft else { return "" }
        if isChinese { return days > 0 ? "（还有 \(days) 天）" : days == 0 ? "（今天）" : "（已过 \(-days) 天）" }
        let unit = abs(days) == 1 ? "day" : "days"
        return days > 0 ? " (\(days) \(unit) left)" : days == 0 ? " (today)" : " (passed \(-days) \(unit) ago)"
    }

    /// By when something is to be done about the record.
    private struct Deadline {
        let field: String
        let value: FieldValue
        let days: Int
    }

    /// The date that rang; of a changed status the record's own, as long as it is open and the date to come.
    private func deadline(of record: Record) -> Deadline? {
        if let days = facts.daysLeft { return Deadline(field: facts.field ?? "", value: facts.anchor, days: days) }
        guard statusChange != nil, let kind = world.schema.kind(record.ref.kind), !kind.isClosed(record),
            let (field, value) = mainDate(of: record), let day = date(value), day >= world.today
        else { return nil }
        return Deadline(field: field, value: value, days: day.days(since: world.today))
    }

    private func date(_ value: FieldValue) -> CivilDate? {
        switch value {
        case .date(let date): date
        case .instant(let instant): world.timing.zone.date(instant)
        default: nil
        }
    }

    /// Who does what by when: a reader who sees nothing but this line knows.
    private func duty(of acting: String, with owner: String?, _ deadline: Deadline) -> String {
        let act = DateLabels.act(deadline.field, isChinese)
        let date = momentText(deadline.value)
        let days = deadline.days
        if isChinese {
            let when = days > 0 ? "最晚 \(date) " : days == 0 ? "今天" : "尽快"
            let with = owner.map { "，和\($0)一起" } ?? "，"
            return "\(acting)\(with)\(when)\(act)「\(name)」"
        }
        let when = days > 0 ? "by \(date)" : days == 0 ? "today" : "as soon as possible"
        let with = owner.map { ", with \($0)," } ?? ","
        return "\(acting)\(with) please \(act) “\(name)” \(when)"
    }

    var actingNames: String? {
        guard !people.isEmpty else { return nil }
        let names = people.prefix(DefaultTexts.named).map(\.name).joined(separator: world.presentation.listSeparator)
        guard people.count > DefaultTexts.named else { return names }
        return isChinese ? "\(names) 等 \(people.count) 人" : "\(names) and \(people.count - DefaultTexts.named) more"
    }

    /// Late must look late, also in a text of the rule's own.
    var lateMark: [TextPart] {
        guard facts.late else { return [] }
        return [
            .authored(isChinese ? "\n\n（迟到，本应提醒于 " : "\n\n(sent late; it should have come on "),
            .value(ValueText.local(facts.scheduledAt, world.timing.zone)), .authored(isChinese ? "）" : ")"),
        ]
    }

    var links: [Link] {
        guard let record = facts.record, let url = string(record, "url") else { return [] }
        return [Link(label: isChinese ? "打开" : "Open", url: url)]
    }

    /// The plain notice when a template fails: rule, record and error.
    func failure(_ error: String) -> RenderedMessage {
        let heading = isChinese ? "\(ruleTitle)：\(name)" : "\(ruleTitle): \(name)"
        let said = isChinese ? "这条规则的文字模板出错了：" : "This rule's message template failed: "
        return RenderedMessage(
            title: RuleEvaluator.oneLine(heading),
            text: [
                .authored(isChinese ? "规则 " : "Rule "), .value(rule.id), .authored(isChinese ? "，记录 " : ", record "),
                .value(facts.record?.ref.description ?? "–"), .authored("\n\(said)"), .value(error),
            ], links: links)
    }

    /// Names the date: "expires 2026-11-30" and "last day to cancel 2026-11-30" ask for different acts.
    private func datedTitle(_ days: Int) -> String {
        let label = DateLabels.label(facts.field ?? "", isChinese)
        let date = momentText(facts.anchor)
        if isChinese {
            switch days {
            case 1...: return "「\(name)」\(label) \(date)，还有 \(days) 天"
            case 0: return "「\(name)」\(label)就在今天（\(date)）"
            default: return "「\(name)」\(label) \(date)，已过 \(-days) 天"
            }
        }
        let unit = abs(days) == 1 ? "day" : "days"
        switch days {
        case 1...: return "“\(name)”: \(label) \(date), \(days) \(unit) left"
        // “due today”, “expires today”, but “last day to cancel is today”.
        case 0: return "“\(name)”: \(label) \(label.contains(" ") ? "is today" : "today") (\(date))"
        default: return "“\(name)”: \(label) \(date), passed \(-days) \(unit) ago"
        }
    }

    private var statusChange: String? {
        guard let record = facts.record, let old = facts.old else { return nil }
        let was = string(old, "status")
        let now = string(record, "status")
        guard was != now else { return nil }
        let empty = world.presentation.emptyWord
        return isChinese
            ? "「\(name)」\(was ?? empty) → \(now ?? empty)" : "“\(name)”: \(was ?? empty) → \(now ?? empty)"
    }

    /// The record's own name, else the rule's title.
    var subjectName: String { name }

    private var name: String { facts.record.map(title(of:)) ?? ruleTitle }

    func momentText(_ value: FieldValue) -> String {
        switch value {
        case .date(let date): date.description
        case .instant(let instant): ValueText.local(instant, world.timing.zone)
        default: world.presentation.emptyWord
        }
    }

    private func string(_ record: Record, _ field: String) -> String? {
        switch record[field] {
        case .string(let text), .reference(let text): text.isEmpty ? nil : text
        default: nil
        }
    }

    private func referenceName(_ text: String, _ kind: String) -> String? {
        world.object(text, kind: kind).map(ValueText(world).text) ?? text
    }

    func title(of record: Record) -> String { ValueText(world).text(.object(RecordObject(record, world))) }

    /// The date that says most of a record: the one by which gathered records are ordered. nil where it is empty.
    func mainDate(of record: Record) -> (field: String, value: FieldValue)? {
        guard let field = world.schema.kind(record.ref.kind)?.orderField, !record[field].isNull else { return nil }
        return (field, record[field])
    }

    func ownerName(_ record: Record) -> String? {
        for field in ["assignee", "owner", "manager", "responsible", "buyer"] {
            if case .reference(let text) = record[field] {
                return memberName(text) ?? text
            }
        }
        return nil
    }

    private func memberName(_ text: String) -> String? { world.object(text, kind: "member").map(ValueText(world).text) }

    /// A list of facts, one a line, no markup of its own beside the dashes.
    struct Lines {
        let isChinese: Bool
        private(set) var parts: [TextPart] = []

        init(isChinese: Bool) { self.isChinese = isChinese }

        mutating func add(_ label: String, _ value: String?) {
            guard let value else { return }
            parts.append(.authored("\(parts.isEmpty ? "" : "\n")- \(label)\(isChinese ? "：" : ": ")"))
            parts.append(.value(value))
        }
    }
}
