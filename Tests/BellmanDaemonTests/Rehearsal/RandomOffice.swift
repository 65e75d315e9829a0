import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Foundation

@testable import BellmanDaemon

/// A small office from a seed: people, tasks, and rules of every kind that time makes ring.
struct RandomOffice {
    let bench: TestBench
    let instance: Instance
    private(set) var random: SeededRandom
    let seed: UInt64

    /// Monday, 2026-10-12, 08:00 in Shanghai.
    static let start = Instant(iso: "2026-10-12T08:00:00+08:00")!
    static let people = ["wang", "li", "zhao"]
    static let tasks = 8

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededRandom(seed: seed)
        bench = try TestBench()
        let language: AlmanacLanguage = seed % 2 == 0 ? .zh : .en
        try bench.write("rules/random.yaml", RandomOffice.rules(&random))
        let workshop = try bench.workshop(language, channels: false)
        instance = try Instance(workshop, role: .daemon)
        let members = RandomOffice.people.map {
            write("member/\($0)", ["name": .string($0.capitalized), "email": .string("\($0)@example.com")])
        }
        _ = try instance.store.write(members, at: RandomOffice.start)
        var tasks: [RecordWrite] = []
        for number in 0..<RandomOffice.tasks { tasks.append(write("task/T\(number)", fields(number))) }
        _ = try instance.store.write(tasks, at: RandomOffice.start)
    }

    private func write(_ ref: String, _ fields: [String: FieldValue]) -> RecordWrite {
        RecordWrite(ref: RecordRef(ref)!, fields: fields, actor: "test")
    }

    private mutating func fields(_ number: Int) -> [String: FieldValue] {
        [
            "title": .string("task \(number)"), "status": .string(status()),
            "assignee": .reference(RandomOffice.people.randomElement(using: &random)!),
            "due": .date(CivilDate(iso: "2026-10-12")!.adding(days: Int.random(in: -5...25, using: &random))),
            "priority": .int(Int64(random.int(1...3))),
        ]
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { random.int(range) }

    private mutating func status() -> String { ["待办", "进行中", "已完成"].randomElement(using: &random)! }

    /// What somebody writes at some moment.
    mutating func edit() -> RecordWrite {
        let number = Int.random(in: 0..<RandomOffice.tasks + 2, using: &random)
        if Int.random(in: 0..<12, using: &random) == 0 {
            return RecordWrite(ref: RecordRef("task/T\(number)")!, operation: .delete, actor: "test")
        }
        let all = fields(number)
        let names = all.keys.sorted().filter { _ in Bool.random(using: &random) }
        return write("task/T\(number)", all.filter { names.contains($0.key) || $0.key == "title" })
    }

    /// Between one and five rules; each template has its own numbers.
    private static func rules(_ random: inout SeededRandom) -> String {
        let hour = ["09:00", "18:00"].randomElement(using: &random)!
        let days = Int.random(in: 1...9, using: &random)
        let templates = [
            """
            id: before
            at: "\(hour)"
            when: {before: task.due, by: [\(days) days, 1 day]}
            if: task.open
            then: [{notify: {via: mail, to: task.assignee}}]
            """,
            """
            id: overdue
            at: "\(hour)"
            when: {after: task.due, every: \(days) days, times: 4}
            until: task.closed
            then: [{notify: {via: [mail, chat], to: task.assignee, text: "{{task.title}}: {{-days_until(task.due)}}"}}]
            """,
            """
            id: weekly
            when: {every: "monday at 09:00"}
            select: task
            where: task.open
            group: task.assignee
            then: [{notify: {via: mail, to: group, text: "{{records.size()}}"}}]
            """,
            """
            id: daily
            when: {every: "working day at \(hour)"}
            then: [{notify: {via: chat, text: "hello"}}]
            """,
            """
            id: stands
            at: "\(hour)"
            when: {while: 'task.status == "进行中"', for: \(days) days}
            then:
              - notify: {via: mail, to: task.assignee}
              - wait: 1 day
                notify: {via: chat, text: "still {{task.title}}"}
            """,
            """
            id: closes
            at: "\(hour)"
            when: {after: task.due, by: \(days) days}
            if: task.open
            then: [{set: {status: 已完成}}]
            """,
            """
            id: closed
            when: {changes: task.status, to: [已完成]}
            then: [{notify: {via: chat, text: "{{task.title}} {{old.status}}"}}]
            """,
            """
            id: again
            at: "\(hour)"
            when: {before: task.due, by: \(days) days}
            repeat: {every: 1 day, times: 2}
            then: [{notify: {via: mail, to: task.assignee, text: "{{task.title}}"}}]
            """,
            """
            id: gathered
            at: "\(hour)"
            when: {before: task.due, by: 2 days}
            then: [{notify: {via: mail, to: task.assignee, digest: day at 18:00}}]
            """,
        ]
        return templates.shuffled(using: &random).prefix(Int.random(in: 2...5, using: &random)).map { template in
            "- " + template.split(separator: "\n").joined(separator: "\n  ") + "\n"
        }.joined()
    }

    /// The mail and chat of these offices are the inbox.
    func ring(at now: Instant) async throws {
        _ = try await RunOnce.run(instance, at: now) { _ in }
    }

    /// Rings whenever something is due, as a daemon does.
    func wait(from now: Instant, until end: Instant) async throws {
        let core = EngineCore(
            rules: RuleSet(try instance.presentRules()), settings: instance.workshop.engineSettings,
            moments: instance.workshop.moments)
        var walk = try TimeWalk(core, instance.store, after: now, through: end)
        while let next = try walk.next() {
            try await ring(at: next)
            try walk.recordsChanged()
        }
    }
}
