import BellmanModel
import CEL
import SourceDiagnostics

/// A condition with what each part of it came to.
public struct ConditionTree: Sendable, Hashable {
    /// The key of the rule that it stands under.
    public enum Key: String, Sendable, CaseIterable {
        case condition = "if"
        case exclusion = "unless"
        case level = "while"
        case filter = "where"
        case end = "until"
    }

    public let key: Key
    public let verdict: ConditionVerdict
    public let root: ConditionPart
    /// What would have to be otherwise, all of it together, for the condition to let the rule ring; the shortest way
    /// there. Empty where it does, or where no way is known.
    public let wishes: [ConditionWish]
}

/// One part of a condition.
public struct ConditionPart: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case holds, fails
        /// A value that is no truth value, as messages show it; with the language's word where it is empty.
        case value(String)
        /// Undecidable for this empty value.
        case empty(String)
        /// Failed otherwise, in words.
        case broken(String)
        /// Another part had decided before.
        case notAsked
    }

    /// As written.
    public let text: String
    public let state: State
    public let parts: [ConditionPart]
}

/// Something that would have to be otherwise.
public struct ConditionWish: Sendable, Hashable {
    public enum Way: Sendable, Hashable {
        /// A comparison: its sign, and what the path is compared with, as people read it.
        case compares(sign: String, String)
        /// Be one of these, or none of them.
        case isIn(String)
        case isNotIn(String)
        /// Have a value at all.
        case filled
        case holds, failsToHold
    }

    /// A path, or a whole expression.
    public let text: String
    public let way: Way
}

extension RuleEvaluator {
    /// The rule's `if` and `unless`, part by part.
    public func conditionTrees(_ facts: FiringFacts) -> [ConditionTree] {
        var trees: [ConditionTree] = []
        if let condition = rule.condition { trees.append(tree(.condition, condition, facts)) }
        if let exclusion = rule.exclusion { trees.append(tree(.exclusion, exclusion, facts)) }
        return trees
    }

    /// One of the rule's expressions of type bool, part by part.
    public func tree(_ key: ConditionTree.Key, _ expression: Expression, _ facts: FiringFacts) -> ConditionTree {
        let root = breakdown(expression.program, expression.names, facts)
        let verdict = verdict(of: root.result ?? .success(.null))
        let isKeptBy = key == .exclusion || key == .end
        let isWell = isKeptBy ? verdict != .holds : verdict == .holds
        var wishes: [ConditionWish] = []
        if !isWell {
            let seeker = WishSeeker(evaluator: self, facts: facts)
            wishes = seeker.wishes(root, wanted: !isKeptBy) ?? []
        }
        return ConditionTree(key: key, verdict: verdict, root: shown(root), wishes: wishes)
    }

    fileprivate func breakdown(
        _ program: CELProgram, _ names: [(slot: Int, name: ScopeSlot)], _ facts: FiringFacts
    ) -> CELPart {
        var values = program.activation
        for (slot, name) in names { values.set(slot: slot, value(of: name, facts)) }
        return program.breakdown(values, context: world)
    }

    // MARK: what people see

    private func shown(_ part: CELPart) -> ConditionPart {
        ConditionPart(
            text: part.source, state: state(part.result), parts: part.result == nil ? [] : inner(part))
    }

    /// Literals say nothing new, nor do the records that a path goes through as long as it arrives.
    private func inner(_ part: CELPart) -> [ConditionPart] {
        guard part.form != .path else { return behind(part) }
        var seen: Set<String> = []
        return part.parts.filter { $0.form != .literal && !isRecord($0) }.map(shown)
            .filter { seen.insert($0.text).inserted }
    }

    private func behind(_ path: CELPart) -> [ConditionPart] {
        guard let operand = path.parts.first else { return [] }
        if case .success(.object(let object)) = operand.result, let record = object as? RecordObject {
            // Both come from the record's status.
            guard ["open", "closed"].contains(where: { path.source.hasSuffix("." + $0) }) else { return [] }
            let status = record.member("status") ?? .null
            return [
                ConditionPart(text: "\(operand.source).status", state: .value(ValueText(world).text(status)), parts: [])
            ]
        }
        if operand.form == .path { return operand.parts.isEmpty ? [] : [shown(operand)] }
        return [shown(operand)]
    }

