/// A set of program positions with constant-time insertion, emptied in constant time.
struct SparseSet {
    private(set) var members: [Int] = []
    private var places: [Int]

    init(_ capacity: Int) { places = Array(repeating: 0, count: capacity) }

    mutating func insert(_ value: Int) -> Bool {
        let place = places[value]
        if place < members.count, members[place] == value { return false }
        places[value] = members.count
        members.append(value)
        return true
    }

    mutating func removeAll() { members.removeAll(keepingCapacity: true) }
}

/// What stands around a position in the subject.
struct RegexSurroundings {
    /// nil at the start of the text.
    var before: UInt32?
    /// nil at its end.
    var after: UInt32?

    func holds(_ assertion: RegexAssertion) -> Bool {
        switch assertion {
        case .textStart: before == nil
        case .textEnd: after == nil
        case .lineStart: before == nil || before == 10
        case .lineEnd: after == nil || after == 10
        case .wordBoundary: isWord(before) != isWord(after)
        case .noWordBoundary: isWord(before) == isWord(after)
        }
    }

    private func isWord(_ value: UInt32?) -> Bool { value.map(CharacterSet32.word.contains) ?? false }
}

/// The lockstep walk (Thompson 1968): every thread takes the same scalar, so the work is at most program × subject.
struct RegexThreads {
    let program: RegexProgram
    private var current: SparseSet
    private var following: SparseSet
    private var stack: [Int] = []
    /// Instructions visited: the measure of work.
    private(set) var steps = 0
    private var matched = false

    init(_ program: RegexProgram) {
        self.program = program
        current = SparseSet(program.instructions.count)
        following = SparseSet(program.instructions.count)
    }

    /// Whether the pattern occurs anywhere.
    mutating func search(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var surroundings = RegexSurroundings(before: nil, after: scalars.next()?.value)
        while true {
            // Unanchored: a new thread starts at every position.
            Self.follow(0, surroundings, program, &current, &stack, &steps, &matched)
            if matched { return true }
            guard let scalar = surroundings.after else { return false }
            surroundings = RegexSurroundings(before: scalar, after: scalars.next()?.value)
            for position in current.members {
                steps += 1
                if case .characters(let set) = program.instructions[position], program.sets[set].contains(scalar) {
                    Self.follow(position + 1, surroundings, program, &following, &stack, &steps, &matched)
                }
            }
            if matched { return true }
            swap(&current, &following)
            following.removeAll()
        }
    }

    /// Adds a position and all that is reached from it without reading.
    static func follow(
        _ start: Int, _ surroundings: RegexSurroundings, _ program: RegexProgram, _ threads: inout SparseSet,
        _ stack: inout [Int],
        _ steps: inout Int, _ matched: inout Bool
    ) {
        stack.append(start)
        while let position = stack.popLast() {
            guard threads.insert(position) else { continue }
            steps += 1
            switch program.instructions[position] {
            case .characters: break
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .jump(let target): stack.append(target)
            case .assert(let assertion): if surroundings.holds(assertion) { stack.append(position + 1) }
            case .save: stack.append(position + 1)
            case .match: matched = true
            }
        }
    }
}
