/// Thompson's construction: instructions that a set of threads walks in lockstep.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        /// Goes on when the scalar is in the set of this number.
        case characters(Int)
        case split(Int, Int)
        case jump(Int)
        case assert(RegexAssertion)
        /// Notes the place in the text under this number.
        case save(Int)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [CharacterSet32] = []
    private var setNumbers: [CharacterSet32: Int] = [:]
    private let limit: Int
    private let capturing: Bool
    /// Of the pattern's groups; 0 where they are not captured.
    private(set) var groupCount = 0
    private var emitted = 0
    /// `\b` and line anchors look at both neighbours, which the automaton of states cannot.
    private(set) var needsNeighbours = false

    /// - Parameter capturing: keep where groups begin and end; a search for yes or no has no use for it.
    init(_ node: RegexNode, limit: Int, capturing: Bool = false) throws(RegexRefusal) {
        self.limit = limit
        self.capturing = capturing
        try emit(node)
        try add(.match)
    }

    private mutating func add(_ instruction: Instruction) throws(RegexRefusal) {
        guard instructions.count < limit else { throw RegexRefusal(reason: "expression too large") }
        instructions.append(instruction)
    }

    private mutating func emit(_ node: RegexNode) throws(RegexRefusal) {
        // Repeating what is empty adds nothing and takes time all the same.
        emitted += 1
        guard emitted <= 4 * limit else { throw RegexRefusal(reason: "expression too large") }
        switch node {
        case .empty: break
        case .characters(let set): try add(.characters(number(of: set)))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .either(let branches): try either(branches)
        case .repeated(let inner, let least, let most, let isLazy): try repeated(inner, least, most, isLazy)
        case .group(let inner, let number): try group(inner, number)
        case .assertion(let assertion):
            switch assertion {
            case .textStart, .textEnd: break
            default: needsNeighbours = true
            }
            try add(.assert(assertion))
        }
    }

    private mutating func number(of set: CharacterSet32) -> Int {
        if let known = setNumbers[set] { return known }
        sets.append(set)
        setNumbers[set] = sets.count - 1
        return sets.count - 1
    }

    private mutating func either(_ branches: [RegexNode]) throws(RegexRefusal) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index + 1 < branches.count else {
                try emit(branch)
                break
            }
            let split = instructions.count
            try add(.split(0, 0))
            try emit(branch)
            ends.append(instructions.count)
            try add(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func group(_ inner: RegexNode, _ number: Int) throws(RegexRefusal) {
        guard capturing else { return try emit(inner) }
        groupCount = max(groupCount, number)
        try add(.save(2 * number))
        try emit(inner)
        try add(.save(2 * number + 1))
    }

    /// What stands first in a split is tried first.
    private func split(into inner: Int, past end: Int, _ isLazy: Bool) -> Instruction {
        isLazy ? .split(end, inner) : .split(inner, end)
    }

    private mutating func repeated(_ inner: RegexNode, _ least: Int, _ most: Int?, _ isLazy: Bool)
        throws(RegexRefusal)
    {
        for _ in 0..<least { try emit(inner) }
        guard let most else {
            let split = instructions.count
            try add(.split(0, 0))
            try emit(inner)
            try add(.jump(split))
            instructions[split] = self.split(into: split + 1, past: instructions.count, isLazy)
            return
        }
        var splits: [Int] = []
        for _ in 0..<max(0, most - least) {
            splits.append(instructions.count)
            try add(.split(0, 0))
            try emit(inner)
        }
        for split in splits {
            instructions[split] = self.split(into: split + 1, past: instructions.count, isLazy)
        }
    }
}
