import CEL

/// CPU times of the expression language: an evaluation, the same by hand in Swift, and the parts of compiling.
enum LanguageBench {
    /// One piece of work, done again and again; whether the answer was the one wanted.
    private typealias Work = () -> Bool

    static func run(rounds: Int) throws {
        for work in try works() {
            let own = try median(work.own, rounds)
            let floor = try median(work.floor, rounds)
            Meter.report("\(work.name)_evaluate", own, "ns")
            Meter.report("\(work.name)_by_hand", floor, "ns")
            Meter.report("\(work.name)_to_by_hand", own / floor, "x")
        }
        for item in LanguageCases.all {
            var before = 0.0
            for step in CELCompilationStep.allCases {
                let whole = try median(compiling(item.text, step), rounds)
                Meter.report("\(item.name)_\(step)", whole - before, "ns")
                before = whole
            }
            Meter.report("\(item.name)_compile", before, "ns")
        }
    }

    /// Does one piece of work so many times and nothing else: for counting instructions from outside.
    static func count(_ name: String, _ work: String, times: Int) throws {
        let one: Work
        if let step = CELCompilationStep.allCases.first(where: { "\($0)" == work }) {
            guard let item = LanguageCases.all.first(where: { $0.name == name }) else { throw unknown(name) }
            one = compiling(item.text, step)
        } else {
            guard let found = try works().first(where: { $0.name == name }) else { throw unknown(name) }
            switch work {
            case "evaluate": one = found.own
            case "by_hand": one = found.floor
            default: throw unknown(work)
            }
        }
        try repeated(one, times)
    }

    private static func unknown(_ word: String) -> BenchFailure {
        BenchFailure(description: "no such part of the language bench: \(word)")
    }

    private static func works() throws -> [(name: String, own: Work, floor: Work)] {
        let facts = LanguageFacts()
        let names = LanguageCases.activation(facts)
        let context = CELContext()
        var works: [(name: String, own: Work, floor: Work)] = []
        for item in LanguageCases.all {
            guard let program = LanguageCases.environment.compile(item.text).program else {
                throw BenchFailure(description: "not compiled: \(item.text)")
            }
            let own: Work = {
                if case .success(.bool(true)) = program.evaluate(names, context: context) { true } else { false }
            }
            works.append((item.name, own, { item.floor(facts) }))
        }
        let rule = try RuleCases()
        works.append(("rule", rule.holds, rule.holdsByHand))
        works.append(("message", rule.renders, rule.rendersByHand))
        return works
    }

    private static func compiling(_ text: String, _ step: CELCompilationStep) -> Work {
        let environment = LanguageCases.environment
        return { environment.compile(text, through: step) }
    }

    @inline(never)
    private static func repeated(_ work: Work, _ times: Int) throws {
        for _ in 0..<times where !work() { throw BenchFailure(description: "the work gave another answer") }
    }

    /// Nanoseconds of one; each round takes about 20 ms.
    private static func median(_ work: Work, _ rounds: Int) throws -> Double {
        var times = 64
        var span = 0.0
        while true {
            span = try measured(work, times)
            if span > 20_000 { break }
            times *= 2
        }
        var spans = [span]
        for _ in 1..<max(rounds, 2) { spans.append(try measured(work, times)) }
        return Meter.median(spans) * 1_000 / Double(times)
    }

    private static func measured(_ work: Work, _ times: Int) throws -> Double {
        try Meter.measure { try repeated(work, times) }.1.cpuMicroseconds
    }
}
