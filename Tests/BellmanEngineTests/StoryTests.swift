import Almanac
import BellmanModel
import BellmanTesting
import Foundation
import Testing

/// Random stories run through the real engine on a real SQLite file must give the reference model's ledger.
/// `BELLMAN_SEED` and `BELLMAN_STORIES` choose which and how many; a failure prints the seed that repeats it.
@Suite struct StoryTests {
    static let environment = ProcessInfo.processInfo.environment
    static let firstSeed = environment["BELLMAN_SEED"].flatMap(UInt64.init) ?? 1
    static let count = environment["BELLMAN_STORIES"].flatMap(Int.init) ?? 300

    @Test func storiesGiveTheModelsLedger() throws {
        var decisions = 0
        for offset in 0..<StoryTests.count {
            let seed = StoryTests.firstSeed &+ UInt64(offset)
            var story = try Story(seed: seed)
            try story.run()
            let difference = try story.difference()
            #expect(
                difference.isEmpty,
                "seed \(seed): \(difference.prefix(12).joined(separator: "\n"))\n\(story.log.suffix(40).joined(separator: "\n"))"
            )
            decisions += story.model.ledger.count
            if !difference.isEmpty { break }
        }
        Terminal.note("stories: \(StoryTests.count) from seed \(StoryTests.firstSeed), \(decisions) decisions")
    }
}

enum Terminal {
    static func note(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}

/// One random story: people edit, close and move things; Bellman ticks, repeats ticks and is away for a while.
struct Story {
    private(set) var model: ReferenceModel
    private(set) var log: [String] = []
    let world: World
    private var random: SeededRandom
    private(set) var now: Int
    private var records: [String: ReferenceModel.State] = [:]
    private let hasLevel: Bool

    private static let zoneMinutes = 480
    private static let words = ["todo", "doing", "blocked", "done"]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        let rules = Story.rules(&random)
        model = ReferenceModel(rules: rules)
        hasLevel = rules.contains { if case .level = $0 { true } else { false } }
        world = try World(rules: rules.map(Story.yaml).joined(separator: "\n"), inMemory: !seed.isMultiple(of: 10))
        // 2026-03-02 08:00 and some.
        now = 20_514 * 1440 + 480 + random.int(0...720)
        log.append(rules.map(Story.yaml).joined(separator: "\n"))
    }

    mutating func run() throws {
        for _ in 0..<random.int(4...40) {
            switch random.int(0...9) {
            case 0...4: try edit()
            case 5...7:
                now += random.pick([1, 7, 60, 180, 540, 1440, 1440, 2880])
                try tick()
            case 8:
                now += random.int(3...60) * 1440 + random.int(0...1439)
                // What people do meanwhile: nothing, or moves, deletions and second thoughts.
                let edits = random.pick([0, 0, 1, 1, 2, 5])
                for _ in 0..<edits {
                    // A record that went and came again has no level of before; the model tells them apart by name only.
                    try edit(mayDelete: edits == 1 || !hasLevel)
                    now += random.pick([0, 60, 1440, 4000])
                }
                now += random.int(0...600)
                try tick()
            default: try tick()
            }
        }
        try tick()
    }

    private mutating func edit(mayDelete: Bool = true) throws {
        now += random.int(0...90)
        let id = "T\(random.int(1...5))"
        let old = records[id]
        if old != nil, mayDelete, random.chance(8) {
            records[id] = nil
            log.append("\(Story.text(now)) delete \(id)")
            model.write(id, at: now, nil)
            return try world.delete(id, at: Story.instant(now))
        }
        var state = old ?? ReferenceModel.State(due: nil, status: "todo")
        if random.chance(60) { state.due = random.chance(15) ? nil : now / 1440 + random.int(-9...40) }
        if random.chance(60) { state.status = random.pick(Story.words) }
        records[id] = state
        log.append(
            "\(Story.text(now)) write \(id) due=\(state.due.map { Story.date($0).description } ?? "-") status=\(state.status)"
        )
        model.write(id, at: now, state)
        try world.write(
            id,
            [
                "title": .string(id), "status": .string(state.status),
                "due": state.due.map { .date(Story.date($0)) } ?? .null,
            ],
            at: Story.instant(now))
    }

