/// Examples that the words of both languages share.
extension RuleProblem {
    /// How many words of a list a message names.
    static let wordsShown = 8

    func example(_ key: String) -> String? {
        switch key {
        case "when": "when: {every: friday at 15:00}"
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
