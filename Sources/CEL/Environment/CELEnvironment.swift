import SourceDiagnostics

/// Everything an expression may name: libraries, record kinds, variables. Compiling is a pure function of it and the text.
public struct CELEnvironment: Sendable {
    /// Seconds east of UTC in a named zone at an instant (UTC seconds); nil for an unknown zone.
    public typealias ZoneOffset = @Sendable (_ zone: String, _ utcSeconds: Int64) -> Int?

    /// Where names without a leading dot are sought first, such as `a.b`; empty for none.
    public let container: String
    /// Bounds on source, evaluation and results.
    public let limits: CELLimits
    /// Declared names, which may hold dots, and their types.
    public private(set) var variables: [String: CELType]
    let types: any CELTypeProvider
    let functions: [String: OverloadSet]
    /// `math` of `math.abs`, and every other name before a function's dot.
    let namespaces: Set<String>
    let macros: Set<CELMacroSet>
    let typeNames: [String: CELType]
    private(set) var slots: [String: Int]

    /// `libraries` as given: take `CELEnvironment.standard` for the standard library with them.
    public init(
        libraries: [CELLibrary], types: any CELTypeProvider = CELNoTypes(), variables: [String: CELType] = [:],
        container: String = "", limits: CELLimits = CELLimits()
    ) {
        self.types = types
        self.container = container
        self.limits = limits
        var functions: [String: OverloadSet] = [:]
        var macros: Set<CELMacroSet> = []
        var typeNames: [String: CELType] = [:]
        for library in libraries {
            for function in library.functions { functions[function.name, default: OverloadSet()].append(function) }
            macros.formUnion(library.macros)
            typeNames.merge(library.types) { first, _ in first }
        }
        self.functions = functions
        namespaces = Set(
            functions.keys.flatMap { name in
                name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) }
            })
        self.macros = macros
        self.typeNames = typeNames
        self.variables = [:]
        self.slots = [:]
        add(variables)
    }

    /// The standard library, all promised extensions, and what the host adds.
    public static func standard(
        adding libraries: [CELLibrary] = [], types: any CELTypeProvider = CELNoTypes(),
        variables: [String: CELType] = [:],
        container: String = "", limits: CELLimits = CELLimits(), zoneOffset: @escaping ZoneOffset = { _, _ in nil }
    ) -> CELEnvironment {
        let all = CELLibrary.promised(zoneOffset: zoneOffset) + libraries
        return CELEnvironment(libraries: all, types: types, variables: variables, container: container, limits: limits)
    }

    /// The same with more variables; an activation of this one lacks only those.
    public func adding(variables: [String: CELType]) -> CELEnvironment {
        var copy = self
        copy.add(variables)
        return copy
    }

    /// The place of a variable in activations; it stays when variables are added. nil for an unknown name.
    public func slot(of variable: String) -> Int? { slots[variable] }

    private mutating func add(_ more: [String: CELType]) {
        for name in more.keys.sorted() {
            if slots[name] == nil { slots[name] = slots.count }
            variables[name] = more[name]
        }
    }

    /// Parses, checks and plans. All problems at once; ranges are UTF-8 offsets in `text`.
    /// - Parameter expecting: the type the result must fit; nil takes any.
    public func compile(_ text: String, expecting: CELType? = nil) -> CELCompilation {
        compile(text, expecting: expecting, checked: true)
    }

    /// Without the checker names are still resolved, and overloads chosen at evaluation.
    /// - Parameter folding: false leaves constants to each evaluation, which must give the same answers.
    func compile(_ text: String, expecting: CELType? = nil, checked: Bool, folding: Bool = true) -> CELCompilation {
        var parser = Parser(text, limits: limits, macros: macros)
        let tree = parser.parse()
        guard parser.problems.isEmpty else {
            // The checker still runs over what was understood, so that one pass shows all mistakes.
            var checker = Checker(self, lenient: !checked, parser.nodeCount, source: text)
            if parser.isWorthChecking { _ = checker.check(tree, expecting: nil) }
            let found = Self.sorted(parser.problems + checker.problems, limits)
            return CELCompilation(program: nil, problems: Self.sorted(SyntaxAdvisor(text).improve(found), limits))
        }
        var checker = Checker(self, lenient: !checked, parser.nodeCount, source: text)
        let type = checker.check(tree, expecting: expecting)
        guard checker.problems.isEmpty else {
            return CELCompilation(program: nil, problems: Self.sorted(checker.problems, limits))
        }
        let checkedTree = CheckedTree(root: tree, source: text, resultType: type, checker: checker)
        var validator = Validator(self, checkedTree)
        if checked { validator.validate() }
        var planner = Planner(self, checkedTree, recording: false, folding: folding)
        let root = planner.plan(tree)
        let found = validator.problems + planner.problems
        guard found.isEmpty else { return CELCompilation(program: nil, problems: Self.sorted(found, limits)) }
        let program = CELProgram(
            environment: self, tree: checkedTree, root: root, warnings: Self.sorted(validator.warnings, limits))
        return CELCompilation(program: program, problems: [])
    }

    /// Compiles up to a step and throws the result away; false when there is a problem. For measurements.
    package func compile(_ text: String, through step: CELCompilationStep) -> Bool {
        var parser = Parser(text, limits: limits, macros: macros)
        let tree = parser.parse()
        if step == .parse { return parser.problems.isEmpty }
        var checker = Checker(self, lenient: false, parser.nodeCount)
        let type = checker.check(tree, expecting: nil)
        if step == .check { return checker.problems.isEmpty }
        let checkedTree = CheckedTree(root: tree, source: text, resultType: type, checker: checker)
        var planner = Planner(self, checkedTree, recording: false)
        _ = planner.plan(tree)
        return planner.problems.isEmpty
    }

    private static func sorted(_ problems: [CELIssue], _ limits: CELLimits) -> [CELIssue] {
        var seen: Set<String> = []
        let unique = problems.filter { seen.insert("\($0.range.start) \($0.problem.code)").inserted }
        return Array(
            unique.sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }.prefix(limits.problems))
    }

    /// The value of an expression without variables, such as a constant in a configuration.
    public func constant(_ text: String, expecting: CELType? = nil) -> Result<CELValue, CELConstantFailure> {
        let compilation = compile(text, expecting: expecting)
        guard let program = compilation.program else { return .failure(.problems(compilation.problems)) }
        return program.evaluate(CELActivation(self), context: CELContext()).mapError(CELConstantFailure.failure)
    }
}

