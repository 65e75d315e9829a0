/// Examples that the words of both languages share.
extension RuleProblem {
    /// How many words of a list a message names.
    static let wordsShown = 8

    func example(_ key: String) -> String? {
        switch key {
        case "when": "when: {every: friday at 15:00}"
        // The branches of a decision; those of a rule are a list.
        case "then": "then: {approve: [{notify: …}], reject: [{notify: …}]}"
        case "step": "- notify: {via: inbox}"
        case "notify": "notify: {via: inbox, to: task.assignee}"
        case "set", "fields": "\(key): {status: done}"
        case "create": "create: {kind: task, fields: {title: …}}"
        case "links": "links: [{label: …, url: …}]"
        case "repeat": "repeat: {every: 1 working day, times: 5}"
        case "approve": "approve: {by: task.creator, text: …}"
        case "escalate": "escalate: {wait: 3 working days, to: contract.owner.manager}"
        case "invite": "invite: {to: meeting.attendees, starts_at: meeting.starts_at}"
        case "call": "call: {endpoint: …, body: {…}}"
        case "rule": "id: contract-renewal"
        case "expect": "- {at: 2026-10-01T09:00, rule: contract-renewal, to: [wang]}"
        case "events": "- {at: 2026-10-01T10:00, record: task/T-1, set: {status: done}}"
        case "records": "task: [{id: T-1, title: …}]"
        case "payload": "payload: {chat: {msgtype: text}}"
        default: nil
        }
    }

    /// How a key is written that was left out or left empty.
    func sample(_ key: String, owner: String = "rule") -> String? {
        if !["when", "then"].contains(key), let example = example(key) { return example }
        return switch (key, owner) {
        case ("when", _): "when: {before: task.due, by: 3 days}"
        case ("by", "approve"): "by: contract.owner"
        case ("by", "events"): "by: wang"
        case ("for", "events"): "for: 3 days"
        case ("choice", "events"): "choice: approve"
        case ("every", "repeat"): "every: 1 working day"
        default: RuleProblem.samples[key].map { "\(key): \($0)" }
        }
    }

    private static let samples = [
        "id": "contract-renewal", "then": "[{notify: {via: inbox, to: task.assignee}}]", "if": "task.open",
        "unless": "task.closed",
        "via": "inbox", "by": "3 days", "to": "task.assignee", "kind": "task", "title": "…", "text": "…",
        "label": "打开", "url": "\"{{ task.url }}\"", "every": "friday at 15:00", "times": "5", "wait": "3 working days",
        "starts_at": "meeting.starts_at", "select": "task", "where": "task.open", "group": "task.assignee",
        "until": "task.closed", "limit": "1 per 7 days", "at": "\"09:00\"", "timezone": "Asia/Shanghai",
        "calendar": "CN", "tags": "[legal]", "for": "3 months", "digest": "day at 09:00", "priority": "high",
    ]

    /// Keys that may not be left out where they belong.
    static let requiredKeys: Set<String> = ["id", "when", "then", "via", "by", "kind", "fields", "label", "url"]

    /// How an expression writes a moment that stands there without quotes.
    func bareMomentHelp(_ text: String) -> String {
        let parts = text.split { $0 == " " || $0 == "T" }
        let date = parts.first ?? ""
        guard parts.count > 1 else { return "starts_at: date(\"\(date)\")" }
        return "starts_at: timestamp(\"\(date)T\(parts[1].prefix(5)):00+08:00\")"
    }

    /// What YAML 1.1 would have read.
    func truth(_ found: String) -> String? {
        switch found.lowercased() {
        case "yes", "on", "y", "1", "是": "true"
        case "no", "off", "n", "0", "否": "false"
        default: nil
        }
    }

    func companions(_ trigger: String) -> [String]? {
        guard let keys = TriggerReader.companions[trigger], !keys.isEmpty else { return nil }
        return keys
    }
}

extension String {
    /// As YAML takes it for text: in single quotes, where only the quote itself is doubled.
    var yamlQuoted: String { "'\(replacing("'", with: "''"))'" }
}
