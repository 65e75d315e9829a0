import Testing

/// `repeat`, `until`, waiting steps and acknowledgements: when they end, and that they end at once.
@Suite struct RestTests {
    private static func rule(_ keys: String, when: String = "{changes: task.status, to: open}", then: String? = nil)
        -> String
    {
        "id: r\nwhen: \(when)\n\(keys)\nthen: [\(then ?? "{notify: {via: inbox}}")]\n"
    }

    private static let start = ["2026-03-02T08:00 tick", "2026-03-02T08:30 task/A status=new"]
    private static let fired = start + ["2026-03-02T09:00 task/A status=open"]
    private static let daily = "repeat: {every: 1 day, times: 3}\nif: task.status == \"open\""
    private static func days(_ days: ClosedRange<Int>, at time: String = "09:00") -> [String] {
        days.map { "2026-03-\($0 < 10 ? "0" : "")\($0)T\(time) tick" }
    }

    static let stories: [ActStory] = [
        ActStory(
            name: "three times more", rules: rule(daily), lines: fired + days(3...8),
            rang: ["2026-03-02T09:00", "2026-03-03T09:00", "2026-03-04T09:00", "2026-03-05T09:00"],
            rest: ["x1 done ran", "x2 done ran", "x3 done ran"]),
        ActStory(
            name: "across restarts", rules: rule(daily),
            lines: fired + ["2026-03-03T09:00 restart", "2026-03-04T09:00 restart", "2026-03-04T09:01 restart"],
            rang: ["2026-03-02T09:00", "2026-03-03T09:00", "2026-03-04T09:00"]),
        ActStory(
            name: "one on return from down time", rules: rule(daily), lines: fired + ["2026-03-04T12:00 restart"],
            rang: ["2026-03-02T09:00", "2026-03-04T12:00"], rest: ["x1 done ran", "x3 waiting waiting"]),
        ActStory(
            name: "too late to repeat", rules: rule(daily), lines: fired + ["2026-03-14T12:00 restart"],
            rang: ["2026-03-02T09:00"], rest: ["x1 expired expired"]),
        ActStory(
            name: "acknowledged", rules: rule(daily),
            lines: fired + ["2026-03-03T09:00 tick", "2026-03-03T10:00 ack r"] + days(4...6),
            rang: ["2026-03-02T09:00", "2026-03-03T09:00"], rest: ["x1 done ran", "x2 cancelled acknowledged"]),
        ActStory(
            name: "the condition ends", rules: rule(daily),
            lines: fired + ["2026-03-02T10:00 task/A status=done", "2026-03-02T11:00 task/A status=x"],
            rang: ["2026-03-02T09:00"], rest: ["x1 cancelled condition_false"]),
        ActStory(
            name: "it ended once and for all", rules: rule(daily, when: "{created: task}"),
            lines: [
                "2026-03-02T08:00 tick", "2026-03-02T09:00 task/A status=open", "2026-03-02T10:00 task/A status=done",
                "2026-03-02T11:00 task/A status=open",
            ] + days(3...4), rang: ["2026-03-02T09:00"], rest: ["x1 cancelled condition_false"]),
        ActStory(
            name: "until", rules: rule("repeat: {every: 1 day, times: 3}\nuntil: task.priority > 3"),
            lines: fired + ["2026-03-02T10:00 task/A priority=3", "2026-03-02T11:00 task/A priority=4"],
            rang: ["2026-03-02T09:00"], rest: ["x1 cancelled until"]),
        ActStory(
            name: "an empty until ends nothing",
            rules: rule("repeat: {every: 1 day, times: 1}\nuntil: task.priority > 3"),
            lines: fired + days(3...4), rang: ["2026-03-02T09:00", "2026-03-03T09:00"]),
        ActStory(
            name: "the record is deleted", rules: rule("repeat: {every: 1 day, times: 3}"),
            lines: fired + ["2026-03-02T10:00 delete task/A"] + days(3...4), rang: ["2026-03-02T09:00"],
            rest: ["x1 cancelled record_deleted"]),
        ActStory(
            name: "repeat is taken away", rules: rule(daily), lines: fired + ["2026-03-02T10:00 rules 0"] + days(3...4),
            others: [rule("if: task.status == \"open\"")], rang: ["2026-03-02T09:00"],
            rest: ["x1 cancelled rule_changed"]),
        ActStory(
            name: "repeat is shortened", rules: rule(daily),
            lines: fired + ["2026-03-03T09:00 tick", "2026-03-03T10:00 rules 0"] + days(4...5),
            others: [rule("repeat: {every: 1 day, times: 1}")], rang: ["2026-03-02T09:00", "2026-03-03T09:00"],
            rest: ["x1 done ran", "x2 cancelled rule_changed"]),
        ActStory(
            name: "another every counts from the next one", rules: rule(daily),
            lines: fired + ["2026-03-02T10:00 rules 0"] + days(3...6),
            others: [rule("repeat: {every: 2 days, times: 2}")],
            rang: ["2026-03-02T09:00", "2026-03-03T09:00", "2026-03-06T09:00"]),
        ActStory(
            name: "a date that moved",
            rules: rule(
                "repeat: {every: 1 hour, times: 3}", when: "{before: task.due, by: 1 day}"),
            lines: [
                "2026-03-01T08:00 tick", "2026-03-01T08:30 task/A due=2026-03-03", "2026-03-02T09:00 tick",
                "2026-03-02T09:30 task/A due=2026-03-20", "2026-03-02T10:00 tick",
            ], rang: ["2026-03-02T09:00"], rest: ["x1 cancelled date_changed"]),
        ActStory(
            name: "a level that fell",
            rules: rule(
                "repeat: {every: 1 day, times: 3}", when: "{while: task.priority > 3}"),
            lines: start + [
                "2026-03-02T09:00 task/A priority=5", "2026-03-02T10:00 task/A priority=1",
                "2026-03-02T11:00 task/A priority=5", "2026-03-03T11:00 tick",
            ], rang: ["2026-03-02T09:00", "2026-03-02T11:00", "2026-03-03T11:00"]),
        ActStory(
            name: "a level that fell and rose between two ticks",
            rules: rule(
                "", when: "{while: task.priority > 3}", then: "{wait: 1 day, notify: {via: inbox}}"),
            lines: start + [
                "2026-03-02T09:00 task/A priority=5", "2026-03-02T10:00 ~task/A priority=1",
                "2026-03-02T11:00 ~task/A priority=5", "2026-03-02T12:00 tick", "2026-03-03T09:00 tick",
            ], rang: []),
        ActStory(
            name: "a referenced record ends it",
            rules: rule("repeat: {every: 1 day, times: 3}\nif: task.project.status == \"live\""),
            lines: [
                "2026-03-02T08:00 tick", "2026-03-02T08:10 project/P status=live",
                "2026-03-02T08:30 task/A status=new project=P", "2026-03-02T09:00 task/A status=open",
                "2026-03-02T10:00 project/P status=over",
            ], rang: ["2026-03-02T09:00"], rest: ["x1 cancelled condition_false"]),
        ActStory(
            name: "what is over before the first tick saw it", rules: rule(daily),
            lines: start + [
                "2026-03-02T09:00 ~task/A status=open", "2026-03-02T09:10 ~task/A status=done", "2026-03-02T09:30 tick",
            ], rang: ["2026-03-02T09:30"], rest: ["x1 cancelled condition_false"]),
        ActStory(
            name: "what time alone made false is asked again when it falls due",
            rules: rule(
                "repeat: {every: 1 day, times: 2}\nif: now < timestamp(\"2026-03-03T00:00:00Z\") || now > timestamp(\"2026-03-03T00:45:00Z\")"
            ),
            lines: fired + ["2026-03-03T08:30 task/A priority=1", "2026-03-03T09:00 tick", "2026-03-04T09:00 tick"],
            rang: ["2026-03-02T09:00", "2026-03-03T09:00", "2026-03-04T09:00"], rest: ["x1 done ran", "x2 done ran"]),
        ActStory(
            name: "escalation unless acknowledged",
            rules: rule(
                "",
                then: "{wait: 1 day, unless: acknowledged, notify: {via: inbox}}, {wait: 2 days, notify: {via: inbox}}"),
            lines: fired + ["2026-03-02T10:00 ack r", "2026-03-03T09:00 tick", "2026-03-04T09:00 tick"],
            rang: ["2026-03-04T09:00"], rest: ["0 cancelled acknowledged", "1 done ran"]),
        ActStory(
            name: "until acknowledged ends the steps too",
            rules: rule(
                "repeat: {every: 1 day, times: 2}\nuntil: acknowledged",
                then: "{notify: {via: inbox}}, {wait: 2 days, notify: {via: inbox}}"),
            lines: fired + ["2026-03-02T10:00 ack r", "2026-03-03T09:00 tick", "2026-03-04T09:00 tick"],
            rang: ["2026-03-02T09:00"], rest: ["1 cancelled until", "x1 cancelled acknowledged"]),
        ActStory(
            name: "acknowledged in the rule's condition",
            rules: rule(
                "if: \"!acknowledged\"", then: "{wait: 1 day, notify: {via: inbox}}"),
            lines: fired + ["2026-03-02T10:00 ack r"] + days(3...3), rang: [],
            rest: ["0 cancelled condition_false"]),
        ActStory(
            name: "old is known when a step runs",
            rules: rule(
                "if: old.status == \"new\"", then: "{wait: 1 day, notify: {via: inbox}}"),
            lines: fired + days(3...3), rang: ["2026-03-03T09:00"]),
        ActStory(
            name: "a step's own condition",
            rules: rule(
                "", then: "{wait: 1 day, if: task.priority > 3, notify: {via: inbox}}"),
            lines: fired + days(3...3), rang: [], rest: ["0 cancelled step_condition"]),
        ActStory(
            name: "an acknowledgement ends the chain",
            rules: rule("", when: "{after: task.due, every: 1 day, times: 5}"),
            lines: ["2026-03-01T08:00 tick", "2026-03-01T08:30 task/A due=2026-03-01"] + days(2...3)
                + ["2026-03-03T10:00 ack r"] + days(4...6),
            rang: ["2026-03-02T09:00", "2026-03-03T09:00"],
            decisions: ["fired on_time", "fired on_time"] + Array(repeating: "skipped acknowledged", count: 3)),
        ActStory(
            name: "until ends the chain",
            rules: rule(
                "until: task.priority > 3", when: "{after: task.due, every: 1 day, times: 4}"),
            lines: ["2026-03-01T08:00 tick", "2026-03-01T08:30 task/A due=2026-03-01"] + days(2...3)
                + ["2026-03-03T10:00 task/A priority=5"] + days(4...5),
            rang: ["2026-03-02T09:00", "2026-03-03T09:00"],
            decisions: ["fired on_time", "fired on_time", "skipped until", "skipped until"]),
        ActStory(
            name: "another date begins the chain anew",
            rules: rule(
                "", when: "{after: task.due, every: 1 day, times: 2}"),
            lines: ["2026-03-01T08:00 tick", "2026-03-01T08:30 task/A due=2026-03-01"] + days(2...2)
                + ["2026-03-02T10:00 ack r", "2026-03-02T11:00 task/A due=2026-03-10"] + days(11...12),
            rang: ["2026-03-02T09:00", "2026-03-11T09:00", "2026-03-12T09:00"]),
        ActStory(
            name: "what is no chain goes on", rules: rule("", when: "{after: task.due, by: [1 day, 2 days]}"),
            lines: ["2026-03-01T08:00 tick", "2026-03-01T08:30 task/A due=2026-03-01"] + days(2...2)
                + ["2026-03-02T10:00 ack r"] + days(3...3), rang: ["2026-03-02T09:00", "2026-03-03T09:00"]),
    ]

    @Test(arguments: stories) func story(_ story: ActStory) throws { try story.play() }
}