/// The functions of one name.
struct OverloadSet: Sendable {
    private(set) var all: [CELFunction] = []
    /// The same by form and number of parameters: two places a number, functions before members.
    private var byShape: [[CELFunction]] = []

    mutating func append(_ function: CELFunction) {
        all.append(function)
        let shape = Self.shape(function.isMember, function.parameters.count)
        while byShape.count <= shape { byShape.append([]) }
        byShape[shape].append(function)
    }

    private static func shape(_ isMember: Bool, _ count: Int) -> Int { 2 * count + (isMember ? 1 : 0) }

    func fitting(isMember: Bool, count: Int) -> [CELFunction] {
        let shape = Self.shape(isMember, count)
        return shape < byShape.count ? byShape[shape] : []
    }
}

/// What compiling does, in this order.
package enum CELCompilationStep: CaseIterable { case parse, check, plan }

/// Why a text is no constant: it does not compile, or evaluating it fails.
public enum CELConstantFailure: Error, Sendable {
    case problems([CELIssue])
    case failure(CELFailure)
}

/// A problem and its place in the expression's text.
public struct CELIssue: Sendable {
    /// What is wrong, worded in every language.
    public let problem: CELProblem
    /// UTF-8 offsets.
    public let range: SourceRange
}

/// A program, or every problem that stands in its way.
public struct CELCompilation: Sendable {
    /// nil when there are problems.
    public let program: CELProgram?
    /// Everything that is wrong, in order of the places; empty when there is a program.
    public let problems: [CELIssue]
}
