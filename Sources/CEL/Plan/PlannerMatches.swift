import SourceDiagnostics

extension Planner {
    mutating func matches(_ call: Expr.Call, _ arguments: [Expr], _ chosen: [CELFunction], _ range: SourceRange) -> PlanNode? { nil }
}