    private mutating func tick() throws {
        log.append("\(Story.text(now)) tick")
        model.tick(at: now)
        try world.tick(Story.instant(now))
    }

    func difference() throws -> [String] {
        let expected = Set(model.ledger.map { "\($0.key.rule) \($0.key.subject) \($0.key.occurrence): \($0.value)" })
        let found = Set(try world.ledgerLines)
        return expected.subtracting(found).map { "missing  \($0)" }.sorted()
            + found.subtracting(expected).map { "too many \($0)" }.sorted()
    }

    // MARK: rules

    private static func rules(_ random: inout SeededRandom) -> [ReferenceModel.Rule] {
        var rules: [ReferenceModel.Rule] = []
        for index in 1...random.int(1...3) {
            let offsets = (0..<random.int(1...4)).map { _ in random.pick([-30, -14, -7, -3, -1, 0, 1, 2, 5, 9]) }
            var rule = ReferenceModel.DateRule(id: "date-\(index)", offsets: Array(Set(offsets)).sorted())
            rule.at = random.pick([0, 480, 540, 1050])
            rule.onlyOpen = random.chance(70)
            rule.catchUp = random.pick([.lateOnce, .lateOnce, .all, .skip])
            rule.arrivingLate = random.chance(80)
            rules.append(.date(rule))
        }
        if random.chance(50) { rules.append(.created(id: "created", onlyOpen: random.chance(50))) }
        if random.chance(50) { rules.append(.statusTo(id: "to", word: random.pick(words))) }
        if random.chance(30) { rules.append(.deleted(id: "deleted")) }
        if random.chance(60) { rules.append(.level(id: "level", word: "blocked", forDays: random.pick([nil, 1, 5]))) }
        if random.chance(40) {
            rules.append(.daily(id: "daily", at: 1050, catchUp: random.pick([.lateOnce, .all, .skip])))
        }
        return rules
    }

    private static func yaml(_ rule: ReferenceModel.Rule) -> String {
        let then = "  then: [{notify: {via: inbox}}]"
        switch rule {
        case .date(let rule):
            let before = rule.offsets.filter { $0 <= 0 }.map { "\(-$0) days" }
            let after = rule.offsets.filter { $0 > 0 }.map { "\($0) days" }
            var when: [String] = []
            if !before.isEmpty { when.append("{before: task.due, by: [\(before.joined(separator: ", "))]}") }
            if !after.isEmpty { when.append("{after: task.due, by: [\(after.joined(separator: ", "))]}") }
            return """
                - id: \(rule.id)
                  when: [\(when.joined(separator: ", "))]
                  at: "\(rule.at / 60):\(rule.at % 60 < 10 ? "0" : "")\(rule.at % 60)"
                  catch_up: \(rule.catchUp.rawValue)
                  arriving_late: \(rule.arrivingLate ? "once" : "skip")
                \(rule.onlyOpen ? "  if: task.open\n" : "")\(then)
                """
        case .created(let id, let onlyOpen):
            return "- id: \(id)\n  when: {created: task}\n\(onlyOpen ? "  if: task.open\n" : "")\(then)"
        case .statusTo(let id, let word): return "- id: \(id)\n  when: {changes: task.status, to: \(word)}\n\(then)"
        case .deleted(let id): return "- id: \(id)\n  when: {deleted: task}\n\(then)"
        case .level(let id, let word, let days):
            let span = days.map { ", for: \($0) days" } ?? ""
            return "- id: \(id)\n  when: {while: 'task.status == \"\(word)\"'\(span)}\n\(then)"
        case .weekly, .monthly: return ""
        case .daily(let id, let at, let catchUp):
            return
                "- id: \(id)\n  when: {every: \"day at \(at / 60):\(at % 60)\"}\n  catch_up: \(catchUp.rawValue)\n\(then)"
        }
    }

    // MARK: time

    private static func date(_ day: Int) -> CivilDate { CivilDate(clampingDays: day) }
    static func instant(_ minute: Int) -> Instant { Instant(seconds: Int64(minute - zoneMinutes) * 60) }
    private static func text(_ minute: Int) -> String { "\(date(minute / 1440)) \(minute % 1440 / 60):\(minute % 60)" }
}
