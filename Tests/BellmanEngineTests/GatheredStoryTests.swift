import Almanac
import BellmanModel
import BellmanTesting
import Testing

/// Random stories of tasks that move between people and projects, with rules that are edited, switched off and added
/// meanwhile, and restarts. `BELLMAN_SEED` and `BELLMAN_STORIES` choose which and how many.
@Suite struct GatheredStoryTests {
    @Test func storiesGiveTheModelsRings() throws {
        var rings = 0
        for offset in 0..<StoryTests.count {
            let seed = StoryTests.firstSeed &+ UInt64(offset)
            var story = try GatheredStory(seed: seed)
            try story.run()
            let difference = try story.difference()
            #expect(
                difference.isEmpty,
                "seed \(seed): \(difference.joined(separator: "\n"))\n\(story.log.joined(separator: "\n"))")
            rings += story.model.rings.count
            if !difference.isEmpty { break }
        }
        Terminal.note("gathered stories: \(StoryTests.count) from seed \(StoryTests.firstSeed), \(rings) rings")
    }
}

struct GatheredStory {
    private(set) var model = GatheredModel()
    private(set) var log: [String] = []
    let world: World
    private var random: SeededRandom
    private var rules: [GatheredModel.Rule] = []
    /// 2026-01-20 00:00 UTC.
    private(set) var now = 1_768_867_200
    /// People are named, not numbered: then nothing else happens in the tick that changes a person.
    private let usesNames: Bool

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        usesNames = random.chance(30)
        world = try World(rules: "[]", inMemory: true)
        for index in 1...random.int(1...4) { rules.append(rule("g-\(index)")) }
        try load()
    }

    private mutating func rule(_ id: String) -> GatheredModel.Rule {
        GatheredModel.Rule(
            id: id, filter: random.pick(GatheredModel.Filter.allCases),
            group: random.pick(GatheredModel.Group.allCases),
            condition: random.pick(GatheredModel.Condition.allCases), span: random.pick([nil, nil, 1, 3]))
    }

    mutating func run() throws {
        for _ in 0..<random.int(10...70) {
            switch random.int(0...19) {
            case 0...10: try writeTask()
            case 11: try writeProject()
            case 12: try writeMember()
            case 13...16:
                now += random.pick([60, 3_600, 86_400, 3 * 86_400])
                try tick()
            case 17: try edit()
            case 18:
                log.append("restart")
                world.restart()
            default: try tick()
            }
        }
        now += random.int(0...5) * 86_400
        try tick()
    }

    private mutating func writeTask() throws {
        let ref = "task/T\(random.int(1...7))"
        if model.now[ref] != nil, random.chance(8) { return try write(ref, nil) }
        var fields: GatheredModel.Fields = [:]
        let isNew = model.now[ref] == nil
        if isNew || random.chance(40) { fields["assignee"] = person() }
        if isNew || random.chance(30) { fields["status"] = random.pick(["doing", "doing", "todo", ""]) }
        if isNew || random.chance(30) { fields["project"] = random.pick(["P1", "P2", "P2", ""]) }
        if isNew || random.chance(40) { fields["priority"] = random.pick(["1", "2", "3", "4", ""]) }
        if isNew || random.chance(40) { fields["progress"] = random.pick(["0.25", "0.5", "0.75", ""]) }
        if isNew || random.chance(20) { fields["due"] = random.pick(["2026-02-01", "2026-02-02", ""]) }
        if isNew || random.chance(20) { fields["title"] = random.pick(["a", "b", "c"]) }
        try write(ref, fields)
    }

    private mutating func person() -> String {
        if usesNames, random.chance(50) { return random.pick(["Wang", "Li"]) }
        return random.pick(["u1", "u2", "u3", ""])
    }

    private mutating func writeProject() throws {
        let ref = "project/P\(random.int(1...2))"
        if model.now[ref] != nil, random.chance(15) { return try write(ref, nil) }
        try write(ref, ["status": random.pick(["on", "on", "off"]), "manager": random.pick(["u1", "u2", ""])])
    }

    private mutating func writeMember() throws {
        if usesNames { try tick() }
        let ref = "member/u\(random.int(1...3))"
        if model.now[ref] != nil, random.chance(30) {
            try write(ref, nil)
        } else {
            try write(ref, ["name": random.pick(["Wang", "Li", "Zhao"]), "phone": random.pick(["1", "2"])])
        }
        if usesNames { try tick() }
    }

    private mutating func write(_ ref: String, _ fields: GatheredModel.Fields?) throws {
        now += random.pick([0, 1, 60, 7_200, 86_400])
        log.append("\(text) \(ref) \(fields.map { "\($0.sorted { $0.key < $1.key })" } ?? "deleted")")
        model.write(ref, fields, at: now)
        let at = Instant(seconds: Int64(now))
        guard let fields else { return try world.delete(ref, at: at) }
        try world.write(ref, GatheredStory.values(fields), at: at)
    }

    private static func values(_ fields: GatheredModel.Fields) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        for (name, text) in fields {
            guard !text.isEmpty else {
                values[name] = .null
                continue
            }
            switch name {
            case "priority": values[name] = Int64(text).map { .int($0) }
            case "progress": values[name] = Double(text).map { .double($0) }
            case "assignee", "project", "manager": values[name] = .reference(text)
            case "due": values[name] = CivilDate(iso: text).map { .date($0) }
            default: values[name] = .string(text)
            }
        }
        return values
    }

    private mutating func tick() throws {
        model.tick(rules, at: now)
        let decided = try world.tick(Instant(seconds: Int64(now)))
        log.append("\(text) tick \(decided)")
    }

    private mutating func edit() throws {
        let index = random.int(0...rules.count - 1)
        switch random.int(0...4) {
        case 0: rules[index].span = random.pick([nil, 1, 3])
        case 1: rules[index].isEnabled.toggle()
        case 2: rules[index] = rule(rules[index].id)
        case 3 where rules.count < 6: rules.append(rule("g-\(rules.count + 1)"))
        default: break
        }
        try load()
    }

    private mutating func load() throws {
        let yaml = rules.map { rule in
            """
            - id: \(rule.id)
              enabled: \(rule.isEnabled)
              when: {while: '\(rule.condition.rawValue)'\(rule.span.map { ", for: \($0) days" } ?? "")}
              select: task
              where: '\(rule.filter.rawValue)'
            \(rule.group == .none ? "" : "  group: \(rule.group.rawValue)\n")\
              then: [{notify: {via: inbox, title: '{{ records.map(t, t.id).join(" ") }}'}}]
            """
        }.joined(separator: "\n")
        log.append(yaml)
        try world.load(yaml)
    }

    func difference() throws -> [String] {
        var titles: [String: String] = [:]
        for notice in try world.notices { titles[notice.firing] = notice.title }
        var found: Set<String> = []
        for entry in try world.ledger {
            let ids = (titles[entry.firing] ?? "").split(separator: " ").map(String.init)
            let key = "\(entry.key.rule) \(entry.key.subject) \(entry.key.occurrence)"
            let model = model.rings["\(entry.key.rule) \(entry.key.subject) \(entry.key.occurrence.dropFirst(5))"]
            let shown = model?.isSorted == true ? ids.sorted() : ids
            found.insert("\(key): \(entry.outcome.rawValue) [\(shown.joined(separator: " "))]")
        }
        let wanted = Set(
            model.rings.values.map {
                "\($0.rule) \($0.subject) rise=\($0.rise): \($0.outcome) [\($0.records.joined(separator: " "))]"
            })
        return wanted.subtracting(found).map { "missing  \($0)" }.sorted()
            + found.subtracting(wanted).map { "too many \($0)" }.sorted()
    }

    private var text: String { Instant(seconds: Int64(now)).description }
}
