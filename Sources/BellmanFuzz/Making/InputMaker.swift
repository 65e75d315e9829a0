import BellmanTesting

/// One input after another for a target; the same seed and corpus give the same inputs.
public struct InputMaker {
    private let target: FuzzTarget
    private let corpus: [[UInt8]]
    private var random: SeededRandom

    public init(_ target: FuzzTarget, corpus: Corpus, seed: UInt64) {
        self.target = target
        self.corpus = corpus.inputs(for: target)
        random = SeededRandom(seed: seed)
    }

    public mutating func next() -> [UInt8] {
        let plain = corpus.isEmpty || random.chance(40) ? made() : random.pick(corpus)
        guard random.chance(70) else { return plain }
        let other = random.chance(50) && !corpus.isEmpty ? random.pick(corpus) : made()
        var mutator = Mutator(random: SeededRandom(seed: random.next()))
        return mutator.mutated(plain, with: other)
    }

    /// From the grammar.
    private mutating func made() -> [UInt8] {
        let seed = SeededRandom(seed: random.next())
        switch target {
        case .rules:
            var maker = RuleMaker(seed)
            return Array(maker.file().utf8)
        case .template:
            var maker = ExpressionMaker(Worlds.tasks, seed)
            return Array(TemplateMaker.text(&maker).utf8)
        default:
            var maker = ExpressionMaker(
                target == .checker && random.chance(50) ? Worlds.tasks : Worlds.everything, seed)
            return Array(maker.expression().utf8)
        }
    }
}
