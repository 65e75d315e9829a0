import Almanac
import BellmanModel
import Foundation
import Testing

/// The stories of `data/time/milestones.jsonl`: promises 4–7 as the shared data tells them.
@Suite struct MilestoneDataTests {
    private struct Story: Decodable {
        struct Event: Decodable {
            let t: String
            let op: String
            let due: String?
        }
        struct Ring: Decodable, Hashable {
            let at: String
            let milestone: String
            let due: String
            let late: Bool
        }
        let name: String
        let tz: String
        let offsets: [String]
        let at: String?
        let arrivingLate: String?
        let events: [Event]
        let until: String
        let expect: [Ring]

        enum CodingKeys: String, CodingKey {
            case name, tz, offsets, at, events, until, expect
            case arrivingLate = "arriving_late"
        }
    }

    private static var stories: [Story] {
        let folder = ProcessInfo.processInfo.environment["BELLMAN_SHARED"] ?? "../shared"
        guard let text = try? String(contentsOfFile: "\(folder)/data/time/milestones.jsonl", encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Story.self, from: Data($0.utf8)) }
    }

    @Test func theSharedStories() throws {
        let stories = MilestoneDataTests.stories
        if stories.isEmpty { Terminal.note("skipped: no data/time/milestones.jsonl under BELLMAN_SHARED") }
        let right = try stories.count { try run($0) }
        if !stories.isEmpty { Terminal.note("milestones.jsonl: \(right)/\(stories.count)") }
    }

    /// Whether it rang as told.
    private func run(_ story: Story) throws -> Bool {
        let zone = try Zone.named(story.tz)
        let before = story.offsets.filter { $0.hasPrefix("-") || $0 == "P0D" }.map {
            $0.replacingOccurrences(of: "-", with: "")
        }
        let after = story.offsets.filter { !$0.hasPrefix("-") && $0 != "P0D" }
        var triggers: [String] = []
        if !before.isEmpty { triggers.append("{before: task.due, by: [\(before.joined(separator: ", "))]}") }
        if !after.isEmpty { triggers.append("{after: task.due, by: [\(after.joined(separator: ", "))]}") }
        let world = try World(
            rules: """
                id: r
                when: [\(triggers.joined(separator: ", "))]
                if: task.open
                at: "\(story.at ?? "09:00")"
                arriving_late: \(story.arrivingLate ?? "once")
                then: [{notify: {via: inbox}}]
                """, zone: story.tz)
        func instant(_ text: String) throws -> Instant {
            zone.resolve(try #require(CivilDateTime(iso: text.count == 10 ? text + "T00:00:00" : text + ":00")))
        }
        // Ticks at every event, at every expected instant, and twice a day in between; none while down.
        var isDown = false
        var events = story.events[...]
        let rings = Set(story.expect.compactMap { Instant(iso: $0.at) })
        var now = try instant(try #require(story.events.first).t).adding(seconds: -3_600)
        let end = try instant(story.until)
        try world.tick(now)
        while now < end {
            var next = now.adding(seconds: 43_200)
            if let ring = rings.filter({ $0 > now }).min() { next = min(next, ring) }
            if let event = events.first, try instant(event.t) <= next { next = try instant(event.t) }
            now = next
            while let event = events.first, try instant(event.t) == now {
                events = events.dropFirst()
                try apply(event, world, zone, now, &isDown)
            }
            if !isDown { try world.tick(now) }
        }
        return try compare(story, world, zone)
    }

    private func apply(_ event: Story.Event, _ world: World, _ zone: Zone, _ now: Instant, _ isDown: inout Bool) throws
    {
        switch event.op {
        case "down": isDown = true
        case "up": isDown = false
        case "complete": try world.write("task/T", ["status": .string("done")], at: now)
        case "clear": try world.write("task/T", ["due": .null], at: now)
        default:
            let text = try #require(event.due)
            let due: FieldValue =
                if let date = CivilDate(iso: text) { .date(date) } else {
                    .instant(zone.resolve(try #require(CivilDateTime(iso: text + ":00"))))
                }
            try world.write("task/T", ["title": .string("T"), "status": .string("todo"), "due": due], at: now)
        }
    }

    private func compare(_ story: Story, _ world: World, _ zone: Zone) throws -> Bool {
        let rings = try world.ledger.filter { $0.outcome.rang }.map { entry -> String in
            "\(entry.decidedAt.iso(in: zone)) \(entry.key.occurrence.split(separator: " ").last ?? "") \(entry.outcome.rawValue)"
        }
        let expected = story.expect.map { "\($0.at) \($0.milestone) \($0.late ? "fired_late" : "fired")" }
        #expect(rings.sorted() == expected.sorted(), "\(story.name)")
        return rings.sorted() == expected.sorted()
    }
}
