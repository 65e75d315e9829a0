import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

@testable import BellmanEngine

/// `why` over random stories: it tells every row of the ledger as it is, comes to the same when it computes the row anew,
/// and never says that something rang that has no row. `BELLMAN_SEED` and `BELLMAN_STORIES` choose which and how many.
@Suite struct WhyStoryTests {
    private static let count = max(StoryTests.count / 3, 1)

    @Test func datesEdgesLevelsAndSchedules() throws {
        try tell("why stories") { seed in
            var story = try Story(seed: seed)
            try story.run()
            return Told(
                world: story.world, now: Story.instant(story.now), log: story.log, records: WhyStoryTests.tasks,
                rulesAreEdited: false)
        }
    }

    @Test func whatConditionsLimitsAndSilencesKeepBack() throws {
        try tell("why stories of conditions") { seed in
            var story = try WhyStory(seed: seed)
            try story.run()
            return Told(
                world: story.world, now: story.now, log: story.log, records: WhyStoryTests.tasks,
                rulesAreEdited: false)
        }
    }

    @Test func levelsOfRulesThatAreEdited() throws {
        try tell("why stories of levels") { seed in
            var story = try LevelStory(seed: seed)
            try story.run()
            return Told(
                world: story.world, now: Instant(seconds: Int64(story.now)), log: story.log,
                records: (1...2).map { RecordRef(kind: "contract", id: "C\($0)") }
                    + (1...3).map { RecordRef(kind: "account", id: "A\($0)") }, rulesAreEdited: true)
        }
    }

    @Test func groupsOfRulesThatAreEdited() throws {
        try tell("why stories of groups") { seed in
            var story = try GatheredStory(seed: seed)
            try story.run()
            return Told(
                world: story.world, now: Instant(seconds: Int64(story.now)), log: story.log,
                records: WhyStoryTests.tasks, rulesAreEdited: true)
        }
    }

    private static let tasks = (1...5).map { RecordRef(kind: "task", id: "T\($0)") }

    struct Told {
        let world: World
        let now: Instant
        let log: [String]
        let records: [RecordRef]
        /// Then the ledger holds what other rules decided, and `why` may say so.
        let rulesAreEdited: Bool
    }

    private func tell(_ name: String, _ story: (UInt64) throws -> Told) throws {
        var (rows, same) = (0, 0)
        for offset in 0..<WhyStoryTests.count {
            let seed = StoryTests.firstSeed &+ UInt64(offset)
            let told = try story(seed)
            let (found, wrong) = try WhyJudge(told: told).judge()
            rows += found.rows
            same += found.same
            #expect(
                wrong.isEmpty,
                "\(name), seed \(seed): \(wrong.prefix(6).joined(separator: "\n"))\n\(told.log.suffix(60).joined(separator: "\n"))"
            )
            if !wrong.isEmpty { break }
        }
        Terminal.note(
            "\(name): \(WhyStoryTests.count) from seed \(StoryTests.firstSeed), \(rows) rows, \(same) computed the same"
        )
        #expect(rows > 0)
    }
}

/// Holds what `why` says of one world against its ledger.
private struct WhyJudge {
    let told: WhyStoryTests.Told

    func judge() throws -> (found: (rows: Int, same: Int), wrong: [String]) {
        var wrong: [String] = []
        var (rows, same) = (0, 0)
        let ledger = Dictionary(grouping: try told.world.ledger, by: \.key.rule)
        for rule in told.world.core.rules.rules {
            let own = Dictionary(grouping: ledger[rule.id] ?? [], by: \.key.subject)
            for (subject, entries) in own {
                let asked = question(rule, subject)
                // Without a record a gathering rule is asked for all of its groups.
                let isAll = rule.gathering != nil && subject.isEmpty
                wrong += try listing(asked, isAll ? ledger[rule.id] ?? [] : entries)
                for entry in entries {
                    let decision = try decision(asked, entry)
                    rows += 1
                    if decision.agreement == .agrees { same += 1 }
                    if let fault = fault(decision, entry) { wrong.append(fault) }
                }
            }
            for record in told.records where own[record.description] == nil && rule.gathering == nil {
                wrong += try silent(WhyQuestion(rule: rule, record: record, now: told.now))
            }
        }
        return ((rows, same), wrong)
    }

