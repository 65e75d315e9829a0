import BellmanTesting

/// Writes rule files: the shape of rules with values from the grammar, right and wrong.
struct RuleMaker {
    var expressions: ExpressionMaker
    private var random: SeededRandom {
        get { expressions.random }
        set { expressions.random = newValue }
    }

    init(_ random: SeededRandom) { expressions = ExpressionMaker(Worlds.tasks, random) }

    mutating func file() -> String {
        guard random.chance(30) else { return rule(indent: "", isItem: false) }
        return (0..<random.int(1...4)).map { _ in rule(indent: "  ", isItem: true) }.joined()
    }

    private mutating func rule(indent: String, isItem: Bool) -> String {
        var lines: [String] = []
        for key in ["id", "title", "when", "if", "unless", "limit", "at", "timezone", "calendar", "tags", "then"] {
            let isNeeded = ["id", "when", "then"].contains(key)
            if isNeeded ? random.chance(97) : random.chance(30) { lines.append(entry(key, indent)) }
        }
        if random.chance(5) { lines.append(entry(random.pick(["repeat", "until", "wehn", "stuff", "was"]), indent)) }
        if random.chance(5), let line = lines.randomElement(using: &random) { lines.append(line) }
        if random.chance(10) { lines.shuffle(using: &random) }
        let body = lines.map { indent + $0 }.joined(separator: "\n") + "\n"
        return isItem ? "-" + body.dropFirst() : body
    }

    private mutating func entry(_ key: String, _ indent: String) -> String {
        switch key {
        case "id": return "id: " + random.pick(["a", "b-1", "kept", "other", "Ä", "a b", ""])
        case "title": return "title: " + template()
        case "when": return "when: " + trigger(indent)
        case "if", "unless": return "\(key): " + scalar(expressions.expression(), indent)
        case "limit": return "limit: " + random.pick(["2 per day", "1 per 3 hours", "0 per day", "x", "1 per 0 days"])
        case "at": return "at: " + random.pick(["9:00", "\"09:30\"", "25:00", "9点", "-1"])
        case "timezone":
            return "timezone: " + random.pick(["Asia/Shanghai", "Mars/Base", "../../etc/passwd", "UTC", ""])
        case "calendar": return "calendar: " + random.pick(["china", "weekdays", "none", "[a]"])
        case "tags": return "tags: " + random.pick(["[a, b]", "a", "{a: b}", "[]"])
        case "then": return "then:\n" + steps(indent)
        default: return "\(key): " + scalar(expressions.expression(), indent)
        }
    }

    private static let triggers = [
        "{created: task}", "{deleted: contract}", "{changes: task.status, to: done}", "{changes: task}",
        "{before: task.due, by: 3 days}", "{after: task.due, by: [1 day, 2 weeks]}", "{every: weekday 9:00}",
        "{every: 2 hours}", "{cron: \"0 9 * * 1-5\"}", "{while: task.overdue, for: 2 days}", "{created: tsak}", "[]",
        "",
        "{before: contract.expires_on, by: [60 days, 30 days]}", "{every: 每周一 9:00}", "{cron: \"99 * * * *\"}",
        "{while: task.progress < 0.5, for: 1 hour, fresh: 1 day}", "{changes: task.priority, from: 1, to: [2, 3]}",
    ]

    private mutating func trigger(_ indent: String) -> String {
        if random.chance(15) { return "{while: \(scalar(expressions.expression(), indent)), for: 1 day}" }
        guard random.chance(15) else { return random.pick(Self.triggers) }
        return "[" + random.pick(Self.triggers) + ", " + random.pick(Self.triggers) + "]"
    }

    private mutating func steps(_ indent: String) -> String {
        (0..<random.int(1...3)).map { _ in
            let verb = random.pick([
                "notify: {via: \(random.pick(["inbox", "mail", "[mail, chat]", "malo"])), to: \(random.pick(["task.assignee", "task.project.manager", "'x@y'", "1", "[task.creator]"])), title: \(template())}",
                "notify: {via: inbox, text: \(template()), links: [{label: a, url: \(template())}]}",
                "set: {task.status: \(template())}", "create: {kind: task, title: \(template())}", "wait: 2 days",
                "set: {task.priority: \"{{ task.priority + 1 }}\"}", "notify: x",
            ])
            return indent + "  - " + verb
        }.joined(separator: "\n")
    }

    mutating func template() -> String { TemplateTarget.quoted(TemplateMaker.text(&expressions)) }

    /// An expression in one of YAML's ways.
    private mutating func scalar(_ text: String, _ indent: String) -> String {
        switch random.int(0...4) {
        case 0: return TemplateTarget.quoted(text)
        case 1: return "'" + text.replacing("'", with: "''") + "'"
        case 2: return "|\n\(indent)    " + text
        case 3: return ">-\n\(indent)    " + text.replacing(" && ", with: "\n\(indent)    && ")
        default: return text
        }
    }
}

/// Texts with `{{ }}`.
enum TemplateMaker {
    private static let words = [
        "", "合同 ", "due in ", "\n", " – ", "{ x }", "}}", "**", "<b>", "{", "\u{2028}", "https://x.example/",
    ]

    static func text(_ expressions: inout ExpressionMaker) -> String {
        var out = ""
        for _ in 0..<expressions.random.int(0...4) {
            out += expressions.random.pick(words)
            if expressions.random.chance(70) { out += "{{ " + expressions.expression() + " }}" }
            if expressions.random.chance(3) { out += "{{" }
        }
        return out
    }
}
