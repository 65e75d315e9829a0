import BellmanSimulator

/// The words of the command line.
struct Options {
    var plan = Campaign.Plan(seeds: 1...100)
    /// Tells one story and shows its log.
    var showsLog = false
    var shrinks = true

    init?(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--log": showsLog = true
            case "--no-shrink": shrinks = false
            case "--until-violation": plan.stopsAtViolation = true
            default: guard let value = words.popFirst(), set(word, value) else { return nil }
            }
        }
        if showsLog, plan.seeds.lowerBound != plan.seeds.upperBound { return nil }
    }

    private mutating func set(_ name: String, _ value: String) -> Bool {
        switch name {
        case "--seed":
            guard let seed = UInt64(value) else { return false }
            plan.seeds = seed...seed
        case "--seeds":
            let ends = value.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { return false }
            plan.seeds = ends[0]...ends[1]
        case "--days":
            guard let days = Int(value), (1...10_000).contains(days) else { return false }
            plan.days = days
        case "--jobs":
            guard let jobs = Int(value), (1...64).contains(jobs) else { return false }
            plan.jobs = jobs
        case "--without":
            let names = value.split(separator: ",").map(String.init)
            guard names.allSatisfy(Story.eventNames.contains) else { return false }
            plan.without = Set(names)
        case "--sabotage":
            guard let sabotage = Sabotage(rawValue: value) else { return false }
            plan.sabotage = sabotage
        default: return false
        }
        return true
    }

    static let help = """
        bellman-sim [--seeds 1..100 | --seed 7] [--days 100] [--jobs 1]
                    [--log]               one seed only: its whole log
                    [--without crash,…]   leaves kinds of events out: \(Story.eventNames.sorted().joined(separator: ", "))
                    [--until-violation]   ends with the first
                    [--no-shrink]         does not look for a smaller story that fails too
                    [--sabotage NAME]     plants a bug: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", "))

        Ends with 1 where a promise was broken. The digest is that of all logs: equal for equal seeds and days.
        """
}
