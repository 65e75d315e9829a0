import SourceDiagnostics

/// `&&` stops at false, `||` at true; a failure waits for the other term, which may decide.
final class LogicNode: PlanNode, @unchecked Sendable {
    /// A term and what a failure says about it; no place for a term that is itself such a node.
    struct Term: Sendable {
        let node: PlanNode
        let place: (range: SourceRange, path: OperandPath)?
    }

    private let first: PlanNode
    private let second: PlanNode
    private let stop: Bool
    private let places: (Term, Term)

    private init(_ first: Term, _ second: Term, stopsAt stop: Bool) {
        self.first = first.node
        self.second = second.node
        self.stop = stop
        places = (first, second)
        super.init()
    }

    /// A balanced tree of terms: a long chain must not nest deeply.
    static func tree(_ terms: ArraySlice<Term>, stopsAt stop: Bool) -> PlanNode {
        func half(_ terms: ArraySlice<Term>) -> Term {
            terms.count == 1
                ? terms[terms.startIndex] : Term(node: tree(terms, stopsAt: stop), place: nil)
        }
        let middle = terms.startIndex + terms.count / 2
        return LogicNode(half(terms[..<middle]), half(terms[middle...]), stopsAt: stop)
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        do throws(CELFailure) {
            if try test(first, places.0, &frame) == stop { return .bool(stop) }
        } catch {
            if error.endsEvaluation { throw error }
            try decide(&frame, else: error)
            return .bool(stop)
        }
        return .bool(try test(second, places.1, &frame))
    }

    /// Throws the first term's failure unless the second term decides.
    private func decide(_ frame: inout Frame, else failure: CELFailure) throws(CELFailure) {
        do throws(CELFailure) {
            if try test(second, places.1, &frame) == stop { return }
        } catch {
            if error.endsEvaluation { throw error }
        }
        throw failure
    }

    @inline(__always)
    private func test(_ node: PlanNode, _ term: Term, _ frame: inout Frame) throws(CELFailure) -> Bool {
        let value = try node.read(&frame)
        guard case .bool(let flag) = value else { throw wrong(value, term) }
        return flag
    }

    private func wrong(_ value: CELValue, _ term: Term) -> CELFailure {
        let failure = Planner.notBool(value, term.place?.path, stop ? "||" : "&&")
        return term.place.map { failure.at($0.range) } ?? failure
    }
}

final class ConditionalNode: PlanNode, @unchecked Sendable {
    private let test: PlanNode
    private let yes: PlanNode
    private let no: PlanNode
    private let range: SourceRange
    private let path: OperandPath

    init(_ test: PlanNode, _ yes: PlanNode, _ no: PlanNode, _ range: SourceRange, _ path: OperandPath) {
        self.test = test
        self.yes = yes
        self.no = no
        self.range = range
        self.path = path
        super.init()
    }

    override func value(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let value = try test.read(&frame)
        guard case .bool(let flag) = value else { throw Planner.notBool(value, path, "? :").at(range) }
        return flag ? try yes.read(&frame) : try no.read(&frame)
    }
}
