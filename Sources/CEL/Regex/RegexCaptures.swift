/// Finds where a pattern matches and what its groups caught: a lockstep walk (Pike's) whose threads are kept in the order of
/// preference, so that the leftmost match is the one a backtracking engine would find first, in time that grows with
/// program × text only.
struct RegexCaptures {
    /// Steps of one call, all matches together: finding every match can be quadratic in the text.
    static let greatestSteps = 10_000_000

    struct TooLong: Error {}

    private let program: RegexProgram
    private let text: [Unicode.Scalar]
    private var current: Threads
    private var following: Threads
    private(set) var steps = 0

    /// Positions in the text by number: 2 n and 2 n + 1 are the ends of group n, group 0 is the whole match.
    typealias Places = [Int?]

    private struct Threads {
        var set: SparseSet
        /// By program position, for the threads that wait for a character.
        var places: [Places]

        init(_ capacity: Int) {
            set = SparseSet(capacity)
            places = Array(repeating: [], count: capacity)
        }
    }

    init(_ program: RegexProgram, _ text: [Unicode.Scalar]) {
        self.program = program
        self.text = text
        current = Threads(program.instructions.count)
        following = Threads(program.instructions.count)
    }

    /// Every match, none overlapping another, an empty one never right behind the match before it; at most `limit` of them.
    mutating func all(limit: Int = .max) throws(TooLong) -> [Places] {
        var found: [Places] = []
        var at = 0
        var lastEnd = -1
        while at <= text.count, found.count < limit, let match = try first(from: at) {
            let (start, end) = (match[0] ?? at, match[1] ?? at)
            if start == end, end == lastEnd {
                at = end + 1
                continue
            }
            found.append(match)
            lastEnd = end
            at = end > start ? end : end + 1
        }
        return found
    }

    /// The leftmost match that begins at or behind a position.
    mutating func first(from start: Int) throws(TooLong) -> Places? {
        var best: Places?
        current.set.removeAll()
        var at = start
        while true {
            if best == nil {
                var fresh = Places(repeating: nil, count: 2 * (program.groupCount + 1))
                fresh[0] = at
                Self.follow(0, at, fresh, program, text, &current, &steps)
            }
            if current.set.members.isEmpty { return best }
            following.set.removeAll()
            for position in current.set.members {
                steps += 1
                if case .characters(let set) = program.instructions[position] {
                    guard at < text.count, program.sets[set].contains(text[at].value) else { continue }
                    let places = current.places[position]
                    Self.follow(position + 1, at + 1, places, program, text, &following, &steps)
                } else if case .match = program.instructions[position] {
                    best = current.places[position]
                    best?[1] = at
                    // The threads behind it are less preferred.
                    break
                }
            }
            guard steps <= Self.greatestSteps else { throw TooLong() }
            guard at < text.count else { return best }
            swap(&current, &following)
            at += 1
        }
    }

    private enum Task {
        case visit(Int)
        case restore(number: Int, place: Int?)
    }

    private static func surroundings(_ text: [Unicode.Scalar], _ at: Int) -> RegexSurroundings {
        RegexSurroundings(
            before: at > 0 ? text[at - 1].value : nil, after: at < text.count ? text[at].value : nil)
    }

    /// Adds a position and all that is reached from it without reading.
    private static func follow(
        _ start: Int, _ at: Int, _ given: Places, _ program: RegexProgram, _ text: [Unicode.Scalar],
        _ threads: inout Threads, _ steps: inout Int
    ) {
        var places = given
        var tasks: [Task] = [.visit(start)]
        while let task = tasks.popLast() {
            guard case .visit(let position) = task else {
                if case .restore(let number, let place) = task { places[number] = place }
                continue
            }
            guard threads.set.insert(position) else { continue }
            steps += 1
            switch program.instructions[position] {
            case .characters, .match: threads.places[position] = places
            case .split(let first, let second):
                tasks.append(.visit(second))
                tasks.append(.visit(first))
            case .jump(let target): tasks.append(.visit(target))
            case .assert(let assertion):
                if surroundings(text, at).holds(assertion) { tasks.append(.visit(position + 1)) }
            case .save(let number):
                tasks.append(.restore(number: number, place: places[number]))
                places[number] = at
                tasks.append(.visit(position + 1))
            }
        }
    }
}
