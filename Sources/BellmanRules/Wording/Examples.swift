/// Examples that the words of both languages share.
extension RuleProblem {
    func example(_ key: String) -> String? {
        switch key {
        case "when": "when: {every: friday at 15:00}"
        case "step": "- notify: {via: inbox}"
        case "notify": "notify: {via: inbox, to: task.assignee}"
        case "set", "fields": "\(key): {status: done}"
        case "create": "create: {kind: task, fields: {title: …}}"
        case "links": "links: [{label: …, url: …}]"
        case "rule": "id: contract-renewal"
        case "expect": "- {at: 2026-10-01T09:00, rule: contract-renewal, to: [wang]}"
        case "events": "- {at: 2026-10-01T10:00, record: task/T-1, set: {status: done}}"
        case "records": "task: [{id: T-1, title: …}]"
        case "payload": "payload: {chat: {msgtype: text}}"
        default: nil
        }
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
