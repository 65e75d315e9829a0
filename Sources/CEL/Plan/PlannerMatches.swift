import SourceDiagnostics
import Synchronization

/// Patterns written as literals are compiled when the expression is.
extension Planner {
    mutating func matches(_ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange)
        -> PlanNode?
    {
        guard call.name == "matches", arguments.count == 2, chosen.contains(where: MatchFunctions.isStandard) else {
            return nil
        }
        let subject = plan(arguments[0])
        let other = plan(arguments[1])
        let place = CallPlace(name: "matches", range: range, paths: arguments.map { path($0) })
        let limit = environment.limits.regexProgram
        guard case .literal(.string(let pattern)) = arguments[1].kind else {
            return DynamicMatchNode(subject, other, place, limit)
        }
        do throws(RegexRefusal) {
            let regex = try LinearRegex(pattern, limit: limit, fast: true)
            return MatchNode(subject, regex, place)
        } catch {
            if !tree.isLenient {
                problems.append(CELIssue(problem: .invalidRegex(error.reason), range: arguments[1].range))
            }
            return DynamicMatchNode(subject, other, place, limit)
        }
    }
}

/// `matches` with a pattern that is written out.
final class MatchNode: PlanNode, @unchecked Sendable {
    private let subject: PlanNode
    private let regex: LinearRegex
    private let place: CallPlace

    init(_ subject: PlanNode, _ regex: LinearRegex, _ place: CallPlace) {
        self.subject = subject
        self.regex = regex
        self.place = place
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try subject.read(&frame)
        guard case .string(let text) = value else { throw place.noOverload([value]) }
        try frame.charge(regex.cost(bytes: text.utf8.count))
        return .bool(regex.matches(text))
    }
}

/// `matches` with a pattern that each evaluation computes. The last few are kept compiled.
final class DynamicMatchNode: PlanNode, @unchecked Sendable {
    private let subject: PlanNode
    private let pattern: PlanNode
    private let place: CallPlace
    private let limit: Int
    private let known = Mutex<[(pattern: String, regex: LinearRegex)]>([])

    private static let keptPatterns = 8

    init(_ subject: PlanNode, _ pattern: PlanNode, _ place: CallPlace, _ limit: Int) {
        self.subject = subject
        self.pattern = pattern
        self.place = place
        self.limit = limit
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let a = try subject.read(&frame)
        let b = try pattern.read(&frame)
        guard case .string(let text) = a, case .string(let pattern) = b else { throw place.noOverload([a, b]) }
        try frame.charge((text.utf8.count / Planner.bytesPerCost + 1) * (pattern.utf8.count / 4 + 1))
        let regex = try compiled(pattern)
        try frame.charge(regex.cost(bytes: text.utf8.count))
        return .bool(regex.matches(text))
    }

    private func compiled(_ pattern: String) throws(CELFailure) -> LinearRegex {
        let kept = known.withLock { known in known.first { UTF8Text.equal($0.pattern, pattern) }?.regex }
        if let kept { return kept }
        let regex = try MatchFunctions.compiled(pattern, limit, place.range)
        known.withLock { known in
            if known.count == Self.keptPatterns { known.removeFirst() }
            known.append((pattern, regex))
        }
        return regex
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
