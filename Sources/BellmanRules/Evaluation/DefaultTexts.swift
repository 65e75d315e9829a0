import Almanac
import BellmanModel
import CEL

/// What a notice says when the rule does not: who, what, when, in the configured language.
struct DefaultTexts {
    let rule: Rule
    let facts: FiringFacts
    let world: RecordWorld

    private var isChinese: Bool { world.presentation.language == .zh }

    var title: String {
        guard facts.record != nil else { return rule.title }
        if let days = facts.daysLeft { return datedTitle(days) }
        if let change = statusChange { return change }
        return isChinese ? "\(rule.title)：\(name)" : "\(rule.title): \(name)"
    }

    /// One line a fact, no markup of its own beside the list dashes.
    var text: [TextPart] {
        var parts: [TextPart] = []
        func line(_ label: String, _ value: String) {
            parts.append(.authored("\(parts.isEmpty ? "" : "\n")- \(label)\(isChinese ? "：" : ": ")"))
            parts.append(.value(value))
        }
        guard let record = facts.record else { return [.value(rule.title)] }
        line(KindNames.name(of: record.ref.kind, isChinese), name)
        if facts.daysLeft != nil { line(DateLabels.heading(facts.field ?? "", isChinese), momentText(facts.anchor)) }
        if let status = string(record, "status") { line(isChinese ? "状态" : "Status", status) }
        if let owner = ownerName(record) { line(isChinese ? "负责人" : "Owner", owner) }
        if let by = facts.changedBy { line(isChinese ? "修改人" : "Changed by", memberName(by) ?? by) }
        if facts.late {
            line(isChinese ? "本应提醒于" : "Was due", ValueText.local(facts.scheduledAt, world.timing.zone))
        }
        return parts
    }

    /// Late must look late, also in a text of the rule's own.
    var lateMark: [TextPart] {
        guard facts.late else { return [] }
        return [
            .authored(isChinese ? "\n\n（迟到，本应提醒于 " : "\n\n(late; was due "),
            .value(ValueText.local(facts.scheduledAt, world.timing.zone)), .authored(isChinese ? "）" : ")"),
        ]
    }

    var links: [Link] {
        guard let record = facts.record, let url = string(record, "url") else { return [] }
        return [Link(label: isChinese ? "打开" : "Open", url: url)]
    }

    /// The plain notice when a template fails: rule, record and error.
    func failure(_ error: String) -> RenderedMessage {
        let heading = isChinese ? "\(rule.title)：\(name)" : "\(rule.title): \(name)"
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

    private var name: String {
        guard let record = facts.record else { return rule.title }
        return ValueText(world).text(.object(RecordObject(record, world)))
    }

    private func momentText(_ value: FieldValue) -> String {
        switch value {
        case .date(let date): date.description
        case .instant(let instant): ValueText.local(instant, world.timing.zone)
        default: world.presentation.emptyWord
        }
    }

    private func string(_ record: Record, _ field: String) -> String? {
        if case .string(let text) = record[field], !text.isEmpty { return text }
        return nil
    }

    private func ownerName(_ record: Record) -> String? {
        for field in ["assignee", "owner", "manager", "responsible", "buyer"] {
            if case .reference(let text) = record[field] {
                return memberName(text) ?? text
            }
        }
        return nil
    }

    private func memberName(_ text: String) -> String? { world.object(text, kind: "member").map(ValueText(world).text) }
}

/// Kinds as people call them.
enum KindNames {
    private static let chinese = [
        "task": "任务", "project": "项目", "contract": "合同", "member": "成员", "customer": "客户", "risk": "风险",
        "account": "账号", "module": "模块", "material": "物料", "opportunity": "商机", "feedback": "反馈",
        "document": "文档", "meeting": "会议", "budget": "预算", "goal": "目标", "contact": "联系", "approval": "审批",
    ]

    static func name(of kind: String, _ isChinese: Bool) -> String {
        if isChinese { return chinese[kind] ?? kind }
        return kind.prefix(1).uppercased() + kind.dropFirst()
    }
}

/// Dates of the built-in kinds as people call them; others go by the field's name.
enum DateLabels {
    private static let words: [String: (chinese: String, english: String)] = [
        "due": ("截止", "due"), "expires_on": ("到期", "expires"), "cancel_by": ("最后可取消日", "last day to cancel"),
        "ends_on": ("结束", "ends"), "starts_on": ("开始", "starts"), "last_contact": ("上次联系", "last contact"),
        "close_on": ("预计成交", "closes"), "left_on": ("离职", "left"), "reviewed_on": ("上次评审", "reviewed"),
        "starts_at": ("开始", "starts"), "renewed_on": ("续签", "renewed"), "measured_on": ("测量", "measured"),
        "last_active": ("上次使用", "last used"),
    ]

    static func label(_ field: String, _ isChinese: Bool) -> String {
        words[field].map { isChinese ? $0.chinese : $0.english } ?? field
    }

    static func heading(_ field: String, _ isChinese: Bool) -> String {
        let label = label(field, isChinese)
        return isChinese ? label : label.prefix(1).uppercased() + label.dropFirst()
    }
}
