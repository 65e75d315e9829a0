import SourceDiagnostics

/// What the types do not show and yet can be told before an expression runs: literals that can only fail, keys that stand
/// twice, macros nested too deep, and walks whose least cost already exceeds the limit.
struct Validator {
    let environment: CELEnvironment
    let tree: CheckedTree
    private(set) var problems: [CELIssue] = []
    /// What is allowed and yet surely not meant.
    private(set) var warnings: [CELIssue] = []

    init(_ environment: CELEnvironment, _ tree: CheckedTree) {
        self.environment = environment
        self.tree = tree
    }

    mutating func validate() {
        visit(tree.root, walks: 0)
        guard problems.isEmpty else { return }
        var estimate = LeastCost(tree)
        let least = estimate.cost(of: tree.root)
        if least > environment.limits.cost {
            report(.costsTooMuch(least: least, limit: environment.limits.cost), estimate.place ?? tree.root.range)
        }
    }

    private mutating func report(_ problem: CELProblem, _ range: SourceRange) {
        problems.append(CELIssue(problem: problem, range: range))
    }

    /// - Parameter walks: macros around this node.
    private mutating func visit(_ expr: Expr, walks: Int) {
        switch expr.kind {
        case .literal, .identifier, .message, .error: break
        case .select(let select): visit(select.operand, walks: walks)
        case .call(let call):
            check(expr, call)
            if let target = call.target { visit(target, walks: walks) }
            for argument in call.arguments { visit(argument, walks: walks) }
        case .and(let terms), .or(let terms): for term in terms { visit(term, walks: walks) }
        case .conditional(let condition, let first, let second):
            for part in [condition, first, second] { visit(part, walks: walks) }
        case .list(let elements, _): for element in elements { visit(element, walks: walks) }
        case .map(let entries):
            checkKeys(entries)
            for entry in entries {
                visit(entry.key, walks: walks)
                visit(entry.value, walks: walks)
            }
        case .comprehension(let node): comprehension(expr, node, walks)
        case .bind(let bindings, let body):
            for binding in bindings { visit(binding.value, walks: walks) }
            visit(body, walks: walks)
        }
    }

    private mutating func comprehension(_ expr: Expr, _ node: Expr.Comprehension, _ walks: Int) {
        visit(node.range, walks: walks)
        // `optMap` looks at one value at most.
        let inner = node.form == .optMap || node.form == .optFlatMap ? walks : walks + 1
        if inner == environment.limits.comprehensionNesting + 1 {
            report(.tooManyWalks(limit: environment.limits.comprehensionNesting), expr.range)
        }
        if let filter = node.filter { visit(filter, walks: inner) }
        visit(node.body, walks: inner)
    }

    // MARK: Keys

    private mutating func checkKeys(_ entries: [Expr.Entry]) {
        var seen: Set<MapKey> = []
        for entry in entries {
            if let refused = Self.refusedKey(tree.types[entry.key.id]) {
                report(.unsupportedKey(type: refused), entry.key.range)
            } else if case .literal(let value) = entry.key.kind, let key = MapKey(value), !seen.insert(key).inserted {
                report(.repeatedKey(value.text), entry.key.range)
            }
        }
    }

    /// The type, when no value of it can be a key.
    private static func refusedKey(_ type: CELType) -> String? {
        switch type {
        case .int, .uint, .bool, .string, .dyn, .param, .error, .nullable: nil
        default: type.description
        }
    }

    // MARK: Calls

    private mutating func check(_ expr: Expr, _ call: Expr.Call) {
        guard let overload = tree.overloads[expr.id].first else { return }
        if overload.name == "sort" || overload.name == "@sortByKeys", let target = call.target {
            let keys = overload.name == "sort" ? target : call.arguments.last ?? target
            if case .list(let element) = tree.types[keys.id].withoutNull, let refused = Self.unorderable(element) {
                report(.cannotSort(type: refused), keys.range)
            }
        } else if RegexFunctions.names.contains(overload.name), call.arguments.count >= 2 {
            checkPattern(call.arguments[1], in: overload.name)
        } else if call.arguments.count == 2, call.name == "_==_" || call.name == "_!=_" {
            checkPart(call.arguments[0], against: call.arguments[1])
            checkPart(call.arguments[1], against: call.arguments[0])
        }
    }

    private static func unorderable(_ type: CELType) -> String? {
        switch type {
        case .null, .list, .map, .type, .optional, .object: type.description
        default: nil
        }
    }

    private mutating func checkPattern(_ argument: Expr, in function: String) {
        guard case .literal(.string(let pattern)) = argument.kind else { return }
        guard let failure = RegexFunctions.refusal(of: pattern, in: function, limit: environment.limits.regexProgram)
        else { return }
        switch failure.kind {
        case .invalidRegex(let reason): report(.invalidRegex(reason), argument.range)
        case .regexGroups(let count): report(.regexGroups(count), argument.range)
        default: break
        }
    }

    // MARK: Parts of an instant

    /// What the getters of an instant can give. Months and days that count from 0 are easily taken for the calendar's.
    private static let parts: [String: ClosedRange<Int64>] = [
        "getMonth": 0...11, "getDayOfMonth": 0...30, "getDate": 1...31, "getDayOfWeek": 0...6, "getDayOfYear": 0...365,
        "getMilliseconds": 0...999,
    ]

    private mutating func checkPart(_ subject: Expr, against literal: Expr) {
        guard case .call(let call) = subject.kind, let range = Self.parts[call.name],
            tree.overloads[subject.id].first?.parameters.first == .timestamp,
            case .literal(.int(let number)) = literal.kind, !range.contains(number)
        else { return }
        let problem = CELProblem.neverEqual(
            function: call.name, least: range.lowerBound, most: range.upperBound, number: number)
        warnings.append(CELIssue(problem: problem, range: literal.range))
    }
}
