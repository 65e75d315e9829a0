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
        if facts.daysLeft != nil { line(isChinese ? "日期" : "Date", momentText(facts.anchor)) }
        if let status = string(record, "status") { line(isChinese ? "状态" : "Status", status) }
        if let owner = ownerName(record) { line(isChinese ? "负责人" : "Owner", owner) }
        if let by = facts.changedBy { line(isChinese ? "修改人" : "Changed by", by) }
        if facts.late {
            line(isChinese ? "本应提醒于" : "Was due", ValueText.local(facts.scheduledAt, world.timing.zone))
        }
        return parts
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

    private func datedTitle(_ days: Int) -> String {
        switch (isChinese, days) {
        case (true, 1...): "「\(name)」还有 \(days) 天（\(momentText(facts.anchor))）"
        case (true, 0): "「\(name)」就在今天（\(momentText(facts.anchor))）"
        case (true, _): "「\(name)」已过 \(-days) 天（\(momentText(facts.anchor))）"
        case (false, 1): "“\(name)”: 1 day left (\(momentText(facts.anchor)))"
        case (false, 2...): "“\(name)”: \(days) days left (\(momentText(facts.anchor)))"
        case (false, 0): "“\(name)” is due today (\(momentText(facts.anchor)))"
        case (false, -1): "“\(name)” passed 1 day ago (\(momentText(facts.anchor)))"
        default: "“\(name)” passed \(-days) days ago (\(momentText(facts.anchor)))"
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
                return world.object(text, kind: "member").map(ValueText(world).text) ?? text
            }
        }
        return nil
    }
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