    private func question(_ rule: Rule, _ subject: String) -> WhyQuestion {
        guard rule.gathering == nil || rule.gathering?.groupKind != nil else {
            return WhyQuestion(rule: rule, record: nil, group: subject, now: told.now)
        }
        return WhyQuestion(rule: rule, record: RecordRef(subject), now: told.now)
    }

    /// The newest rows stand in the list, each with its outcome and reason.
    private func listing(_ question: WhyQuestion, _ entries: [LedgerEntry]) throws -> [String] {
        let report = try told.world.core.why(question, store: told.world.store)
        let shown = report.moments.compactMap { moment -> LedgerEntry? in
            if case .decided(let entry) = moment.fate { entry } else { nil }
        }
        var wrong: [String] = []
        if !shown.allSatisfy(entries.contains) || Set(shown.map(\.firing)).count != shown.count {
            wrong.append("\(question.rule.id) \(entries[0].key.subject): lists what is no row")
        }
        if report.older == 0, Set(shown) != Set(entries) {
            wrong.append(
                "\(question.rule.id) \(entries[0].key.subject): \(shown.count) of \(entries.count) rows listed")
        }
        guard let latest = report.decisions.first?.entry, entries.contains(latest),
            latest.decidedAt == entries.map(\.decidedAt).max()
        else { return wrong + ["\(question.rule.id) \(entries[0].key.subject): tells another than the latest"] }
        return wrong
    }

    private func decision(_ question: WhyQuestion, _ entry: LedgerEntry) throws -> WhyDecision {
        let place = try told.world.store.read {
            try WhySubjects(core: told.world.core, question: question, view: $0).find()
        }
        let rows = try told.world.store.ledger(
            rule: question.rule.id, subject: entry.key.subject, outcomes: [], limit: WhyLimits.rows)
        return try told.world.store.read { view in
            try WhyInquiry(core: told.world.core, question: question, place: place, rows: rows, view: view)
                .decision(entry)
        }
    }

    private func fault(_ decision: WhyDecision, _ entry: LedgerEntry) -> String? {
        guard decision.entry == entry else { return "\(entry.key): tells another row" }
        switch decision.agreement {
        case .agrees: return nil
        case .ruleWasAnother where told.rulesAreEdited: return nil
        default:
            return
                "\(entry.key) \(entry.outcome) \(entry.reason.code) \(entry.reason.detail), decided \(entry.decidedAt): "
                + "\(decision.agreement), \(decision.conditions.map(\.verdict)), \(decision.record?.fields ?? [:])"
        }
    }

    /// Where there is no row, nothing rang and nothing is told of it.
    private func silent(_ question: WhyQuestion) throws -> [String] {
        let report = try told.world.core.why(question, store: told.world.store)
        let isSilent =
            report.decisions.isEmpty
            && report.moments.allSatisfy { if case .decided = $0.fate { false } else { true } }
        // Every past date has its reason.
        let isExplained = report.moments.allSatisfy { moment in
            if case .none(let obstacles) = moment.fate {
                !obstacles.isEmpty && obstacles != [.unexplained]
            } else {
                true
            }
        }
        let name = "\(question.rule.id) \(question.record?.description ?? "")"
        return (isSilent ? [] : ["\(name): rang without a row"])
            + (isExplained ? [] : ["\(name): \(report.moments.map(\.fate))"])
    }
}

/// Tasks under rules that mostly do not ring: conditions with empty values, limits, silences, chains, own offsets.
struct WhyStory {
    let world: World
    private(set) var log: [String] = []
    private(set) var now = Instant.shanghai("2026-03-02T08:00")
    private var random: SeededRandom
    private var silences = 0

