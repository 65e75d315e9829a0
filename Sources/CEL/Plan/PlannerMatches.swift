import SourceDiagnostics

/// Patterns written as literals are compiled when the expression is.
extension Planner {
    mutating func matches(_ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange)
        -> PlanNode?
    {
        guard call.name == "matches", arguments.count == 2, chosen.contains(where: MatchFunctions.isStandard) else {
            return nil
        }
        let subject = plan(arguments[0])
        let paths = arguments.map { path($0) }
        let limit = environment.limits.regexProgram
        guard case .literal(.string(let pattern)) = arguments[1].kind else {
            return dynamic(subject, arguments[1], paths, limit, range)
        }
        let regex: LinearRegex
        do throws(RegexRefusal) {
            regex = try LinearRegex(pattern, limit: limit, fast: true)
        } catch {
            let problem = CELIssue(problem: .invalidRegex(error.reason), range: arguments[1].range)
            if !tree.isLenient { problems.append(problem) }
            let reason = error.reason
            return { _ throws(CELFailure) in throw CELFailure(.invalidRegex(reason), range: range) }
        }
        return { frame throws(CELFailure) in
            let value = try subject(&frame)
            guard case .string(let text) = value else {
                throw Planner.explained(
                    Operators.noOverload("matches", [value]), value, paths[0], .bool(false), nil, ""
                ).at(range)
            }
            try frame.charge(regex.cost(bytes: text.utf8.count))
            return .bool(regex.matches(text))
        }
    }

    private mutating func dynamic(
        _ subject: @escaping PlanNode, _ pattern: Expr, _ paths: [String?], _ limit: Int, _ range: SourceRange
    ) -> PlanNode {
        let other = plan(pattern)
        return { frame throws(CELFailure) in
            let values = [try subject(&frame), try other(&frame)]
            guard case .string(let text) = values[0], case .string(let pattern) = values[1] else {
                throw (Planner.emptyArgument(values, paths) ?? Operators.noOverload("matches", values)).at(range)
            }
            try frame.charge((text.utf8.count / Planner.bytesPerCost + 1) * (pattern.utf8.count / 4 + 1))
            let regex = try MatchFunctions.compiled(pattern, limit, range)
            try frame.charge(regex.cost(bytes: text.utf8.count))
            return .bool(regex.matches(text))
        }
    }
}

enum MatchFunctions {
    static let all: [CELFunction] = [
        CELFunction("matches", isMember: true, parameters: [.string, .string], result: .bool, implementation: call),
        CELFunction("matches", parameters: [.string, .string], result: .bool, implementation: call),
    ]

    static func isStandard(_ function: CELFunction) -> Bool {
        function.parameters == [.string, .string] && function.result == .bool
    }

    private static let call: CELFunction.Implementation = { values, _ throws(CELFailure) in
        let regex = try compiled(values[1].asString, CELLimits().regexProgram, nil)
        let text = values[0].asString
        // Called without a frame: the whole budget is what one search may take.
        if regex.cost(bytes: text.utf8.count) > CELLimits().cost { throw CELFailure(.costLimit(CELLimits().cost)) }
        return .bool(regex.matches(text))
    }

    static func compiled(_ pattern: String, _ limit: Int, _ range: SourceRange?) throws(CELFailure) -> LinearRegex {
        do throws(RegexRefusal) { return try LinearRegex(pattern, limit: limit, fast: false) } catch {
            throw CELFailure(.invalidRegex(error.reason), range: range)
        }
    }
}