    private func isRecord(_ part: CELPart) -> Bool {
        guard part.form == .path, part.parts.isEmpty, case .success(.object) = part.result else { return false }
        return true
    }

    private func state(_ result: Result<CELValue, CELFailure>?) -> ConditionPart.State {
        switch result {
        case nil: return .notAsked
        case .success(.bool(let value)): return value ? .holds : .fails
        case .success(let value): return .value(words(value))
        case .failure(let failure):
            if let path = failure.emptyPath { return .empty(path) }
            return .broken(failure.message(language))
        }
    }

    /// Elements of a list that are named.
    private static let named = 8

    fileprivate func words(_ value: CELValue) -> String {
        guard case .list(let list) = value, list.elements.count > RuleEvaluator.named else {
            return ValueText(world).text(value)
        }
        let first = CELValue.list(Array(list.elements.prefix(RuleEvaluator.named)))
        let count = "\(list.elements.count)"
        return ValueText(world).text(first) + (language == .zh ? " 等 \(count) 项" : " … (\(count))")
    }
}

/// Finds the least that would have to be otherwise for an expression to come out as wanted.
private struct WishSeeker {
    let evaluator: RuleEvaluator
    let facts: FiringFacts

    /// Nil where there is no way.
    func wishes(_ part: CELPart, wanted: Bool) -> [ConditionWish]? {
        let part = asked(part)
        if case .success(.bool(wanted)) = part.result { return [] }
        switch part.form {
        case .all: return wanted ? together(part.parts, true) : either(part.parts, false)
        case .any: return wanted ? either(part.parts, true) : together(part.parts, false)
        case .not: return part.parts.first.flatMap { wishes($0, wanted: !wanted) }
        case .comparison(let sign): return comparison(part, sign, wanted)
        case .literal: return nil
        case .path: return filled(part) + [ConditionWish(text: part.source, way: wanted ? .holds : .failsToHold)]
        case .choice, .other:
            return filled(part) + [ConditionWish(text: part.source, way: wanted ? .holds : .failsToHold)]
        }
    }

    private func together(_ parts: [CELPart], _ wanted: Bool) -> [ConditionWish]? {
        var all: [ConditionWish] = []
        for part in parts {
            guard let some = wishes(part, wanted: wanted) else { return nil }
            for wish in some where !all.contains(wish) { all.append(wish) }
        }
        return all
    }

    private func either(_ parts: [CELPart], _ wanted: Bool) -> [ConditionWish]? {
        parts.compactMap { wishes($0, wanted: wanted) }.min { $0.count < $1.count }
    }

    private func filled(_ part: CELPart) -> [ConditionWish] {
        if case .failure(let failure) = part.result, let path = failure.emptyPath {
            return [ConditionWish(text: path, way: .filled)]
        }
        return []
    }

    private static let opposites = ["==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"]
    private static let turned = ["==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="]

    private func comparison(_ part: CELPart, _ sign: String, _ wanted: Bool) -> [ConditionWish]? {
        guard part.parts.count == 2 else { return nil }
        var (left, right) = (part.parts[0], part.parts[1])
        if sign == "in" {
            return filled(part) + [
                ConditionWish(text: left.source, way: wanted ? .isIn(operand(right)) : .isNotIn(operand(right)))
            ]
        }
        var sign = wanted ? sign : WishSeeker.opposites[sign] ?? sign
        if left.form == .literal { (left, right, sign) = (right, left, WishSeeker.turned[sign] ?? sign) }
        let empty = filled(part).filter { $0.text != left.source || sign != "==" }
        return empty + [ConditionWish(text: left.source, way: .compares(sign: sign, operand(right)))]
    }

    /// A literal as it is; anything else by its name, with its value where it is known.
    private func operand(_ part: CELPart) -> String {
        guard case .success(let value) = part.result else { return part.source }
        if part.form == .literal {
            return value.isNull ? evaluator.words(.null) : part.source
        }
        return "\(part.source) (\(evaluator.words(value)))"
    }

    /// What was not looked at is asked now: what follows from it must be known too.
    private func asked(_ part: CELPart) -> CELPart {
        guard part.result == nil else { return part }
        let environment = evaluator.rule.environment
        guard let program = environment.compile(part.source).program else { return part }
        let names = Expression(program: program, environment: environment, language: evaluator.rule.language).names
        return evaluator.breakdown(program, names, facts)
    }
}
