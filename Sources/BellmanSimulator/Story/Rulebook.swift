/// A rule as the story knows it: what the model reckons with, and the text that the real reader compiles.
struct StoryRule: Equatable {
    enum CatchUp: String {
        case lateOnce = "late_once"
        case all, skip
    }

    enum Days: Equatable {
        case every
        /// 1 is Monday.
        case weekday(Int)
        case ofMonth(Int)
    }

    enum Trigger: Equatable {
        /// Signed days around `task.due`: negative before it.
        case date([Int])
        case created
        case statusTo(String)
        case deleted
        case level(String, forDays: Int?)
        case schedule(Days)
        /// Left to the invariants: what is gathered, decided and waited for.
        case other(String)
    }

    var id: String
    var was: String?
    var trigger: Trigger
    /// Minutes after midnight.
    var at = 9 * 60
    var onlyOpen = false
    var catchUp = CatchUp.lateOnce
    var arrivingLate = true
    var limitDays: Int?
    var isEnabled = true
    var via: [String]
    /// Further keys and steps, as text.
    var more = ""

    var isModelled: Bool { if case .other = trigger { false } else { true } }
    var offsets: [Int] { if case .date(let offsets) = trigger { offsets } else { [] } }
    var time: Micros { Micros(at) * PlainTime.minute }

    // MARK: as text

    var yaml: String {
        var lines = ["- id: \(id)"]
        if let was { lines.append("was: \(was)") }
        if !isEnabled { lines.append("enabled: false") }
        lines += triggerLines
        if let limitDays { lines.append("limit: 1 per \(limitDays) days") }
        if case .other = trigger { return (lines + [more]).joined(separator: "\n  ") }
        if !more.isEmpty { lines.append(more) }
        let step = "notify: {via: [\(via.joined(separator: ", "))], to: task.assignee}"
        lines.append("then: [{\(isAboutRecord ? step : "notify: {via: [\(via.joined(separator: ", "))]}")}\(waiting)]")
        return lines.joined(separator: "\n  ")
    }

    /// A step that waits, for date rules with a mind to it.
    var waitDays: Int?
    private var waiting: String {
        guard let waitDays else { return "" }
        return ", {wait: \(waitDays) days, unless: acknowledged, notify: {via: inbox}}"
    }

    private var isAboutRecord: Bool { if case .schedule = trigger { false } else { true } }

    private var clock: String { "\(PlainTime.two(at / 60)):\(PlainTime.two(at % 60))" }

    private var triggerLines: [String] {
        let condition = onlyOpen ? ["if: task.open"] : []
        switch trigger {
        case .date(let offsets):
            let before = offsets.filter { $0 <= 0 }.map { "\(-$0) days" }
            let after = offsets.filter { $0 > 0 }.map { "\($0) days" }
            var when: [String] = []
            if !before.isEmpty { when.append("{before: task.due, by: [\(before.joined(separator: ", "))]}") }
            if !after.isEmpty { when.append("{after: task.due, by: [\(after.joined(separator: ", "))]}") }
            return [
                "when: [\(when.joined(separator: ", "))]", "at: \"\(clock)\"", "catch_up: \(catchUp.rawValue)",
                "arriving_late: \(arrivingLate ? "once" : "skip")",
            ] + condition
        case .created: return ["when: {created: task}"] + condition
        case .statusTo(let word): return ["when: {changes: task.status, to: \(word)}"] + condition
        case .deleted: return ["when: {deleted: task}"]
        case .level(let word, let days):
            return ["when: {while: 'task.status == \"\(word)\"'\(days.map { ", for: \($0) days" } ?? "")}"]
        case .schedule(let days):
            let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            let every =
                switch days {
                case .every: "day at \(clock)"
                case .weekday(let day): "\(names[day - 1]) at \(clock)"
                case .ofMonth(let day): "month on \(day) at \(clock)"
                }
            return ["when: {every: \"\(every)\"}", "catch_up: \(catchUp.rawValue)"]
        case .other(let when): return ["when: \(when)"]
        }
    }

    // MARK: made at random

