import CEL
import SourceDiagnostics

enum EvaluatorTarget {
    static func run(_ text: String) throws(Violation) {
        let environment = Worlds.everything
        let checked = environment.compile(text).program
        if let checked {
            let value = try evaluate(checked, text, environment.limits)
            if let value {
                try demand(fits(value, checked.resultType), "a \(value.typeName) for \(checked.resultType)")
            }
        }
        guard let unchecked = environment.compileUnchecked(text).program else { return }
        _ = try evaluate(unchecked, text, environment.limits)
    }

    /// Twice, and once with every step recorded.
    private static func evaluate(_ program: CELProgram, _ text: String, _ limits: CELLimits) throws(Violation)
        -> CELValue?
    {
        let context = CELContext()
        let (first, cost) = program.evaluateCounting(Worlds.activation, context: context)
        let (second, secondCost) = program.evaluateCounting(Worlds.activation, context: context)
        let words = describe(first)
        try demand(describe(second) == words, "two evaluations differ")
        try demand(cost == secondCost, "two evaluations cost \(cost) and \(secondCost)")
        try demand(isWithin(first, cost, limits), "cost \(cost), and no failure")
        let explained = program.explain(Worlds.activation, context: context)
        try demand(describe(explained.result) == words, "explained it is different")
        let rule = RangeRule(text)
        for step in explained.steps { try rule.demandInside(step.range, "step") }
        let whole = program.breakdown(Worlds.activation, context: context)
        try demand(whole.result.map(describe) == words, "taken apart it is different")
        try parts(of: whole, rule)
        if case .failure(let failure) = first {
            if let range = failure.range { try rule.demandInside(range, "failure \(failure.code)") }
            try demand(!failure.message(.en).isEmpty && !failure.message(.zh).isEmpty, "a failure without words")
            return nil
        }
        guard case .success(let value) = first else { return nil }
        try demand(size(value) <= limits.size, "a value of \(size(value)) parts")
        return value
    }

    private static func parts(of part: CELPart, _ rule: RangeRule) throws(Violation) {
        try rule.demandInside(part.range, "part")
        for inner in part.parts { try parts(of: inner, rule) }
    }

    /// Uncharged work (`count`) may pass the limit by what the expression itself is long.
    private static func isWithin(_ result: Result<CELValue, CELFailure>, _ cost: Int, _ limits: CELLimits) -> Bool {
        if case .failure(let failure) = result, failure.code == "cost_limit" { return true }
        return cost <= limits.cost + limits.sourceSize
    }

    static func describe(_ result: Result<CELValue, CELFailure>) -> String {
        switch result {
        case .success(let value): value.typeName + " " + value.text
        case .failure(let failure):
            "failure \(failure.code) \(failure.message(.en)) \(failure.range.map { "\($0)" } ?? "")"
        }
    }

    private static func size(_ value: CELValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.bytes.count
        case .list(let list): list.elements.count
        case .map(let map): map.count
        default: 1
        }
    }

    /// Whether a value is one of a checked type. What a list, map or optional holds is not asked: where a part of the
    /// expression is dyn, as in `[1] + x`, the checker takes its word for it.
    static func fits(_ value: CELValue, _ type: CELType) -> Bool {
        switch (type, value) {
        case (.dyn, _), (.param, _), (.error, _): true
        case (.nullable(let inner), _): value.isNull || fits(value, inner)
        case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
            (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.type, .type), (.list, .list),
            (.map, .map), (.optional, .optional):
            true
        // As the specification has it, null may stand where an abstract type is wanted.
        case (.optional, .null), (.opaque, .null), (.object, .null), (.timestamp, .null), (.duration, .null): true
        case (.object(let name), .object(let object)): object.typeName == name
        case (.opaque(let name, _), .opaque(let opaque)): opaque.typeName == name
        default: false
        }
    }
}
