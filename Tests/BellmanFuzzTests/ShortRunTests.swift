import BellmanFuzz
import Foundation
import Testing

/// A short run of every target, always the same; `make fuzz` runs long ones. `BELLMAN_SEED` chooses another.
@Suite struct ShortRunTests {
    static let seed = ProcessInfo.processInfo.environment["BELLMAN_SEED"].flatMap { UInt64($0) } ?? 1

    /// As many as take about a second unoptimised.
    static let counts: [(target: FuzzTarget, inputs: Int)] = [
        (.lexer, 3_000), (.parser, 2_000), (.checker, 200), (.evaluator, 500), (.template, 150), (.rules, 40),
    ]

    static let corpus = Corpus(root: CrasherTests.root, shared: nil)

    @Test(arguments: counts) func keepsItsPromises(_ target: FuzzTarget, _ inputs: Int) {
        // Old crashers are large and are tried elsewhere: the corpus here is what people write.
        var maker = InputMaker(target, corpus: ShortRunTests.corpus, seed: ShortRunTests.seed)
        for number in 0..<inputs {
            let input = maker.next()
            let broken = target.violation(input)
            #expect(
                broken == nil,
                "seed \(ShortRunTests.seed), input \(number): \(String(decoding: input, as: UTF8.self).debugDescription)"
            )
            if broken != nil { return }
        }
    }

    /// The generator must write what is understood, or it tries nothing but the parser's refusals.
    @Test func manyInputsAreUnderstood() {
        var maker = InputMaker(.evaluator, corpus: Corpus(), seed: ShortRunTests.seed)
        let understood = (0..<500).count { _ in Understanding.compiles(maker.next()) }
        #expect(understood > 60, "\(understood) of 500")
    }
}