    static let words = ["todo", "doing", "blocked", "done"]
    static let channels = ["inbox", "mail", "chat", "hook"]
    private static let times = [0, 150, 480, 540, 540, 1050, 1439]

    static func book(_ dice: inout Dice) -> [StoryRule] {
        var rules = (1...dice.int(1...3)).map { date("date-\($0)", &dice) }
        func add(_ percent: Int, _ make: (inout Dice) -> StoryRule) {
            if dice.chance(percent) { rules.append(make(&dice)) }
        }
        add(50) { dice in
            StoryRule(id: "created", trigger: .created, onlyOpen: dice.chance(50), via: via(&dice))
        }
        add(50) { dice in
            StoryRule(id: "to", trigger: .statusTo(dice.pick(words)), via: via(&dice))
        }
        add(30) { _ in StoryRule(id: "deleted", trigger: .deleted, via: ["inbox"]) }
        add(50) { dice in
            let days = dice.pick([nil, 1, 5])
            return StoryRule(id: "level", trigger: .level("blocked", forDays: days), via: via(&dice))
        }
        add(60) { schedule("schedule", &$0) }
        add(15) { _ in StoryRule.gathered }
        add(15) { _ in StoryRule.crowd }
        add(10) { _ in StoryRule.repeating }
        add(10) { _ in StoryRule.writing }
        if dice.chance(20) {
            for index in rules.indices where rules[index].id == "to" { rules[index].limitDays = dice.pick([1, 7]) }
        }
        return rules
    }

    static func date(_ id: String, _ dice: inout Dice) -> StoryRule {
        var rule = StoryRule(id: id, trigger: .date(offsets(&dice)), via: via(&dice))
        rule.at = dice.pick(times)
        rule.onlyOpen = dice.chance(60)
        rule.catchUp = dice.pick([.lateOnce, .lateOnce, .all, .skip])
        rule.arrivingLate = dice.chance(80)
        if dice.chance(15) { rule.limitDays = dice.pick([1, 7]) }
        if dice.chance(25) { rule.waitDays = dice.int(1...4) }
        return rule
    }

    static func offsets(_ dice: inout Dice) -> [Int] {
        let found = (0..<dice.int(1...4)).map { _ in dice.pick([-30, -14, -7, -3, -1, 0, 1, 2, 5, 9]) }
        return Set(found).sorted()
    }

    static func schedule(_ id: String, _ dice: inout Dice) -> StoryRule {
        let days = dice.pick([Days.every, .every, .weekday(dice.int(1...7)), .ofMonth(dice.pick([1, 15, 31]))])
        var rule = StoryRule(id: id, trigger: .schedule(days), via: ["inbox", dice.pick(channels)])
        rule.at = dice.pick(times)
        rule.catchUp = dice.pick([.lateOnce, .all, .skip])
        rule.via = Set(rule.via).sorted()
        return rule
    }

    private static func via(_ dice: inout Dice) -> [String] {
        Set((0..<dice.int(1...3)).map { _ in dice.pick(channels) }).sorted()
    }

    private static var gathered: StoryRule {
        StoryRule(
            id: "gathered", trigger: .other("{every: \"day at 17:30\"}"), via: [],
            more: """
                select: task
                  where: task.open
                  group: task.assignee
                  then: [{notify: {via: mail, to: group, title: "{{ records.size() }}"}}]
                """)
    }

    private static var crowd: StoryRule {
        StoryRule(
            id: "crowd", trigger: .other("{while: \"records.size() > 2\"}"), via: [],
            more: """
                select: task
                  where: task.status == "blocked"
                  then: [{notify: {via: chat}}]
                """)
    }

    private static var repeating: StoryRule {
        StoryRule(
            id: "repeating", trigger: .other("{after: task.due, by: 1 day}"), via: [],
            more: """
                if: task.open
                  repeat: {every: 1 day, times: 3}
                  then: [{notify: {via: chat, to: task.assignee}}]
                """)
    }

    private static var writing: StoryRule {
        StoryRule(
            id: "writing", trigger: .other("{changes: task.status, to: doing}"), via: [],
            more: "then: [{set: {priority: '{{ default(task.priority, 0) + 1 }}'}}, {notify: {via: inbox}}]")
    }
}
