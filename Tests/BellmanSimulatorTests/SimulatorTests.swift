import BellmanSimulator
import Testing

@Suite struct SimulatorTests {
    /// Stories with everything that can go wrong; `make sim` tells as many more as one likes.
    @Test func storiesHold() throws {
        let (tally, _) = try Campaign(.init(seeds: 1...40, days: 40)).run { _ in }
        for result in tally.violations {
            Issue.record("seed \(result.seed): \(result.violation ?? "")\n\(result.history.joined(separator: "\n"))")
        }
        #expect(tally.stories == 40)
        #expect(tally.withFaults * 10 >= tally.stories * 8, "faults are on in at least four of five")
        #expect(tally.decisions > 1_000 && tally.transmissions > 1_000)
        #expect(tally.repeats > 0, "lost answers made a receiver hear twice")
    }

    @Test func aSeedRepeatsToTheByte() throws {
        var options = StoryOptions(seed: 11, days: 30)
        options.keepsLog = true
        let (first, second) = (try Story.tell(options), try Story.tell(options))
        #expect(first.history == second.history)
        #expect(first.digest == second.digest)
        options.keepsLog = false
        #expect(try Story.tell(options).digest.count == 64)
        options.seed = 12
        #expect(try Story.tell(options).digest != first.digest)
    }

    /// How many stories are told at a time makes no difference.
    @Test func campaignsRepeat() throws {
        let one = try Campaign(.init(seeds: 1...12, days: 15, jobs: 1)).run { _ in }
        let three = try Campaign(.init(seeds: 1...12, days: 15, jobs: 3)).run { _ in }
        #expect(one.digest == three.digest)
        #expect(one.tally.days == three.tally.days)
    }

    /// A simulator that finds nothing proves nothing.
    @Test(arguments: Sabotage.allCases)
    func plantedBugsAreFound(_ sabotage: Sabotage) throws {
        var plan = Campaign.Plan(seeds: 1...300, days: 40)
        plan.sabotage = sabotage
        plan.stopsAtViolation = true
        let (tally, _) = try Campaign(plan).run { _ in }
        #expect(!tally.violations.isEmpty, "\(sabotage.rawValue) was not found")
    }

    @Test func aFailureIsMadeSmaller() throws {
        var plan = Campaign.Plan(seeds: 1...300, days: 40)
        plan.sabotage = .keysInMemory
        plan.stopsAtViolation = true
        let failed = try #require(try Campaign(plan).run { _ in }.tally.violations.first)
        let smaller = try Story.shrink(plan.options(failed.seed))
        #expect(!smaller.without.isEmpty)
        #expect(try Story.tell(smaller).violation != nil)
    }
}
