/// A compiled pattern: RE2's syntax, and time in proportion to the text whatever the pattern.
struct LinearRegex: Sendable {
    private let program: RegexProgram
    private let automaton: RegexAutomaton?

    /// - Parameter fast: build the table too; worth it for a pattern used often.
    init(_ pattern: String, limit: Int, fast: Bool) throws(RegexRefusal) {
        program = try RegexProgram(try RegexParser.parse(pattern), limit: limit)
        automaton = fast ? RegexAutomaton(program) : nil
    }

    /// Whether the pattern occurs anywhere in the text.
    func matches(_ text: String) -> Bool {
        if let automaton { return automaton.search(text) }
        var threads = RegexThreads(program)
        return threads.search(text)
    }

    /// What a search costs, in the units of `CELLimits.cost`: the table looks once at every character, the walk of
    /// threads in the worst case at every instruction too.
    func cost(bytes: Int) -> Int {
        let looks = automaton == nil ? size / Self.stepsPerLook + 1 : 1
        return (bytes / Self.bytesPerCost + 1) &* looks
    }

    private static let bytesPerCost = 10
    private static let stepsPerLook = 3

    /// The slow walk with its measure of work.
    func steps(_ text: String) -> (matches: Bool, steps: Int) {
        var threads = RegexThreads(program)
        let found = threads.search(text)
        return (found, threads.steps)
    }

    var hasTable: Bool { automaton != nil }
    var size: Int { program.instructions.count }
}
