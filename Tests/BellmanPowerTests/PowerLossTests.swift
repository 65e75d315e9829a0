import BellmanPower
import BellmanTesting
import Foundation
import Testing

/// The power goes while the real engine and dispatcher work on the real store (docs/durability.md). One story at a time:
/// the simulated disk belongs to the process.
///
/// `BELLMAN_SEED` and `BELLMAN_LOSSES` choose which and how many; a failure prints the seed that repeats it.
@Suite(.serialized) struct PowerLossTests {
    static let environment = ProcessInfo.processInfo.environment
    static let firstSeed = environment["BELLMAN_SEED"].flatMap(UInt64.init) ?? 1
    static let losses = environment["BELLMAN_LOSSES"].flatMap(Int.init) ?? 300

    @Test func nothingThatWasPromisedIsLost() async throws {
        var sum = PowerTally()
        var seed = PowerLossTests.firstSeed
        while sum.losses < PowerLossTests.losses, sum.findings.isEmpty {
            sum += try await PowerStory(seed: seed).run()
            seed += 1
        }
        #expect(sum.findings.isEmpty, "\(sum.findings.map(\.description).joined(separator: "\n"))")
        // A driver that never hits anything would find nothing either.
        #expect(sum.commits > sum.instants && sum.sends > sum.instants / 4)
        #expect(sum.withUnsynced > sum.instants / 4 && sum.whileOpening > 0 && sum.unacknowledgedKept > 0)
    }

    /// The same seed gives the same losses.
    @Test func aStoryRepeats() async throws {
        let first = try await PowerStory(seed: 77).run()
        let second = try await PowerStory(seed: 77).run()
        #expect(first.figures == second.figures)
    }

    static let plants: [(PowerPlant, Set<PowerFinding.Kind>)] = [
        (.normal, [.lost, .sentBeforeDurable]),
        (.noSync, [.lost, .sentBeforeDurable, .damaged, .unusable]),
        (.tornNeighbour, [.lost, .sentBeforeDurable, .damaged]),
        (.early, [.sentBeforeDurable]),
    ]

    /// Each planted bug is found within a few stories, and as what it is.
    @Test(arguments: plants.indices)
    func plantedBugsAreFound(_ index: Int) async throws {
        let (plant, kinds) = PowerLossTests.plants[index]
        var found: PowerFinding?
        for seed in UInt64(1)...40 where found == nil {
            found = try await PowerStory(seed: seed, plant: plant).run().findings.first
        }
        let kind = try #require(found?.kind, "\(plant) was not found")
        #expect(kinds.contains(kind), "\(found?.description ?? "")")
    }
}

extension PowerTally {
    var figures: [Int] { [losses, instants, commits, sends, unacknowledgedKept, whileOpening, withUnsynced] }
}
