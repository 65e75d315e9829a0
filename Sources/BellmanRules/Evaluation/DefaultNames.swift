import BellmanModel

/// A title in two languages: `任务过期 / Task overdue`.
enum BilingualTitle {
    /// The half in the language; the whole where it is not of two halves of which one alone is Chinese.
    static func half(of title: String, isChinese: Bool) -> String {
        let halves = title.split(separator: " / ", omittingEmptySubsequences: false).map { String($0).trimmed }
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else { return title }
        let chinese = halves.map(holdsChinese)
        guard chinese[0] != chinese[1] else { return title }
        return chinese[0] == isChinese ? halves[0] : halves[1]
    }

    private static func holdsChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isIdeographic }
    }
}

/// Kinds as people call them.
enum KindNames {
    private static let chinese = [
        "task": "任务", "project": "项目", "contract": "合同", "member": "成员", "customer": "客户", "risk": "风险",
        "account": "账号", "module": "模块", "material": "物料", "opportunity": "商机", "feedback": "反馈",
        "document": "文档", "meeting": "会议", "budget": "预算", "goal": "目标", "contact": "联系", "approval": "审批",
    ]

    /// The kind that people call so.
    static func kind(called word: String) -> String? { chinese.first { $0.value == word }?.key }

    /// What such things are counted by in Chinese.
    static func measure(of kind: String) -> String {
        switch kind {
        case "task", "risk", "goal": "项"
        case "contract", "document": "份"
        case "member", "customer": "位"
        case "project", "account", "module", "opportunity", "meeting": "个"
        case "material": "种"
        default: "条"
        }
    }

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

    /// What is to be done by such a date; the record's name follows.
    private static let acts: [String: (chinese: String, english: String)] = [
        "due": ("完成", "finish"), "expires_on": ("决定是否续期", "decide whether to renew"),
        "cancel_by": ("决定是否取消", "decide whether to cancel"), "last_contact": ("联系", "get in touch with"),
    ]

    static func act(_ field: String, _ isChinese: Bool) -> String {
        let act = acts[field] ?? ("处理", "see to")
        return isChinese ? act.chinese : act.english
    }

    static func label(_ field: String, _ isChinese: Bool) -> String {
        words[field].map { isChinese ? $0.chinese : $0.english } ?? field
    }

    static func heading(_ field: String, _ isChinese: Bool) -> String {
        let label = label(field, isChinese)
        return isChinese ? label : label.prefix(1).uppercased() + label.dropFirst()
    }
}