    private static let conditions = [
        "task.open", "task.priority <= 2", "task.open && task.priority < 4", "task.assignee.name == \"Wang\"",
        "task.due < today || task.status == \"doing\"", "!(task.priority > 2) && days_left >= 0",
        "task.priority in [1, 3] ? task.open : task.closed", "task.assignee.tasks.size() > 1",
        "[1, 2, 3][task.priority] > 1", "has(task.note) || task.milestone",
    ]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        var rules: [String] = []
        for number in 1...random.int(2...5) { rules.append(WhyStory.rule(number, &random)) }
        let text = rules.joined(separator: "\n")
        world = try World(rules: text, inMemory: !seed.isMultiple(of: 10))
        log.append(text)
    }

    private static func rule(_ number: Int, _ random: inout SeededRandom) -> String {
        var condition = random.pick(conditions)
        let trigger: String
        switch random.int(0...5) {
        case 0: trigger = "{changes: task.status}"
        case 1: trigger = "{created: task}"
        case 2: trigger = "{after: task.due, every: 1 day, times: 6}"
        case 3: trigger = "[{before: task.due, by: [3 days, 1 day]}, {changes: task.priority}]"
        default: trigger = "{before: task.due, by: [14 days, 7 days, 3 days, 0 days]}"
        }
        if !trigger.contains("due") || trigger.contains("changes") {
            condition = condition.replacing("days_left", with: "task.priority")
        }
        var text = "- id: r\(number)\n  when: \(trigger)\n"
        text += "  \(random.chance(80) ? "if" : "unless"): '\(condition)'\n"
        if random.chance(30) { text += "  limit: \(random.int(1...2)) per \(random.pick([2, 7, 30])) days\n" }
        if trigger.contains("every") { text += "  until: task.status == \"done\"\n" }
        if random.chance(40) { text += "  catch_up: \(random.pick(["all", "skip"]))\n" }
        if random.chance(30) {
            text += "  then: [{set: {note: seen}}, {notify: {via: inbox}}]\n"
        } else {
            text += "  then: [{notify: {via: inbox}}]\n"
        }
        return text
    }

    mutating func run() throws {
        try world.write("member/wang", ["name": .string("Wang")], at: now)
        for _ in 0..<random.int(10...50) {
            switch random.int(0...11) {
            case 0...5: try edit()
            case 6: try silence()
            case 7: try acknowledge()
            case 8: now = now.adding(seconds: Int64(random.int(3...20)) * 86_400)
            default:
                now = now.adding(seconds: random.pick([60, 3_600, 86_400, 86_400, 3 * 86_400]))
                try tick()
            }
        }
        try tick()
    }

    private mutating func tick() throws {
        log.append("\(now) tick")
        try world.tick(now)
    }

    private mutating func edit() throws {
        now = now.adding(seconds: random.pick([0, 0, 30, 7_200]))
        let id = "T\(random.int(1...4))"
        if random.chance(6) {
            log.append("\(now) delete \(id)")
            return try world.delete(id, at: now)
        }
        var fields: [String: FieldValue] = ["title": .string(id)]
        if random.chance(60) {
            let day = (world.settings.zone.date(now)).adding(days: random.int(-4...20))
            fields["due"] = random.chance(15) ? .null : .date(day)
        }
        if random.chance(50) { fields["status"] = random.pick([.string("todo"), .string("doing"), .string("done")]) }
        if random.chance(50) { fields["priority"] = random.chance(25) ? .null : .int(Int64(random.int(1...5))) }
        if random.chance(40) { fields["assignee"] = random.chance(20) ? .null : .reference("wang") }
        log.append("\(now) write \(id) \(fields.sorted { $0.key < $1.key })")
        try world.write(id, fields, at: now)
    }

    private mutating func silence() throws {
        silences += 1
        let scope =
            random.chance(50)
            ? SilenceScope(rule: "r\(random.int(1...3))") : SilenceScope(record: "task/T\(random.int(1...4))")
        let length = Int64(random.int(1...10)) * 86_400
        log.append("\(now) silence \(scope.text) \(length)")
        let silence = Silence(
            id: "s-\(silences)", scope: scope, from: now, until: now.adding(seconds: length), by: Person("wang"),
            at: now, reason: "holiday")
        _ = try world.store.silence(silence, way: "test")
    }

    private mutating func acknowledge() throws {
        let rang = try world.store.ledger(rule: nil, subject: nil, outcomes: [.fired, .firedLate], limit: 5)
        guard !rang.isEmpty else { return }
        let firing = random.pick(rang.map(\.firing).sorted())
        log.append("\(now) ack \(firing)")
        _ = try world.store.acknowledge(
            Acknowledgement(firing: firing, by: Person("wang"), at: now, comment: ""), way: "test")
    }
}
