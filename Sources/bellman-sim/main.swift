import BellmanSimulator
import Foundation

private func show(_ tally: Campaign.Tally, _ seconds: Double) -> String {
    let perSecond = seconds > 0 ? Int(tally.days / seconds) : 0
    let share = tally.stories > 0 ? 100 * tally.withFaults / tally.stories : 0
    return
        "\(tally.stories) stories, \(Int(tally.days)) days (\(Int(tally.downDays)) of them down), \(perSecond) days/s, "
        + "faults in \(share) %, \(tally.violations.count) violations"
}

private func explain(_ result: StoryResult, _ options: Options) throws {
    System.say("\nseed \(result.seed), event \(result.event): \(result.violation ?? "")")
    guard options.shrinks else { return System.say(result.history.joined(separator: "\n")) }
    let smaller = try Story.shrink(options.plan.options(result.seed))
    let again = try Story.tell(smaller)
    let without = smaller.without.isEmpty ? "" : " --without \(smaller.without.sorted().joined(separator: ","))"
    System.say("smaller: bellman-sim --seed \(smaller.seed) --days \(smaller.days)\(without) --log")
    System.say(again.history.joined(separator: "\n"))
    System.say("event \(again.event): \(again.violation ?? "")")
}

private func tellOne(_ options: Options) throws -> Int32 {
    var story = options.plan.options(options.plan.seeds.lowerBound)
    story.keepsLog = true
    let result = try Story.tell(story)
    System.say(result.history.joined(separator: "\n"))
    System.say("digest \(result.digest)")
    return result.violation == nil ? 0 : 1
}

private func tellMany(_ options: Options) throws -> Int32 {
    let line = ProgressLine()
    let (tally, digest) = try Campaign(options.plan).run { tally in
        if line.isDue() { System.tell(show(tally, line.elapsed)) }
    }
    for result in tally.violations.prefix(5) { try explain(result, options) }
    System.say(show(tally, line.elapsed))
    let faults = tally.faults.keys.sorted().map { "\($0) \(tally.faults[$0] ?? 0)" }.joined(separator: ", ")
    System.say(
        "\(tally.events) events, \(tally.decisions) decisions, \(tally.transmissions) sent, "
            + "\(tally.repeats) of them repeats under the same id; faults: \(faults)")
    System.say("digest \(digest)")
    return tally.violations.isEmpty ? 0 : 1
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    System.say(Options.help)
    exit(2)
}
do {
    exit(try options.showsLog ? tellOne(options) : tellMany(options))
} catch {
    System.tell("bellman-sim: \(error)")
    exit(2)
}
