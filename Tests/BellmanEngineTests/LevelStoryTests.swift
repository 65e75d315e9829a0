import Almanac
import BellmanModel
import BellmanTesting
import Testing

/// Random stories of values over time, with days on which Bellman is down, restarts, and rules that are edited,
/// switched off or added meanwhile. `BELLMAN_SEED` and `BELLMAN_STORIES` choose which and how many.
@Suite struct LevelStoryTests {
    @Test func storiesGiveTheModelsRings() throws {
        var rings = 0
        for offset in 0..<StoryTests.count {
            let seed = StoryTests.firstSeed &+ UInt64(offset)
            var story = try LevelStory(seed: seed)
            try story.run()
            let difference = try story.difference()
            #expect(
                difference.isEmpty,
                "seed \(seed): \(difference.joined(separator: "\n"))\n\(story.log.joined(separator: "\n"))")
            rings += story.model.ledger.count
            if !difference.isEmpty { break }
        }
        Terminal.note("level stories: \(StoryTests.count) from seed \(StoryTests.firstSeed), \(rings) rings")
    }
}

struct LevelStory {
    private(set) var model = LevelModel()
    private(set) var log: [String] = []
    let world: World
    private var random: SeededRandom
    private var rules: [LevelModel.Rule]
    /// 2026-01-20 00:00 UTC.
    private(set) var now = 1_768_867_200
    private var noise = 0
    private let accountsMove: Bool

    private static let zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
    private static let spans: [(months: Int, days: Int)?] = [nil, (0, 1), (0, 10), (1, 0), (3, 0)]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        accountsMove = random.chance(60)
        rules = []
        world = try World(rules: "[]", inMemory: !seed.isMultiple(of: 10))
        for index in 1...random.int(1...3) { rules.append(rule("level-\(index)")) }
        try load()
    }

    private mutating func rule(_ id: String) -> LevelModel.Rule {
        var rule = LevelModel.Rule(
            id: id, condition: random.pick(LevelModel.Condition.allCases), zone: random.pick(LevelStory.zones),
            span: random.pick(LevelStory.spans))
        let hasOneSource =
            rule.condition == .low || rule.condition == .lower || (rule.condition == .behind && !accountsMove)
        if hasOneSource, random.chance(40) { rule.freshDays = random.pick([2, 3, 5, 20, 45]) }
        return rule
    }

    mutating func run() throws {
        for _ in 0..<random.int(10...60) {
            switch random.int(0...19) {
            case 0...9: try write()
            case 10: try measure()
            case 11...15:
                now += random.pick([60, 3_600, 86_400, 86_400, 3 * 86_400, 9 * 86_400])
                try tick()
            case 16: now += random.int(10...120) * 86_400 + random.int(0...86_399)
            case 17: try edit()
            case 18: restart()
            default: try tick()
            }
        }
        now += random.int(0...200) * 86_400
        try tick()
    }

    private mutating func write() throws {
        now += random.pick([0, 1, 60, 7_200, 86_400, 5 * 86_400, 20 * 86_400])
        let isContract = random.chance(60)
        let ref = isContract ? "contract/C\(random.int(1...2))" : "account/A\(random.int(1...3))"
        if model.fields(ref) != nil, random.chance(5) {
            log.append("\(text) delete \(ref)")
            model.write(ref, nil, at: now)
            return try world.delete(ref, at: Instant(seconds: Int64(now)))
        }
        var fields: LevelModel.Fields = [:]
        if isContract {
            fields["usage"] = random.pick(["0.1", "0.25", "0.25", "0.5", ""])
            if random.chance(20) { fields = ["name": "n\(now)"] }
        } else {
            fields["status"] = random.pick(["idle", "idle", "busy"])
            if accountsMove || model.fields(ref) == nil { fields["contract"] = "C\(random.int(1...2))" }
        }
        log.append("\(text) write \(ref) \(fields.sorted { $0.key < $1.key })")
        model.write(ref, fields, at: now)
        try world.write(ref, LevelStory.values(fields), at: Instant(seconds: Int64(now)))
    }

    /// The same value day after day, as an import writes it; now and then some days are left out.
    private mutating func measure() throws {
        let ref = "contract/C\(random.int(1...2))"
        let usage = random.pick(["0.1", "0.1", "0.25", "0.5"])
        for _ in 0..<random.pick([10, 40, 40, 120]) {
            now += random.chance(8) ? random.int(2...9) * 86_400 : 86_400 + random.int(-600...600)
            log.append("\(text) measure \(ref) \(usage)")
            model.write(ref, ["usage": usage], at: now)
            try world.write(ref, LevelStory.values(["usage": usage]), at: Instant(seconds: Int64(now)))
            if random.chance(15) { try tick() }
        }
    }

    private static func values(_ fields: LevelModel.Fields) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        for (name, text) in fields {
            switch name {
            case "usage": values[name] = Double(text).map { .double($0) } ?? .null
            case "contract": values[name] = .reference(text)
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

    private mutating func restart() {
        log.append("restart")
        world.restart()
    }

    private mutating func edit() throws {
        let index = random.int(0...rules.count - 1)
        switch random.int(0...4) {
        case 0: rules[index].span = random.pick(LevelStory.spans)
        case 1: rules[index].isEnabled.toggle()
        case 2: rules[index] = rule(rules[index].id)
        case 3 where rules.count < 4: rules.append(rule("level-\(rules.count + 1)"))
        default: noise += 1
        }
        try load()
    }

    private mutating func load() throws {
        let yaml = rules.map { rule in
            let span = rule.span.map { $0.months > 0 ? ", for: \($0.months) months" : ", for: \($0.days) days" } ?? ""
            let fresh = rule.freshDays.map { ", fresh: \($0) days" } ?? ""
            return """
                - id: \(rule.id)
                  title: "\(noise)"
                  enabled: \(rule.isEnabled)
                  timezone: \(rule.zone)
                  when: {while: '\(rule.condition.rawValue)'\(span)\(fresh)}
                  then: [{notify: {via: inbox, title: "\(noise)"}}]
                """
        }.joined(separator: "\n")
        log.append(yaml)
        try world.load(yaml)
    }

    func difference() throws -> [String] {
        let found = Set(try world.ledgerLines)
        return model.ledger.subtracting(found).map { "missing  \($0)" }.sorted()
            + found.subtracting(model.ledger).map { "too many \($0)" }.sorted()
    }

    private var text: String { Instant(seconds: Int64(now)).description }
}
