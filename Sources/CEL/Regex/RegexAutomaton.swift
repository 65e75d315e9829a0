/// The walk of `RegexThreads` made a table beforehand: one look-up a scalar. Built only while it stays small.
struct RegexAutomaton: Sendable {
    static let greatestStates = 256
    static let greatestClasses = 128
    /// Instructions looked at while the table is made: a pattern that needs more is walked by threads.
    static let greatestSteps = 500_000

    /// Class of every ASCII scalar.
    private let ascii: [UInt8]
    /// First scalar of every class range, and its class, for the rest.
    private let bounds: [UInt32]
    private let classes: [UInt8]
    private let classCount: Int
    /// Next state by state × class; -1: matched.
    private let table: [Int32]
    /// Whether the text may end in this state.
    private let acceptsAtEnd: [Bool]
    private let matchesAtOnce: Bool

    init?(_ program: RegexProgram) {
        guard !program.needsNeighbours, let partition = Self.partition(program.sets) else { return nil }
        (bounds, classes) = (partition.bounds, partition.classes)
        classCount = partition.samples.count
        var ascii: [UInt8] = []
        for value in (0 as UInt32)..<128 { ascii.append(Self.lookUp(value, partition.bounds, partition.classes)) }
        self.ascii = ascii
        var builder = Builder(program, partition.samples)
        guard builder.build() else { return nil }
        table = builder.table
        acceptsAtEnd = builder.accepts
        matchesAtOnce = builder.matchesAtOnce
    }

    func search(_ text: String) -> Bool {
        if matchesAtOnce { return true }
        let quick = text.utf8.withContiguousStorageIfAvailable { run($0) }
        return quick ?? Array(text.utf8).withUnsafeBufferPointer { run($0) }
    }

    private func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var state = 0
        var at = 0
        return table.withUnsafeBufferPointer { table in
            ascii.withUnsafeBufferPointer { ascii in
                while at < bytes.count {
                    let lead = bytes[at]
                    let group: Int
                    if lead < 0x80 {
                        group = Int(ascii[Int(lead)])
                        at += 1
                    } else {
                        let length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2)
                        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
                        for offset in 1..<length { value = value << 6 | UInt32(bytes[at + offset] & 0x3F) }
                        group = Int(Self.lookUp(value, bounds, classes))
                        at += length
                    }
                    let next = table[state * classCount + group]
                    if next < 0 { return true }
                    state = Int(next)
                }
                return acceptsAtEnd[state]
            }
        }
    }

    private static func lookUp(_ value: UInt32, _ bounds: [UInt32], _ classes: [UInt8]) -> UInt8 {
        var low = 0
        var high = bounds.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if bounds[middle] <= value { low = middle } else { high = middle }
        }
        return classes[low]
    }

    /// Scalars that no set of the pattern tells apart share a class.
    private static func partition(_ sets: [CharacterSet32]) -> (bounds: [UInt32], classes: [UInt8], samples: [UInt32])?
    {
        var cuts: Set<UInt32> = [0]
        for set in sets {
            for range in set.ranges {
                cuts.insert(range.lowerBound)
                if range.upperBound < CharacterSet32.last { cuts.insert(range.upperBound + 1) }
            }
        }
        let bounds = cuts.sorted()
        var known: [[Bool]: UInt8] = [:]
        var classes: [UInt8] = []
        var samples: [UInt32] = []
        for bound in bounds {
            let signature = sets.map { $0.contains(bound) }
            if let number = known[signature] {
                classes.append(number)
                continue
            }
            guard samples.count < greatestClasses else { return nil }
            known[signature] = UInt8(samples.count)
            classes.append(UInt8(samples.count))
            samples.append(bound)
        }
        return (bounds, classes, samples)
    }
}

extension RegexAutomaton {
    /// Subset construction.
    private struct Builder {
        let program: RegexProgram
        let samples: [UInt32]
        var table: [Int32] = []
        var accepts: [Bool] = []
        var matchesAtOnce = false
        private var numbers: [[Int]: Int32] = [:]
        private var states: [[Int]] = []
        private var stack: [Int] = []
        private var steps = 0
        private var threads: SparseSet

        init(_ program: RegexProgram, _ samples: [UInt32]) {
            self.program = program
            self.samples = samples
            threads = SparseSet(program.instructions.count)
        }

        mutating func build() -> Bool {
            // A scalar that is neither a letter nor a line end stands for "somewhere in the middle".
            let (start, matched) = closure(of: [], from: RegexSurroundings(before: nil, after: 1))
            if matched {
                matchesAtOnce = true
                return true
            }
            _ = number(of: start, isStart: true)
            var done = 0
            while done < states.count {
                let members = states[done]
                for sample in samples {
                    steps += members.count
                    guard states.count <= RegexAutomaton.greatestStates, steps <= RegexAutomaton.greatestSteps else {
                        return false
                    }
                    let moved = members.filter { position in
                        if case .characters(let set) = program.instructions[position] {
                            return program.sets[set].contains(sample)
                        }
                        return false
                    }
                    let (next, matched) = closure(
                        of: moved.map { $0 + 1 }, from: RegexSurroundings(before: 1, after: 1))
                    table.append(matched ? -1 : number(of: next, isStart: false))
                }
                done += 1
            }
            return true
        }

        /// Reached positions, the unanchored start among them, and whether they hold a match.
        private mutating func closure(of positions: [Int], from surroundings: RegexSurroundings) -> ([Int], Bool) {
            threads.removeAll()
            var matched = false
            for position in positions + [0] {
                RegexThreads.follow(position, surroundings, program, &threads, &stack, &steps, &matched)
            }
            return (threads.members.sorted(), matched)
        }

        private mutating func number(of members: [Int], isStart: Bool) -> Int32 {
            // The start state may share its members with a later one and yet end differently: `^$`.
            let key = isStart ? [-1] + members : members
            if let known = numbers[key] { return known }
            let number = Int32(states.count)
            numbers[key] = number
            states.append(members)
            accepts.append(endsWell(members, isStart))
            return number
        }

        /// Whether a match is reached when the text ends here: what stopped at `$` goes on.
        private mutating func endsWell(_ members: [Int], _ isStart: Bool) -> Bool {
            threads.removeAll()
            var matched = false
            let surroundings = RegexSurroundings(before: isStart ? nil : 1, after: nil)
            for position in members {
                RegexThreads.follow(position, surroundings, program, &threads, &stack, &steps, &matched)
            }
            return matched
        }
    }
}
