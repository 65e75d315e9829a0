import BellmanTesting

/// All chance in a story comes from here.
struct Dice {
    private var random: SeededRandom

    init(seed: UInt64) {
        // Neighbouring seeds shall have nothing in common from the first number on.
        random = SeededRandom(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03)
        _ = random.next()
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { random.int(range) }
    mutating func micros(_ range: ClosedRange<Micros>) -> Micros { Micros.random(in: range, using: &random) }
    mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }
    mutating func pick<T>(_ choices: [T]) -> T { random.pick(choices) }
    mutating func seed() -> UInt64 { random.next() }

    /// Waits that are mostly short and now and then long, around a mean.
    mutating func wait(mean: Micros) -> Micros { micros(0...mean) + micros(0...mean) }
}
