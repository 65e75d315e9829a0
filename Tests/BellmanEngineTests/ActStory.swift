import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Testing

@testable import BellmanEngine

/// One story of a rule with what follows its firing, told as lines of `time act`, and what came of it.
struct ActStory: CustomTestStringConvertible {
    let name: String
    let rules: String
    /// `2026-03-02T09:00 tick`, `… restart`, `… task/A status=done`, `… delete task/A`, `… ack r`, `… rules NUMBER`.
    let lines: [String]
    /// Other texts of the rules file, for `rules NUMBER`.
    var others: [String] = []
    /// `2026-03-02T09:00` of each notice, in order.
    let rang: [String]
    /// `NUMBER state reason` of steps and repetitions (`x1` is the first) at the end.
    var rest: [String]?
    /// `outcome reason` of each decision of the rule, in order.
    var decisions: [String]?

    var testDescription: String { name }

    func play() throws {
        let world = try World(rules: rules)
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            try act(words[1], words.count > 2 ? words[2] : "", at: .shanghai(words[0]), world)
        }
        let items = try world.store.items(state: nil, channel: nil, limit: 1_000)
        #expect(items.map(\.notice.firedAt).sorted() == rang.map { Instant.shanghai($0) }, "\(name): notices")
        if let rest { #expect(try steps(world) == rest, "\(name): rest") }
        if let decisions {
            let found = try world.ledger.sorted { ($0.scheduledAt, $0.key) < ($1.scheduledAt, $1.key) }
            #expect(found.map { "\($0.outcome.rawValue) \($0.reason.code)" } == decisions, "\(name): decisions")
        }
    }

    private func steps(_ world: World) throws -> [String] {
        let firings = try world.ledger.map(\.firing).sorted()
        return try world.store.read { view in
            try firings.flatMap { try view.steps(firing: $0) }.map { step in
                let number = step.step > Step.repetition ? "x\(step.step - Step.repetition)" : "\(step.step)"
                return "\(number) \(step.state.rawValue) \(step.reason.code)"
            }
        }
    }

    private func act(_ verb: String, _ rest: String, at: Instant, _ world: World) throws {
        switch verb {
        case "tick": try world.tick(at)
        case "restart":
            world.restart()
            try world.tick(at)
        case "rules":
            try world.load(others[Int(rest) ?? 0])
            try world.tick(at)
        case "delete":
            try world.delete(rest, at: at)
            try world.tick(at)
        case "delete-unseen": try world.delete(rest, at: at)
        case "ack":
            let firing = try #require(
                try world.store.ledger(rule: rest, subject: nil, outcomes: [.fired, .firedLate], limit: 1).first
            ).firing
            _ = try world.store.acknowledge(
                Acknowledgement(firing: firing, by: Person("wang"), at: at, comment: ""), way: "test")
            try world.tick(at)
        default: try write(verb, rest, at: at, world)
        }
    }

    /// `task/A status=done due=2026-03-09`; with `~` before the record the engine does not look at once.
    private func write(_ ref: String, _ rest: String, at: Instant, _ world: World) throws {
        var fields: [String: FieldValue] = [:]
        for pair in rest.split(separator: " ") {
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            let value = halves.count > 1 ? halves[1] : ""
            if let date = CivilDate(iso: value) {
                fields[halves[0]] = .date(date)
            } else if let number = Int64(value) {
                fields[halves[0]] = .int(number)
            } else if ["project", "assignee"].contains(halves[0]) {
                fields[halves[0]] = .reference(value)
            } else {
                fields[halves[0]] = .string(value)
            }
        }
        let isUnseen = ref.hasPrefix("~")
        try world.write(isUnseen ? String(ref.dropFirst()) : ref, fields, at: at)
        if !isUnseen { try world.tick(at) }
    }
}
